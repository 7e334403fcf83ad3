// The type: Inter in the sizes of the design page and the symbols of Material Icons.
#pragma once

#include <imgui.h>

#include <string>

namespace ui {

// One font in one size.
struct Face {
    ImFont* font = nullptr;
    float size = 0;   // pixels
    float nudge = 0;  // pixels to move it down so that it looks centred in its line
};

struct Fonts {
    Face display;      // 34 bold: serials and totals
    Face heading;      // 24 semi-bold: headings and acts
    Face strong;       // 18 semi-bold
    Face body;         // 18
    Face label;        // 15 semi-bold
    Face caption;      // 15
    Face icon;         // 22
    Face icon_large;   // 30
    Face icon_huge;    // 64
    std::string note;  // one line when a font was not found and another stands in; empty otherwise
};

// Adds all faces to the current context's atlas, `scale` times as large as at 96 dpi.
Fonts load_fonts(float scale);

}  // namespace ui

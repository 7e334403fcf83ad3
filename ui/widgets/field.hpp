// What is typed into or chosen from: a label, the field itself, and a line for what is wrong.
#pragma once

#include <string>
#include <string_view>

#include "ui/canvas.hpp"

namespace ui::widgets {

struct FieldLook {
    std::string_view label{};      // above the field and in the log; empty = no line above
    std::string_view name{};       // for the log when there is no label
    std::string_view hint{};       // in the empty field
    const char* icon = nullptr;    // at its left end
    bool serial = false;           // lettered strong
    bool wrong = false;            // edged in the colour of stop
    std::uint64_t generation = 0;  // a new number drops what is being typed and shows `text` again
};

struct Typing {
    bool changed = false;  // a character was typed
    bool entered = false;  // Enter
    bool left = false;     // the focus went elsewhere after a change
};

// The height with and without a label.
float field_height(const Canvas& canvas, bool labelled);

Typing text_field(Canvas& canvas, const Box& box, std::string& text, const FieldLook& look);

// Looks like a field and opens a sheet. `value` empty: `hint` is shown. True when it was pressed.
bool picker(Canvas& canvas, const Box& box, std::string_view label, std::string_view value,
            std::string_view hint, bool enabled = true);

}  // namespace ui::widgets

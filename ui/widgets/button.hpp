// Everything that is pressed: acts, smaller buttons, symbols.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "ui/canvas.hpp"

namespace ui::widgets {

enum class Style : std::uint8_t {
    Accent,  // filled: the next act, one a screen
    Plain,   // raised from the card
    Danger,  // tinted and lettered in the colour of stop
    Bare,    // words only, for what is seldom wanted
};

struct ButtonLook {
    Style style = Style::Plain;
    const char* icon = nullptr;
    bool enabled = true;
    bool small = false;     // lettered in body size also where the heading would fit
    std::string_view id{};  // tells apart buttons with the same words; empty = the words
};

// True when it was pressed. Letters shrink from heading to body before words are shortened.
bool button(Canvas& canvas, const Box& box, std::string_view words, const ButtonLook& look = {});

// Whether the words fit a button of this width in the size of a heading.
bool fits_large(const Canvas& canvas, float width, std::string_view words);

// A symbol that is pressed; `words` name it for the log (and for whoever cannot see).
bool icon_button(Canvas& canvas, const Box& box, const char* icon, std::string_view words);

// One of several places to go to: symbol and words, marked when it is the current one.
struct NavLook {
    const char* icon;
    std::string_view words;
    std::string badge;     // at the symbol: how much waits there; empty = nothing
    bool current = false;  // we are there
    bool stacked = false;  // the symbol above the words (the bottom bar of a handheld)
};
bool nav_button(Canvas& canvas, const Box& box, const NavLook& look);

// One of several that exclude each other, or something that is on or off.
struct ChoiceLook {
    std::string_view words;
    std::string_view count{};  // behind the words, quiet
    bool chosen = false;
    bool framed = false;  // has an edge also when it is not chosen
};
bool choice(Canvas& canvas, const Box& box, const ChoiceLook& look);

}  // namespace ui::widgets

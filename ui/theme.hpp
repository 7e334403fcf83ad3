// The colours of every theme as one table of tokens. Widgets name a token, never a colour.
#pragma once

#include "app/state.hpp"
#include "inventory/lifecycle.hpp"
#include "ui/colour.hpp"
#include "ui/window.hpp"

namespace ui {

struct Palette {
    Colour ground;      // behind everything
    Colour surface;     // cards
    Colour raised;      // navigation, sheets, quiet buttons
    Colour field;       // inside of text fields and pickers
    Colour line;        // edge of a card, between rows
    Colour field_line;  // edge of a text field: seen against `surface` at 3:1
    Colour text;        // 7:1 on ground, surface, raised and field
    Colour muted;       // 4.5:1 on the same
    Colour accent;      // the next act; one filled button a screen
    Colour on_accent;
    Colour done, ask, stop;  // feedback only, always with symbol and word
    Colour on_tone;          // on a filled done, ask, stop or note
    Colour note;             // feedback that asks for nothing
    Colour in_stock, reserved, sold, returned, defective;
    Colour view;     // around the camera's picture, in every theme dark
    Colour on_view;  // words on `view`
    Colour mark;     // outline and name of the serial in the picture
    Colour on_mark;  // letters on `mark`
    double tint;     // share of a status or tone colour in the ground of its chip or card
    double edge;     // width of card edges, pixels at 96 dpi; 0 = none
};

// Auto is Dark until the system's wish can be asked.
const Palette& palette(Theme theme);

// The next theme when the operator taps the theme button: light, dark, high contrast, light …
Theme next_theme(Theme theme);

Colour status_colour(const Palette& colours, inventory::Status status);
Colour tone_colour(const Palette& colours, app::Tone tone);

// Ground of a chip, band or card that carries `colour`.
Colour tinted(const Palette& colours, Colour ground, Colour colour);

}  // namespace ui

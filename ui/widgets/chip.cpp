#include "ui/widgets/chip.hpp"

#include "ui/models/list.hpp"

namespace ui::widgets {
namespace {

constexpr float kPad = 12;
constexpr float kIconRoom = 28;

const Face& face_of(const Canvas& canvas, ChipSize size) {
    return size == ChipSize::Row ? canvas.fonts.label : canvas.fonts.strong;
}

}  // namespace

float chip_height(const Canvas& canvas, ChipSize size) {
    return canvas.px(size == ChipSize::Row ? 34.0F : 42.0F);
}

float chip_width(const Canvas& canvas, inventory::Status status, ChipSize size) {
    return text_width(face_of(canvas, size), inventory::label(status)) +
           canvas.px(2 * kPad + kIconRoom + 1);
}

void chip(const Canvas& canvas, float x, float y, inventory::Status status, ChipSize size) {
    const Box box{x, y, chip_width(canvas, status, size), chip_height(canvas, size)};
    const Palette& c = canvas.colours;
    const Colour colour = status_colour(c, status);
    const float radius = size == ChipSize::Row ? 17 : 21;
    fill(canvas, box, tinted(c, c.surface, colour), radius);
    if (c.edge > 1) edge(canvas, box, colour, 2, radius);
    put_icon(canvas, canvas.fonts.icon, {x + canvas.px(kPad), y, canvas.px(22), box.h}, colour,
             status_icon(status));
    fit_text(canvas, face_of(canvas, size), {x + canvas.px(kPad + kIconRoom), y, box.w, box.h},
             colour, inventory::label(status));
}

}  // namespace ui::widgets

// A unit's status: symbol, word and colour in one rounded label.
#pragma once

#include <cstdint>

#include "ui/canvas.hpp"

namespace ui::widgets {

enum class ChipSize : std::uint8_t { Row, Record };

float chip_width(const Canvas& canvas, inventory::Status status, ChipSize size = ChipSize::Row);
float chip_height(const Canvas& canvas, ChipSize size = ChipSize::Row);
void chip(const Canvas& canvas, float x, float y, inventory::Status status,
          ChipSize size = ChipSize::Row);

}  // namespace ui::widgets

// Colours as plain numbers, so that contrast can be computed and tested without a window.
#pragma once

#include <cstdint>

namespace ui {

// 8 bits a channel, not premultiplied, sRGB.
struct Colour {
    std::uint8_t r = 0, g = 0, b = 0, a = 255;
    bool operator==(const Colour&) const = default;
};

// 0xRRGGBB, opaque: the way the design page writes them.
constexpr Colour rgb(std::uint32_t hex) {
    return Colour{static_cast<std::uint8_t>(hex >> 16U & 0xFFU),
                  static_cast<std::uint8_t>(hex >> 8U & 0xFFU),
                  static_cast<std::uint8_t>(hex & 0xFFU), 255};
}

constexpr Colour with_alpha(Colour colour, std::uint8_t alpha) {
    colour.a = alpha;
    return colour;
}

// `share` of `over` (0–1) on `under`; opaque. Also what a translucent colour comes out as on
// screen.
Colour mix(Colour under, Colour over, double share);

// WCAG 2 contrast of two opaque colours, 1–21.
double contrast(Colour a, Colour b);

}  // namespace ui

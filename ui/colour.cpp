#include "ui/colour.hpp"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

std::uint8_t mix_channel(std::uint8_t under, std::uint8_t over, double share) {
    return static_cast<std::uint8_t>(std::lround(under + (over - under) * share));
}

double linear(std::uint8_t channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Colour c) {
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

}  // namespace

Colour mix(Colour under, Colour over, double share) {
    const double s = std::clamp(share, 0.0, 1.0);
    return Colour{mix_channel(under.r, over.r, s), mix_channel(under.g, over.g, s),
                  mix_channel(under.b, over.b, s), 255};
}

double contrast(Colour a, Colour b) {
    const double first = luminance(a) + 0.05;
    const double second = luminance(b) + 0.05;
    return first > second ? first / second : second / first;
}

}  // namespace ui

#include "scanner/pixels.hpp"

namespace scanner {

void lay_over_white(Pixels& rgba) {
    for (std::size_t at = 0; at + 3 < rgba.size(); at += 4) {
        const unsigned alpha = rgba[at + 3];
        if (alpha == 255) continue;
        for (std::size_t channel = 0; channel < 3; ++channel) {
            const unsigned over_white = rgba[at + channel] * alpha + 255U * (255U - alpha);
            rgba[at + channel] = static_cast<std::uint8_t>((over_white + 127U) / 255U);
        }
        rgba[at + 3] = 255;
    }
}

Pixels grey_of(const Pixels& rgba) {
    // 0.299, 0.587 and 0.114 in 256ths, which add up to 256: white stays white.
    constexpr unsigned kRed = 77;
    constexpr unsigned kGreen = 150;
    constexpr unsigned kBlue = 29;
    Pixels grey(rgba.size() / 4);
    const std::uint8_t* from = rgba.data();
    for (std::uint8_t& value : grey) {
        value = static_cast<std::uint8_t>(
            (kRed * from[0] + kGreen * from[1] + kBlue * from[2] + 128U) >> 8U);
        from += 4;
    }
    return grey;
}

}  // namespace scanner

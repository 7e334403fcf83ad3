// Where in a picture bars might be, and in which direction: stretches of texture that changes in
// one direction only. Pure.
#pragma once

#include <vector>

#include "scanner/symbol.hpp"
#include "scanner/texture.hpp"

namespace scanner {

// A rectangle at any angle. Its length goes across the bars, its height along them.
struct BarRegion {
    Point middle;
    float angle = 0;   // radians from the x axis towards y, of the length; either end may be first
    float length = 0;  // pixels
    float height = 0;
    float likeness = 0;  // to bars: of one direction, compact, long
};

// The likeliest `regions_max` stretches, likeliest first. Their ends are known to about a block.
std::vector<BarRegion> find_bars(const TextureMap& map, int regions_max);

}  // namespace scanner

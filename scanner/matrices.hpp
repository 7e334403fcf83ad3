// Where in a picture a matrix symbol might be: places that change in all directions. Pure.
#pragma once

#include <cstdint>
#include <vector>

#include "scanner/reader.hpp"
#include "scanner/texture.hpp"

namespace scanner {

// A rectangle whose sides lie along the modules, as far as they can be told.
struct MatrixRegion {
    Point middle;
    float angle = 0;  // radians from the x axis towards y, of the width; any of four ways is up
    float width = 0;  // pixels
    float height = 0;
    float likeness = 0;  // to a symbol: compact, full, mixed
};

enum class MatrixSearch : std::uint8_t {
    Usual,
    Thorough,  // large modules, of which only the edges are busy, at more levels
};

// The likeliest `regions_max` places, likeliest first, with their sides known to about a block.
std::vector<MatrixRegion> find_matrices(const GreyView& picture, const TextureMap& map,
                                        int regions_max, MatrixSearch how = MatrixSearch::Usual);

}  // namespace scanner

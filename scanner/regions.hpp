// Where in a picture a matrix symbol might be: places that are busy in both directions. A simple
// first form (blocks and their neighbours), enough to hand ZXing-cpp 1.4 a DataMatrix in the middle
// of a crop.
#pragma once

#include <vector>

#include "scanner/reader.hpp"

namespace scanner {

struct Region {
    int x = 0;  // pixels of the picture, top left corner
    int y = 0;
    int width = 0;
    int height = 0;
};

struct RegionSearch {
    int block = 16;        // pixels; gaps up to about this size do not split a symbol
    int regions_max = 12;  // the busiest ones
};

// Busy regions with room for a quiet zone around them, busiest first; none larger than the picture.
std::vector<Region> busy_regions(const GreyView& picture, const RegionSearch& search);

}  // namespace scanner

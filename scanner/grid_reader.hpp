// Reads a matrix symbol module by module: a grid is laid over the region (grid.hpp), and what it
// samples is handed to the library as a clean picture. Small, blurred, bent or tilted symbols are
// read so where the library finds no symbol in the picture itself.
#pragma once

#include <vector>

#include "scanner/matrices.hpp"
#include "scanner/reader.hpp"

namespace scanner {

struct GridOptions {
    std::vector<Symbology> symbologies;
    bool thorough = false;  // also bent grids, bright on dark, and more sizes
};

// At most one read; corners in pixels of the frame.
std::vector<Read> read_grid(const GreyView& frame, const MatrixRegion& region,
                            const GridOptions& options);

}  // namespace scanner

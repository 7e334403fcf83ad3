// Reads the matrix symbol of one region: upright crops of it, each treated another way, until one
// is read. A matrix symbol corrects its own errors, so one read is enough.
#pragma once

#include <vector>

#include "scanner/matrices.hpp"
#include "scanner/reader.hpp"

namespace scanner {

// Ways to treat a crop, those that gain most per millisecond first (measured on generated frames).
inline constexpr int kMatrixWays = 9;

// What way number `way` reads there; corners in pixels of the frame.
std::vector<Read> read_matrix(const GreyView& frame, const MatrixRegion& region,
                              const std::vector<Symbology>& symbologies, int way);

}  // namespace scanner

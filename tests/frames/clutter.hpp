// What stands around a label: shelves, print, stripes and grids that look like barcodes and are
// none.
#pragma once

#include <opencv2/core.hpp>

#include "frames/random.hpp"

namespace frames {

// Grey, as floating point; `amount` 0 is a plain wall, 1 a packed shelf.
cv::Mat draw_clutter(cv::Size size, double amount, Random& random);

}  // namespace frames

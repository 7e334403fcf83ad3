// A printed label, as it comes out of a label printer: barcode modules by zint, two lines of text.
#pragma once

#include <opencv2/core.hpp>

#include "base/result.hpp"
#include "scanner/simulated.hpp"

namespace scanner {

// The label as grey, with its white paper around it. `scale` 1 suits a frame of 1280 pixels' width.
// InvalidInput when the text does not fit the symbology.
Result<cv::Mat> render_sticker(const SimulatedLabel& label, double scale);

}  // namespace scanner

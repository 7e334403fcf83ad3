// A camera for machines that have none: labels on a moving, slightly tilted and noisy background,
// rendered to a picture sequence that is then opened like any video (cv::VideoCapture).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "scanner/frame.hpp"
#include "scanner/source.hpp"
#include "scanner/symbol.hpp"

namespace scanner {

// One label to be held before the camera.
struct SimulatedLabel {
    Symbology symbology = Symbology::Code128;  // Code128, QRCode or DataMatrix
    // The payload. A DataMatrix text in GS1 brackets, "(01)…(21)…", becomes a GS1 DataMatrix.
    std::string text;
    std::string title;    // printed on the label above the symbol, "Router X"
    std::string caption;  // printed below the symbol, the serial in plain text
};

struct SimulatedCamera {
    int width = 1280;
    int height = 720;
    double frames_per_second = 15;
    double seconds_per_label = 3;  // in view; then the view is empty for `seconds_between`
    double seconds_between = 1;
    std::uint64_t seed = 1;  // of the noise and the movement; the same seed gives the same pictures
};

// Writes the sequence of all labels, one after the other, into `folder` (which must exist) and says
// how to open it (looped). Errors: Storage when the folder cannot be written, InvalidInput when a
// text does not fit its symbology.
Result<SourceSpec> render_simulated_camera(const SimulatedCamera& camera,
                                           const std::vector<SimulatedLabel>& labels,
                                           const std::string& folder);

// One frame of it with colours, in the middle of the label's time, without touching the disk.
Result<Frame> render_simulated_frame(const SimulatedCamera& camera, const SimulatedLabel& label);

}  // namespace scanner

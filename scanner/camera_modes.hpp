// What a camera offers (V4L2), and which of it a reader wants.
#pragma once

#include <functional>
#include <optional>
#include <vector>

namespace scanner {

// A request of V4L2 (VIDIOC_…) with its argument; 0, or the errno. One thread at a time.
using AskCamera = std::function<int(unsigned long request, void* argument)>;

struct CameraMode {
    int width = 0;  // pixels
    int height = 0;
    double rate = 0;  // frames a second, at most
    bool operator==(const CameraMode&) const = default;
};

// Every size in which it sends Motion JPEG, with its highest rate: uncompressed pictures of a
// useful size come five a second over USB 2. Empty when it sends none.
std::vector<CameraMode> motion_jpeg_modes(const AskCamera& ask);

// The largest that is fast enough to follow a hand and not so large that reading falls behind;
// without one, the fastest.
std::optional<CameraMode> best_mode(const std::vector<CameraMode>& modes);

}  // namespace scanner

// One picture from a camera, a video or a file. Immutable once made, cheap to copy, and safe to
// hand from thread to thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <vector>

namespace scanner {

using Pixels = std::vector<std::uint8_t>;

struct Frame {
    std::uint64_t number = 0;  // counts from 1 within one source
    int width = 0;             // pixels
    int height = 0;
    std::shared_ptr<const Pixels> grey;  // width × height bytes, rows from the top, no padding
    std::shared_ptr<const Pixels> rgba;  // width × height × 4 bytes; null where nobody looks at it
    std::chrono::steady_clock::time_point captured{};
    bool still = false;  // a picture by itself: no other frame will show more of what is in it
};

// The aim box: the middle of the frame. A camera sees more than the operator means; what counts is
// what is held there.
inline constexpr float kAimShare = 0.7F;  // of the frame's width, and of its height

}  // namespace scanner

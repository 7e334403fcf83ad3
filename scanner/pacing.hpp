// A recorded source at the speed it was recorded: each frame waits until it is due, and one that is
// late is dropped for the next, as a live camera would.
#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "scanner/source.hpp"

namespace scanner {

// The steady clock, or a test's.
struct PacingClock {
    std::function<std::chrono::steady_clock::time_point()> now;
    std::function<void(std::chrono::steady_clock::time_point)> sleep_until;
};
PacingClock steady_pacing_clock();

// `frames_per_second` is held between 0.2 and 240, so that one frame waits five seconds at most.
std::unique_ptr<FrameSource> paced(std::unique_ptr<FrameSource> source, double frames_per_second,
                                   PacingClock clock);

}  // namespace scanner

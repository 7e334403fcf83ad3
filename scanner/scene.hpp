// What the simulated camera sees: a warehouse out of focus, and before it a cardboard box with a
// label.
#pragma once

#include <opencv2/core.hpp>

#include "scanner/simulated.hpp"

namespace scanner {

// Where the box is held: (0, 0) is the middle of the frame; ±1 is one frame's width or height away.
struct BoxPose {
    double x = 0;
    double y = 0;
    double degrees = 0;
    double lean = 0;  // perspective: how much smaller one side is, as a part
};

class Scene {
 public:
    // The same seed gives the same pictures.
    Scene(int width, int height, std::uint64_t seed);

    // A box with `sticker` (grey) on it, ready for draw().
    [[nodiscard]] cv::Mat make_box(const cv::Mat& sticker);
    // The next frame, RGBA: the box in its pose, or an empty view when `box` is empty.
    cv::Mat draw(const cv::Mat& box, const BoxPose& pose);

 private:
    void add_noise(cv::Mat& frame);

    cv::Size size_;
    cv::RNG random_;
    cv::Mat backdrop_;  // RGBA
    cv::Mat noise_;  // RGBA, larger than the frame, around 128: each frame takes another part of it
};

}  // namespace scanner

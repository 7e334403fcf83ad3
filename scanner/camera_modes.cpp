#include "scanner/camera_modes.hpp"

#include <linux/videodev2.h>

#include <algorithm>
#include <tuple>

namespace scanner {
namespace {

constexpr double kRateMin = 25;  // frames a second
constexpr int kPixelsMax = 1920 * 1080;
constexpr unsigned kEntriesMax = 200;  // a driver that never ends its lists is not believed

double rate_of(const v4l2_fract& interval) {
    return interval.numerator == 0 ? 0 : double{1} * interval.denominator / interval.numerator;
}

double highest_rate(const AskCamera& ask, const CameraMode& mode) {
    double most = 0;
    for (unsigned index = 0; index < kEntriesMax; ++index) {
        v4l2_frmivalenum entry{};
        entry.index = index;
        entry.pixel_format = V4L2_PIX_FMT_MJPEG;
        entry.width = static_cast<unsigned>(mode.width);
        entry.height = static_cast<unsigned>(mode.height);
        if (ask(VIDIOC_ENUM_FRAMEINTERVALS, &entry) != 0) break;
        const bool is_one = entry.type == V4L2_FRMIVAL_TYPE_DISCRETE;
        most = std::max(most, rate_of(is_one ? entry.discrete : entry.stepwise.min));
        if (!is_one) break;
    }
    return most;
}

}  // namespace

std::vector<CameraMode> motion_jpeg_modes(const AskCamera& ask) {
    std::vector<CameraMode> modes;
    for (unsigned index = 0; index < kEntriesMax; ++index) {
        v4l2_frmsizeenum entry{};
        entry.index = index;
        entry.pixel_format = V4L2_PIX_FMT_MJPEG;
        if (ask(VIDIOC_ENUM_FRAMESIZES, &entry) != 0) break;
        const bool is_one = entry.type == V4L2_FRMSIZE_TYPE_DISCRETE;
        const unsigned width = is_one ? entry.discrete.width : entry.stepwise.max_width;
        const unsigned height = is_one ? entry.discrete.height : entry.stepwise.max_height;
        CameraMode mode{static_cast<int>(width), static_cast<int>(height), 0};
        mode.rate = highest_rate(ask, mode);
        modes.push_back(mode);
        if (!is_one) break;
    }
    return modes;
}

std::optional<CameraMode> best_mode(const std::vector<CameraMode>& modes) {
    const auto worth = [](const CameraMode& mode) {
        const int pixels = mode.width * mode.height;
        const bool is_fast = mode.rate >= kRateMin;
        const bool fits = pixels <= kPixelsMax;
        // Of those that are too large, the smallest; of those that are too slow, the fastest.
        return std::tuple(is_fast && fits, is_fast, is_fast ? 0.0 : mode.rate,
                          fits ? pixels : -pixels, mode.rate);
    };
    const auto best = std::ranges::max_element(modes, {}, worth);
    return best == modes.end() ? std::nullopt : std::optional(*best);
}

}  // namespace scanner

#include "scanner/camera_care.hpp"

#include <linux/videodev2.h>

#include <algorithm>
#include <utility>

namespace scanner {
namespace {

using namespace std::chrono_literals;

constexpr auto kTorchStays = 20s;  // after the view was last too dark
constexpr auto kZoomStays = 8s;    // after it was last of help
constexpr auto kZoomEvery = 700ms;
constexpr auto kFocusEvery = 2s;
constexpr int kZoomSteps = 6;  // from one end to the other

}  // namespace

CameraCare::CameraCare(AskCamera ask) : ask_(std::move(ask)) {
    set(V4L2_CID_FOCUS_AUTO, 1);
    if (!set(V4L2_CID_EXPOSURE_AUTO, V4L2_EXPOSURE_APERTURE_PRIORITY))
        set(V4L2_CID_EXPOSURE_AUTO, V4L2_EXPOSURE_AUTO);
    set(V4L2_CID_EXPOSURE_AUTO_PRIORITY, 0);
    torch_ = range_of(V4L2_CID_FLASH_LED_MODE).has_value();
    zoom_ = range_of(V4L2_CID_ZOOM_ABSOLUTE);
    if (zoom_) zoom_before_ = zoom_->value;
}

CameraCare::~CameraCare() {
    if (torch_lit_) set(V4L2_CID_FLASH_LED_MODE, V4L2_FLASH_LED_MODE_NONE);
    if (zoom_ && zoom_->value != zoom_before_) zoom_to(zoom_before_);
}

void CameraCare::help(Hint hint, Time now) {
    if (hint == Hint::MoreLight && torch_) {
        dark_at_ = now;
        // A light that can only flash refuses, and would do so again.
        if (!torch_lit_)
            torch_ = torch_lit_ = set(V4L2_CID_FLASH_LED_MODE, V4L2_FLASH_LED_MODE_TORCH);
    } else if (torch_lit_ && now - dark_at_ > kTorchStays) {
        torch_lit_ = !set(V4L2_CID_FLASH_LED_MODE, V4L2_FLASH_LED_MODE_NONE);
    }
    if (hint == Hint::Focus && now - focused_at_ > kFocusEvery) {
        focused_at_ = now;
        set(V4L2_CID_AUTO_FOCUS_START, 1);
    }
    if (!zoom_) return;
    const bool nearer = hint == Hint::Closer;
    if ((nearer || hint == Hint::Farther) && now - zoomed_at_ > kZoomEvery) {
        zoomed_at_ = now;
        const int step = std::max(zoom_->step, (zoom_->most - zoom_->least) / kZoomSteps);
        zoom_to(zoom_->value + (nearer ? step : -step));
    } else if (zoom_->value != zoom_before_ && now - zoomed_at_ > kZoomStays) {
        zoom_to(zoom_before_);
    }
}

std::optional<CameraCare::Range> CameraCare::range_of(unsigned control) const {
    v4l2_queryctrl query{};
    query.id = control;
    constexpr unsigned kUnusable = V4L2_CTRL_FLAG_DISABLED | V4L2_CTRL_FLAG_READ_ONLY;
    if (ask_(VIDIOC_QUERYCTRL, &query) != 0 || (query.flags & kUnusable) != 0) return std::nullopt;
    v4l2_control now{};
    now.id = control;
    if (ask_(VIDIOC_G_CTRL, &now) != 0 || query.maximum <= query.minimum) return std::nullopt;
    return Range{query.minimum, query.maximum, std::max(1, query.step), now.value};
}

bool CameraCare::set(unsigned control, int value) const {
    v4l2_control wanted{};
    wanted.id = control;
    wanted.value = value;
    return ask_(VIDIOC_S_CTRL, &wanted) == 0;
}

void CameraCare::zoom_to(int value) {
    const int within = std::clamp(value, zoom_->least, zoom_->most);
    const int wanted = zoom_->least + (within - zoom_->least) / zoom_->step * zoom_->step;
    if (wanted != zoom_->value && set(V4L2_CID_ZOOM_ABSOLUTE, wanted)) zoom_->value = wanted;
}

}  // namespace scanner

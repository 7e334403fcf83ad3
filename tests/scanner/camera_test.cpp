// Goal: of what a camera offers, the scanner takes what reads best, and asks for nothing that is
// not there. Method: cameras made of the answers that V4L2 drivers give to the same requests.
#include "scanner/camera_care.hpp"

#include <linux/videodev2.h>

#include <cerrno>
#include <map>

#include "support/catch.hpp"

using namespace scanner;
using namespace std::chrono_literals;

namespace {

struct Control {
    int least = 0, most = 1, step = 1, value = 0;
};

// What a driver would have.
struct Device {
    std::vector<CameraMode> modes;
    std::map<unsigned, Control> controls;
    int settings = 0;  // VIDIOC_S_CTRL that were taken
    int refusals = 0;  // … and those that were not

    AskCamera ask() {
        return [this](unsigned long request, void* argument) { return answer(request, argument); };
    }

 private:
    int answer(unsigned long request, void* argument) {
        switch (request) {
            case VIDIOC_ENUM_FRAMESIZES: return size(*static_cast<v4l2_frmsizeenum*>(argument));
            case VIDIOC_ENUM_FRAMEINTERVALS:
                return interval(*static_cast<v4l2_frmivalenum*>(argument));
            case VIDIOC_QUERYCTRL: return query(*static_cast<v4l2_queryctrl*>(argument));
            case VIDIOC_G_CTRL: return get(*static_cast<v4l2_control*>(argument));
            case VIDIOC_S_CTRL: return set(*static_cast<v4l2_control*>(argument));
            default: return ENOTTY;
        }
    }
    int size(v4l2_frmsizeenum& entry) {
        if (entry.pixel_format != V4L2_PIX_FMT_MJPEG || entry.index >= modes.size()) return EINVAL;
        entry.type = V4L2_FRMSIZE_TYPE_DISCRETE;
        entry.discrete = {static_cast<unsigned>(modes[entry.index].width),
                          static_cast<unsigned>(modes[entry.index].height)};
        return 0;
    }
    // Half the rate first, as some drivers list the slowest first.
    int interval(v4l2_frmivalenum& entry) {
        if (entry.index > 1) return EINVAL;
        for (const CameraMode& mode : modes)
            if (static_cast<unsigned>(mode.width) == entry.width &&
                static_cast<unsigned>(mode.height) == entry.height) {
                entry.type = V4L2_FRMIVAL_TYPE_DISCRETE;
                entry.discrete = {entry.index == 0 ? 2U : 1U, static_cast<unsigned>(mode.rate)};
                return 0;
            }
        return EINVAL;
    }
    int query(v4l2_queryctrl& asked) {
        const auto found = controls.find(asked.id);
        if (found == controls.end()) return EINVAL;
        asked.minimum = found->second.least;
        asked.maximum = found->second.most;
        asked.step = found->second.step;
        return 0;
    }
    int get(v4l2_control& asked) {
        const auto found = controls.find(asked.id);
        if (found == controls.end()) return EINVAL;
        asked.value = found->second.value;
        return 0;
    }
    int set(const v4l2_control& wanted) {
        const auto found = controls.find(wanted.id);
        if (found == controls.end()) return EINVAL;
        if (wanted.value < found->second.least || wanted.value > found->second.most) {
            ++refusals;
            return ERANGE;
        }
        found->second.value = wanted.value;
        ++settings;
        return 0;
    }
};

constexpr CameraCare::Time at(std::chrono::milliseconds after) {
    return CameraCare::Time(1h) + after;
}

}  // namespace

TEST_CASE("a camera streams in its largest size that is fast enough", "[scanner][camera]") {
    struct Case {
        std::vector<CameraMode> offered;
        std::optional<CameraMode> wanted;
    };
    const std::vector<Case> cases{
        {{}, std::nullopt},
        {{{640, 480, 30}, {1280, 720, 30}, {1920, 1080, 30}}, CameraMode{1920, 1080, 30}},
        {{{640, 480, 30}, {1280, 720, 30}, {1920, 1080, 15}}, CameraMode{1280, 720, 30}},
        {{{1280, 720, 30}, {1280, 960, 25}, {1600, 1200, 20}}, CameraMode{1280, 960, 25}},
        // More pixels than can be read in time.
        {{{1920, 1080, 60}, {3840, 2160, 30}}, CameraMode{1920, 1080, 60}},
        {{{3840, 2160, 30}, {2560, 1440, 30}}, CameraMode{2560, 1440, 30}},
        // None is fast: the one that follows a hand best.
        {{{640, 480, 20}, {1920, 1080, 5}}, CameraMode{640, 480, 20}},
    };
    for (const Case& each : cases) {
        Device device{each.offered, {}, 0};
        const auto modes = motion_jpeg_modes(device.ask());
        CHECK(modes == each.offered);
        CHECK(best_mode(modes) == each.wanted);
    }
}

TEST_CASE("a camera without controls is asked for none", "[scanner][camera]") {
    Device device;
    CameraCare care(device.ask());
    CHECK_FALSE(care.has_torch());
    CHECK_FALSE(care.has_zoom());
    for (const Hint hint : {Hint::MoreLight, Hint::Closer, Hint::Farther, Hint::Focus, Hint::None})
        care.help(hint, at(5s));
    CHECK(device.settings == 0);
}

TEST_CASE("focus and exposure look after themselves, and the dark makes no frame longer",
          "[scanner][camera]") {
    Device device;
    device.controls[V4L2_CID_FOCUS_AUTO] = {0, 1, 1, 0};
    device.controls[V4L2_CID_EXPOSURE_AUTO] = {0, 3, 1, V4L2_EXPOSURE_MANUAL};
    device.controls[V4L2_CID_EXPOSURE_AUTO_PRIORITY] = {0, 1, 1, 1};
    const CameraCare care(device.ask());
    CHECK(device.controls[V4L2_CID_FOCUS_AUTO].value == 1);
    CHECK(device.controls[V4L2_CID_EXPOSURE_AUTO].value == V4L2_EXPOSURE_APERTURE_PRIORITY);
    CHECK(device.controls[V4L2_CID_EXPOSURE_AUTO_PRIORITY].value == 0);
}

TEST_CASE("a torch is lit while it is too dark to read, and goes out by itself",
          "[scanner][camera]") {
    Device device;
    device.controls[V4L2_CID_FLASH_LED_MODE] = {0, 2, 1, V4L2_FLASH_LED_MODE_NONE};
    const int& torch = device.controls[V4L2_CID_FLASH_LED_MODE].value;
    {
        CameraCare care(device.ask());
        CHECK(care.has_torch());
        care.help(Hint::None, at(0s));
        CHECK(torch == V4L2_FLASH_LED_MODE_NONE);
        care.help(Hint::MoreLight, at(1s));
        CHECK(torch == V4L2_FLASH_LED_MODE_TORCH);
        care.help(Hint::None, at(15s));
        CHECK(torch == V4L2_FLASH_LED_MODE_TORCH);
        care.help(Hint::None, at(30s));
        CHECK(torch == V4L2_FLASH_LED_MODE_NONE);
        care.help(Hint::MoreLight, at(40s));
        CHECK(torch == V4L2_FLASH_LED_MODE_TORCH);
    }
    CHECK(torch == V4L2_FLASH_LED_MODE_NONE);  // nobody scans any more
}

TEST_CASE("a light that can only flash is not asked again and again", "[scanner][camera]") {
    Device device;
    device.controls[V4L2_CID_FLASH_LED_MODE] = {0, V4L2_FLASH_LED_MODE_FLASH, 1, 0};
    CameraCare care(device.ask());
    for (int i = 1; i < 10; ++i) care.help(Hint::MoreLight, at(std::chrono::seconds(i)));
    CHECK(device.refusals == 1);
    CHECK_FALSE(care.has_torch());
}

TEST_CASE("the zoom comes closer step by step, and goes back to where it was",
          "[scanner][camera]") {
    Device device;
    device.controls[V4L2_CID_ZOOM_ABSOLUTE] = {100, 400, 10, 120};
    const int& zoom = device.controls[V4L2_CID_ZOOM_ABSOLUTE].value;
    {
        CameraCare care(device.ask());
        CHECK(care.has_zoom());
        care.help(Hint::Closer, at(1s));
        CHECK(zoom == 170);
        care.help(Hint::Closer, at(1s + 100ms));  // the picture is not there yet
        CHECK(zoom == 170);
        for (int i = 2; i < 12; ++i) care.help(Hint::Closer, at(std::chrono::seconds(i)));
        CHECK(zoom == 400);
        care.help(Hint::Farther, at(13s));
        CHECK(zoom == 350);
        care.help(Hint::None, at(14s));
        CHECK(zoom == 350);
        care.help(Hint::None, at(30s));
        CHECK(zoom == 120);
        care.help(Hint::Closer, at(40s));
    }
    CHECK(zoom == 120);
}

TEST_CASE("a picture out of focus makes the camera focus again", "[scanner][camera]") {
    Device device;
    device.controls[V4L2_CID_AUTO_FOCUS_START] = {0, 1, 1, 0};
    CameraCare care(device.ask());
    care.help(Hint::HoldStill, at(1s));
    CHECK(device.settings == 0);
    care.help(Hint::Focus, at(2s));
    care.help(Hint::Focus, at(2s + 500ms));
    CHECK(device.settings == 1);
    care.help(Hint::Focus, at(5s));
    CHECK(device.settings == 2);
}

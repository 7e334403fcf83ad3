#include "scanner/camera.hpp"

#include <fcntl.h>
#include <linux/videodev2.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "scanner/source.hpp"

namespace scanner {
namespace {

constexpr std::string_view kDevicePrefix = "video";

class Device {
 public:
    explicit Device(int number)
        : descriptor_(::open(("/dev/video" + std::to_string(number)).c_str(),
                             O_RDWR | O_NONBLOCK | O_CLOEXEC)),
          error_(descriptor_ < 0 ? errno : 0) {}
    ~Device() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;

    [[nodiscard]] int error() const { return error_; }
    // 0, or the errno.
    int ask(unsigned long request, void* argument) const {
        int result = 0;
        do result = ::ioctl(descriptor_, request, argument);
        while (result < 0 && errno == EINTR);
        return result < 0 ? errno : 0;
    }

 private:
    int descriptor_;
    int error_;
};

bool captures_video(const Device& device) {
    v4l2_capability capability{};
    if (device.ask(VIDIOC_QUERYCAP, &capability) != 0) return false;
    const auto abilities = (capability.capabilities & V4L2_CAP_DEVICE_CAPS) != 0
                               ? capability.device_caps
                               : capability.capabilities;
    return (abilities & (V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_VIDEO_CAPTURE_MPLANE)) != 0;
}

// Giving back no buffers is refused to everybody but the program that has some.
bool is_streaming_elsewhere(const Device& device) {
    v4l2_requestbuffers none{};
    none.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    none.memory = V4L2_MEMORY_MMAP;
    return device.ask(VIDIOC_REQBUFS, &none) == EBUSY;
}

CameraFault fault_of(int error) {
    switch (error) {
        case EBUSY: return CameraFault::Busy;
        case EACCES:
        case EPERM: return CameraFault::Denied;
        default: return CameraFault::Missing;
    }
}

}  // namespace

CameraFault probe_camera(int number) {
    const Device device(number);
    if (device.error() != 0) return fault_of(device.error());
    if (!captures_video(device)) return CameraFault::NotACamera;
    return is_streaming_elsewhere(device) ? CameraFault::Busy : CameraFault::None;
}

std::optional<AskCamera> ask_camera(int number) {
    const auto device = std::make_shared<const Device>(number);
    if (device->error() != 0) return std::nullopt;
    return
        [device](unsigned long request, void* argument) { return device->ask(request, argument); };
}

std::string words_for(CameraFault fault, int number) {
    const std::string camera = "Camera " + std::to_string(number);
    switch (fault) {
        case CameraFault::None: return {};
        case CameraFault::Missing: return camera + " is not there; plug it in";
        case CameraFault::Busy: return camera + " is in use by another program; close that program";
        case CameraFault::Denied:
            return camera + " may not be opened; add this user to the group “video”";
        case CameraFault::NotACamera: return camera + " gives no pictures; choose another one";
    }
    return {};
}

std::optional<int> first_camera() {
    std::vector<int> numbers;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator("/dev", error)) {
        const std::string file = entry.path().filename().string();
        if (!file.starts_with(kDevicePrefix)) continue;
        int number = 0;
        const char* end = file.data() + file.size();
        const auto parsed = std::from_chars(file.data() + kDevicePrefix.size(), end, number);
        if (parsed.ec == std::errc() && parsed.ptr == end) numbers.push_back(number);
    }
    std::sort(numbers.begin(), numbers.end());
    for (const int number : numbers) {
        const Device device(number);
        if (device.error() == 0 && captures_video(device)) return number;
    }
    return std::nullopt;
}

}  // namespace scanner

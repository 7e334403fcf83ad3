#include "scanner/capture.hpp"

#include <dlfcn.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

#include "scanner/camera.hpp"
#include "scanner/camera_care.hpp"

namespace scanner {
namespace {

namespace fs = std::filesystem;

constexpr const char* kModuleFile = "unitrail_capture.so";
// A container's frame count is often an estimate from its duration; below this part of it, a video
// was cut off.
constexpr double kWholePart = 0.8;

std::vector<fs::path> module_places() {
    if (const char* named = std::getenv("UNITRAIL_CAPTURE"); named != nullptr && *named != '\0')
        return {named};
    std::vector<fs::path> places;
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error);
    if (!error) {
        const fs::path folder = program.parent_path();
        places.push_back(folder / kModuleFile);
        for (const char* library : {"lib", "lib64", "lib/" UNITRAIL_ARCHITECTURE})
            places.push_back(folder.parent_path() / library / "unitrail" / kModuleFile);
    }
    places.push_back(fs::path(UNITRAIL_LIBRARY_DIR) / "unitrail" / kModuleFile);
    return places;
}

// The log lines of these libraries would land between those of the command line. Read when the
// module is loaded, so it is set before; what the user has set stays.
void quieten_libraries() {
    ::setenv("OPENCV_LOG_LEVEL", "SILENT", 0);
    ::setenv("OPENCV_FFMPEG_LOGLEVEL", "-8", 0);
    // Seconds that a stalled camera may hold up the capture thread, ten by default.
    ::setenv("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "2", 0);
}

class ModuleSource : public FrameSource {
 public:
    ModuleSource(const CaptureModule& module, void* handle)
        : module_(module), handle_(handle, module.close) {}

    // The next picture as a Frame; nothing at the end or when the camera is gone.
    std::optional<Frame> read() {
        CapturedPicture picture{};
        if (module_.read(handle_.get(), &picture) == CaptureRead::End) return std::nullopt;
        Frame frame;
        frame.captured = std::chrono::steady_clock::now();
        frame.number = ++frames_;
        frame.width = picture.width;
        frame.height = picture.height;
        const auto pixels =
            static_cast<std::size_t>(picture.width) * static_cast<std::size_t>(picture.height);
        frame.grey = std::make_shared<const Pixels>(picture.grey, picture.grey + pixels);
        frame.rgba = std::make_shared<const Pixels>(picture.rgba, picture.rgba + pixels * 4);
        return frame;
    }
    [[nodiscard]] std::uint64_t frames() const { return frames_; }
    [[nodiscard]] double frame_count() const { return module_.frame_count(handle_.get()); }

 private:
    const CaptureModule& module_;
    std::unique_ptr<void, void (*)(void*)> handle_;
    std::uint64_t frames_ = 0;
};

Error camera_error(CameraFault fault, int number) {
    Error error{ErrorKind::Device, words_for(fault, number)};
    error.retry_helps = fault == CameraFault::Busy;
    return error;
}

class CameraSource final : public ModuleSource {
 public:
    CameraSource(const CaptureModule& module, void* handle, int number)
        : ModuleSource(module, handle), number_(number) {
        // Only now: opening a stream may set a camera back to what it does by itself.
        if (auto ask = ask_camera(number)) care_.emplace(std::move(*ask));
    }

    Result<std::optional<Frame>> next() override {
        if (auto frame = read()) return frame;
        return fail(camera_error(CameraFault::Missing, number_));
    }
    void help(Hint hint) override {
        if (care_) care_->help(hint, std::chrono::steady_clock::now());
    }

 private:
    int number_;
    std::optional<CameraCare> care_;
};

// The camera and the mode it shall stream in, as the module wants to have it.
std::string camera_location(int number) {
    std::string location = std::to_string(number);
    const auto ask = ask_camera(number);
    const auto mode = ask ? best_mode(motion_jpeg_modes(*ask)) : std::nullopt;
    if (mode && mode->rate > 0)
        location += " " + std::to_string(mode->width) + "x" + std::to_string(mode->height) + "@" +
                    std::to_string(std::lround(mode->rate));
    return location;
}

class VideoSource final : public ModuleSource {
 public:
    VideoSource(const CaptureModule& module, void* handle, std::string location)
        : ModuleSource(module, handle), location_(std::move(location)) {}

    Result<std::optional<Frame>> next() override {
        if (auto frame = read()) return frame;
        if (std::exchange(ended_, true)) return std::optional<Frame>();
        if (frames() == 0)
            return fail(ErrorKind::InvalidInput,
                        "“" + location_ + "” holds no pictures; record or copy the video again");
        const double count = frame_count();
        if (static_cast<double>(frames()) < kWholePart * count)
            return fail(ErrorKind::InvalidInput,
                        "“" + location_ + "” breaks off after " + std::to_string(frames()) +
                            " of " + std::to_string(static_cast<std::uint64_t>(count)) +
                            " frames; copy the video again");
        return std::optional<Frame>();
    }

 private:
    std::string location_;
    bool ended_ = false;  // what is wrong with the end is said once
};

bool is_url(const std::string& location) { return location.find("://") != std::string::npos; }

Result<void> check_file(const std::string& location) {
    const auto refuse = [&](const std::string& why) {
        return fail(ErrorKind::InvalidInput, "“" + location + "” " + why);
    };
    std::error_code error;
    const auto status = fs::status(location, error);
    if (!fs::exists(status)) return refuse("does not exist; check the path and try again");
    if (fs::is_regular_file(status) && fs::file_size(location, error) == 0)
        return refuse("is empty; record or copy the video again");
    return {};
}

}  // namespace

Result<const CaptureModule*> capture_module() {
    quieten_libraries();
    std::string problem;
    for (const fs::path& place : module_places()) {
        std::error_code error;
        if (!fs::exists(place, error)) continue;
        // Never closed: the libraries behind it do not survive being unloaded.
        void* library = ::dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
        if (library == nullptr) {
            problem = ::dlerror();
            continue;
        }
        using Entry = const CaptureModule* (*)();
        const auto entry = reinterpret_cast<Entry>(::dlsym(library, kCaptureModuleEntry));
        if (entry != nullptr && entry()->version == kCaptureModuleVersion) return entry();
        problem = place.string() + " is of another version";
    }
    return fail(ErrorKind::Device,
                std::string("Cameras and videos need ") + kModuleFile + ", which " +
                    (problem.empty() ? "is missing" : "cannot be used (" + problem + ")") +
                    "; install Unitrail again");
}

Result<std::unique_ptr<FrameSource>> open_camera(int number) {
    auto module = capture_module();
    if (!module) return fail(std::move(module.error()));
    const CameraFault fault = probe_camera(number);
    if (fault != CameraFault::None) return fail(camera_error(fault, number));
    void* handle = (*module)->open(CaptureKind::Camera, camera_location(number).c_str());
    if (handle == nullptr) {
        // Between the question and the opening, another program may have been faster.
        const CameraFault now = probe_camera(number);
        return fail(camera_error(now == CameraFault::None ? CameraFault::NotACamera : now, number));
    }
    return std::make_unique<CameraSource>(**module, handle, number);
}

Result<Recorded> open_video(const std::string& location) {
    const bool sequence = is_sequence_pattern(location);
    if (!sequence && !is_url(location))
        if (auto file = check_file(location); !file) return fail(std::move(file.error()));
    auto module = capture_module();
    if (!module) return fail(std::move(module.error()));
    const CaptureKind kind = sequence ? CaptureKind::Sequence : CaptureKind::Video;
    void* handle = (*module)->open(kind, location.c_str());
    if (handle != nullptr) {
        const double rate = sequence ? 0 : (*module)->frames_per_second(handle);
        return Recorded{std::make_unique<VideoSource>(**module, handle, location), rate};
    }
    if (is_url(location))
        return fail(ErrorKind::Device,
                    "“" + location + "” gives no pictures; check the address and the network");
    return fail(ErrorKind::InvalidInput,
                sequence ? "“" + location + "” matches no pictures; check the folder"
                         : "“" + location +
                               "” is neither a picture nor a whole video; copy or record it again");
}

bool is_sequence_pattern(const std::string& location) {
    const auto percent = location.find('%');
    if (percent == std::string::npos || is_url(location)) return false;
    const auto letter = location.find_first_not_of("0123456789", percent + 1);
    std::error_code error;
    return letter != std::string::npos && location[letter] == 'd' && !fs::exists(location, error);
}

}  // namespace scanner

// Built into unitrail_capture.so; see capture_module.hpp.
#include "scanner/capture_module.hpp"

#include <cstdio>
#include <exception>
#include <memory>
#include <opencv2/core.hpp>
#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgproc.hpp>
#include <opencv2/videoio.hpp>

namespace {

using scanner::CapturedPicture;
using scanner::CaptureKind;
using scanner::CaptureRead;

// Asked of a camera that does not say what it can do: what a barcode at arm's length needs. It
// chooses the nearest.
constexpr int kCameraWidth = 1280;
constexpr int kCameraHeight = 720;
constexpr int kCameraRate = 30;

struct Capture {
    cv::VideoCapture video;
    cv::Mat picture;
    cv::Mat grey;
    cv::Mat rgba;
};

struct Recording {
    cv::VideoWriter video;
    int width = 0;
    int height = 0;
    cv::Mat picture;
};

bool open_camera(cv::VideoCapture& video, const char* location) {
    int number = 0;
    int width = kCameraWidth;
    int height = kCameraHeight;
    int rate = kCameraRate;
    if (std::sscanf(location, "%d %dx%d@%d", &number, &width, &height, &rate) < 1) return false;
    if (!video.open(number, cv::CAP_V4L2)) return false;
    // Compressed frames: uncompressed ones of this size come five a second over USB 2.
    video.set(cv::CAP_PROP_FOURCC, cv::VideoWriter::fourcc('M', 'J', 'P', 'G'));
    video.set(cv::CAP_PROP_FRAME_WIDTH, width);
    video.set(cv::CAP_PROP_FRAME_HEIGHT, height);
    video.set(cv::CAP_PROP_FPS, rate);
    video.set(cv::CAP_PROP_BUFFERSIZE, 1);  // the newest frame only
    return video.isOpened();
}

bool open_video(cv::VideoCapture& video, CaptureKind kind, const char* location) {
    switch (kind) {
        case CaptureKind::Camera: return open_camera(video, location);
        case CaptureKind::Video: return video.open(location, cv::CAP_FFMPEG);
        case CaptureKind::Sequence: return video.open(location, cv::CAP_IMAGES);
    }
    return false;
}

// Nothing that OpenCV throws may cross a C boundary; each call has its own way to say "no".
void* open(CaptureKind kind, const char* location) {
    try {
        cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
        auto capture = std::make_unique<Capture>();
        if (!open_video(capture->video, kind, location)) return nullptr;
        return capture.release();
    } catch (const std::exception&) {
        return nullptr;
    }
}

void convert(Capture& capture) {
    const cv::Mat& picture = capture.picture;
    if (picture.channels() == 1) {
        capture.grey = picture;
        cv::cvtColor(picture, capture.rgba, cv::COLOR_GRAY2RGBA);
        return;
    }
    const bool alpha = picture.channels() == 4;
    cv::cvtColor(picture, capture.grey, alpha ? cv::COLOR_BGRA2GRAY : cv::COLOR_BGR2GRAY);
    cv::cvtColor(picture, capture.rgba, alpha ? cv::COLOR_BGRA2RGBA : cv::COLOR_BGR2RGBA);
}

CaptureRead read(void* handle, CapturedPicture* picture) {
    try {
        auto& capture = *static_cast<Capture*>(handle);
        // An empty picture means the end, whatever read() says.
        if (!capture.video.read(capture.picture) || capture.picture.empty())
            return CaptureRead::End;
        if (capture.picture.depth() != CV_8U) return CaptureRead::End;
        convert(capture);
        if (!capture.grey.isContinuous()) capture.grey = capture.grey.clone();
        *picture = {capture.grey.cols, capture.grey.rows, capture.grey.data, capture.rgba.data};
        return CaptureRead::Picture;
    } catch (const std::exception&) {
        return CaptureRead::End;
    }
}

double property(void* handle, int name) {
    try {
        const double value = static_cast<Capture*>(handle)->video.get(name);
        return value > 0 ? value : 0;
    } catch (const std::exception&) {
        return 0;
    }
}

double frames_per_second(void* handle) { return property(handle, cv::CAP_PROP_FPS); }
double frame_count(void* handle) { return property(handle, cv::CAP_PROP_FRAME_COUNT); }
void close(void* handle) { delete static_cast<Capture*>(handle); }

void* create(const char* pattern, std::int32_t width, std::int32_t height) {
    try {
        cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
        auto recording = std::make_unique<Recording>();
        recording->width = width;
        recording->height = height;
        if (!recording->video.open(pattern, cv::CAP_IMAGES, 0, 0, cv::Size(width, height)))
            return nullptr;
        return recording.release();
    } catch (const std::exception&) {
        return nullptr;
    }
}

bool write(void* handle, const std::uint8_t* rgba) {
    try {
        auto& recording = *static_cast<Recording*>(handle);
        const cv::Mat picture(recording.height, recording.width, CV_8UC4,
                              const_cast<std::uint8_t*>(rgba));
        cv::cvtColor(picture, recording.picture, cv::COLOR_RGBA2BGR);
        recording.video.write(recording.picture);
        return true;
    } catch (const std::exception&) {
        return false;
    }
}

void finish(void* handle) { delete static_cast<Recording*>(handle); }

constexpr scanner::CaptureModule kModule{scanner::kCaptureModuleVersion,
                                         open,
                                         read,
                                         frames_per_second,
                                         frame_count,
                                         close,
                                         create,
                                         write,
                                         finish};

}  // namespace

extern "C" const scanner::CaptureModule* unitrail_capture_module() { return &kModule; }

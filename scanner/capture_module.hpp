// The boundary between the program and unitrail_capture.so, which holds OpenCV's video capture:
// linking that costs a tenth of a second and two hundred libraries at every start, so it is opened
// by dlopen when a camera or a video is (see capture.hpp). Plain C data only; nothing throws across
// it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace scanner {

// Both sides must agree; raised with every change below.
inline constexpr int kCaptureModuleVersion = 2;
inline constexpr const char* kCaptureModuleEntry = "unitrail_capture_module";

enum class CaptureKind : std::int32_t {
    Camera,    // location = its number, then " WIDTHxHEIGHT@RATE" if it has such; through V4L2
    Video,     // location = a file or URL, through FFmpeg
    Sequence,  // location = a pattern as "…/frame_%04d.jpg", through OpenCV's picture sequences
};

enum class CaptureRead : std::int32_t {
    Picture,
    End,  // of the file; of a camera: it is gone
};

// Valid until the next call with the same handle.
struct CapturedPicture {
    std::int32_t width;
    std::int32_t height;
    const std::uint8_t* grey;  // width × height bytes
    const std::uint8_t* rgba;  // width × height × 4 bytes
};

struct CaptureModule {
    std::int32_t version;
    // A handle, or null when it cannot be opened.
    void* (*open)(CaptureKind kind, const char* location);
    CaptureRead (*read)(void* handle, CapturedPicture* picture);
    double (*frames_per_second)(void* handle);  // 0 = not known
    double (*frame_count)(void* handle);        // as the file says; 0 = not known
    void (*close)(void* handle);

    // A picture sequence being written, from RGBA pictures of one size. Null when it cannot be.
    void* (*create)(const char* pattern, std::int32_t width, std::int32_t height);
    bool (*write)(void* handle, const std::uint8_t* rgba);
    void (*finish)(void* handle);
};

}  // namespace scanner

// The module's only symbol.
extern "C" const scanner::CaptureModule* unitrail_capture_module();

// Where frames come from: a camera by number, a video file or stream, a folder of pictures, or one
// of them.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "base/result.hpp"
#include "scanner/frame.hpp"
#include "scanner/hint.hpp"

namespace scanner {

enum class Pacing : std::uint8_t {
    // A file's frames come at its frame rate; late ones are dropped, as with a live camera.
    AsRecorded,
    // Every frame, as fast as it can be read.
    Max,
};

// A location: whichever camera is found first when it is opened.
inline constexpr const char* kFirstCamera = "camera";

struct SourceSpec {
    // A camera's number ("0"), kFirstCamera, a path, or a URL; "" = no source.
    std::string location;
    Pacing pacing = Pacing::AsRecorded;
    // Of a folder of pictures or a sequence; 0 = the file's own, else 15.
    double frames_per_second = 0;
    bool loop = false;  // begin again at the end (the simulated camera)
};

// One opened source. Used from one thread at a time.
class FrameSource {
 public:
    virtual ~FrameSource() = default;
    // The next frame; nothing at the end of a file. A Device error means the camera is gone.
    // InvalidInput (a damaged picture of a folder, a video that breaks off) is said once; the next
    // call goes on with what comes after it.
    virtual Result<std::optional<Frame>> next() = 0;
    // What would help to read what is in view; a camera does what it can. Between two next().
    virtual void help(Hint /*hint*/) {}
};

// Tells by the location what it is: digits = camera, a folder, a still picture (PNG, JPEG, WebP,
// BMP by its content), otherwise a video or a URL. Errors: InvalidInput (missing, not readable as
// its kind), Device (no such camera; another program has it: then retry_helps; no capture module).
// A location such as "…/frame_%04d.jpg" is a sequence of numbered pictures. next() of a source that
// is paced AsRecorded waits until the frame is due.
Result<std::unique_ptr<FrameSource>> open_source(const SourceSpec& spec);

// One still picture. InvalidInput when the file is missing or not a picture.
Result<Frame> load_picture(const std::string& path);

// The number of the first camera of this machine, if any (V4L2 capture devices, in order).
std::optional<int> first_camera();

}  // namespace scanner

// Cameras, videos and picture sequences: the program's side of the capture module.
#pragma once

#include <memory>
#include <string>

#include "base/result.hpp"
#include "scanner/capture_module.hpp"
#include "scanner/source.hpp"

namespace scanner {

// The module, opened the first time and kept until the program ends. Looked for in
// $UNITRAIL_CAPTURE (its full path; for development), beside the executable, and where an
// installation puts it. Device when it is missing or of another version.
Result<const CaptureModule*> capture_module();

struct Recorded {
    std::unique_ptr<FrameSource> source;
    double frames_per_second = 0;  // 0 = the recording does not say
};

// Errors as open_source().
Result<std::unique_ptr<FrameSource>> open_camera(int number);
Result<Recorded> open_video(const std::string& location);

// True for a picture sequence's pattern, "…/frame_%04d.jpg".
bool is_sequence_pattern(const std::string& location);

}  // namespace scanner

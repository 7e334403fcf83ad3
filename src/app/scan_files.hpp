// Reading labels from files: pictures with full effort, videos frame by frame.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "label/label.hpp"
#include "scanner/source.hpp"
#include "scanner/symbol.hpp"

namespace app {

// What one frame showed. In a video only symbols that just came into view are told.
struct FileScan {
    std::string source;       // the picture's or video's path
    std::uint64_t frame = 0;  // counts from 1
    std::vector<scanner::Symbol> symbols;
    label::Label label;  // what the symbols say together
    double decode_ms = 0;
};

// Scans one picture, every picture of a folder, or one video; a video as a camera's frames are,
// except that at full speed no frame is short of time. A source in which nothing is read is
// told once, without symbols. InvalidInput: missing, or not readable as its kind; in a folder the
// other pictures are scanned all the same.
Result<void> scan_file(const std::string& path, scanner::Pacing video_pacing,
                       const scanner::Wanted& wanted,
                       const std::function<void(const FileScan&)>& on_scan);

}  // namespace app

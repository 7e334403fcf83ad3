// What the operator can do when bars are in view and nothing is read: told from the picture, some
// three times a second. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "scanner/frame.hpp"
#include "scanner/reader.hpp"

namespace scanner {

enum class Hint : std::uint8_t {
    None,
    MoreLight,  // the brightest parts are dark
    Closer,     // bars narrower than about a pixel
    Farther,    // bars that leave the picture at both ends
    HoldStill,  // blurred, and the picture moves
    Focus,      // blurred, and the picture stands still
    ItfLength,  // an ITF is read that is as long as none that is wanted: not judged here, see
                // LiveDecoder
};

// Of one frame; `before` is one some milliseconds earlier, of the same size, or empty.
Hint judge(const GreyView& frame, const GreyView& before);

// Judges now and then the frames in which nothing is read, and says what it saw twice.
class HintWatch {
 public:
    Hint see(const Frame& frame, bool is_read);

 private:
    Frame before_;
    std::chrono::steady_clock::time_point read_at_{}, judged_at_{};
    Hint last_ = Hint::None;
    Hint shown_ = Hint::None;
};

}  // namespace scanner

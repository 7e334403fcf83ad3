// The live scanner: a capture thread keeps only the newest frame, a decode thread reads it.
//
//     capture –Mailbox‹Frame›→ decode –on_reading→ (a bounded queue of the caller)
//
// Whatever the pacing, frames that come faster than they are decoded are dropped: to read every
// frame of a video, use open_source() and decode(). A picture of a file is read with full effort. A
// camera that is unplugged is reported and opened again as soon as it is back. Nothing
// thrown by a library leaves the threads.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "scanner/frame.hpp"
#include "scanner/hint.hpp"
#include "scanner/source.hpp"
#include "scanner/symbol.hpp"

namespace scanner {

enum class CameraState : std::uint8_t {
    Off,      // no source was asked for
    Opening,  // being opened for the first time
    Live,     // frames are coming
    Lost,     // was there or was asked for, and is not there now; being looked for
    Busy,     // another program has it; tried again
    Ended,    // a video or folder came to its end, or is none (`words` say what is the matter)
};

std::string_view name(CameraState state);  // "live", for the log

struct CameraStatus {
    CameraState state = CameraState::Off;
    // One line for the operator: what is the matter and what to do. Empty when Live.
    std::string words;
};

// The symbols last seen and the frame they were seen in, for the outlines in the live view.
struct Sighting {
    std::uint64_t frame = 0;
    std::vector<Symbol> symbols;
    std::chrono::steady_clock::time_point captured{};
    bool aimed = true;  // one of the symbols is inside the aim box
};

// What the live view shows: one picture and what was found in it.
struct LiveView {
    std::shared_ptr<const Frame> frame;  // null until there is one
    Sighting sighting;
    Hint hint = Hint::None;  // what would help, when nothing is read
};

struct PipelineOptions {
    SourceSpec source;
    Wanted wanted;
    // How the source is opened, and how long to wait before a lost camera is tried again. (A test
    // brings sources of its own.)
    std::function<Result<std::unique_ptr<FrameSource>>(const SourceSpec&)> open = open_source;
    std::chrono::milliseconds retry_after{1000};
    // The callbacks must not throw.
    // Called on the decode thread, in order, while what is in view has news (Tracker::Seen). It may
    // wait: the next frame is then decoded later, and frames in between are dropped, never
    // readings.
    std::function<void(Reading)> on_reading;
    // Called on the capture thread whenever the state changes.
    std::function<void(CameraStatus)> on_status;
    // Called on the decode thread when newest_view() changed. Must not wait.
    std::function<void()> on_picture;
};

class Pipeline {
 public:
    // Starts both threads; the source is opened on the capture thread, so this returns at once.
    explicit Pipeline(PipelineOptions options);
    // Stops both threads and waits for them (at most one frame's time plus one decode).
    ~Pipeline();
    Pipeline(const Pipeline&) = delete;
    Pipeline& operator=(const Pipeline&) = delete;

    // The last picture that was decoded, with the symbols found in it; any thread.
    [[nodiscard]] LiveView newest_view() const;

 private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace scanner

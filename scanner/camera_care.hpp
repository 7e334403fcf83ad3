// What a camera can do for a reader beyond sending pictures: focus, a short exposure, a torch,
// zoom. Each only where the camera has it (V4L2 controls); what it refuses is left as it is.
#pragma once

#include <chrono>
#include <optional>

#include "scanner/camera_modes.hpp"
#include "scanner/hint.hpp"

namespace scanner {

class CameraCare {
 public:
    using Time = std::chrono::steady_clock::time_point;

    // Focus and exposure look after themselves from now on; in the dark the picture may become
    // darker, not slower: a slow one is smeared.
    explicit CameraCare(AskCamera ask);
    // Torch off, and the zoom where it was.
    ~CameraCare();
    CameraCare(const CameraCare&) = delete;
    CameraCare& operator=(const CameraCare&) = delete;

    // What would help at `now`; called now and then, from one thread. MoreLight lights the torch
    // for a while, Closer and Farther move the zoom, Focus makes it focus again.
    void help(Hint hint, Time now);

    [[nodiscard]] bool has_torch() const { return torch_; }
    [[nodiscard]] bool has_zoom() const { return zoom_.has_value(); }

 private:
    struct Range {
        int least = 0;
        int most = 0;
        int step = 1;
        int value = 0;  // now
    };
    [[nodiscard]] std::optional<Range> range_of(unsigned control) const;
    bool set(unsigned control, int value) const;
    void zoom_to(int value);

    AskCamera ask_;
    bool torch_ = false;
    bool torch_lit_ = false;
    std::optional<Range> zoom_;
    int zoom_before_ = 0;
    Time dark_at_{}, zoomed_at_{}, focused_at_{};
};

}  // namespace scanner

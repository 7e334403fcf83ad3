#include "scanner/pacing.hpp"

#include <algorithm>
#include <thread>
#include <utility>

namespace scanner {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kSlowest = 0.2;
constexpr double kFastest = 240;

class PacedSource final : public FrameSource {
 public:
    PacedSource(std::unique_ptr<FrameSource> source, Clock::duration interval, PacingClock clock)
        : source_(std::move(source)), interval_(interval), clock_(std::move(clock)) {}

    Result<std::optional<Frame>> next() override {
        while (true) {
            auto frame = source_->next();
            if (!frame || !*frame) return frame;
            const auto now = clock_.now();
            const auto due = due_ ? *due_ + interval_ : now;
            due_ = due;
            if (now > due + interval_) continue;  // its successor is due already
            if (now < due) clock_.sleep_until(due);
            (*frame)->captured = due;
            return frame;
        }
    }

 private:
    std::unique_ptr<FrameSource> source_;
    Clock::duration interval_;
    PacingClock clock_;
    std::optional<Clock::time_point> due_;  // of the frame before
};

}  // namespace

PacingClock steady_pacing_clock() {
    return {[] { return Clock::now(); },
            [](Clock::time_point until) { std::this_thread::sleep_until(until); }};
}

std::unique_ptr<FrameSource> paced(std::unique_ptr<FrameSource> source, double frames_per_second,
                                   PacingClock clock) {
    const std::chrono::duration<double> interval(1 /
                                                 std::clamp(frames_per_second, kSlowest, kFastest));
    return std::make_unique<PacedSource>(
        std::move(source), std::chrono::duration_cast<Clock::duration>(interval), std::move(clock));
}

}  // namespace scanner

#include "scanner/hint.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <opencv2/imgproc.hpp>
#include <optional>

#include "scanner/bars.hpp"
#include "scanner/texture.hpp"
#include "scanner/upright.hpp"

namespace scanner {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 800ms;  // a symbol that is read at all is mostly read by then
constexpr auto kInterval = 300ms;
constexpr int kDark = 60;               // grey level that the brightest twentieth does not reach
constexpr float kModulesPerRun = 1.8F;  // of Code 128; between 1.6 and 1.9 in the others
constexpr float kReadableModule = 2;    // pixels; more than it is, as narrow bars are lost
constexpr float kSharpEdge = 2.2F;      // pixels that the step of a sharp edge takes
constexpr float kWashed = 0.3F;         // of the contrast: nearer to the middle is grey
constexpr float kWashedMax = 0.3F;
constexpr float kEdgeMargin = 12;   // pixels from the edge of the picture
constexpr double kMoving = 0.15;    // of the variation there, from frame to frame
constexpr float kContrastMin = 12;  // grey levels
constexpr int kRunsMin = 20;        // fewer are no symbol

bool is_dark(const GreyView& frame) {
    std::array<int, 256> counts{};
    int total = 0;
    for (int y = 0; y < frame.height; y += 4)
        for (int x = 0; x < frame.width; x += 4, ++total)
            ++counts[frame.pixels[static_cast<std::ptrdiff_t>(y) * frame.stride + x]];
    int brightest = 0, level = 255;
    while (level > 0 && brightest + counts[static_cast<std::size_t>(level)] < total / 20)
        brightest += counts[static_cast<std::size_t>(level--)];
    return level < kDark;
}

// How the bars of one line come out.
struct Line {
    float contrast = 0;
    int runs = 0;
    float steepest = 0;  // grey levels per pixel that the upper tenth of its edges reach
    float washed = 0;    // part of the bars and spaces that come out grey
};

Line measure(const std::uint8_t* values, int count) {
    std::vector<std::uint8_t> sorted(values, values + count);
    std::sort(sorted.begin(), sorted.end());
    const auto at = [&](double part) {
        return static_cast<float>(sorted[static_cast<std::size_t>(part * (count - 1))]);
    };
    Line line;
    line.contrast = at(0.95) - at(0.05);
    const float middle = (at(0.95) + at(0.05)) / 2, tolerance = line.contrast * 0.12F;
    bool dark = static_cast<float>(values[0]) < middle;
    std::vector<float> steps;
    float step = 0, farthest = 0;  // of the run: its steepest step, how far it is from grey
    int washed = 0;
    for (int x = 1; x < count; ++x) {
        const float value = values[x];
        step = std::max(step, std::abs(value - static_cast<float>(values[x - 1])));
        farthest = std::max(farthest, dark ? middle - value : value - middle);
        if (dark ? value > middle + tolerance : value < middle - tolerance) {
            dark = !dark;
            ++line.runs;
            steps.push_back(step);
            if (farthest < line.contrast * kWashed) ++washed;
            step = farthest = 0;
        }
    }
    if (steps.empty()) return line;
    std::sort(steps.begin(), steps.end());
    line.steepest = steps[steps.size() * 9 / 10];
    line.washed = static_cast<float>(washed) / static_cast<float>(steps.size());
    return line;
}

bool leaves_at_both_ends(const GreyView& frame, const BarRegion& bar) {
    const auto outside = [&](float side) {
        const float x = bar.middle.x + side * std::cos(bar.angle) * bar.length / 2;
        const float y = bar.middle.y + side * std::sin(bar.angle) * bar.length / 2;
        return x < kEdgeMargin || y < kEdgeMargin ||
               x > static_cast<float>(frame.width) - kEdgeMargin ||
               y > static_cast<float>(frame.height) - kEdgeMargin;
    };
    return outside(-1) && outside(1);
}

// Where the bars are: a hand moves the box, not the wall behind it.
bool is_moving(const GreyView& frame, const GreyView& before, const BarRegion& bar) {
    if (before.pixels == nullptr || before.width != frame.width || before.height != frame.height)
        return false;
    const int side = static_cast<int>(bar.length * 1.2F);
    const cv::Rect part = cv::Rect(static_cast<int>(bar.middle.x) - side / 2,
                                   static_cast<int>(bar.middle.y) - side / 2, side, side) &
                          cv::Rect(0, 0, frame.width, frame.height);
    if (part.width < 32 || part.height < 32) return false;
    cv::Mat small[2];
    const GreyView* views[] = {&frame, &before};
    for (int i = 0; i < 2; ++i) {
        const cv::Mat whole(views[i]->height, views[i]->width, CV_8U,
                            const_cast<std::uint8_t*>(views[i]->pixels),
                            static_cast<std::size_t>(views[i]->stride));
        // Halved twice: noise and the camera's compression are no movement.
        cv::resize(whole(part), small[i], {}, 0.25, 0.25, cv::INTER_AREA);
    }
    cv::Scalar mean, deviation;
    cv::meanStdDev(small[0], mean, deviation);
    const double difference =
        cv::norm(small[0], small[1], cv::NORM_L1) / static_cast<double>(small[0].total());
    return difference > kMoving * deviation[0];
}

Hint judge_bars(const GreyView& frame, const GreyView& before, const BarRegion& bar) {
    if (leaves_at_both_ends(frame, bar)) return Hint::Farther;
    const Crop crop = cut_upright(frame, bar.middle, bar.angle, {bar.length, 9, 1, 1});
    std::vector<Line> lines;
    for (int y = 0; y < crop.picture.rows; y += 2)
        lines.push_back(measure(crop.picture.ptr<std::uint8_t>(y), crop.picture.cols));
    if (lines.empty()) return Hint::None;
    std::nth_element(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(lines.size() / 2),
                     lines.end(), [](const Line& a, const Line& b) { return a.runs < b.runs; });
    const Line& line = lines[lines.size() / 2];
    if (line.contrast < kContrastMin || line.runs < kRunsMin) return Hint::None;
    const float module =
        static_cast<float>(crop.picture.cols) / static_cast<float>(line.runs) / kModulesPerRun;
    if (line.washed < kWashedMax) return Hint::None;  // every bar stands out: it can be read
    if (line.contrast > kSharpEdge * line.steepest)
        return is_moving(frame, before, bar) ? Hint::HoldStill : Hint::Focus;
    return module < kReadableModule ? Hint::Closer : Hint::None;
}

GreyView view_of(const Frame& frame) {
    return frame.grey ? GreyView{frame.grey->data(), frame.width, frame.height, frame.width}
                      : GreyView{};
}

}  // namespace

Hint judge(const GreyView& frame, const GreyView& before) {
    if (frame.pixels == nullptr) return Hint::None;
    if (is_dark(frame)) return Hint::MoreLight;
    for (const BarRegion& bar : find_bars(measure_texture(frame), 2))
        if (const Hint hint = judge_bars(frame, before, bar); hint != Hint::None) return hint;
    return Hint::None;
}

Hint HintWatch::see(const Frame& frame, bool is_read) {
    const auto now = frame.captured;
    if (read_at_ == std::chrono::steady_clock::time_point{} || is_read) {
        read_at_ = now;
        if (is_read) shown_ = last_ = Hint::None;
    }
    if (now - read_at_ >= kPatience && now - judged_at_ >= kInterval) {
        const Hint hint = judge(view_of(frame), view_of(before_));
        if (hint == last_) shown_ = hint;
        last_ = hint;
        judged_at_ = now;
    }
    before_ = frame;
    return shown_;
}

}  // namespace scanner

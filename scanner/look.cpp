#include "scanner/look.hpp"

#include <algorithm>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <utility>

#include "scanner/trust.hpp"

namespace scanner {
namespace {

// Unsharp mask: the radius in pixels of the original picture, and how much of the blur is taken
// away.
constexpr double kSharpenRadius = 2;
constexpr double kSharpenAmount = 1;
constexpr double kFrame = 12;  // pixels of the original picture

// The most telling first: among 110 linear reads of real photos, a sharpened second look confirmed
// almost every right one and no wrong one.
constexpr Look kThoroughLooks[] = {{2, true},    {3, true},     {1.5, true}, {1, true},
                                   {1.5, false}, {0.75, false}, {1, false},  {1.1, false}};
// Lines of the first read from which the first look that agrees is enough; a weaker one is looked
// at in every way, for any of them may contradict it.
constexpr int kStrongLines = 5;

int frame_of(const Look& look) { return look.framed ? cvRound(kFrame * look.scale) : 0; }

cv::Mat picture_of(const GreyView& frame, const Region& region, const Look& look) {
    const cv::Mat all(frame.height, frame.width, CV_8UC1, const_cast<std::uint8_t*>(frame.pixels),
                      static_cast<std::size_t>(frame.stride));
    cv::Mat part = all(cv::Rect(region.x, region.y, region.width, region.height));
    if (look.scale != 1) {
        const cv::Size size(std::max(1, cvRound(part.cols * look.scale)),
                            std::max(1, cvRound(part.rows * look.scale)));
        cv::resize(part, part, size, 0, 0, look.scale > 1 ? cv::INTER_CUBIC : cv::INTER_AREA);
    }
    if (look.sharpen) {
        cv::Mat blurred;
        cv::GaussianBlur(part, blurred, cv::Size(), kSharpenRadius * look.scale);
        cv::Mat sharp;
        cv::addWeighted(part, 1 + kSharpenAmount, blurred, -kSharpenAmount, 0, sharp);
        part = sharp;
    }
    if (look.framed) {
        const int width = frame_of(look);
        cv::copyMakeBorder(part, part, width, width, width, width, cv::BORDER_CONSTANT, 255);
    }
    return part;
}

struct Box {
    float left = 0;
    float top = 0;
    float right = 0;
    float bottom = 0;
};

Box box_of(const Symbol& symbol) {
    const auto [left, right] =
        std::minmax_element(symbol.corners.begin(), symbol.corners.end(),
                            [](const Point& a, const Point& b) { return a.x < b.x; });
    const auto [top, bottom] =
        std::minmax_element(symbol.corners.begin(), symbol.corners.end(),
                            [](const Point& a, const Point& b) { return a.y < b.y; });
    return {left->x, top->y, right->x, bottom->y};
}

}  // namespace

std::vector<Read> read_look(const GreyView& frame, const Region& region, const Look& look,
                            const ReadPass& pass) {
    std::vector<Read> reads;
    // OpenCV throws when it runs out of memory; that costs this look only.
    try {
        const cv::Mat picture = picture_of(frame, region, look);
        reads = read_symbols(
            {picture.data, picture.cols, picture.rows, static_cast<int>(picture.step)}, pass);
        const int frame_width = frame_of(look);
        const float across =
            static_cast<float>(region.width) / static_cast<float>(picture.cols - 2 * frame_width);
        const float down =
            static_cast<float>(region.height) / static_cast<float>(picture.rows - 2 * frame_width);
        const auto left = static_cast<float>(frame_width);
        for (Read& read : reads)
            for (Point& corner : read.symbol.corners) {
                corner.x = (corner.x - left) * across + static_cast<float>(region.x);
                corner.y = (corner.y - left) * down + static_cast<float>(region.y);
            }
    } catch (const std::exception&) {
        reads.clear();
    }
    return reads;
}

namespace {

bool stands_upright(const Box& box) { return box.bottom - box.top > box.right - box.left; }

// Where to look again: the symbol with the quiet zones at its ends and as much room beside it, for
// a line that crosses a tilted symbol leaves the rows that were read.
Region around(const Box& box, const GreyView& frame) {
    const float margin = 16 + 0.1F * std::max(box.right - box.left, box.bottom - box.top);
    const int left = std::clamp(static_cast<int>(box.left - margin), 0, frame.width - 1);
    const int top = std::clamp(static_cast<int>(box.top - margin), 0, frame.height - 1);
    const int right = std::clamp(static_cast<int>(box.right + margin), left + 1, frame.width);
    const int bottom = std::clamp(static_cast<int>(box.bottom + margin), top + 1, frame.height);
    return {left, top, right - left, bottom - top};
}

}  // namespace

bool overlap(const Symbol& a, const Symbol& b) {
    const Box first = box_of(a);
    const Box second = box_of(b);
    return first.left <= second.right && second.left <= first.right && first.top <= second.bottom &&
           second.top <= first.bottom;
}

Point middle_of(const Symbol& symbol) {
    Point sum;
    for (const Point& corner : symbol.corners) {
        sum.x += corner.x / 4;
        sum.y += corner.y / 4;
    }
    return sum;
}

bool covers(const Symbol& symbol, Point place) {
    const Box box = box_of(symbol);
    return box.left <= place.x && place.x <= box.right && box.top <= place.y &&
           place.y <= box.bottom;
}

bool is_confirmed(const GreyView& frame, const Read& first, const Look& seen_in) {
    const Box box = box_of(first.symbol);
    const Region region = around(box, frame);
    const ReadPass pass{rivals_of(first.symbol.symbology), true, stands_upright(box)};
    bool same = false;
    for (const Look& look : kThoroughLooks) {
        if (look == seen_in) continue;
        for (const Read& again : read_look(frame, region, look, pass)) {
            const bool agrees = same_code(again.symbol, first.symbol);
            if (!agrees && overlap(again.symbol, first.symbol)) return false;
            same = same || agrees;
        }
        if (same && first.lines >= kStrongLines) return true;
    }
    return same;
}

}  // namespace scanner

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <string>
#include <vector>

#include "frames/sample.hpp"

namespace frames {
namespace {

// On the paper, this grey value means: not there, what is behind the label shows.
constexpr int kHole = 128;

// A part of the symbol from one of its ends.
cv::Rect part_from_end(const cv::Rect& symbol, double part, Random& random) {
    cv::Rect taken = symbol;
    taken.width = std::max(1, cvRound(symbol.width * part));
    if (random.chance(0.5)) taken.x = symbol.x + symbol.width - taken.width;
    return taken;
}

void tear(Printed& printed, Random& random) {
    const cv::Rect gone = part_from_end(printed.symbol, random.uniform(0.1, 0.7), random);
    const bool left = gone.x == printed.symbol.x;
    const int edge = left ? gone.x + gone.width : gone.x;
    std::vector<cv::Point> outline{{left ? 0 : printed.paper.cols, 0}};
    const int steps = 12;
    for (int i = 0; i <= steps; ++i)
        outline.push_back(
            {edge + random.whole(-6, 6) * kPrintedModule, printed.paper.rows * i / steps});
    outline.push_back({left ? 0 : printed.paper.cols, printed.paper.rows});
    cv::fillPoly(printed.paper, std::vector<std::vector<cv::Point>>{outline}, cv::Scalar(kHole));
}

// Where between two modules it ends is the trap: now and then exactly between them.
void patch(Printed& printed, Random& random) {
    cv::Rect white = part_from_end(printed.symbol, random.uniform(0.1, 0.7), random);
    const bool left = white.x == printed.symbol.x;
    if (random.chance(0.5)) white.width -= white.width % kPrintedModule;
    const int edge =
        left ? white.x + white.width : printed.symbol.x + printed.symbol.width - white.width;
    white = left ? cv::Rect(0, 0, edge, printed.paper.rows)
                 : cv::Rect(edge, 0, printed.paper.cols - edge, printed.paper.rows);
    if (random.chance(0.3)) {
        white.y = printed.symbol.y + printed.symbol.height / random.whole(2, 4);
        white.height = printed.paper.rows - white.y;
    }
    printed.paper(white) = 255;
}

void scratch(Printed& printed, Random& random) {
    const int count = random.whole(2, 10);
    const cv::Rect& at = printed.symbol;
    for (int i = 0; i < count; ++i)
        cv::line(printed.paper, {random.whole(at.x - 20, at.x + at.width + 20), at.y - 10},
                 {random.whole(at.x - 20, at.x + at.width + 20), at.y + at.height + 10},
                 cv::Scalar(random.chance(0.5) ? 255 : 0), random.whole(2, 2 * kPrintedModule),
                 cv::LINE_8);
}

void overprint(Printed& printed, Random& random) {
    const cv::Rect& at = printed.symbol;
    const int count = random.whole(1, 3);
    for (int i = 0; i < count; ++i) {
        const cv::Point where(random.whole(at.x, at.x + at.width),
                              random.whole(at.y, at.y + at.height));
        cv::putText(printed.paper, "VOID" + std::to_string(random.whole(0, 9999)), where,
                    random.whole(0, 7), random.uniform(1, 8), cv::Scalar(0),
                    random.whole(2, 3 * kPrintedModule));
    }
    const int bars = random.whole(0, 4) * (scanner::is_linear(symbology_of(printed.kind)) ? 1 : 2);
    for (int i = 0; i < bars; ++i) {
        const int width = random.whole(kPrintedModule / 2, 3 * kPrintedModule);
        const int column = random.whole(0, at.width - width);
        printed.paper(cv::Rect(at.x + column, at.y, width, at.height)) =
            random.chance(0.7) ? 0 : 255;
    }
}

void cover(Printed& printed, Random& random) {
    const cv::Rect part = part_from_end(printed.symbol, random.uniform(0.1, 0.6), random);
    const cv::Point2f middle(static_cast<float>(part.x + part.width / 2),
                             static_cast<float>(part.y + part.height / 2));
    const cv::RotatedRect thing(
        middle, {static_cast<float>(part.width), static_cast<float>(2 * part.height)},
        static_cast<float>(random.uniform(-40, 40)));
    cv::Point2f corners[4];
    thing.points(corners);
    std::vector<cv::Point> outline;
    for (const cv::Point2f& corner : corners) outline.emplace_back(corner);
    cv::fillPoly(printed.paper, std::vector<std::vector<cv::Point>>{outline},
                 cv::Scalar(random.chance(0.3) ? 0 : kHole + random.whole(20, 60)));
}

// Moves the label so that the frame's edge cuts through the symbol.
void crop(const Printed& printed, Conditions& conditions, Random& random) {
    const double length = printed.symbol.width * conditions.module / kPrintedModule;
    const double part = random.uniform(0.05, 0.6);
    conditions.rotation = random.whole(0, 1) * 180 + random.uniform(-30, 30);
    conditions.shift_x = (random.chance(0.5) ? 1 : -1) * (640 - length * (0.5 - part)) / 1280;
}

}  // namespace

Printed damaged(const Printed& printed, Damage damage, Conditions& conditions, Random& random) {
    Printed copy = printed;
    copy.paper = printed.paper.clone();
    switch (damage) {
        case Damage::None: break;
        case Damage::Torn: tear(copy, random); break;
        case Damage::Cropped: crop(copy, conditions, random); break;
        case Damage::Patched: patch(copy, random); break;
        case Damage::Scratched: scratch(copy, random); break;
        case Damage::Overprinted: overprint(copy, random); break;
        case Damage::Covered: cover(copy, random); break;
    }
    return copy;
}

}  // namespace frames

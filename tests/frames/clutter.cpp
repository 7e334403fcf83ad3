#include "frames/clutter.hpp"

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <string>

namespace frames {
namespace {

cv::Rect somewhere(cv::Size size, cv::Size extent, Random& random) {
    return {random.whole(-extent.width / 2, std::max(1, size.width - extent.width / 2)),
            random.whole(-extent.height / 2, std::max(1, size.height - extent.height / 2)),
            extent.width, extent.height};
}

void draw_boxes(cv::Mat& view, int count, Random& random) {
    for (int i = 0; i < count; ++i) {
        const cv::Rect box =
            somewhere(view.size(), {random.whole(60, 400), random.whole(40, 300)}, random);
        cv::rectangle(view, box, cv::Scalar(random.uniform(20, 230)), cv::FILLED, cv::LINE_AA);
        if (random.chance(0.5))
            cv::rectangle(view, box, cv::Scalar(random.uniform(0, 255)), random.whole(1, 4),
                          cv::LINE_AA);
    }
}

void draw_print(cv::Mat& view, int count, Random& random) {
    for (int i = 0; i < count; ++i) {
        std::string text;
        const int length = random.whole(4, 30);
        for (int c = 0; c < length; ++c) text += static_cast<char>(random.whole(32, 122));
        const cv::Rect at = somewhere(view.size(), {10, 10}, random);
        const double size = random.uniform(0.3, 2);
        const double ink = random.uniform(0, 255);
        const int lines = random.whole(1, 5);
        for (int line = 0; line < lines; ++line)
            cv::putText(view, text.substr(static_cast<std::size_t>(line)),
                        {at.x, at.y + cvRound(line * size * 32)}, random.whole(0, 7), size,
                        cv::Scalar(ink), random.whole(1, 3), cv::LINE_AA);
    }
}

// Bars of random or even widths in any direction: grilles, keyboards, corrugated board.
void draw_stripes(cv::Mat& view, Random& random) {
    const int length = random.whole(60, 380);
    const int height = random.whole(14, 160);
    const bool even = random.chance(0.5);
    const double module = random.uniform(1.2, 7);
    double x = 0;
    const double light = random.uniform(100, 240);
    const double dark = random.uniform(10, 90);
    cv::Mat stripes(height, length, CV_32F, cv::Scalar(light));
    for (bool ink = true; x < length; ink = !ink) {
        const double width = module * (even ? 1 : random.whole(1, 4));
        const cv::Rect bar = cv::Rect(cvRound(x), 0, std::max(1, cvRound(width)), height) &
                             cv::Rect(0, 0, length, height);
        if (!bar.empty()) stripes(bar) = ink ? dark : light;
        x += width;
    }
    const cv::Point2f middle(static_cast<float>(length) / 2, static_cast<float>(height) / 2);
    cv::Mat turn = cv::getRotationMatrix2D(middle, random.uniform(0, 360), 1);
    turn.at<double>(0, 2) += random.uniform(0, view.cols) - static_cast<double>(middle.x);
    turn.at<double>(1, 2) += random.uniform(0, view.rows) - static_cast<double>(middle.y);
    cv::warpAffine(stripes, view, turn, view.size(), cv::INTER_LINEAR, cv::BORDER_TRANSPARENT);
}

// Dots or squares, regular or random: halftone, QR-like ornaments, fabric.
void draw_grid(cv::Mat& view, Random& random) {
    const int cell = random.whole(2, 8);
    const cv::Rect at =
        somewhere(view.size(), {cell * random.whole(8, 40), cell * random.whole(8, 40)}, random);
    const bool regular = random.chance(0.4);
    const double dark = random.uniform(0, 110);
    const double light = random.uniform(130, 255);
    cv::rectangle(view, at, cv::Scalar(light), cv::FILLED);
    for (int y = at.y; y < at.y + at.height; y += cell)
        for (int x = at.x; x < at.x + at.width; x += cell)
            if (regular ? (x / cell + y / cell) % 2 == 0 : random.chance(0.5))
                cv::rectangle(view, cv::Rect(x, y, cell, cell), cv::Scalar(dark), cv::FILLED);
}

}  // namespace

cv::Mat draw_clutter(cv::Size size, double amount, Random& random) {
    cv::Mat small(4, 6, CV_32F);
    for (int y = 0; y < small.rows; ++y)
        for (int x = 0; x < small.cols; ++x)
            small.at<float>(y, x) = static_cast<float>(random.uniform(50, 210));
    cv::Mat view;
    cv::resize(small, view, size, 0, 0, cv::INTER_CUBIC);
    draw_boxes(view, cvRound(amount * 14), random);
    draw_print(view, cvRound(amount * 14), random);
    for (int i = 0; i < cvRound(amount * 5); ++i) draw_stripes(view, random);
    for (int i = 0; i < cvRound(amount * 3); ++i) draw_grid(view, random);
    for (int i = 0; i < cvRound(amount * 12); ++i)
        cv::line(view, {random.whole(0, size.width), random.whole(0, size.height)},
                 {random.whole(0, size.width), random.whole(0, size.height)},
                 cv::Scalar(random.uniform(0, 255)), random.whole(1, 6), cv::LINE_AA);
    return view;
}

}  // namespace frames

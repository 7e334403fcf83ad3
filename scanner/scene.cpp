#include "scanner/scene.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace scanner {
namespace {

// Sizes in pixels of a frame 1280 wide.
constexpr int kFrameWidth = 1280;
constexpr int kBoxWidth = 920;
constexpr int kBoxHeight = 590;
constexpr int kShadowMargin = 60;
constexpr int kTapeWidth = 96;
constexpr double kNoise = 3.5;  // standard deviation, grey levels: a cheap camera indoors
constexpr int kNoiseShift = 64;

const cv::Scalar kCardboard(186, 149, 108, 255);
const cv::Scalar kPrint(92, 66, 44, 255);

// Grey levels around 128, `sigma` of them; stretched along x it looks like paper fibres.
cv::Mat grain(cv::RNG& random, cv::Size size, double sigma, cv::Size blur) {
    cv::Mat noise(size, CV_16SC1);
    random.fill(noise, cv::RNG::NORMAL, 0, sigma);
    if (blur.width > 1 || blur.height > 1) cv::blur(noise, noise, blur);
    return noise;
}

void add_grain(cv::Mat& rgba, const cv::Mat& noise) {
    std::vector<cv::Mat> channels;
    cv::split(rgba, channels);
    for (std::size_t i = 0; i < 3; ++i) cv::add(channels[i], noise, channels[i], {}, CV_8U);
    cv::merge(channels, rgba);
}

// Shelves with boxes and lamps, far out of focus, above a packing table.
cv::Mat make_backdrop(cv::RNG& random, cv::Size size) {
    cv::Mat picture(size, CV_8UC4, cv::Scalar(74, 80, 86, 255));
    const int shelf = size.height / 4;
    for (int row = 0; row < 3; ++row) {
        for (int x = 0; x < size.width;) {
            const int width = random.uniform(size.width / 18, size.width / 7);
            const int height = random.uniform(shelf / 2, shelf * 9 / 10);
            const double light = random.uniform(0.45, 0.95);
            const cv::Scalar colour = random.uniform(0, 5) == 0 ? cv::Scalar(96, 122, 148, 255)
                                                                : cv::Scalar(176, 140, 102, 255);
            cv::rectangle(picture, cv::Rect(x, (row + 1) * shelf - height, width, height),
                          cv::Scalar(colour[0] * light, colour[1] * light, colour[2] * light, 255),
                          cv::FILLED);
            x += width + random.uniform(4, size.width / 24);
        }
        cv::rectangle(picture, cv::Rect(0, (row + 1) * shelf, size.width, shelf / 9),
                      cv::Scalar(58, 78, 112, 255), cv::FILLED);
    }
    cv::rectangle(picture, cv::Rect(0, size.height * 3 / 4, size.width, size.height / 4),
                  cv::Scalar(128, 124, 118, 255), cv::FILLED);
    cv::GaussianBlur(picture, picture, cv::Size(), size.width / 64.0);
    return picture;
}

void blend_darkness(cv::Mat& rgba, const cv::Rect& at, double amount) {
    const cv::Rect seen = at & cv::Rect(0, 0, rgba.cols, rgba.rows);
    if (seen.empty()) return;
    cv::Mat part = rgba(seen);
    cv::Mat alpha;
    cv::extractChannel(part, alpha, 3);
    part.convertTo(part, -1, 1 - amount);
    cv::insertChannel(alpha, part, 3);
}

void draw_tape(cv::Mat& box, int width) {
    const int middle = box.cols / 2;
    cv::Mat tape = box(cv::Rect(middle - width / 2, 0, width, box.rows));
    cv::addWeighted(tape, 0.55, cv::Mat(tape.size(), CV_8UC4, cv::Scalar(205, 178, 132, 255)), 0.45,
                    0, tape);
    blend_darkness(box, cv::Rect(middle - width / 2 - 2, 0, 2, box.rows), 0.25);
    blend_darkness(box, cv::Rect(middle + width / 2, 0, 2, box.rows), 0.25);
}

// "This way up": two arrows over a line.
void draw_arrows(cv::Mat& box, int unit) {
    const int bottom = box.rows - 2 * unit;
    for (const int x : {box.cols - 6 * unit, box.cols - 3 * unit}) {
        const std::vector<cv::Point> head{
            {x - unit, bottom - 3 * unit}, {x + unit, bottom - 3 * unit}, {x, bottom - 5 * unit}};
        cv::fillConvexPoly(box, head, kPrint, cv::LINE_AA);
        cv::rectangle(box, cv::Rect(x - unit / 3, bottom - 3 * unit, 2 * unit / 3, 5 * unit / 2),
                      kPrint, cv::FILLED);
    }
    cv::rectangle(box, cv::Rect(box.cols - 15 * unit / 2, bottom, 6 * unit, unit / 2), kPrint,
                  cv::FILLED);
}

void paste_sticker(cv::Mat& box, const cv::Mat& sticker) {
    const cv::Rect at((box.cols - sticker.cols) / 2, (box.rows - sticker.rows) / 2, sticker.cols,
                      sticker.rows);
    for (int spread = 6; spread > 0; spread -= 2)
        blend_darkness(box,
                       cv::Rect(at.x - spread / 2, at.y - spread / 2 + 2, at.width + spread,
                                at.height + spread),
                       0.10);
    cv::Mat paper;
    cv::cvtColor(sticker, paper, cv::COLOR_GRAY2RGBA);
    paper.copyTo(box(at));
}

// `above` is not multiplied by its alpha; `below` is opaque and stays so.
void lay_over(cv::Mat& below, const cv::Mat& above) {
    for (int y = 0; y < below.rows; ++y) {
        const std::uint8_t* from = above.ptr<std::uint8_t>(y);
        std::uint8_t* to = below.ptr<std::uint8_t>(y);
        for (int x = 0; x < below.cols * 4; x += 4) {
            const int alpha = from[x + 3];
            for (int c = x; c < x + 3; ++c)
                to[c] = static_cast<std::uint8_t>((from[c] * alpha + to[c] * (255 - alpha)) / 255);
        }
    }
}

}  // namespace

Scene::Scene(int width, int height, std::uint64_t seed)
    : size_(width, height), random_(seed), backdrop_(make_backdrop(random_, size_)) {
    noise_ = cv::Mat(height + kNoiseShift, width + kNoiseShift, CV_8UC4);
    cv::Mat channels(noise_.size(), CV_16SC1);
    random_.fill(channels, cv::RNG::NORMAL, 128, kNoise);
    cv::Mat grey;
    channels.convertTo(grey, CV_8U);
    cv::cvtColor(grey, noise_, cv::COLOR_GRAY2RGBA);
}

cv::Mat Scene::make_box(const cv::Mat& sticker) {
    const double scale = static_cast<double>(size_.width) / kFrameWidth;
    const auto pixels = [scale](int value) { return cvRound(value * scale); };
    const int width = std::max(pixels(kBoxWidth), sticker.cols + pixels(120));
    const int height = std::max(pixels(kBoxHeight), sticker.rows + pixels(120));
    cv::Mat box(height, width, CV_8UC4, kCardboard);
    add_grain(box, grain(random_, box.size(), 15, {11, 1}));
    add_grain(box, grain(random_, box.size(), 90, {31, 31}));
    draw_tape(box, pixels(kTapeWidth));
    draw_arrows(box, std::max(3, pixels(16)));
    for (int edge = pixels(10); edge > 0; edge -= 2) {
        blend_darkness(box, cv::Rect(0, height - edge, width, edge), 0.05);
        blend_darkness(box, cv::Rect(width - edge, 0, edge, height), 0.04);
    }
    paste_sticker(box, sticker);
    const int margin = pixels(kShadowMargin);
    cv::Mat shadow = cv::Mat::zeros(height + 2 * margin, width + 2 * margin, CV_8UC1);
    shadow(cv::Rect(margin, margin + margin / 3, width, height)) = 150;
    cv::GaussianBlur(shadow, shadow, cv::Size(), margin / 3.0);
    cv::Mat whole = cv::Mat::zeros(shadow.size(), CV_8UC4);
    cv::insertChannel(shadow, whole, 3);
    box.copyTo(whole(cv::Rect(margin, margin, width, height)));
    return whole;
}

void Scene::add_noise(cv::Mat& frame) {
    const cv::Point at(random_.uniform(0, kNoiseShift), random_.uniform(0, kNoiseShift));
    const cv::Mat part = noise_(cv::Rect(at, size_));
    cv::addWeighted(frame, 1, part, 1, -128, frame);
}

cv::Mat Scene::draw(const cv::Mat& box, const BoxPose& pose) {
    cv::Mat frame = backdrop_.clone();
    if (!box.empty()) {
        const float width = static_cast<float>(box.cols);
        const float height = static_cast<float>(box.rows);
        const cv::Point2f from[] = {{0, 0}, {width, 0}, {width, height}, {0, height}};
        const cv::Matx23d turn = cv::getRotationMatrix2D({0, 0}, pose.degrees, 1);
        const double middle_x = size_.width * (0.5 + pose.x);
        const double middle_y = size_.height * (0.5 + pose.y);
        cv::Point2f to[4];
        for (int i = 0; i < 4; ++i) {
            const double side = i == 1 || i == 2 ? 1 - pose.lean : 1 + pose.lean;
            const double x = (from[i].x - width / 2) * (1 - std::abs(pose.lean));
            const double y = (from[i].y - height / 2) * side;
            to[i] = {static_cast<float>(middle_x + turn(0, 0) * x + turn(0, 1) * y),
                     static_cast<float>(middle_y + turn(1, 0) * x + turn(1, 1) * y)};
        }
        cv::Mat warped;
        cv::warpPerspective(box, warped, cv::getPerspectiveTransform(from, to), size_,
                            cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(0, 0, 0, 0));
        lay_over(frame, warped);
    }
    add_noise(frame);
    return frame;
}

}  // namespace scanner

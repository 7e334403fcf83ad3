#include "frames/sample.hpp"

#include <stb_image.h>
#include <stb_image_write.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <opencv2/imgproc.hpp>

#include "frames/clutter.hpp"

namespace frames {
namespace {

constexpr double kFocalLength = 1400;  // pixels: a webcam's view
constexpr int kHole = 128;             // see damage.cpp

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

// From pixels of the printed paper to pixels of the frame.
cv::Matx33d view_of(const Printed& printed, const Conditions& c, FrameSize size) {
    const double scale = c.module / kPrintedModule;
    const double axis = radians(c.tilt_axis);
    const double tilt = radians(c.tilt);
    const double turn = radians(c.rotation);
    const cv::Vec3d n(std::cos(axis), std::sin(axis), 0);
    const cv::Matx33d cross(0, 0, n[1], 0, 0, -n[0], -n[1], n[0], 0);
    const cv::Matx33d lean = cv::Matx33d::eye() * std::cos(tilt) + cross * std::sin(tilt) +
                             (n * n.t()) * (1 - std::cos(tilt));
    const cv::Matx33d plane(std::cos(turn), -std::sin(turn), 0, std::sin(turn), std::cos(turn), 0,
                            0, 0, 1);
    const cv::Matx33d turned = lean * plane;
    const cv::Matx33d centred(scale, 0, -scale * (printed.symbol.x + printed.symbol.width / 2.0), 0,
                              scale, -scale * (printed.symbol.y + printed.symbol.height / 2.0), 0,
                              0, 1);
    const cv::Matx33d points(turned(0, 0), turned(0, 1), 0, turned(1, 0), turned(1, 1), 0,
                             turned(2, 0) / kFocalLength, turned(2, 1) / kFocalLength, 1);
    const cv::Matx33d shift(1, 0, size.width * (0.5 + c.shift_x), 0, 1,
                            size.height * (0.5 + c.shift_y), 0, 0, 1);
    return shift * points * centred;
}

cv::Point2d seen_at(const cv::Matx33d& view, double x, double y) {
    const cv::Vec3d p = view * cv::Vec3d(x, y, 1);
    return {p[0] / p[2], p[1] / p[2]};
}

cv::Rect extent(const cv::Matx33d& view, const cv::Mat& paper, FrameSize size) {
    std::vector<cv::Point2f> corners;
    for (const int x : {0, paper.cols})
        for (const int y : {0, paper.rows}) corners.emplace_back(seen_at(view, x, y));
    cv::Rect box = cv::boundingRect(corners);
    box.x -= 2;
    box.y -= 2;
    box.width += 4;
    box.height += 4;
    return box & cv::Rect(0, 0, size.width, size.height);
}

// Ink that ran out, or did not reach the edges.
cv::Mat with_dot_gain(const cv::Mat& paper, double gain) {
    const int radius = cvRound(std::abs(gain) * kPrintedModule / 2);
    if (radius == 0) return paper;
    cv::Mat changed;
    const cv::Mat shape =
        cv::getStructuringElement(cv::MORPH_ELLIPSE, {2 * radius + 1, 2 * radius + 1});
    if (gain > 0)
        cv::erode(paper, changed, shape);
    else
        cv::dilate(paper, changed, shape);
    return changed;
}

void lay_label(cv::Mat& picture, const Printed& printed, const Conditions& c, FrameSize size) {
    constexpr int kFine = 4;
    const cv::Matx33d view = view_of(printed, c, size);
    const cv::Rect box = extent(view, printed.paper, size);
    if (box.empty()) return;
    // Pixel centres: the fine grid's corner is half a pixel off either way.
    const cv::Matx33d to_fine(kFine, 0, -kFine * box.x + (kFine - 1) / 2.0, 0, kFine,
                              -kFine * box.y + (kFine - 1) / 2.0, 0, 0, 1);
    const cv::Size fine(box.width * kFine, box.height * kFine);
    const cv::Mat paper = with_dot_gain(printed.paper, c.dot_gain);
    cv::Mat there = printed.paper != kHole;
    cv::Mat label;
    cv::Mat mask;
    cv::warpPerspective(paper, label, to_fine * view, fine, cv::INTER_LINEAR);
    cv::warpPerspective(there, mask, to_fine * view, fine, cv::INTER_LINEAR);
    cv::resize(label, label, box.size(), 0, 0, cv::INTER_AREA);
    cv::resize(mask, mask, box.size(), 0, 0, cv::INTER_AREA);
    cv::Mat below = picture(box);
    for (int y = 0; y < box.height; ++y)
        for (int x = 0; x < box.width; ++x) {
            const float part = static_cast<float>(mask.at<std::uint8_t>(y, x)) / 255;
            const float paper_part = static_cast<float>(label.at<std::uint8_t>(y, x)) / 255;
            float& pixel = below.at<float>(y, x);
            const float grey =
                static_cast<float>(c.dark) * part + static_cast<float>(c.contrast) * paper_part;
            pixel = part > 0 ? grey + (1 - part) * pixel : pixel;
        }
}

void light(cv::Mat& picture, const Conditions& c, Random& random) {
    const double angle = random.uniform(0, 2 * std::numbers::pi);
    const double middle_x = picture.cols * (0.5 + c.shift_x) + random.uniform(-60, 60);
    const double middle_y = picture.rows * (0.5 + c.shift_y) + random.uniform(-60, 60);
    const double edge = random.uniform(1, 12);
    const double spot = random.uniform(15, 70);
    if (c.shadow <= 0 && c.glare <= 0) return;
    for (int y = 0; y < picture.rows; ++y) {
        float* row = picture.ptr<float>(y);
        for (int x = 0; x < picture.cols; ++x) {
            const double dx = x - middle_x;
            const double dy = y - middle_y;
            const double beyond = (dx * std::cos(angle) + dy * std::sin(angle)) / edge;
            const double dark = c.shadow * std::clamp(0.5 + beyond, 0.0, 1.0);
            const double distance = (dx * dx + dy * dy) / (spot * spot);
            const double bright = distance < 16 ? c.glare * std::exp(-distance / 2) : 0;
            row[x] = static_cast<float>(row[x] * (1 - dark) + bright);
        }
    }
}

void blur(cv::Mat& picture, const Conditions& c) {
    if (c.defocus > 0.05) cv::GaussianBlur(picture, picture, {}, c.defocus);
    if (c.motion < 0.3) return;
    const int middle = static_cast<int>(std::ceil(c.motion / 2));
    const int side = 2 * middle + 1;
    cv::Mat kernel = cv::Mat::zeros(side, side, CV_32F);
    const double angle = radians(c.rotation + c.motion_direction);
    constexpr int kSteps = 200;
    for (int i = 0; i < kSteps; ++i) {
        const double along = c.motion * ((i + 0.5) / kSteps - 0.5);
        const double x = middle + along * std::cos(angle);
        const double y = middle + along * std::sin(angle);
        const int left = std::clamp(static_cast<int>(std::floor(x)), 0, side - 1);
        const int top = std::clamp(static_cast<int>(std::floor(y)), 0, side - 1);
        const double fx = x - left;
        const double fy = y - top;
        for (const int dx : {0, 1})
            for (const int dy : {0, 1})
                if (left + dx < side && top + dy < side)
                    kernel.at<float>(top + dy, left + dx) +=
                        static_cast<float>((dx != 0 ? fx : 1 - fx) * (dy != 0 ? fy : 1 - fy));
    }
    kernel /= cv::sum(kernel)[0];
    cv::filter2D(picture, picture, -1, kernel);
}

// One large field of noise; each frame takes another part of it.
const cv::Mat& noise_field() {
    static const cv::Mat field = [] {
        cv::Mat noise(1400, 2400, CV_32F);
        cv::RNG random(20261124);
        random.fill(noise, cv::RNG::NORMAL, 0, 1);
        return noise;
    }();
    return field;
}

void add_noise(cv::Mat& picture, double amount, Random& random) {
    const cv::Mat& field = noise_field();
    if (picture.cols > field.cols || picture.rows > field.rows) return;
    const cv::Rect part(random.whole(0, field.cols - picture.cols),
                        random.whole(0, field.rows - picture.rows), picture.cols, picture.rows);
    cv::scaleAdd(field(part), amount, picture, picture);
}

void compress(cv::Mat& grey, int quality) {
    std::vector<std::uint8_t> bytes;
    const auto append = [](void* to, void* data, int size) {
        const auto* from = static_cast<const std::uint8_t*>(data);
        auto& all = *static_cast<std::vector<std::uint8_t>*>(to);
        all.insert(all.end(), from, from + size);
    };
    stbi_write_jpg_to_func(append, &bytes, grey.cols, grey.rows, 1, grey.data, quality);
    int width = 0;
    int height = 0;
    int channels = 0;
    const std::unique_ptr<std::uint8_t, void (*)(void*)> pixels(
        stbi_load_from_memory(bytes.data(), static_cast<int>(bytes.size()), &width, &height,
                              &channels, 1),
        stbi_image_free);
    std::copy_n(pixels.get(), grey.total(), grey.data);
}

double between(double easy, double hard, double strength, Random& random) {
    return random.uniform(easy, easy + (hard - easy) * strength);
}

}  // namespace

Conditions draw_conditions(Kind kind, Level level, Random& random) {
    const double s = level == Level::Hard ? 1 : 0.55;
    const bool linear = scanner::is_linear(symbology_of(kind));
    Conditions c;
    c.module = linear ? between(2.8, 1.2, s, random) : between(5, 1.8, s, random);
    c.rotation = random.uniform(0, 360);
    c.tilt = between(0, 45, s, random);
    c.tilt_axis = random.uniform(0, 360);
    c.defocus = between(0, 1.4, s, random);
    c.motion = random.chance(0.5) ? between(0, 5, s, random) : 0;
    c.motion_direction = random.uniform(0, 360);
    c.contrast = between(165, 25, s, random);
    c.dark = random.uniform(15, 235 - c.contrast);
    c.noise = between(1, 16, s, random);
    c.glare = random.chance(0.4) ? between(0, 150, s, random) : 0;
    c.shadow = random.chance(0.4) ? between(0, 0.7, s, random) : 0;
    c.dot_gain = between(0, 0.4, s, random) * (random.chance(0.7) ? 1 : -0.7);
    c.jpeg_quality = random.chance(0.6) ? cvRound(between(95, 40, s, random)) : 0;
    c.clutter = between(0, 1, s, random);
    c.shift_x = random.uniform(-0.2, 0.2);
    c.shift_y = random.uniform(-0.12, 0.12);
    return c;
}

scanner::Frame render(const Printed* printed, const Conditions& conditions, Random& random,
                      FrameSize size) {
    cv::Mat picture = draw_clutter({size.width, size.height}, conditions.clutter, random);
    if (printed != nullptr) lay_label(picture, *printed, conditions, size);
    light(picture, conditions, random);
    blur(picture, conditions);
    add_noise(picture, conditions.noise, random);
    cv::Mat grey;
    picture.convertTo(grey, CV_8U);
    if (conditions.jpeg_quality > 0) compress(grey, conditions.jpeg_quality);
    scanner::Frame frame;
    frame.number = 1;
    frame.width = size.width;
    frame.height = size.height;
    frame.grey = std::make_shared<const scanner::Pixels>(grey.data, grey.data + grey.total());
    frame.captured = std::chrono::steady_clock::now();
    return frame;
}

Sample make_sample(Kind kind, Level level, Damage damage, std::uint64_t seed) {
    Random random(seed);
    const Printed printed = print(kind, random_text(kind, random), random);
    Conditions conditions = draw_conditions(kind, level, random);
    const Printed shown = damaged(printed, damage, conditions, random);
    return {render(&shown, conditions, random), printed.text};
}

scanner::Frame make_empty(Level level, std::uint64_t seed) {
    Random random(seed);
    Conditions conditions = draw_conditions(Kind::QrCode, level, random);
    conditions.clutter = random.uniform(0.5, 1.5);
    return render(nullptr, conditions, random);
}

Clip::Clip(Kind kind, Level level, std::uint64_t seed, Damage damage) : seed_(seed) {
    Random random(seed);
    printed_ = print(kind, random_text(kind, random), random);
    base_ = draw_conditions(kind, level, random);
    focus_seconds_ = random.uniform(0.15, 0.6);
    focus_start_ = random.uniform(1, 4);
    shake_ = random.uniform(3, 14);
    printed_ = damaged(printed_, damage, base_, random);
}

scanner::Frame Clip::frame(int index) const {
    const double time = index / kFramesPerSecond;
    const double phase = static_cast<double>(seed_ % 1000);
    Conditions c = base_;
    const double wave = 2 * std::numbers::pi * time;
    c.shift_x += shake_ / 1280 * (std::sin(wave * 1.3 + phase) + 0.4 * std::sin(wave * 5.1));
    c.shift_y += shake_ / 720 * (std::sin(wave * 1.1 + 2 * phase) + 0.4 * std::sin(wave * 4.3));
    c.rotation += 2 * std::sin(wave * 0.7 + phase);
    c.tilt = std::clamp(c.tilt + 5 * std::sin(wave * 0.5 + phase), 0.0, 50.0);
    // A hand that moves faster blurs more; between two turns it is still for a moment.
    c.motion = base_.motion * std::abs(std::cos(wave * 1.3 + phase));
    const double hunt = std::exp(-time / focus_seconds_) * std::abs(std::cos(wave * 1.7));
    c.defocus = std::hypot(base_.defocus * 0.6, focus_start_ * hunt);
    Random view(seed_ + 77);  // the same view behind the label in every frame
    Random random(seed_ * 61 + static_cast<std::uint64_t>(index));
    const cv::Size size(1280, 720);
    cv::Mat picture = draw_clutter(size, c.clutter, view);
    lay_label(picture, printed_, c, {});
    light(picture, c, view);
    blur(picture, c);
    add_noise(picture, c.noise, random);
    cv::Mat grey;
    picture.convertTo(grey, CV_8U);
    if (c.jpeg_quality > 0) compress(grey, c.jpeg_quality);
    scanner::Frame frame;
    frame.number = static_cast<std::uint64_t>(index) + 1;
    frame.width = size.width;
    frame.height = size.height;
    frame.grey = std::make_shared<const scanner::Pixels>(grey.data, grey.data + grey.total());
    return frame;
}

}  // namespace frames

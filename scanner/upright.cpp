#include "scanner/upright.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

namespace scanner {
namespace {

// How far bars may lean, as tangents: all of them, after their angle was measured, and one half of
// them against the other, as a tilt makes them.
constexpr float kLeanMax = 0.1F;
constexpr float kPartLeanMax = 0.2F;
constexpr int kFirstRows = 12;      // that are enough to know a lean roughly
constexpr float kFarBetter = 1.1F;  // what is far from expected must be sharper by
constexpr int kRoom = 14;           // columns
constexpr float kRoughStep = 2;
constexpr float kFineStep = 0.5F;
constexpr float kSameBars = 0.5F;  // correlation of a row with the mean of all
constexpr int kRowsMin = 4;

// Row by row as floating point: the arithmetic below runs over it many times.
struct Rows {
    int width = 0;
    int height = 0;
    std::vector<float> values;

    [[nodiscard]] const float* row(int y) const {
        return values.data() + static_cast<std::ptrdiff_t>(y) * width;
    }
};

Rows rows_of(const cv::Mat& picture) {
    Rows rows{picture.cols, picture.rows, {}};
    rows.values.reserve(picture.total());
    for (int y = 0; y < picture.rows; ++y) {
        const std::uint8_t* from = picture.ptr<std::uint8_t>(y);
        rows.values.insert(rows.values.end(), from, from + picture.cols);
    }
    return rows;
}

// A part of the crop: columns [left, right) of the `height` rows in its middle.
struct Part {
    int left = 0;
    int right = 0;
    int height = 0;
};

// The energy of what is left of the part when rows leaning by `lean` are averaged: greatest where
// bars fall onto themselves.
float sharpness(const Rows& rows, const Part& part, float lean) {
    std::vector<float> sum(static_cast<std::size_t>(part.right - part.left), 0);
    const float middle = static_cast<float>(rows.height - 1) / 2;
    const int first = (rows.height - part.height) / 2;
    for (int y = first; y < first + part.height; ++y) {
        const int shift = static_cast<int>(std::lround(lean * (static_cast<float>(y) - middle)));
        const int from = std::clamp(part.left + shift, 0, rows.width - (part.right - part.left));
        const float* row = rows.row(y) + from;
        for (std::size_t x = 0; x < sum.size(); ++x) sum[x] += row[x];
    }
    float energy = 0;
    for (std::size_t x = 2; x < sum.size(); ++x)
        energy += (sum[x] - sum[x - 2]) * (sum[x] - sum[x - 2]);
    return energy;
}

// The best lean within `reach` either way of `around`, in steps of `columns` from the part's first
// row to its last.
float best_lean(const Rows& rows, const Part& part, float around, float reach, float columns) {
    const float step = columns / static_cast<float>(part.height);
    float best = around;
    float most = 0;
    const int steps = static_cast<int>(std::ceil(reach / step));
    for (int i = -steps; i <= steps; ++i) {
        const float moved = static_cast<float>(i) * step;
        const float energy = sharpness(rows, part, around + moved);
        if (energy <= most) continue;
        most = energy;
        best = around + moved;
    }
    return best;
}

// The best lean: roughly, over few rows, which see far with few steps; then over all, then finely.
float find_lean(const Rows& rows, Part part, float around, float reach) {
    const int height = part.height;
    part.height = std::min(height, std::max(kFirstRows, height / 4));
    const float rough = best_lean(rows, part, around, reach, kRoughStep);
    const float off = kRoughStep / static_cast<float>(part.height);
    part.height = height;
    // Few rows may be mistaken by a whole bar, so what was expected is looked at as well.
    const float near = best_lean(rows, part, around, off, kRoughStep);
    const float far = best_lean(rows, part, rough, off, kRoughStep);
    const bool is_near = kFarBetter * sharpness(rows, part, near) >= sharpness(rows, part, far);
    return best_lean(rows, part, is_near ? near : far, kRoughStep / static_cast<float>(height),
                     kFineStep);
}

// From leans measured in the middle of either half of [from, to) to those at the crop's ends.
Lean lean_between(float left, float right, int from, int to, int width) {
    const float half = std::max(1.0F, static_cast<float>(to - from) / 2);
    const float slope = (right - left) / half;  // a column
    const float first = static_cast<float>(from) + half / 2;
    return {left - slope * first, left + slope * (static_cast<float>(width) - first)};
}

// The rows with their lean taken out, each relative to the crop's middle one.
Rows straightened(const Rows& rows, const Lean& lean) {
    Rows straight{rows.width, rows.height, std::vector<float>(rows.values.size())};
    auto value = straight.values.begin();
    for (int y = 0; y < rows.height; ++y) {
        const float down = static_cast<float>(y) - static_cast<float>(rows.height - 1) / 2;
        const float* row = rows.row(y);
        const float step = (lean.right - lean.left) * down / static_cast<float>(rows.width);
        float shift = lean.left * down;
        for (int x = 0; x < rows.width; ++x, shift += step) {
            const float at = std::clamp(static_cast<float>(x) + shift, 0.0F,
                                        static_cast<float>(rows.width) - 1.01F);
            const int whole = static_cast<int>(at);
            const float part = at - static_cast<float>(whole);
            *value++ = row[whole] * (1 - part) + row[whole + 1] * part;
        }
    }
    return straight;
}

Profile average(const Rows& straight, int first, int last) {
    Profile profile{std::vector<float>(static_cast<std::size_t>(straight.width), 0), first, last};
    for (int y = first; y < last; ++y) {
        const float* row = straight.row(y);
        for (std::size_t x = 0; x < profile.values.size(); ++x) profile.values[x] += row[x];
    }
    for (float& value : profile.values) value /= static_cast<float>(std::max(1, last - first));
    return profile;
}

// Of the differences of two rows, so that a shadow along the bars does not count.
float correlation(const std::vector<float>& a, const std::vector<float>& b) {
    float both = 0;
    float first = 1e-3F;
    float second = 1e-3F;
    for (std::size_t x = 2; x < a.size(); ++x) {
        const float da = a[x] - a[x - 2];
        const float db = b[x] - b[x - 2];
        both += da * db;
        first += da * da;
        second += db * db;
    }
    return both / std::sqrt(first * second);
}

// The longest run of rows that show the bars; groups of rows, for one row alone may be all noise.
std::pair<int, int> rows_with_bars(const Rows& straight, const Profile& mean) {
    const int group = std::max(1, straight.height / 16);
    std::vector<float> like;
    for (int y = 0; y + group <= straight.height; y += group)
        like.push_back(correlation(average(straight, y, y + group).values, mean.values));
    const float most = like.empty() ? 0 : *std::max_element(like.begin(), like.end());
    std::pair<int, int> best{0, 0};
    for (std::size_t i = 0; i < like.size();) {
        std::size_t end = i;
        while (end < like.size() && like[end] >= kSameBars * most) ++end;
        const int first = static_cast<int>(i) * group;
        const int last = static_cast<int>(end) * group;
        if (last - first > best.second - best.first) best = {first, last};
        i = end + 1;
    }
    return best;
}

std::vector<Profile> parts_of(const Rows& straight, const Profile& whole, int count) {
    std::vector<Profile> parts;
    parts.reserve(static_cast<std::size_t>(count));
    const int height = whole.last_row - whole.first_row;
    for (int i = 0; i < count; ++i)
        parts.push_back(average(straight, whole.first_row + height * i / count,
                                whole.first_row + height * (i + 1) / count));
    return parts;
}

// Columns of the crop that are as many pixels of the frame as one of its rows.
float columns_a_row(const Crop& crop) {
    return std::hypot(crop.to_frame(0, 1), crop.to_frame(1, 1)) /
           std::max(1e-3F, std::hypot(crop.to_frame(0, 0), crop.to_frame(1, 0)));
}

// The longest run of columns whose both ends lie in the frame.
cv::Range columns_inside(const Crop& crop, const GreyView& frame) {
    const auto lies_inside = [&](int x, int y) {
        const Point at = crop.in_frame(static_cast<float>(x), static_cast<float>(y));
        return at.x >= 0 && at.y >= 0 && at.x <= static_cast<float>(frame.width - 1) &&
               at.y <= static_cast<float>(frame.height - 1);
    };
    cv::Range best(0, 0);
    for (int x = 0; x < crop.picture.cols;) {
        int end = x;
        while (end < crop.picture.cols && lies_inside(end, 0) &&
               lies_inside(end, crop.picture.rows - 1))
            ++end;
        if (end - x > best.size()) best = {x, end};
        x = end + 1;
    }
    return best;
}

}  // namespace

Point Crop::in_frame(float x, float y) const {
    return {to_frame(0, 0) * x + to_frame(0, 1) * y + to_frame(0, 2),
            to_frame(1, 0) * x + to_frame(1, 1) * y + to_frame(1, 2)};
}

GreyView Crop::view() const {
    return {picture.data, picture.cols, picture.rows, static_cast<int>(picture.step)};
}

Crop cut_upright(const GreyView& frame, Point middle, float angle, const CropSize& size) {
    const cv::Mat all(frame.height, frame.width, CV_8UC1, const_cast<std::uint8_t*>(frame.pixels),
                      static_cast<std::size_t>(frame.stride));
    const int width = std::max(2, static_cast<int>(size.length * size.scale_along));
    const int height = std::max(2, static_cast<int>(size.height * size.scale_down));
    const float along_x = std::cos(angle) / size.scale_along;
    const float along_y = std::sin(angle) / size.scale_along;
    const float down_x = -std::sin(angle) / size.scale_down;
    const float down_y = std::cos(angle) / size.scale_down;
    const float half_x = static_cast<float>(width - 1) / 2;
    const float half_y = static_cast<float>(height - 1) / 2;
    Crop crop;
    crop.to_frame = {along_x, down_x, middle.x - along_x * half_x - down_x * half_y,
                     along_y, down_y, middle.y - along_y * half_x - down_y * half_y};
    cv::warpAffine(all, crop.picture, crop.to_frame, {width, height},
                   cv::INTER_CUBIC | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT, cv::Scalar(0));
    crop.inside = columns_inside(crop, frame);
    return crop;
}

float measure_angle(const GreyView& frame, const BarRegion& region) {
    // So few rows that ten degrees are no more than a few columns.
    constexpr float kHeight = 24;
    constexpr float kColumns = 10;
    const CropSize size{region.length, std::min(kHeight, std::max(6.0F, region.height)), 2, 1};
    const Rows rows = rows_of(cut_upright(frame, region.middle, region.angle, size).picture);
    const int margin = std::min(rows.width / 6, static_cast<int>(kColumns / 2));
    const Part all{margin, rows.width - margin, rows.height};
    const float rough =
        best_lean(rows, all, 0, kColumns / static_cast<float>(rows.height), kRoughStep);
    const float lean =
        best_lean(rows, all, rough, kRoughStep / static_cast<float>(rows.height), kFineStep);
    return region.angle - std::atan2(lean / size.scale_along, 1 / size.scale_down);
}

BarProfiles measure_profiles(const Crop& crop) {
    BarProfiles profiles;
    const Rows rows = rows_of(crop.picture);
    if (rows.height < kRowsMin || rows.width < 32) return profiles;
    // Room to lean, at either side; the frame's own edge would outshine every bar.
    const int margin = std::min(rows.width / 8, kRoom);
    const bool fits = crop.inside.size() > rows.width / 2;
    const int from = margin + (fits ? crop.inside.start : 0);
    const int to = (fits ? crop.inside.end : rows.width) - margin;
    const int half = (from + to) / 2;
    const float columns = columns_a_row(crop);  // of what leans by 45°
    // As a whole first: half of a regular pattern may also fall onto its neighbour.
    const float whole = find_lean(rows, {from, to, rows.height}, 0, kLeanMax * columns);
    const float reach = kPartLeanMax * columns;
    const float left = find_lean(rows, {from, half, rows.height}, whole, reach);
    const float right = find_lean(rows, {half, to, rows.height}, whole, reach);
    profiles.lean = lean_between(left, right, from, to, rows.width);
    const Rows straight = straightened(rows, profiles.lean);
    const auto [first, last] = rows_with_bars(straight, average(straight, 0, straight.height));
    if (last - first < kRowsMin) return profiles;
    profiles.all = average(straight, first, last);
    profiles.halves = parts_of(straight, profiles.all, 2);
    profiles.thirds = parts_of(straight, profiles.all, 3);
    profiles.sixths = parts_of(straight, profiles.all, 6);
    return profiles;
}

}  // namespace scanner

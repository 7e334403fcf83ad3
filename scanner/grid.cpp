#include "scanner/grid.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "scanner/cells.hpp"

namespace scanner {
namespace {

constexpr float kClip = 1.5F;
constexpr float kMarkSteps[] = {1, 0.5F, 0.25F};               // modules
constexpr float kModuleSteps[] = {0.3F, 0.15F};                // modules
constexpr float kBendSteps[] = {0.6F, 0.3F, 0.15F};            // modules
constexpr float kFreeSteps[] = {-1.2F, -0.6F, 0, 0.6F, 1.2F};  // modules
constexpr int kRounds = 3;                                     // at one step's width, at most

const cv::Point2f kWays[] = {{1, 0}, {-1, 0}, {0, 1}, {0, -1}};

float value_at(const cv::Mat& darkness, cv::Point2f place) {
    const float x = std::clamp(place.x, 0.0F, static_cast<float>(darkness.cols) - 1.01F);
    const float y = std::clamp(place.y, 0.0F, static_cast<float>(darkness.rows) - 1.01F);
    const int left = static_cast<int>(x);
    const int top = static_cast<int>(y);
    const float right = x - static_cast<float>(left);
    const float down = y - static_cast<float>(top);
    const float* row = darkness.ptr<float>(top) + left;
    const float* next = darkness.ptr<float>(top + 1) + left;
    return (row[0] * (1 - right) + row[1] * right) * (1 - down) +
           (next[0] * (1 - right) + next[1] * right) * down;
}

// A wide bell, in a picture half the size: as good, and an eighth of the work.
void mean_around(const cv::Mat& values, double reach, cv::Mat& mean) {
    constexpr int kSmaller = 2;
    cv::Mat small;
    cv::resize(values, small, {}, 1.0 / kSmaller, 1.0 / kSmaller, cv::INTER_AREA);
    cv::GaussianBlur(small, small, {}, reach / kSmaller);
    cv::resize(small, mean, values.size(), 0, 0, cv::INTER_LINEAR);
}

}  // namespace

cv::Mat even_darkness(const cv::Mat& grey, double reach) {
    cv::Mat values;
    grey.convertTo(values, CV_32F);
    cv::Mat mean;
    cv::Mat squares;
    mean_around(values, reach, mean);
    mean_around(values.mul(values), reach, squares);
    cv::Mat darkness(values.size(), CV_32F);
    for (int y = 0; y < values.rows; ++y)
        for (int x = 0; x < values.cols; ++x) {
            const float middle = mean.at<float>(y, x);
            const float spread =
                std::sqrt(std::max(9.0F, squares.at<float>(y, x) - middle * middle));
            darkness.at<float>(y, x) =
                std::clamp((middle - values.at<float>(y, x)) / spread, -kClip, kClip);
        }
    return darkness;
}

Grid::Grid(const Pattern& pattern, const Quad& corners) : pattern_(&pattern) {
    set_corners(corners);
}

void Grid::set_corners(const Quad& corners) {
    corners_ = corners;
    const auto width = static_cast<float>(pattern_->columns);
    const auto height = static_cast<float>(pattern_->rows);
    const Quad modules{cv::Point2f{0, 0}, {width, 0}, {width, height}, {0, height}};
    view_ = cv::Matx33f(cv::Mat(cv::getPerspectiveTransform(modules.data(), corners.data())));
}

cv::Point2f Grid::at(float column, float row) const {
    const float depth = view_(2, 0) * column + view_(2, 1) * row + view_(2, 2);
    cv::Point2f place{(view_(0, 0) * column + view_(0, 1) * row + view_(0, 2)) / depth,
                      (view_(1, 0) * column + view_(1, 1) * row + view_(1, 2)) / depth};
    if (!is_bent_) return place;
    const float x =
        std::clamp(column / static_cast<float>(pattern_->columns), 0.0F, 0.999F) * (kNodes - 1);
    const float y =
        std::clamp(row / static_cast<float>(pattern_->rows), 0.0F, 0.999F) * (kNodes - 1);
    const auto left = static_cast<std::size_t>(x);
    const auto top = static_cast<std::size_t>(y);
    const float right = x - static_cast<float>(left);
    const float down = y - static_cast<float>(top);
    const cv::Point2f* node = bends_.data() + top * kNodes + left;
    return place + (node[0] * (1 - right) + node[1] * right) * (1 - down) +
           (node[kNodes] * (1 - right) + node[kNodes + 1] * right) * down;
}

// Of solid and of dashed marks, -1 to 1.
std::array<float, 2> Grid::contrasts(const cv::Mat& darkness) const {
    std::array<std::array<float, 2>, 2> sums{};
    std::array<std::array<float, 2>, 2> counts{};
    for (const Mark& mark : pattern_->marks) {
        const float value = value_at(darkness, at(static_cast<float>(mark.column) + 0.5F,
                                                  static_cast<float>(mark.row) + 0.5F));
        const auto kind = static_cast<std::size_t>(mark.kind);
        const std::size_t dark = mark.dark ? 1 : 0;
        sums[kind][dark] += std::clamp(value, -1.0F, 1.0F);
        ++counts[kind][dark];
    }
    std::array<float, 2> result{};
    for (std::size_t kind = 0; kind < 2; ++kind)
        result[kind] = (sums[kind][1] / std::max(1.0F, counts[kind][1]) -
                        sums[kind][0] / std::max(1.0F, counts[kind][0])) /
                       2;
    return result;
}

float Grid::match(const cv::Mat& darkness) const {
    const auto [solid, dashed] = contrasts(darkness);
    return std::min(solid, dashed);
}

float Grid::mark_clearness(const cv::Mat& darkness) const {
    const auto [solid, dashed] = contrasts(darkness);
    return solid + dashed + std::min(solid, dashed);
}

std::vector<float> Grid::sample(const cv::Mat& darkness) const {
    std::vector<float> values;
    values.reserve(cell_index(pattern_->rows, pattern_->columns, 0));
    for (int row = 0; row < pattern_->rows; ++row)
        for (int column = 0; column < pattern_->columns; ++column)
            values.push_back(value_at(
                darkness, at(static_cast<float>(column) + 0.5F, static_cast<float>(row) + 0.5F)));
    return values;
}

// Modules are darkest and brightest in their middles.
float Grid::module_clearness(const cv::Mat& darkness) const {
    float sum = 0;
    for (const float value : sample(darkness)) sum += std::abs(value);
    const auto modules = static_cast<float>(pattern_->columns * pattern_->rows);
    return mark_clearness(darkness) + 4 * sum / modules;
}

float Grid::module() const {
    float longest = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const cv::Point2f side = corners_[(i + 1) % 4] - corners_[i];
        const int modules = i % 2 == 0 ? pattern_->columns : pattern_->rows;
        longest = std::max(longest, std::hypot(side.x, side.y) / static_cast<float>(modules));
    }
    return longest;
}

template <typename Measure>
void Grid::move_corners(float step, const Measure& measure) {
    float best = measure();
    bool moved = true;
    for (int round = 0; round < kRounds && moved; ++round) {
        moved = false;
        for (std::size_t corner = 0; corner < 4; ++corner)
            for (const cv::Point2f& way : kWays) {
                const Quad before = corners_;
                Quad tried = before;
                tried[corner] += way * step;
                set_corners(tried);
                const float now = measure();
                if (now > best) {
                    best = now;
                    moved = true;
                } else {
                    set_corners(before);
                }
            }
    }
}

void Grid::settle_marks(const cv::Mat& darkness) {
    const float size = module();
    for (const float step : kMarkSteps)
        move_corners(step * size, [&] { return mark_clearness(darkness); });
}

// The corner opposite to a Micro QR code's finder has no mark to hold it, and often no ink to end
// its outline: step by step it would stay where it is wrong.
void Grid::find_free_corner(const cv::Mat& darkness) {
    const float size = module();
    const Quad before = corners_;
    Quad best = before;
    float most = module_clearness(darkness);
    for (const float across : kFreeSteps)
        for (const float down : kFreeSteps) {
            Quad tried = before;
            tried[2] += cv::Point2f{across, down} * size;
            set_corners(tried);
            const float now = module_clearness(darkness);
            if (now > most) {
                most = now;
                best = tried;
            }
        }
    set_corners(best);
}

void Grid::settle_modules(const cv::Mat& darkness) {
    if (pattern_->symbology == Symbology::MicroQRCode) find_free_corner(darkness);
    const float size = module();
    for (const float step : kModuleSteps)
        move_corners(step * size, [&] { return module_clearness(darkness); });
}

void Grid::bend(const cv::Mat& darkness) {
    is_bent_ = true;
    const float size = module();
    for (const float step : kBendSteps) {
        float best = module_clearness(darkness);
        bool moved = true;
        for (int round = 0; round < kRounds && moved; ++round) {
            moved = false;
            for (cv::Point2f& node : bends_)
                for (const cv::Point2f& way : kWays) {
                    const cv::Point2f before = node;
                    node += way * (step * size);
                    const float now = module_clearness(darkness);
                    if (now > best) {
                        best = now;
                        moved = true;
                    } else {
                        node = before;
                    }
                }
        }
    }
}

}  // namespace scanner

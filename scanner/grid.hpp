// A matrix symbol's modules as a grid over a picture: seen from the side, and bent. The grid is
// moved until the marks that every such symbol has, and then all its modules, stand out best.
#pragma once

#include <array>
#include <opencv2/core.hpp>
#include <vector>

#include "scanner/pattern.hpp"

namespace scanner {

// A picture with its paper and ink evened out: 1 = dark, -1 = bright, 0 = as around. Float.
cv::Mat even_darkness(const cv::Mat& grey, double reach);

// Clockwise from the symbol's own top left; pixels.
using Quad = std::array<cv::Point2f, 4>;

class Grid {
 public:
    Grid(const Pattern& pattern, const Quad& corners);

    // How well the weaker kind of its marks stands out, -1 to 1.
    [[nodiscard]] float match(const cv::Mat& darkness) const;
    // Moves the corners so that the marks stand out, or marks and modules.
    void settle_marks(const cv::Mat& darkness);
    void settle_modules(const cv::Mat& darkness);
    // … and then bends the grid between them.
    void bend(const cv::Mat& darkness);

    // The darkness of each module, row by row.
    [[nodiscard]] std::vector<float> sample(const cv::Mat& darkness) const;

    [[nodiscard]] const Pattern& pattern() const { return *pattern_; }
    [[nodiscard]] const Quad& corners() const { return corners_; }
    [[nodiscard]] float module() const;  // pixels

 private:
    static constexpr std::size_t kNodes = 4;  // of the lattice of bends, each way

    void set_corners(const Quad& corners);
    [[nodiscard]] cv::Point2f at(float column, float row) const;
    [[nodiscard]] std::array<float, 2> contrasts(const cv::Mat& darkness) const;
    [[nodiscard]] float mark_clearness(const cv::Mat& darkness) const;
    [[nodiscard]] float module_clearness(const cv::Mat& darkness) const;
    void find_free_corner(const cv::Mat& darkness);
    template <typename Measure>
    void move_corners(float step, const Measure& measure);

    const Pattern* pattern_;
    Quad corners_{};
    cv::Matx33f view_;  // from modules to pixels
    bool is_bent_ = false;
    std::array<cv::Point2f, kNodes * kNodes> bends_{};  // pixels
};

}  // namespace scanner

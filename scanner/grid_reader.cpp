#include "scanner/grid_reader.hpp"

#include <algorithm>
#include <cmath>
#include <exception>
#include <opencv2/imgproc.hpp>
#include <string>

#include "scanner/aztec_rune.hpp"
#include "scanner/cells.hpp"
#include "scanner/grid.hpp"
#include "scanner/qr_format.hpp"
#include "scanner/upright.hpp"

namespace scanner {
namespace {

constexpr float kMargin = 8;          // pixels, either side
constexpr float kSideWanted = 160;    // pixels of the crop: smaller ones are enlarged …
constexpr float kScaleMax = 3;        // … so many times
constexpr float kSideMax = 480;       // pixels of the crop: larger ones are made smaller
constexpr float kModuleMin = 1.3F;    // pixels of the frame
constexpr float kAspectOff = 1.5F;    // between the outline's sides and the pattern's
constexpr int kGapPart = 18;          // of the crop's side: gaps between modules
constexpr float kInkLevel = 0.25F;    // of evened darkness
constexpr float kSideTurn = 0.45F;    // radians: how far a side may be from its axis
constexpr float kMatchFirst = 0.12F;  // before a grid is moved; clutter seldom reaches it
constexpr float kMatchMin = 0.3F;
constexpr float kMatchWeak = 0.6F;
constexpr std::size_t kSettled = 2;  // grids that are worked out
constexpr int kModulePixels = 4;     // of the clean picture
constexpr int kQuietModules = 4;

// A line through a point, in a direction.
struct Line {
    cv::Point2f at;
    cv::Point2f way;
};

cv::Point2f crossing(const Line& a, const Line& b) {
    const double cross = a.way.cross(b.way);
    if (std::abs(cross) < 1e-3) return a.at;
    return a.at + a.way * static_cast<float>((b.at - a.at).cross(b.way) / cross);
}

// What runs out of the crop is around the symbol, not the symbol.
void drop_surroundings(cv::Mat& ink) {
    for (int x = 0; x < ink.cols; ++x)
        for (const int y : {0, ink.rows - 1})
            if (ink.at<std::uint8_t>(y, x) != 0) cv::floodFill(ink, {x, y}, 0);
    for (int y = 0; y < ink.rows; ++y)
        for (const int x : {0, ink.cols - 1})
            if (ink.at<std::uint8_t>(y, x) != 0) cv::floodFill(ink, {x, y}, 0);
}

// The outline of the greatest piece of ink, once gaps of a few modules are closed.
std::vector<cv::Point> outline_of(cv::Mat ink) {
    drop_surroundings(ink);
    const int reach = std::max(3, std::min(ink.cols, ink.rows) / kGapPart) | 1;
    cv::Mat closed;
    cv::morphologyEx(ink, closed, cv::MORPH_CLOSE, cv::Mat::ones(reach, reach, CV_8U));
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat middles;
    const int count = cv::connectedComponentsWithStats(closed, labels, stats, middles);
    int best = 0;
    for (int i = 1; i < count; ++i)
        if (best == 0 || stats.at<int>(i, cv::CC_STAT_AREA) > stats.at<int>(best, cv::CC_STAT_AREA))
            best = i;
    if (best == 0) return {};
    std::vector<cv::Point> points;
    cv::findNonZero(ink & (labels == best), points);
    std::vector<cv::Point> hull;
    if (points.size() >= 8) cv::convexHull(points, hull);
    return hull;
}

// The edges of the hull that make up one of its four sides, as one line. Hulls run clockwise on the
// screen: side 0 is the upper one, to the right; side 1 the right one, down …
bool side_of(const std::vector<cv::Point>& hull, int side, Line& line) {
    const float axis = static_cast<float>(side) * static_cast<float>(CV_PI) / 2;
    std::vector<cv::Point2f> points;
    for (std::size_t i = 0; i < hull.size(); ++i) {
        const cv::Point2f a = hull[i];
        const cv::Point2f edge = cv::Point2f(hull[(i + 1) % hull.size()]) - a;
        const float turn =
            std::remainder(std::atan2(edge.y, edge.x) - axis, 2 * static_cast<float>(CV_PI));
        if (std::abs(turn) > kSideTurn) continue;
        const int steps = std::max(1, static_cast<int>(std::hypot(edge.x, edge.y)));
        for (int step = 0; step <= steps; ++step)
            points.push_back(a + edge * (static_cast<float>(step) / static_cast<float>(steps)));
    }
    if (points.size() < 4) return false;
    cv::Vec4f fitted;
    cv::fitLine(points, fitted, cv::DIST_L2, 0, 0.01, 0.01);
    // Pixels' outer edges, not their centres.
    line = {{fitted[2] + 0.5F * std::sin(axis), fitted[3] - 0.5F * std::cos(axis)},
            {fitted[0], fitted[1]}};
    return true;
}

bool quad_of(const std::vector<cv::Point>& hull, Quad& quad) {
    std::array<Line, 4> sides;
    for (int side = 0; side < 4; ++side)
        if (!side_of(hull, side, sides[static_cast<std::size_t>(side)])) return false;
    for (std::size_t corner = 0; corner < 4; ++corner)
        quad[corner] = crossing(sides[(corner + 3) % 4], sides[corner]);
    return true;
}

Quad turned(const Quad& quad, std::size_t quarters) {
    Quad result;
    for (std::size_t i = 0; i < 4; ++i) result[i] = quad[(i + quarters) % 4];
    return result;
}

cv::Mat clean_picture(const std::vector<float>& modules, const Pattern& pattern, float level,
                      bool mirrored) {
    const int columns = mirrored ? pattern.rows : pattern.columns;
    const int rows = mirrored ? pattern.columns : pattern.rows;
    cv::Mat small(rows + 2 * kQuietModules, columns + 2 * kQuietModules, CV_8U, cv::Scalar(255));
    for (int row = 0; row < pattern.rows; ++row)
        for (int column = 0; column < pattern.columns; ++column) {
            if (modules[cell_index(row, pattern.columns, column)] <= level) continue;
            const int x = mirrored ? row : column;
            const int y = mirrored ? column : row;
            small.at<std::uint8_t>(y + kQuietModules, x + kQuietModules) = 0;
        }
    cv::Mat picture;
    cv::resize(small, picture, {}, kModulePixels, kModulePixels, cv::INTER_NEAREST);
    return picture;
}

// What blur has carried over from the four neighbours, taken away again.
std::vector<float> unblurred(const std::vector<float>& modules, int columns, int rows,
                             float amount) {
    std::vector<float> result(modules.size());
    for (int row = 0; row < rows; ++row)
        for (int column = 0; column < columns; ++column) {
            const auto at = [&](int x, int y) {
                return x < 0 || y < 0 || x >= columns || y >= rows
                           ? -1.0F
                           : modules[cell_index(y, columns, x)];
            };
            result[cell_index(row, columns, column)] =
                at(column, row) - amount *
                                      (at(column - 1, row) + at(column + 1, row) +
                                       at(column, row - 1) + at(column, row + 1)) /
                                      4;
        }
    return result;
}

// What is known of every such symbol need not be seen: the library would ask for it.
void set_marks(std::vector<float>& modules, const Pattern& pattern) {
    for (const Mark& mark : pattern.marks) {
        if (mark.column < 0 || mark.row < 0 || mark.column >= pattern.columns ||
            mark.row >= pattern.rows)
            continue;
        modules[cell_index(mark.row, pattern.columns, mark.column)] = mark.dark ? 1.0F : -1.0F;
    }
}

class GridReader {
 public:
    GridReader(const GreyView& frame, const MatrixRegion& region, const GridOptions& options)
        : options_(options) {
        const float side = std::max(region.width, region.height) + 2 * kMargin;
        scale_ = std::min(std::clamp(kSideWanted / side, 1.0F, kScaleMax), kSideMax / side);
        crop_ =
            cut_upright(frame, region.middle, region.angle,
                        {region.width + 2 * kMargin, region.height + 2 * kMargin, scale_, scale_});
        darkness_ = even_darkness(crop_.picture, std::max(6.0, 0.12 * double{side * scale_}));
        cv::GaussianBlur(darkness_, darkness_, {}, 0.5 * double{scale_});
        const float margin = kMargin * scale_;
        const float right = static_cast<float>(crop_.picture.cols) - margin;
        const float bottom = static_cast<float>(crop_.picture.rows) - margin;
        region_ = {cv::Point2f{margin, margin}, {right, margin}, {right, bottom}, {margin, bottom}};
    }

    std::vector<Read> read() {
        for (const bool bright : {false, true}) {
            if (bright && !options_.thorough) break;
            if (bright) darkness_ = -darkness_;
            Quad quad;
            if (quad_of(outline_of(darkness_ > kInkLevel), quad)) {
                auto reads = read_within(quad);
                if (!reads.empty()) return reads;
            }
            auto reads = read_within(region_);
            if (!reads.empty()) return reads;
        }
        return {};
    }

 private:
    struct Candidate {
        float match;
        Grid grid;
    };

    // Every pattern and way round that could be there, likeliest first.
    std::vector<Candidate> candidates(const Quad& quad) const {
        std::vector<Candidate> all;
        for (const Symbology symbology : options_.symbologies)
            for (const Pattern& pattern : patterns_of(symbology))
                for (std::size_t quarters = 0; quarters < 4; ++quarters) {
                    const Quad corners = turned(quad, quarters);
                    const cv::Point2f across = corners[1] - corners[0];
                    const cv::Point2f down = corners[3] - corners[0];
                    const float width =
                        std::hypot(across.x, across.y) / static_cast<float>(pattern.columns);
                    const float height =
                        std::hypot(down.x, down.y) / static_cast<float>(pattern.rows);
                    if (std::max(width, height) > kAspectOff * std::min(width, height) ||
                        std::min(width, height) < kModuleMin * scale_)
                        continue;
                    Grid grid(pattern, corners);
                    const float match = grid.match(darkness_);
                    // So few marks fit anything a little; a bull's eye that is one fits well.
                    if (symbology == Symbology::Aztec && match < kMatchMin) continue;
                    all.push_back({match, grid});
                }
        const auto kept = std::min<std::size_t>(all.size(), options_.thorough ? 8 : 4);
        std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(kept), all.end(),
                          [](const Candidate& a, const Candidate& b) { return a.match > b.match; });
        all.erase(all.begin() + static_cast<std::ptrdiff_t>(kept), all.end());
        return all;
    }

    std::vector<Read> read_within(const Quad& quad) {
        auto all = candidates(quad);
        if (!options_.thorough)
            std::erase_if(all, [](const Candidate& each) { return each.match < kMatchFirst; });
        for (Candidate& each : all) {
            each.grid.settle_marks(darkness_);
            each.match = each.grid.match(darkness_);
        }
        std::sort(all.begin(), all.end(),
                  [](const Candidate& a, const Candidate& b) { return a.match > b.match; });
        for (std::size_t i = 0; i < all.size() && i < kSettled; ++i) {
            // So few words check a Micro QR code or a rune that a bad sample may pass for another
            // text.
            const Symbology symbology = all[i].grid.pattern().symbology;
            const bool is_weak =
                symbology == Symbology::MicroQRCode || symbology == Symbology::Aztec;
            if (all[i].match < (is_weak ? kMatchWeak : kMatchMin)) continue;
            Grid& grid = all[i].grid;
            grid.settle_modules(darkness_);
            auto reads = decode(grid);
            if (reads.empty() && options_.thorough && !is_weak) {
                grid.bend(darkness_);
                reads = decode(grid);
            }
            if (!reads.empty()) return reads;
        }
        return {};
    }

    void place(Read& read, const Grid& grid) const {
        for (std::size_t i = 0; i < 4; ++i)
            read.symbol.corners[i] = crop_.in_frame(grid.corners()[i].x, grid.corners()[i].y);
    }

    std::vector<Read> decode_rune(const Grid& grid) const {
        const auto number = rune_number(grid.sample(darkness_));
        if (!number) return {};
        Read read;
        read.symbol.symbology = Symbology::Aztec;
        read.symbol.symbology_id = "]zC";
        const std::string text = std::to_string(1000 + *number).substr(1);  // three digits
        read.symbol.text = text;
        read.symbol.bytes.assign(text.begin(), text.end());
        place(read, grid);
        return {read};
    }

    std::vector<Read> decode(const Grid& grid) const {
        const Pattern& pattern = grid.pattern();
        if (pattern.symbology == Symbology::Aztec) return decode_rune(grid);
        auto modules = grid.sample(darkness_);
        set_marks(modules, pattern);
        auto reads = decode_modules(grid, modules);
        const bool is_qr = pattern.symbology == Symbology::QRCode;
        if (reads.empty() && is_qr && give_usual_format_mask(modules, pattern.columns))
            reads = decode_modules(grid, modules);
        return reads;
    }

    std::vector<Read> decode_modules(const Grid& grid, const std::vector<float>& modules) const {
        const Pattern& pattern = grid.pattern();
        for (const float amount : {0.0F, 0.4F, 0.8F}) {
            const auto clear = unblurred(modules, pattern.columns, pattern.rows, amount);
            for (const bool mirrored : {false, true}) {
                if (mirrored && (!options_.thorough || amount > 0)) continue;
                const cv::Mat picture = clean_picture(clear, pattern, 0, mirrored);
                auto reads = read_symbols(
                    {picture.data, picture.cols, picture.rows, static_cast<int>(picture.step)},
                    {{pattern.symbology}, false, false, true});
                for (Read& read : reads) place(read, grid);
                if (!reads.empty()) return reads;
            }
        }
        return {};
    }

    const GridOptions& options_;
    float scale_ = 1;
    Crop crop_;
    cv::Mat darkness_;
    Quad region_;
};

}  // namespace

std::vector<Read> read_grid(const GreyView& frame, const MatrixRegion& region,
                            const GridOptions& options) {
    // OpenCV throws when it runs out of memory; that costs this region only.
    try {
        return GridReader(frame, region, options).read();
    } catch (const std::exception&) {
        return {};
    }
}

}  // namespace scanner

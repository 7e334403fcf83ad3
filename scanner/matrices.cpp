#include "scanner/matrices.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <opencv2/imgproc.hpp>

namespace scanner {
namespace {

constexpr int kCell = kTextureBlock / 2;
constexpr float kEnergyMin = 40;     // grey levels squared
constexpr float kAboveNoise = 0.8F;  // parts of the noise
// Whatever touches at one level falls apart at a higher one, if its parts are busier than the seam.
constexpr float kLevels[] = {0.6F, 2, 6, 18, 54};
// Large modules are busy at their edges only.
constexpr float kLargeLevels[] = {2, 8, 32};
constexpr float kMoreLargeLevels[] = {1, 4, 16, 64};
constexpr float kCoherentMax = 0.55F;
constexpr float kFilledMin = 0.4F;  // of the rectangle
constexpr float kSideMin = 12;      // pixels
constexpr float kAspectMax = 6;
constexpr std::size_t kCellsMin = 6;
constexpr int kPixelsAsked = 2000;  // for the direction of a patch's edges

struct Patch {
    std::vector<int> cells;
    int left = 0;  // cells, inclusive
    int top = 0;
    int right = 0;
    int bottom = 0;
};

enum class Modules : std::uint8_t { Small, Large };

// Busy cells that touch. They are so small that a quiet zone of two modules keeps print, frames and
// a label's edge apart from a symbol.
class Finder {
 public:
    Finder(const TextureMap& map, float least, Modules modules)
        : columns_(2 * map.columns), rows_(2 * map.rows), open_(map.fine.size()) {
        for (std::size_t i = 0; i < open_.size(); ++i) open_[i] = map.fine[i] >= least ? 1 : 0;
        // Small modules: what is nowhere three cells wide is the edge of a label, of a shadow, or
        // print. Large ones: the plain cells within them are closed.
        const int change = modules == Modules::Small ? cv::MORPH_OPEN : cv::MORPH_CLOSE;
        cv::Mat busy(rows_, columns_, CV_8U, open_.data());
        cv::morphologyEx(busy, busy, change, cv::Mat::ones(3, 3, CV_8U), {-1, -1}, 1,
                         cv::BORDER_CONSTANT, cv::Scalar(0));
    }

    std::vector<Patch> patches() {
        std::vector<Patch> all;
        for (std::size_t cell = 0; cell < open_.size(); ++cell) {
            if (open_[cell] == 0) continue;
            Patch patch = take(static_cast<int>(cell));
            if (patch.cells.size() >= kCellsMin) all.push_back(std::move(patch));
        }
        return all;
    }

    [[nodiscard]] int columns() const { return columns_; }

 private:
    Patch take(int seed) {
        Patch patch;
        patch.left = patch.right = seed % columns_;
        patch.top = patch.bottom = seed / columns_;
        patch.cells.push_back(seed);
        open_[static_cast<std::size_t>(seed)] = 0;
        for (std::size_t next = 0; next < patch.cells.size(); ++next) {
            const int column = patch.cells[next] % columns_;
            const int row = patch.cells[next] / columns_;
            patch.left = std::min(patch.left, column);
            patch.top = std::min(patch.top, row);
            patch.right = std::max(patch.right, column);
            patch.bottom = std::max(patch.bottom, row);
            if (column > 0) reach(patch, patch.cells[next] - 1);
            if (column + 1 < columns_) reach(patch, patch.cells[next] + 1);
            if (row > 0) reach(patch, patch.cells[next] - columns_);
            if (row + 1 < rows_) reach(patch, patch.cells[next] + columns_);
        }
        return patch;
    }

    void reach(Patch& patch, int cell) {
        std::uint8_t& open = open_[static_cast<std::size_t>(cell)];
        if (open == 0) return;
        open = 0;
        patch.cells.push_back(cell);
    }

    int columns_;
    int rows_;
    std::vector<std::uint8_t> open_;
};

// The direction of the modules' edges, of which there are two at a right angle (the mean of four
// times the gradient's angle), and how much one of the two prevails.
struct Edges {
    float direction = 0;
    float coherence = 0;
};

Edges edges_of(const GreyView& picture, const Patch& patch) {
    const int right = std::min(picture.width - 1, (patch.right + 1) * kCell);
    const int bottom = std::min(picture.height - 1, (patch.bottom + 1) * kCell);
    const int area = (right - patch.left * kCell) * (bottom - patch.top * kCell);
    const int step = std::max(1, static_cast<int>(std::sqrt(area / kPixelsAsked)));
    float cosine = 0;
    float sine = 0;
    float along2 = 0;
    float across2 = 0;
    float energy = 1;
    for (int y = patch.top * kCell + 1; y < bottom; y += step) {
        const std::uint8_t* row = picture.pixels + static_cast<std::ptrdiff_t>(y) * picture.stride;
        for (int x = patch.left * kCell + 1; x < right; x += step) {
            const auto dx = static_cast<float>(row[x + 1] - row[x - 1]);
            const auto dy = static_cast<float>(row[x + picture.stride] - row[x - picture.stride]);
            const float square = dx * dx + dy * dy;
            if (square < 64) continue;
            const float across = dx * dx - dy * dy;
            const float both = 2 * dx * dy;
            cosine += (across * across - both * both) / square;
            sine += 2 * across * both / square;
            along2 += across;
            across2 += both;
            energy += square;
        }
    }
    return {std::atan2(sine, cosine) / 4, std::hypot(along2, across2) / energy};
}

MatrixRegion region_of(const Patch& patch, int columns, float angle) {
    MatrixRegion region;
    region.angle = angle;
    const float cosine = std::cos(angle);
    const float sine = std::sin(angle);
    float first = 1e9F;
    float last = -1e9F;
    float top = 1e9F;
    float bottom = -1e9F;
    for (const int cell : patch.cells) {
        const float x = (static_cast<float>(cell % columns) + 0.5F) * kCell;
        const int row = cell / columns;
        const float y = (static_cast<float>(row) + 0.5F) * kCell;
        const float along = x * cosine + y * sine;
        const float across = y * cosine - x * sine;
        first = std::min(first, along);
        last = std::max(last, along);
        top = std::min(top, across);
        bottom = std::max(bottom, across);
    }
    region.width = last - first + kCell;
    region.height = bottom - top + kCell;
    const float along = (first + last) / 2;
    const float across = (top + bottom) / 2;
    region.middle = {along * cosine - across * sine, along * sine + across * cosine};
    return region;
}

bool lie_together(const MatrixRegion& a, const MatrixRegion& b) {
    const float side = std::max(a.width, a.height);
    const float other = std::max(b.width, b.height);
    return std::hypot(a.middle.x - b.middle.x, a.middle.y - b.middle.y) <
               0.15F * std::max(side, other) &&
           side < 1.25F * other && other < 1.25F * side;
}

struct Search {
    const GreyView& picture;
    const TextureMap& map;
    std::vector<Patch> seen;  // without their cells
    std::vector<MatrixRegion> regions;
};

// What a glance at the box around the patch can tell: a square that stands on its corner fills half
// of its box.
bool may_be_matrix(const Patch& patch) {
    const int width = patch.right - patch.left + 1;
    const int height = patch.bottom - patch.top + 1;
    const auto [shorter, longer] = std::minmax(width, height);
    const auto filled = static_cast<float>(patch.cells.size()) / static_cast<float>(width * height);
    return static_cast<float>(longer * kCell) >= kSideMin &&
           static_cast<float>(longer) <= kAspectMax * static_cast<float>(shorter) &&
           filled >= kFilledMin / 2;
}

bool is_same(const Patch& a, const Patch& b) {
    return std::max({std::abs(a.left - b.left), std::abs(a.top - b.top),
                     std::abs(a.right - b.right), std::abs(a.bottom - b.bottom)}) <= 1;
}

void find_at_level(Search& search, float least, Modules modules) {
    Finder finder(search.map, least, modules);
    for (Patch& patch : finder.patches()) {
        if (!may_be_matrix(patch)) continue;
        if (std::any_of(search.seen.begin(), search.seen.end(),
                        [&](const Patch& each) { return is_same(each, patch); }))
            continue;
        search.seen.push_back({{}, patch.left, patch.top, patch.right, patch.bottom});
        const Edges edges = edges_of(search.picture, patch);
        if (edges.coherence > kCoherentMax) continue;
        MatrixRegion region = region_of(patch, finder.columns(), edges.direction);
        const auto [shorter, longer] = std::minmax(region.width, region.height);
        const float filled =
            static_cast<float>(patch.cells.size()) * kCell * kCell / (region.width * region.height);
        if (shorter < kSideMin || longer > kAspectMax * shorter || filled < kFilledMin) continue;
        // Compact, full and mixed first: print is none of it.
        region.likeness = filled * (1 - edges.coherence) * std::sqrt(shorter * shorter / longer);
        search.regions.push_back(region);
    }
}

}  // namespace

std::vector<MatrixRegion> find_matrices(const GreyView& picture, const TextureMap& map,
                                        int regions_max, MatrixSearch how) {
    if (map.fine.empty()) return {};
    const float least = std::max(kEnergyMin, kAboveNoise * map.noise);
    Search search{picture, map, {}, {}};
    const auto find_at = [&](float level, Modules modules) {
        find_at_level(search, map.noise + level * least, modules);
    };
    for (const float level : kLevels) find_at(level, Modules::Small);
    for (const float level : kLargeLevels) find_at(level, Modules::Large);
    if (how == MatrixSearch::Thorough)
        for (const float level : kMoreLargeLevels) find_at(level, Modules::Large);
    auto& all = search.regions;
    std::sort(all.begin(), all.end(),
              [](const MatrixRegion& a, const MatrixRegion& b) { return a.likeness > b.likeness; });
    std::vector<MatrixRegion> regions;
    for (const MatrixRegion& region : all) {
        if (static_cast<int>(regions.size()) >= regions_max) break;
        if (std::none_of(regions.begin(), regions.end(),
                         [&](const MatrixRegion& each) { return lie_together(each, region); }))
            regions.push_back(region);
    }
    return regions;
}

}  // namespace scanner

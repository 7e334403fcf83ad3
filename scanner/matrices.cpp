#include "scanner/matrices.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>

namespace scanner {
namespace {

constexpr int kCell = kTextureBlock / 2;
constexpr float kEnergyMin = 40;     // grey levels squared
constexpr float kAboveNoise = 0.8F;  // parts of the noise
// Whatever touches at one level falls apart at a higher one, if its parts are busier than the seam.
constexpr float kLevels[] = {1, 4, 16, 64};
constexpr float kCoherentMax = 0.55F;
constexpr float kFilledMin = 0.4F;  // of the rectangle
constexpr float kSideMin = 12;      // pixels
constexpr float kAspectMax = 6;
constexpr std::size_t kCellsMin = 6;

struct Patch {
    std::vector<int> cells;
    int left = 0;  // cells, inclusive
    int top = 0;
    int right = 0;
    int bottom = 0;
};

// Busy cells that touch. They are so small that a quiet zone of two modules keeps print, frames and
// a label's edge apart from a symbol.
class Finder {
 public:
    Finder(const TextureMap& map, float least)
        : columns_(2 * map.columns), rows_(2 * map.rows), open_(map.fine.size()) {
        for (std::size_t i = 0; i < open_.size(); ++i) open_[i] = map.fine[i] >= least ? 1 : 0;
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
            for (int y = std::max(0, row - 1); y <= std::min(rows_ - 1, row + 1); ++y)
                for (int x = std::max(0, column - 1); x <= std::min(columns_ - 1, column + 1);
                     ++x) {
                    const auto index = static_cast<std::size_t>(y * columns_ + x);
                    if (open_[index] == 0) continue;
                    open_[index] = 0;
                    patch.cells.push_back(static_cast<int>(index));
                }
        }
        return patch;
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
    const int step = std::max(1, (right - patch.left * kCell) / 100);
    float cosine = 0;
    float sine = 0;
    float along2 = 0;
    float across2 = 0;
    float energy = 1;
    for (int y = patch.top * kCell + 1; y < bottom; y += step) {
        const std::uint8_t* row = picture.pixels + static_cast<std::ptrdiff_t>(y) * picture.stride;
        for (int x = patch.left * kCell + 1; x < right; ++x) {
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
        const float y = (static_cast<float>(cell / columns) + 0.5F) * kCell;
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

void find_at_level(const GreyView& picture, const TextureMap& map, float least,
                   std::vector<MatrixRegion>& regions) {
    Finder finder(map, least);
    for (const Patch& patch : finder.patches()) {
        const int longest = std::max(patch.right - patch.left, patch.bottom - patch.top) + 1;
        if (static_cast<float>(longest * kCell) < kSideMin) continue;
        const Edges edges = edges_of(picture, patch);
        if (edges.coherence > kCoherentMax) continue;
        MatrixRegion region = region_of(patch, finder.columns(), edges.direction);
        const auto [shorter, longer] = std::minmax(region.width, region.height);
        const float filled =
            static_cast<float>(patch.cells.size()) * kCell * kCell / (region.width * region.height);
        if (shorter < kSideMin || longer > kAspectMax * shorter || filled < kFilledMin) continue;
        // Compact, full and mixed first: print is none of it.
        region.likeness = filled * (1 - edges.coherence) * std::sqrt(shorter * shorter / longer);
        regions.push_back(region);
    }
}

}  // namespace

std::vector<MatrixRegion> find_matrices(const GreyView& picture, const TextureMap& map,
                                        int regions_max) {
    std::vector<MatrixRegion> all;
    const float least = std::max(kEnergyMin, kAboveNoise * map.noise);
    for (const float level : kLevels) find_at_level(picture, map, map.noise + level * least, all);
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

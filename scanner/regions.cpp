#include "scanner/regions.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

namespace scanner {
namespace {

// Mean absolute difference to the next pixel, below which a block counts as plain: sensor noise.
constexpr int kPlainEnergy = 4;
constexpr int kPlainEnergyMax = 16;  // a noisy picture must not hide a good symbol
constexpr int kAspectMax = 5;        // the longest rectangular DataMatrix is 4 : 1, plus tilt

struct Grid {
    int columns = 0;
    int rows = 0;
    std::vector<int> energy;  // the weaker direction's mean difference, one a block
};

// Text and bars are busy in one direction, or weakly in the other; a matrix symbol in both.
int block_energy(const GreyView& picture, int left, int top, int block) {
    int across = 0;
    int down = 0;
    for (int y = top; y < top + block; ++y) {
        const std::uint8_t* row = picture.pixels + static_cast<std::ptrdiff_t>(y) * picture.stride;
        const std::uint8_t* below = row + picture.stride;
        for (int x = left; x < left + block; ++x) {
            across += std::abs(row[x + 1] - row[x]);
            down += std::abs(below[x] - row[x]);
        }
    }
    return std::min(across, down) / (block * block);
}

Grid measure(const GreyView& picture, int block) {
    Grid grid;
    grid.columns = (picture.width - 1) / block;
    grid.rows = (picture.height - 1) / block;
    grid.energy.reserve(static_cast<std::size_t>(grid.columns) *
                        static_cast<std::size_t>(grid.rows));
    for (int row = 0; row < grid.rows; ++row)
        for (int column = 0; column < grid.columns; ++column)
            grid.energy.push_back(block_energy(picture, column * block, row * block, block));
    return grid;
}

// Half of the picture is background: what is clearly above its middle value stands out.
int busy_threshold(const Grid& grid) {
    std::vector<int> sorted = grid.energy;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::nth_element(sorted.begin(), middle, sorted.end());
    return std::clamp(2 * *middle, kPlainEnergy, kPlainEnergyMax);
}

struct Patch {
    int left = 0;
    int top = 0;
    int right = 0;  // inclusive, in blocks
    int bottom = 0;
    long energy = 0;
};

// Takes the busy block at `start` and all that touch it out of the grid.
Patch take_patch(Grid& grid, int start, int threshold) {
    const int columns = grid.columns;
    Patch patch{start % columns, start / columns, start % columns, start / columns, 0};
    std::vector<int> open{start};
    patch.energy = std::exchange(grid.energy[static_cast<std::size_t>(start)], 0);
    while (!open.empty()) {
        const int x = open.back() % columns;
        const int y = open.back() / columns;
        open.pop_back();
        patch.left = std::min(patch.left, x);
        patch.right = std::max(patch.right, x);
        patch.top = std::min(patch.top, y);
        patch.bottom = std::max(patch.bottom, y);
        for (int next_y = std::max(0, y - 1); next_y <= std::min(grid.rows - 1, y + 1); ++next_y)
            for (int next_x = std::max(0, x - 1); next_x <= std::min(columns - 1, x + 1);
                 ++next_x) {
                const int next = next_y * columns + next_x;
                int& energy = grid.energy[static_cast<std::size_t>(next)];
                if (energy < threshold) continue;
                patch.energy += std::exchange(energy, 0);
                open.push_back(next);
            }
    }
    return patch;
}

bool could_be_matrix(const Patch& patch) {
    const int width = patch.right - patch.left + 1;
    const int height = patch.bottom - patch.top + 1;
    return std::max(width, height) <= kAspectMax * std::min(width, height);
}

Region region_of(const Patch& patch, int block, const GreyView& picture) {
    // One block: a symbol's edge may lie in a block that is too plain to count.
    const int left = std::max(0, (patch.left - 1) * block);
    const int top = std::max(0, (patch.top - 1) * block);
    const int right = std::min(picture.width, (patch.right + 2) * block);
    const int bottom = std::min(picture.height, (patch.bottom + 2) * block);
    return {left, top, right - left, bottom - top};
}

}  // namespace

std::vector<Region> busy_regions(const GreyView& picture, const RegionSearch& search) {
    std::vector<Region> regions;
    if (picture.width <= search.block || picture.height <= search.block) return regions;
    Grid grid = measure(picture, search.block);
    const int threshold = busy_threshold(grid);
    std::vector<Patch> patches;
    for (int at = 0; at < static_cast<int>(grid.energy.size()); ++at)
        if (grid.energy[static_cast<std::size_t>(at)] >= threshold) {
            const Patch patch = take_patch(grid, at, threshold);
            if (could_be_matrix(patch)) patches.push_back(patch);
        }
    std::sort(patches.begin(), patches.end(),
              [](const Patch& a, const Patch& b) { return a.energy > b.energy; });
    if (static_cast<int>(patches.size()) > search.regions_max)
        patches.resize(static_cast<std::size_t>(search.regions_max));
    for (const Patch& patch : patches) regions.push_back(region_of(patch, search.block, picture));
    return regions;
}

}  // namespace scanner

#include "scanner/bars.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "scanner/cells.hpp"

namespace scanner {
namespace {

constexpr float kCoherent = 0.5F;       // of the energy above the noise
constexpr float kEnergyMin = 6;         // grey levels squared: some two levels a pixel
constexpr float kAboveNoise = 0.25F;    // parts of the noise, which has no direction
constexpr float kSameDirection = 0.8F;  // cosine of twice the angle between neighbours: 18°
constexpr float kLengthMin = 28;        // pixels
constexpr int kBlocksMin = 4;
// What runs into a label's edge or other stripes at one level falls apart from them at a higher
// one.
constexpr float kLevels[] = {0.4F, 1, 2.5F, 6, 15, 36};

// Blocks averaged with their neighbours, so that a gap between bars does not count.
TextureMap smoothed(const TextureMap& map) {
    TextureMap sum = map;
    for (int row = 0; row < map.rows; ++row)
        for (int column = 0; column < map.columns; ++column) {
            Texture all;
            int count = 0;
            for (int y = std::max(0, row - 1); y <= std::min(map.rows - 1, row + 1); ++y)
                for (int x = std::max(0, column - 1); x <= std::min(map.columns - 1, column + 1);
                     ++x, ++count) {
                    const Texture& each = map.at(x, y);
                    all.energy += each.energy;
                    all.along2 += each.along2;
                    all.across2 += each.across2;
                }
            const auto n = static_cast<float>(count);
            Texture& mean = sum.blocks[cell_index(row, map.columns, column)];
            mean = {std::max(0.0F, all.energy / n - map.noise), all.along2 / n, all.across2 / n};
        }
    return sum;
}

float strength(const Texture& block) { return std::hypot(block.along2, block.across2); }

bool same_direction(const Texture& a, const Texture& b) {
    const float dot = a.along2 * b.along2 + a.across2 * b.across2;
    return dot >= kSameDirection * strength(a) * strength(b);
}

class Grower {
 public:
    Grower(const TextureMap& smooth, float least) : map_(smooth), free_(smooth.blocks.size()) {
        for (std::size_t i = 0; i < free_.size(); ++i) {
            const Texture& block = map_.blocks[i];
            free_[i] = block.energy >= least && strength(block) >= kCoherent * block.energy;
        }
    }

    // The blocks that touch `seed` and go the same way as it and as their neighbour.
    std::vector<int> take(int seed) {
        std::vector<int> taken{seed};
        free_[static_cast<std::size_t>(seed)] = false;
        Texture sum = map_.blocks[static_cast<std::size_t>(seed)];
        for (std::size_t next = 0; next < taken.size(); ++next) {
            const int column = taken[next] % map_.columns;
            const int row = taken[next] / map_.columns;
            for (int y = std::max(0, row - 1); y <= std::min(map_.rows - 1, row + 1); ++y)
                for (int x = std::max(0, column - 1); x <= std::min(map_.columns - 1, column + 1);
                     ++x)
                    consider(y * map_.columns + x, sum, taken);
        }
        return taken;
    }

    [[nodiscard]] bool is_free(int block) const { return free_[static_cast<std::size_t>(block)]; }
    [[nodiscard]] const TextureMap& map() const { return map_; }

 private:
    void consider(int block, Texture& sum, std::vector<int>& taken) {
        const auto index = static_cast<std::size_t>(block);
        const Texture& texture = map_.blocks[index];
        if (!free_[index] || !same_direction(texture, sum)) return;
        free_[index] = false;
        taken.push_back(block);
        sum.energy += texture.energy;
        sum.along2 += texture.along2;
        sum.across2 += texture.across2;
    }

    const TextureMap& map_;
    std::vector<bool> free_;
};

BarRegion region_of(const std::vector<int>& blocks, const TextureMap& map) {
    Texture sum;
    for (const int block : blocks) {
        const Texture& each = map.blocks[static_cast<std::size_t>(block)];
        sum.energy += each.energy;
        sum.along2 += each.along2;
        sum.across2 += each.across2;
    }
    BarRegion region;
    region.angle = 0.5F * std::atan2(sum.across2, sum.along2);
    const float cosine = std::cos(region.angle);
    const float sine = std::sin(region.angle);
    float first = 1e9F;
    float last = -1e9F;
    float top = 1e9F;
    float bottom = -1e9F;
    for (const int block : blocks) {
        const float x = (static_cast<float>(block % map.columns) + 0.5F) * kTextureBlock;
        const int row = block / map.columns;
        const float y = (static_cast<float>(row) + 0.5F) * kTextureBlock;
        const float along = x * cosine + y * sine;
        const float across = y * cosine - x * sine;
        first = std::min(first, along);
        last = std::max(last, along);
        top = std::min(top, across);
        bottom = std::max(bottom, across);
    }
    // The neighbours' average reaches a block too far: block centres are the right ends.
    region.length = last - first;
    region.height = bottom - top;
    // Strong, of one direction only, and filling their rectangle: bars before anything else.
    const float filled = static_cast<float>(blocks.size()) * kTextureBlock * kTextureBlock /
                         ((region.length + kTextureBlock) * (region.height + kTextureBlock));
    region.likeness = std::min(1.0F, filled) * strength(sum) / std::max(1.0F, sum.energy) *
                      std::sqrt(region.length);
    const float along = (first + last) / 2;
    const float across = (top + bottom) / 2;
    region.middle = {along * cosine - across * sine, along * sine + across * cosine};
    return region;
}

bool lie_together(const BarRegion& a, const BarRegion& b) {
    return std::hypot(a.middle.x - b.middle.x, a.middle.y - b.middle.y) <
               0.1F * std::max(a.length, b.length) &&
           a.length < 1.15F * b.length && b.length < 1.15F * a.length &&
           a.height < 1.4F * b.height && b.height < 1.4F * a.height;
}

void find_at_level(const TextureMap& smooth, float least, std::vector<BarRegion>& regions) {
    Grower grower(smooth, least);
    for (int block = 0; block < static_cast<int>(smooth.blocks.size()); ++block) {
        if (!grower.is_free(block)) continue;
        const auto blocks = grower.take(block);
        if (static_cast<int>(blocks.size()) < kBlocksMin) continue;
        const BarRegion region = region_of(blocks, smooth);
        if (region.length >= kLengthMin) regions.push_back(region);
    }
}

}  // namespace

std::vector<BarRegion> find_bars(const TextureMap& map, int regions_max) {
    const TextureMap smooth = smoothed(map);
    const float least = std::max(kEnergyMin, kAboveNoise * map.noise);
    std::vector<BarRegion> all;
    for (const float level : kLevels) find_at_level(smooth, level * least, all);
    std::sort(all.begin(), all.end(),
              [](const BarRegion& a, const BarRegion& b) { return a.likeness > b.likeness; });
    std::vector<BarRegion> regions;
    for (const BarRegion& region : all) {
        if (static_cast<int>(regions.size()) >= regions_max) break;
        if (std::none_of(regions.begin(), regions.end(),
                         [&](const BarRegion& each) { return lie_together(each, region); }))
            regions.push_back(region);
    }
    return regions;
}

}  // namespace scanner

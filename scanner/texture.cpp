#include "scanner/texture.hpp"

#include <algorithm>
#include <cmath>
#include <opencv2/core/hal/intrin.hpp>

namespace scanner {
namespace {

constexpr int kPixels = kTextureBlock * kTextureBlock;

// Differences along the two diagonals of each 2 × 2 square: unlike differences of pixels two apart,
// they are strongest where bars are one pixel wide, and both lie at the same point.
void measure_block(const std::uint8_t* top_left, std::ptrdiff_t stride, Texture& whole,
                   float* upper, float* lower) {
    cv::v_int32x4 falling = cv::v_setzero_s32();
    cv::v_int32x4 rising = cv::v_setzero_s32();
    cv::v_int32x4 both = cv::v_setzero_s32();
    cv::v_int32x4 top = cv::v_setzero_s32();
    for (int y = 0; y < kTextureBlock; ++y) {
        const std::uint8_t* row = top_left + y * stride;
        const auto load = [](const std::uint8_t* from) {
            return cv::v_reinterpret_as_s16(cv::v_load_expand(from));
        };
        const cv::v_int16x8 down = load(row + stride + 1) - load(row);
        const cv::v_int16x8 up = load(row + 1) - load(row + stride);
        falling = cv::v_dotprod(down, down, falling);
        rising = cv::v_dotprod(up, up, rising);
        both = cv::v_dotprod(down, up, both);
        if (y == kTextureBlock / 2 - 1) top = falling + rising;
    }
    const auto down2 = static_cast<float>(cv::v_reduce_sum(falling)) / kPixels;
    const auto up2 = static_cast<float>(cv::v_reduce_sum(rising)) / kPixels;
    const auto mixed = static_cast<float>(cv::v_reduce_sum(both)) / kPixels;
    // Turned by 45° to the axes of the picture.
    whole = {down2 + up2, 2 * mixed, down2 - up2};
    // Two lanes hold four columns.
    int lanes[4];
    int all[4];
    cv::v_store(lanes, top);
    cv::v_store(all, falling + rising);
    constexpr float kQuarter = kPixels / 4.0F;
    upper[0] = static_cast<float>(lanes[0] + lanes[1]) / kQuarter;
    upper[1] = static_cast<float>(lanes[2] + lanes[3]) / kQuarter;
    lower[0] = static_cast<float>(all[0] + all[1] - lanes[0] - lanes[1]) / kQuarter;
    lower[1] = static_cast<float>(all[2] + all[3] - lanes[2] - lanes[3]) / kQuarter;
}

// A fifth of any picture is plain; where it is not, the cap keeps weak symbols visible.
float noise_of(const TextureMap& map) {
    constexpr float kNoiseMax = 900;
    std::vector<float> energies;
    energies.reserve(map.blocks.size() / 4 + 1);
    for (std::size_t i = 0; i < map.blocks.size(); i += 4) energies.push_back(map.blocks[i].energy);
    if (energies.empty()) return 0;
    const auto fifth = energies.begin() + static_cast<std::ptrdiff_t>(energies.size() / 5);
    std::nth_element(energies.begin(), fifth, energies.end());
    return std::min(*fifth, kNoiseMax);
}

}  // namespace

TextureMap measure_texture(const GreyView& picture) {
    TextureMap map;
    map.columns = (picture.width - 1) / kTextureBlock;
    map.rows = (picture.height - 1) / kTextureBlock;
    if (map.columns < 2 || map.rows < 2) return {};
    const auto columns = static_cast<std::size_t>(map.columns);
    map.blocks.resize(columns * static_cast<std::size_t>(map.rows));
    map.fine.resize(4 * map.blocks.size());
    for (int row = 0; row < map.rows; ++row) {
        const std::uint8_t* line =
            picture.pixels + static_cast<std::ptrdiff_t>(row) * kTextureBlock * picture.stride;
        Texture* blocks = map.blocks.data() + static_cast<std::size_t>(row) * columns;
        float* fine = map.fine.data() + static_cast<std::size_t>(row) * 4 * columns;
        for (std::size_t column = 0; column < columns; ++column)
            measure_block(line + column * kTextureBlock, picture.stride, blocks[column],
                          fine + 2 * column, fine + 2 * columns + 2 * column);
    }
    map.noise = noise_of(map);
    return map;
}

bool shows_the_same(const TextureMap& before, const TextureMap& now) {
    // A block's energy swings by a fifth of the noise, and more where there is something to see.
    constexpr float kNoises = 2;
    constexpr float kPart = 0.3F;
    constexpr float kLeast = 8;
    constexpr std::size_t kBlocks = 1000;  // of which one may have changed
    if (before.columns != now.columns || before.rows != now.rows || now.blocks.empty())
        return false;
    const float noise = kLeast + kNoises * std::max(before.noise, now.noise);
    std::size_t changed = 0;
    for (std::size_t i = 0; i < now.blocks.size(); ++i) {
        const float a = before.blocks[i].energy;
        const float b = now.blocks[i].energy;
        changed += std::abs(a - b) > noise + kPart * std::max(a, b) ? 1 : 0;
    }
    return changed * kBlocks <= now.blocks.size();
}

}  // namespace scanner

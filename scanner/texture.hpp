// How bright and dark change from pixel to pixel, in blocks of 8 × 8: how strongly, how much in one
// direction only, and in which. Measured in the full picture, for halving it first washes away bars
// of one or two pixels. Pure.
#pragma once

#include <vector>

#include "scanner/reader.hpp"

namespace scanner {

inline constexpr int kTextureBlock = 8;

// The structure tensor of one block, per pixel: `energy` is its trace, (`along2`, `across2`) its
// anisotropy as a vector at twice the angle. In grey levels squared.
struct Texture {
    float energy = 0;
    float along2 = 0;  // energy · coherence · cos 2φ, φ = direction of change, from x towards y
    float across2 = 0;  // … · sin 2φ
};

struct TextureMap {
    int columns = 0;
    int rows = 0;
    std::vector<Texture> blocks;  // row by row
    float noise = 0;              // energy that a plain block has here
    std::vector<float> fine;      // energy of blocks of half the side: 2 · columns by 2 · rows

    [[nodiscard]] const Texture& at(int column, int row) const {
        return blocks[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                      static_cast<std::size_t>(column)];
    }
};

// Some 1 ms for 1280 × 720. Empty for a picture of less than two blocks either way.
TextureMap measure_texture(const GreyView& picture);

// Whether two pictures of one camera show the same but for noise: it may be something small that
// has come or gone, no more. False for maps of two sizes.
bool shows_the_same(const TextureMap& before, const TextureMap& now);

}  // namespace scanner

// What the glyphs of a plan look like after blur and spread ink, sampled at a few points a module,
// with the sums that a least-squares fit needs. Pure.
#pragma once

#include <vector>

#include "scanner/soft_plan.hpp"

namespace scanner {

inline constexpr int kSamplesPerModule = 3;
inline constexpr int kTailModules = 4;  // from one before a glyph's end to three after it

// How print and picture have changed the bars, in modules.
struct BarShape {
    float blur = 0.5F;  // standard deviation
    float growth = 0;   // of each bar, half at either side
};

inline constexpr BarShape kBarShapes[] = {
    {0.3F, -0.25F}, {0.3F, 0},     {0.3F, 0.25F}, {0.55F, -0.25F}, {0.55F, 0},   {0.55F, 0.25F},
    {0.85F, 0},     {0.85F, 0.3F}, {1.15F, 0},    {1.15F, 0.3F},   {1.5F, 0.1F},
};
// Indices of those that between them are close enough to find the ends of any symbol.
inline constexpr int kUsualShapes[] = {0, 2, 4, 6};

// One alphabet in one shape. Darkness: 1 = ink. Sums are over the samples of the window.
struct GlyphTemplates {
    int glyphs = 0;
    int samples = 0;
    int padded = 0;              // glyphs, rounded up to a multiple of four
    std::vector<float> dark;     // [sample][padded glyph]
    std::vector<float> sum;      // [padded glyph]
    std::vector<float> squares;  // [padded glyph]
    std::vector<float> tails;    // [glyph][tail sample]: what it adds to the next glyph's window
};

// All alphabets of the plan; made once and kept. Any thread.
const std::vector<GlyphTemplates>& templates_of(const SoftPlan& plan, int shape);

}  // namespace scanner

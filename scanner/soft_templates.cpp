#include "scanner/soft_templates.hpp"

#include <cmath>
#include <map>
#include <mutex>

namespace scanner {
namespace {

constexpr float kNextBar = 1.3F;  // modules: what is likely to follow a glyph

// How much of a unit step at 0 has been reached at `x`, blurred.
float risen(float x, float blur) { return 0.5F * (1 + std::erf(x / (blur * 1.41421356F))); }

float bar_at(float x, float from, float to, const BarShape& shape) {
    const float left = from - shape.growth / 2;
    const float right = to + shape.growth / 2;
    return risen(x - left, shape.blur) - risen(x - right, shape.blur);
}

float darkness(const Alphabet& alphabet, const std::vector<float>& glyph, float x,
               const BarShape& shape) {
    float at = 0;
    float dark = 0;
    bool bar = alphabet.first_is_bar;
    for (const float width : glyph) {
        if (bar) dark += bar_at(x, at, at + width, shape);
        at += width;
        bar = !bar;
    }
    return dark;
}

int samples_of(const Alphabet& alphabet) {
    return static_cast<int>(
        std::lround((alphabet.lead + alphabet.modules + alphabet.trail) * kSamplesPerModule));
}

float offset(int sample) { return (static_cast<float>(sample) + 0.5F) / kSamplesPerModule; }

GlyphTemplates render(const Alphabet& alphabet, const BarShape& shape) {
    GlyphTemplates made;
    made.glyphs = static_cast<int>(alphabet.glyphs.size());
    made.padded = (made.glyphs + 3) / 4 * 4;
    made.samples = samples_of(alphabet);
    const auto padded = static_cast<std::size_t>(made.padded);
    made.dark.assign(padded * static_cast<std::size_t>(made.samples), 0);
    made.sum.assign(padded, 0);
    made.squares.assign(padded, 0);
    for (std::size_t glyph = 0; glyph < alphabet.glyphs.size(); ++glyph) {
        for (int sample = 0; sample < made.samples; ++sample) {
            const float x = offset(sample) - alphabet.lead;
            float dark = darkness(alphabet, alphabet.glyphs[glyph], x, shape);
            if (alphabet.next_is_bar)
                dark += bar_at(x, alphabet.modules, alphabet.modules + kNextBar, shape);
            made.dark[static_cast<std::size_t>(sample) * padded + glyph] = dark;
            made.sum[glyph] += dark;
            made.squares[glyph] += dark * dark;
        }
        for (int sample = 0; sample < kTailModules * kSamplesPerModule; ++sample)
            made.tails.push_back(darkness(alphabet, alphabet.glyphs[glyph],
                                          alphabet.modules - 1 + offset(sample), shape));
    }
    return made;
}

}  // namespace

const std::vector<GlyphTemplates>& templates_of(const SoftPlan& plan, int shape) {
    static std::mutex mutex;
    static std::map<std::pair<const SoftPlan*, int>, std::vector<GlyphTemplates>> kept;
    const std::lock_guard lock(mutex);
    auto& all = kept[{&plan, shape}];
    if (all.empty())
        for (const Alphabet& alphabet : plan.alphabets)
            all.push_back(render(alphabet, kBarShapes[shape]));
    return all;
}

}  // namespace scanner

// One guess where a symbol lies and how long it is, and the likeliest glyphs under it. Pure.
#pragma once

#include <vector>

#include "scanner/soft_plan.hpp"
#include "scanner/soft_templates.hpp"

namespace scanner {

// A profile that can be averaged over any stretch; dark = high.
class Observation {
 public:
    explicit Observation(const std::vector<float>& profile);

    // The sum up to `x`, so that the mean of a stretch is the difference of its ends' sums by its
    // length; beyond its ends the profile goes on as it ends.
    [[nodiscard]] double sum_to(float x) const;
    // The means of `count` stretches, one after the other, of `step` samples each.
    void means(float from, float step, int count, float* means) const;
    [[nodiscard]] float size() const { return static_cast<float>(sums_.size() - 1); }

 private:
    std::vector<double> sums_;
};

// Where a symbol lies in the profile. Modules grow or shrink evenly along it, as a tilt makes them.
struct Placement {
    float begin = 0;   // samples: the first bar's edge
    float module = 1;  // samples, in the middle
    float modules = 0;
    float warp = 0;  // the first module is 1 + warp times the middle one

    [[nodiscard]] float at(float module_number) const {
        const float part = modules > 0 ? module_number / modules : 0;
        return begin + module * (module_number + warp * module_number * (1 - part));
    }
};

// How well one window of the profile fits one glyph.
struct Fit {
    float misfit = 1;  // part of the window's changes that is left over
    float gain = 0;    // grey levels between paper and ink
    int glyph = 0;
};

// The best glyph of an alphabet at `module_number`, its first `skip` modules left out (they depend
// on what was before).
Fit fit_glyph(const Observation& seen, const Placement& place, float module_number,
              const Alphabet& alphabet, const GlyphTemplates& templates, float skip);

struct BeamRead {
    std::vector<int> glyphs;
    std::vector<float> left_overs;  // of each glyph: sum of squares that it does not explain
    float left_over = 0;            // their sum
    float changes = 0;              // sum of squares of the profile in all windows
    int samples = 0;
};

struct BeamSearch {
    int body_count = 0;
    int shape = 0;      // of kBarShapes
    float gain = 0;     // grey levels between paper and ink, about
    float fit_min = 0;  // rows that fall clearly behind it are given up half way
};

// The likeliest rows of glyphs, best first; none when all were given up.
std::vector<BeamRead> search_glyphs(const Observation& seen, const Placement& place,
                                    const SoftPlan& plan, const BeamSearch& search);

// Whether a character of the best row may be another: it fits far worse than the others do, or the
// second best row, where it differs, fits hardly worse. `rows`: best first, at least one.
bool is_doubtful(const std::vector<BeamRead>& rows);

}  // namespace scanner

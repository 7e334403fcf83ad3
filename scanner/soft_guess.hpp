// Which symbols may lie in a profile, judged by their ends alone: what its start and stop pattern
// look like, how wide a module is, and how the symbol is tilted. Pure.
#pragma once

#include <vector>

#include "scanner/soft_beam.hpp"
#include "scanner/soft_ends.hpp"
#include "scanner/soft_plan.hpp"

namespace scanner {

struct SoftGuess {
    const SoftPlan* plan = nullptr;
    int body = 0;  // glyphs between the ends
    Placement place;
    float misfit = 1;  // of both ends together, and of the tilt
    float gain = 0;    // grey levels between paper and ink
};

struct GuessOptions {
    std::vector<Symbology> symbologies;
    float samples_per_pixel = 1;
    bool all_tilts = false;  // that the ends agree with, not the likeliest only
};

// Of each symbology the likeliest few, likeliest first. `spans`: longest first.
std::vector<std::vector<SoftGuess>> guess_symbols(const Observation& seen,
                                                  const std::vector<Span>& spans,
                                                  const GuessOptions& options);

}  // namespace scanner

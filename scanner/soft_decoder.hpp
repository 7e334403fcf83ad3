// Reads bars that have washed together. Where edges can no longer be found, the whole line of grey
// values is compared with what each row of glyphs would look like, blurred: the likeliest row that
// passes its check is the text. It must begin and end where the bars do, with plain paper beyond.
// Pure.
#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "scanner/soft_plan.hpp"

namespace scanner {

struct SoftRead {
    SoftText text;
    float begin = 0;  // samples of the profile: the first bar's edge
    float end = 0;    // the last bar's edge; less than `begin` when the symbol is upside down
    float fit = 0;    // part of the profile's changes that the text explains, up to 1
    float lead = 0;   // by how much it beats the second best text, in units of the noise squared
    // A character fits far worse than the others do, or hardly better than another would, as one
    // does that was printed over. (Or a hard shadow's edge runs through it.)
    bool is_doubtful = false;
};

struct SoftOptions {
    std::vector<Symbology> symbologies;
    float samples_per_pixel = 1;  // finer sampling carries no more information
    // Look only here, and only this way round: an earlier read's begin and end.
    std::optional<std::pair<float, float>> where;
};

// `profile`: grey values across the bars, bright = high. The best fitting read first; of several
// that lie over each other only the best.
std::vector<SoftRead> soft_decode(const std::vector<float>& profile, const SoftOptions& options);

}  // namespace scanner

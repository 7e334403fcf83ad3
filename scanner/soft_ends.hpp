// Where in a profile a symbol may begin and end: between the stretch where grey values change and
// the plain paper beside it. Pure.
#pragma once

#include <vector>

namespace scanner {

struct Span {
    float begin = 0;  // samples
    float end = 0;
};

// Likely spans of bars, longest first; some may be right inside of others.
std::vector<Span> likely_spans(const std::vector<float>& profile, float samples_per_pixel,
                               int spans_max);

}  // namespace scanner

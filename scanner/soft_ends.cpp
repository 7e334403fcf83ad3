#include "scanner/soft_ends.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace scanner {
namespace {

constexpr float kLively = 0.3F;  // of the profile's usual range
constexpr float kSpanMin = 26;   // pixels
constexpr int kRunsMax = 6;

// The difference of the greatest and the least value within `reach` samples either way.
std::vector<float> local_range(const std::vector<float>& profile, int reach) {
    const auto count = static_cast<int>(profile.size());
    std::vector<float> range(profile.size());
    for (int i = 0; i < count; ++i) {
        const auto from = profile.begin() + std::max(0, i - reach);
        const auto to = profile.begin() + std::min(count, i + reach + 1);
        const auto [least, most] = std::minmax_element(from, to);
        range[static_cast<std::size_t>(i)] = *most - *least;
    }
    return range;
}

// Stretches whose values change within `reach`; they begin and end at the outermost change.
std::vector<Span> lively_runs(const std::vector<float>& profile, int reach) {
    const std::vector<float> range = local_range(profile, reach);
    std::vector<float> sorted = range;
    const auto high = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() * 3 / 4);
    std::nth_element(sorted.begin(), high, sorted.end());
    const float least = std::max(2.0F, kLively * *high);
    std::vector<Span> runs;
    for (std::size_t i = 0; i < range.size();) {
        std::size_t end = i;
        while (end < range.size() && range[end] >= least) ++end;
        if (end > i) {
            // The range sees an edge `reach` samples ahead.
            const float begin = static_cast<float>(i) + (i == 0 ? 0 : static_cast<float>(reach));
            const float stop =
                static_cast<float>(end) - (end == range.size() ? 0 : static_cast<float>(reach));
            if (stop > begin) runs.push_back({begin, stop});
        }
        i = end + 1;
    }
    return runs;
}

bool is_near(const Span& a, const Span& b, float distance) {
    return std::abs(a.begin - b.begin) < distance && std::abs(a.end - b.end) < distance;
}

}  // namespace

std::vector<Span> likely_spans(const std::vector<float>& profile, float samples_per_pixel,
                               int spans_max) {
    std::vector<Span> spans;
    const auto length = static_cast<float>(profile.size());
    // Quiet zones are ten modules wide, spaces four at most: a symbol is 46 to 400 modules long.
    for (const float part : {1.0F / 50, 1.0F / 110}) {
        const int reach =
            std::max(static_cast<int>(4 * samples_per_pixel), static_cast<int>(length * part));
        auto runs = lively_runs(profile, reach);
        if (runs.size() > kRunsMax) {
            std::sort(runs.begin(), runs.end(), [](const Span& a, const Span& b) {
                return a.end - a.begin > b.end - b.begin;
            });
            runs.resize(kRunsMax);
            std::sort(runs.begin(), runs.end(),
                      [](const Span& a, const Span& b) { return a.begin < b.begin; });
        }
        for (std::size_t first = 0; first < runs.size(); ++first)
            for (std::size_t last = first; last < runs.size(); ++last) {
                const Span span{runs[first].begin, runs[last].end};
                if (span.end - span.begin < kSpanMin * samples_per_pixel) continue;
                const bool known = std::any_of(spans.begin(), spans.end(), [&](const Span& each) {
                    return is_near(each, span, 1.5F * samples_per_pixel);
                });
                if (!known) spans.push_back(span);
            }
    }
    std::sort(spans.begin(), spans.end(),
              [](const Span& a, const Span& b) { return a.end - a.begin > b.end - b.begin; });
    if (static_cast<int>(spans.size()) > spans_max)
        spans.resize(static_cast<std::size_t>(spans_max));
    return spans;
}

}  // namespace scanner

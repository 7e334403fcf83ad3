#include "scanner/soft_decoder.hpp"

#include <algorithm>

#include "scanner/soft_guess.hpp"

namespace scanner {
namespace {

constexpr int kSpans = 12;
constexpr std::size_t kShapesTried = 2;
constexpr std::size_t kSamplesMin = 40;

// What a read must reach. Measured on noise, clutter and damaged symbols: below, texts were wrong
// now and then; the weaker a symbology's own check, the more is asked.
struct Demand {
    Symbology symbology;
    float fit;
    float lead;
};
constexpr Demand kDemands[] = {
    {Symbology::Code128, 0.84F, 9}, {Symbology::EAN13, 0.86F, 9}, {Symbology::EAN8, 0.92F, 15},
    {Symbology::Code39, 0.88F, 14}, {Symbology::ITF, 0.9F, 25},
};
// Of a half of the bars that is only asked whether it agrees.
constexpr float kConfirming = 0.4F;
constexpr float kLeniency = 0.1F;  // … in its fit
// Before its place is settled, a fit may fall short by so much and a lead be such a part of what is
// asked.
constexpr float kUnsettled = 0.04F;
constexpr float kHopeful = 0.5F;
constexpr float kSettled = 0.98F;

// The shapes of bars that fit the two ends best, best first.
std::vector<int> likely_shapes(const Observation& seen, const SoftGuess& guess) {
    std::vector<std::pair<float, int>> ranked;
    const SoftPlan& plan = *guess.plan;
    const auto first = static_cast<std::size_t>(plan.head.front());
    const auto last =
        static_cast<std::size_t>(plan.tail.empty() ? plan.head.back() : plan.tail.back());
    for (int shape = 0; shape < static_cast<int>(std::size(kBarShapes)); ++shape) {
        const auto& templates = templates_of(plan, shape);
        const Alphabet& end = plan.alphabets[last];
        const Fit begin =
            fit_glyph(seen, guess.place, 0, plan.alphabets[first], templates[first], 0);
        const Fit stop = fit_glyph(seen, guess.place, guess.place.modules - end.modules, end,
                                   templates[last], end.lead + 0.4F);
        ranked.emplace_back(begin.misfit + stop.misfit, shape);
    }
    std::sort(ranked.begin(), ranked.end());
    std::vector<int> shapes;
    shapes.reserve(ranked.size());
    for (const auto& [misfit, shape] : ranked) shapes.push_back(shape);
    return shapes;
}

float fit_of(const BeamRead& read) { return 1 - read.left_over / std::max(1.0F, read.changes); }

// Where both ends are known to a part of a module only, what is between them fits badly here and
// there: moves each end and the tilt as long as the best row of glyphs fits better.
std::vector<BeamRead> settle(const Observation& seen, Placement& place, const SoftPlan& plan,
                             const BeamSearch& search, std::vector<BeamRead> rows) {
    struct Nudge {
        float begin, end, warp;  // modules, modules, part
    };
    constexpr Nudge kNudges[] = {{0, 0, 0.025F},  {0, 0, -0.025F}, {0.25F, 0, 0},
                                 {-0.25F, 0, 0},  {0, 0.25F, 0},   {0, -0.25F, 0},
                                 {0, 0, 0.0125F}, {0, 0, -0.0125F}};
    for (const Nudge& nudge : kNudges) {
        if (fit_of(rows.front()) >= kSettled) break;
        Placement moved = place;
        moved.begin += nudge.begin * place.module;
        moved.module += (nudge.end - nudge.begin) * place.module / place.modules;
        moved.warp += nudge.warp;
        auto again = search_glyphs(seen, moved, plan, search);
        if (again.empty() || fit_of(again.front()) <= fit_of(rows.front())) continue;
        rows = std::move(again);
        place = moved;
    }
    return rows;
}

// By how much the best row beats the second best, in units of the noise squared.
float lead_of(const std::vector<BeamRead>& rows, float module_pixels) {
    if (rows.size() < 2) return 0;
    const BeamRead& best = rows.front();
    // Samples finer than the picture's own pixels tell the same thing several times.
    const float pixels =
        static_cast<float>(best.samples) * std::min(1.0F, module_pixels / kSamplesPerModule);
    const float noise = std::max(0.5F, best.left_over / std::max(1.0F, pixels));
    return (rows[1].left_over - best.left_over) / (2 * noise);
}

// The best row of glyphs, if it makes a text and stands out from the second best.
std::optional<SoftRead> read_guess(const Observation& seen, SoftGuess guess, int shape,
                                   const SoftOptions& options) {
    const Demand& demand =
        *std::find_if(std::begin(kDemands), std::end(kDemands),
                      [&](const Demand& each) { return each.symbology == guess.plan->symbology; });
    const float fit_min = demand.fit - (options.where ? kLeniency : 0);
    const float lead_min = demand.lead * (options.where ? kConfirming : 1);
    const auto reaches = [&](const std::vector<BeamRead>& rows, float short_of, float part) {
        return !rows.empty() && fit_of(rows.front()) >= fit_min - short_of &&
               lead_of(rows, guess.place.module / options.samples_per_pixel) >= part * lead_min;
    };
    const BeamSearch search{guess.body, shape, guess.gain, fit_min - kUnsettled};
    auto rows = search_glyphs(seen, guess.place, *guess.plan, search);
    if (!reaches(rows, kUnsettled, kHopeful) ||
        !guess.plan->interpret(*guess.plan, rows.front().glyphs))
        return std::nullopt;
    if (!reaches(rows, 0, 1) || is_doubtful(rows))
        rows = settle(seen, guess.place, *guess.plan, search, std::move(rows));
    auto text = guess.plan->interpret(*guess.plan, rows.front().glyphs);
    if (!text || !reaches(rows, 0, 1)) return std::nullopt;
    return SoftRead{std::move(*text),
                    guess.place.begin,
                    guess.place.begin + guess.place.module * guess.place.modules,
                    fit_of(rows.front()),
                    lead_of(rows, guess.place.module / options.samples_per_pixel),
                    is_doubtful(rows)};
}

void read_way(const std::vector<float>& profile, const SoftOptions& options,
              const std::vector<Span>& spans, bool reversed, std::vector<SoftRead>& reads) {
    const Observation seen(profile);
    const GuessOptions guessing{options.symbologies, options.samples_per_pixel,
                                options.where.has_value()};
    for (const auto& each : guess_symbols(seen, spans, guessing))
        for (const SoftGuess& guess : each) {
            std::optional<SoftRead> read;
            const auto shapes = likely_shapes(seen, guess);
            for (std::size_t i = 0; i < kShapesTried && !read; ++i)
                read = read_guess(seen, guess, shapes[i], options);
            if (!read) continue;
            const bool is_answer = options.where && !read->is_doubtful;
            if (reversed) {
                const auto last = static_cast<float>(profile.size());
                read->begin = last - read->begin;
                read->end = last - read->end;
            }
            reads.push_back(std::move(*read));
            if (is_answer) return;
        }
}

bool lie_over_each_other(const SoftRead& a, const SoftRead& b) {
    const auto [a_first, a_last] = std::minmax(a.begin, a.end);
    const auto [b_first, b_last] = std::minmax(b.begin, b.end);
    return a_first < b_last && b_first < a_last;
}

}  // namespace

std::vector<SoftRead> soft_decode(const std::vector<float>& profile, const SoftOptions& options) {
    std::vector<SoftRead> reads;
    if (profile.size() < kSamplesMin) return reads;
    const auto last = static_cast<float>(profile.size());
    std::vector<Span> spans;
    if (options.where)
        spans.push_back({std::min(options.where->first, options.where->second),
                         std::max(options.where->first, options.where->second)});
    else
        spans = likely_spans(profile, options.samples_per_pixel, kSpans);
    const bool turned = options.where && options.where->first > options.where->second;
    if (!turned) read_way(profile, options, spans, false, reads);
    for (Span& span : spans) span = {last - span.end, last - span.begin};
    if (!options.where || turned)
        read_way({profile.rbegin(), profile.rend()}, options, spans, true, reads);
    std::sort(reads.begin(), reads.end(),
              [](const SoftRead& a, const SoftRead& b) { return a.fit > b.fit; });
    std::vector<SoftRead> best;
    for (SoftRead& read : reads)
        if (std::none_of(best.begin(), best.end(),
                         [&](const SoftRead& other) { return lie_over_each_other(other, read); }))
            best.push_back(std::move(read));
    return best;
}

}  // namespace scanner

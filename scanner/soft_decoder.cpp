#include "scanner/soft_decoder.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "scanner/cells.hpp"
#include "scanner/soft_beam.hpp"
#include "scanner/soft_ends.hpp"

namespace scanner {
namespace {

constexpr float kModuleMin = 0.95F;  // pixels
constexpr float kModuleStep = 1.05F;
constexpr int kModules = 58;     // of the grid: up to 17 pixels
constexpr int kPlaces = 3;       // tried either way of a span's end …
constexpr float kPlace = 0.35F;  // … so many modules apart
constexpr float kWarps[] = {0, -0.05F, 0.05F, -0.1F, 0.1F};
constexpr float kEndMisfit = 0.35F;  // of a start or stop pattern, at most
constexpr float kBothMisfit = 0.5F;  // of the two together
constexpr std::size_t kGuesses = 4;  // that are decoded, a direction
constexpr std::size_t kItfGuesses = 16;
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
    {Symbology::Code128, 0.8F, 7},  {Symbology::EAN13, 0.86F, 9}, {Symbology::EAN8, 0.92F, 15},
    {Symbology::Code39, 0.88F, 14}, {Symbology::ITF, 0.9F, 25},
};
// Of a half of the bars that is only asked whether it agrees.
constexpr float kConfirming = 0.4F;
constexpr float kLeniency = 0.1F;  // … in its fit

// How well a start or stop pattern fits at the best place near one end of a span, for every width
// of a module.
struct EndFit {
    float misfit = 1;
    float place = 0;  // samples
    float gain = 0;
};
using EndFits = std::vector<EndFit>;

float module_of(int index, float samples_per_pixel) {
    return kModuleMin * samples_per_pixel * std::pow(kModuleStep, static_cast<float>(index));
}

int index_of(float module, float samples_per_pixel) {
    const float ratio = std::max(0.1F, module / (kModuleMin * samples_per_pixel));
    return static_cast<int>(std::lround(std::log(ratio) / std::log(kModuleStep)));
}

// The profile round one end of a span, sampled for every width of a module and some places of the
// edge: start and stop patterns of all symbologies are compared with the same samples.
class EndWindows {
 public:
    EndWindows(const Observation& seen, const Span& span, bool at_end, float samples_per_pixel)
        : at_end_(at_end) {
        const float edge = at_end ? span.end : span.begin;
        for (int i = 0; i < kModules; ++i) {
            const float module = module_of(i, samples_per_pixel);
            if (module * 40 > span.end - span.begin) break;
            for (int k = -kPlaces; k <= kPlaces; ++k) add(seen, edge, module, k);
            ++modules_;
        }
    }

    void fit(const Alphabet& alphabet, const GlyphTemplates& templates, EndFits& fits) const {
        // What stands before a stop pattern is not known here.
        const int skipped = at_end_ ? cvt(alphabet.lead + 0.4F) : 0;
        const int from = at_end_ ? cvt(kInside - alphabet.modules - alphabet.lead) + skipped : 0;
        const int count = std::min(templates.samples - skipped, kEndSamples - from);
        for (int glyph = 0; glyph < templates.glyphs; ++glyph) {
            const Part part = part_of(templates, glyph, skipped, from, count);
            for (int i = 0; i < modules_; ++i)
                for (int k = 0; k <= 2 * kPlaces; ++k)
                    compare(i, k, part, fits[static_cast<std::size_t>(i)]);
        }
    }

 private:
    static constexpr float kInside = 16;  // modules of the symbol that are looked at
    static constexpr float kOutside = 4;  // … and of the paper before or after it
    static constexpr int kEndSamples = static_cast<int>((kInside + kOutside) * kSamplesPerModule);

    // Samples of a glyph about their mean, and where they lie in the window.
    struct Part {
        std::array<float, kEndSamples> dark{};
        float variance = 0;
        int from = 0;
        int count = 0;
    };

    static Part part_of(const GlyphTemplates& templates, int glyph, int skipped, int from,
                        int count) {
        Part part;
        part.from = from;
        part.count = count;
        float mean = 0;
        for (int i = 0; i < count; ++i) {
            float& dark = part.dark[static_cast<std::size_t>(i)];
            dark = templates.dark[cell_index(skipped + i, templates.padded, glyph)];
            mean += dark / static_cast<float>(count);
        }
        for (int i = 0; i < count; ++i) {
            float& dark = part.dark[static_cast<std::size_t>(i)];
            dark -= mean;
            part.variance += dark * dark;
        }
        return part;
    }

    static int cvt(float modules) {
        return static_cast<int>(std::lround(modules * kSamplesPerModule));
    }

    void add(const Observation& seen, float edge, float module, int k) {
        const float place = edge + kPlace * module * static_cast<float>(k);
        const float step = module / kSamplesPerModule;
        const float first = place - (at_end_ ? kInside : kOutside) * module;
        places_.push_back(place);
        const std::size_t begin = values_.size();
        values_.resize(begin + kEndSamples);
        seen.means(first, step, kEndSamples, values_.data() + begin);
        float sum = 0;
        float squares = 0;
        for (std::size_t i = begin; i < values_.size(); ++i) {
            sums_.push_back(sum);
            squares_.push_back(squares);
            sum += values_[i];
            squares += values_[i] * values_[i];
        }
        sums_.push_back(sum);
        squares_.push_back(squares);
    }

    void compare(int module, int place, const Part& part, EndFit& best) const {
        const auto window = cell_index(module, 2 * kPlaces + 1, place);
        const float* values = values_.data() + window * kEndSamples + part.from;
        const float* sums = sums_.data() + window * (kEndSamples + 1) + part.from;
        const float* squares = squares_.data() + window * (kEndSamples + 1) + part.from;
        const auto n = static_cast<float>(part.count);
        const float sum = sums[part.count] - sums[0];
        const float changes = squares[part.count] - squares[0] - sum * sum / n;
        float product = 0;
        for (int i = 0; i < part.count; ++i)
            product += part.dark[static_cast<std::size_t>(i)] * values[i];
        if (product <= 0 || changes <= 1) return;
        const float misfit = 1 - product * product / (part.variance * changes);
        if (misfit < best.misfit) best = {misfit, places_[window], product / part.variance};
    }

    bool at_end_;
    int modules_ = 0;
    std::vector<float> values_;
    std::vector<float> sums_;
    std::vector<float> squares_;
    std::vector<float> places_;
};

// One place where bars may begin or end, and how well the ends of the plan in hand fit there.
struct Edge {
    float at = 0;
    EndWindows windows;
    EndFits fits;

    [[nodiscard]] bool fits_well() const {
        return std::any_of(fits.begin(), fits.end(),
                           [](const EndFit& fit) { return fit.misfit < kEndMisfit; });
    }
};

// The spans, and their ends without repetition: several spans share one.
struct Search {
    std::vector<Edge> begins;
    std::vector<Edge> ends;
    struct Pair {
        std::size_t begin;
        std::size_t end;
    };
    std::vector<Pair> spans;
    float samples_per_pixel;
};

std::size_t edge_at(std::vector<Edge>& edges, const Observation& seen, const Span& span,
                    bool at_end, float samples_per_pixel) {
    const float at = at_end ? span.end : span.begin;
    const auto known = std::find_if(edges.begin(), edges.end(), [&](const Edge& edge) {
        return std::abs(edge.at - at) < samples_per_pixel / 2;
    });
    if (known != edges.end()) return static_cast<std::size_t>(known - edges.begin());
    edges.push_back({at, EndWindows(seen, span, at_end, samples_per_pixel), {}});
    return edges.size() - 1;
}

// `spans`: longest first, so that the windows of an edge suit every span that it is an end of.
Search search_of(const Observation& seen, const std::vector<Span>& spans, float samples_per_pixel) {
    Search search{{}, {}, {}, samples_per_pixel};
    for (const Span& span : spans)
        search.spans.push_back({edge_at(search.begins, seen, span, false, samples_per_pixel),
                                edge_at(search.ends, seen, span, true, samples_per_pixel)});
    return search;
}

// The best fit of an end in any of the usual shapes. False when it fits nowhere.
bool fit_ends(std::vector<Edge>& edges, const SoftPlan& plan, int alphabet) {
    const auto which = static_cast<std::size_t>(alphabet);
    bool any = false;
    for (Edge& edge : edges) {
        edge.fits.assign(kModules, {});
        for (const int shape : kUsualShapes)
            edge.windows.fit(plan.alphabets[which], templates_of(plan, shape)[which], edge.fits);
        any = any || edge.fits_well();
    }
    return any;
}

struct Guess {
    const SoftPlan* plan = nullptr;
    int body = 0;
    Placement place;
    float misfit = 1;
    float gain = 0;
};

void add_guess(std::vector<Guess>& guesses, const Guess& guess) {
    guesses.push_back(guess);
    std::sort(guesses.begin(), guesses.end(),
              [](const Guess& a, const Guess& b) { return a.misfit < b.misfit; });
    // An ITF's start and stop are so short that they fit at many lengths.
    const std::size_t most = guess.plan->symbology == Symbology::ITF ? kItfGuesses : kGuesses;
    if (guesses.size() > most) guesses.pop_back();
}

// Every length that the two ends of one span agree with.
void guess_lengths(const Edge& first, const Edge& last, const SoftPlan& plan,
                   float samples_per_pixel, std::vector<Guess>& guesses) {
    for (int body = plan.body_min; body <= plan.body_max; ++body) {
        const float modules = plan.modules(body);
        const float rough = (last.at - first.at) / modules;
        if (rough < kModuleMin * samples_per_pixel) break;
        Guess best;
        for (const float warp : kWarps) {
            const int from = index_of(rough * (1 + warp), samples_per_pixel);
            const int to = index_of(rough * (1 - warp), samples_per_pixel);
            if (from < 0 || to < 0 || from >= kModules || to >= kModules) continue;
            const EndFit& begin = first.fits[static_cast<std::size_t>(from)];
            const EndFit& end = last.fits[static_cast<std::size_t>(to)];
            const float misfit = begin.misfit + end.misfit + 0.2F * std::abs(warp);
            if (std::max(begin.misfit, end.misfit) >= kEndMisfit || misfit > kBothMisfit ||
                misfit >= best.misfit)
                continue;
            const float module = (end.place - begin.place) / modules;
            best = {&plan,
                    body,
                    {begin.place, module, modules, warp},
                    misfit,
                    (begin.gain + end.gain) / 2};
        }
        if (best.plan != nullptr) add_guess(guesses, best);
    }
}

void guess_plan(Search& search, const SoftPlan& plan, std::vector<Guess>& guesses) {
    if (!fit_ends(search.begins, plan, plan.head.front())) return;
    if (!fit_ends(search.ends, plan, plan.tail.empty() ? plan.head.back() : plan.tail.back()))
        return;
    for (const Search::Pair& span : search.spans) {
        const Edge& first = search.begins[span.begin];
        const Edge& last = search.ends[span.end];
        if (first.fits_well() && last.fits_well())
            guess_lengths(first, last, plan, search.samples_per_pixel, guesses);
    }
}

// The shapes of bars that fit the two ends best, best first.
std::vector<int> likely_shapes(const Observation& seen, const Guess& guess) {
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

// The best row of glyphs, if it makes a text and stands out from the second best.
std::optional<SoftRead> read_guess(const Observation& seen, const Guess& guess, int shape,
                                   const SoftOptions& options) {
    const Demand& demand =
        *std::find_if(std::begin(kDemands), std::end(kDemands),
                      [&](const Demand& each) { return each.symbology == guess.plan->symbology; });
    const float fit_min = demand.fit - (options.where ? kLeniency : 0);
    const auto rows =
        search_glyphs(seen, guess.place, *guess.plan, {guess.body, shape, guess.gain, fit_min});
    if (rows.empty()) return std::nullopt;
    const BeamRead& best = rows.front();
    const float fit = 1 - best.left_over / std::max(1.0F, best.changes);
    if (fit < fit_min) return std::nullopt;
    auto text = guess.plan->interpret(*guess.plan, best.glyphs);
    if (!text) return std::nullopt;
    // Samples finer than the picture's own pixels tell the same thing several times.
    const float pixels =
        static_cast<float>(best.samples) *
        std::min(1.0F, guess.place.module / options.samples_per_pixel / kSamplesPerModule);
    const float noise = std::max(0.5F, best.left_over / std::max(1.0F, pixels));
    const float lead = rows.size() < 2 ? 0 : (rows[1].left_over - best.left_over) / (2 * noise);
    if (lead < demand.lead * (options.where ? kConfirming : 1)) return std::nullopt;
    return SoftRead{std::move(*text),
                    guess.place.begin,
                    guess.place.begin + guess.place.module * guess.place.modules,
                    fit,
                    lead,
                    is_uneven(best)};
}

void read_way(const std::vector<float>& profile, const SoftOptions& options,
              const std::vector<Span>& spans, bool reversed, std::vector<SoftRead>& reads) {
    const Observation seen(profile);
    std::vector<std::vector<Guess>> guesses(options.symbologies.size());
    Search search = search_of(seen, spans, options.samples_per_pixel);
    for (std::size_t i = 0; i < options.symbologies.size(); ++i)
        for (const SoftPlan& plan : soft_plans(options.symbologies[i]))
            guess_plan(search, plan, guesses[i]);
    for (const auto& each : guesses)
        for (const Guess& guess : each) {
            std::optional<SoftRead> read;
            const auto shapes = likely_shapes(seen, guess);
            for (std::size_t i = 0; i < kShapesTried && !read; ++i)
                read = read_guess(seen, guess, shapes[i], options);
            if (!read) continue;
            if (reversed) {
                const auto last = static_cast<float>(profile.size());
                read->begin = last - read->begin;
                read->end = last - read->end;
            }
            reads.push_back(std::move(*read));
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

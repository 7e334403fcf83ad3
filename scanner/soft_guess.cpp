#include "scanner/soft_guess.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "scanner/cells.hpp"

namespace scanner {
namespace {

constexpr float kModuleMin = 0.95F;  // pixels
constexpr float kModuleStep = 1.05F;
constexpr int kModules = 58;     // of the grid: up to 17 pixels
constexpr int kPlaces = 3;       // tried either way of a span's end …
constexpr float kPlace = 0.35F;  // … so many modules apart
constexpr float kWarpMost = 0.1F;
constexpr float kWarps[] = {0, -0.05F, 0.05F, -kWarpMost, kWarpMost};
constexpr float kEndMisfit = 0.35F;  // of a start or stop pattern, at most
constexpr float kBothMisfit = 0.5F;  // of the two together
constexpr std::size_t kGuesses = 4;  // of a symbology
constexpr std::size_t kItfGuesses = 16;

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

// The widths of a module that are compared: those of the grid from `first` on.
struct Widths {
    float samples_per_pixel = 1;
    int first = 0;
};

// The profile round one end of a span, sampled for every width of a module and some places of the
// edge: start and stop patterns of all symbologies are compared with the same samples.
class EndWindows {
 public:
    EndWindows(const Observation& seen, const Span& span, bool at_end, const Widths& widths)
        : at_end_(at_end), first_(widths.first) {
        const float edge = at_end ? span.end : span.begin;
        for (int i = first_; i < kModules; ++i) {
            const float module = module_of(i, widths.samples_per_pixel);
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
            auto best = fits.begin() + first_;
            for (int i = 0; i < modules_; ++i, ++best)
                for (int k = 0; k <= 2 * kPlaces; ++k) compare(i, k, part, *best);
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
    int first_;        // width of a module that is compared, an index of the grid
    int modules_ = 0;  // … and how many
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
    Widths widths;
};

std::size_t edge_at(std::vector<Edge>& edges, const Observation& seen, const Span& span,
                    bool at_end, const Widths& widths) {
    const float at = at_end ? span.end : span.begin;
    const auto known = std::find_if(edges.begin(), edges.end(), [&](const Edge& edge) {
        return std::abs(edge.at - at) < widths.samples_per_pixel / 2;
    });
    if (known != edges.end()) return static_cast<std::size_t>(known - edges.begin());
    edges.push_back({at, EndWindows(seen, span, at_end, widths), {}});
    return edges.size() - 1;
}

// `spans`: longest first, so that the windows of an edge suit every span that it is an end of.
Search search_of(const Observation& seen, const std::vector<Span>& spans, const Widths& widths) {
    Search search{{}, {}, {}, widths};
    for (const Span& span : spans)
        search.spans.push_back({edge_at(search.begins, seen, span, false, widths),
                                edge_at(search.ends, seen, span, true, widths)});
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

void add_guess(std::vector<SoftGuess>& guesses, const SoftGuess& guess) {
    guesses.push_back(guess);
    std::sort(guesses.begin(), guesses.end(),
              [](const SoftGuess& a, const SoftGuess& b) { return a.misfit < b.misfit; });
    // An ITF's start and stop are so short that they fit at many lengths.
    const std::size_t most = guess.plan->symbology == Symbology::ITF ? kItfGuesses : kGuesses;
    if (guesses.size() > most) guesses.pop_back();
}

// Every length that the two ends of one span agree with, at the tilt that suits them best, or at
// all that do.
void guess_lengths(const Edge& first, const Edge& last, const SoftPlan& plan,
                   float samples_per_pixel, bool all_tilts, std::vector<SoftGuess>& guesses) {
    for (int body = plan.body_min; body <= plan.body_max; ++body) {
        const float modules = plan.modules(body);
        const float rough = (last.at - first.at) / modules;
        if (rough < kModuleMin * samples_per_pixel) break;
        SoftGuess best;
        for (const float warp : kWarps) {
            const int from = index_of(rough * (1 + warp), samples_per_pixel);
            const int to = index_of(rough * (1 - warp), samples_per_pixel);
            if (from < 0 || to < 0 || from >= kModules || to >= kModules) continue;
            const EndFit& begin = first.fits[static_cast<std::size_t>(from)];
            const EndFit& end = last.fits[static_cast<std::size_t>(to)];
            const float misfit = begin.misfit + end.misfit + 0.2F * std::abs(warp);
            if (std::max(begin.misfit, end.misfit) >= kEndMisfit || misfit > kBothMisfit ||
                (misfit >= best.misfit && !all_tilts))
                continue;
            const float module = (end.place - begin.place) / modules;
            best = {&plan,
                    body,
                    {begin.place, module, modules, warp},
                    misfit,
                    (begin.gain + end.gain) / 2};
            if (all_tilts) add_guess(guesses, best);
        }
        if (best.plan != nullptr && !all_tilts) add_guess(guesses, best);
    }
}

void guess_plan(Search& search, const SoftPlan& plan, bool all_tilts,
                std::vector<SoftGuess>& guesses) {
    if (!fit_ends(search.begins, plan, plan.head.front())) return;
    if (!fit_ends(search.ends, plan, plan.tail.empty() ? plan.head.back() : plan.tail.back()))
        return;
    for (const Search::Pair& span : search.spans) {
        const Edge& first = search.begins[span.begin];
        const Edge& last = search.ends[span.end];
        if (first.fits_well() && last.fits_well())
            guess_lengths(first, last, plan, search.widths.samples_per_pixel,
                          all_tilts && plan.body_min == plan.body_max, guesses);
    }
}

// Between the ends of one span even the longest symbol has modules of some width; ends that several
// spans share are compared with all.
Widths widths_of(const std::vector<Span>& spans, const GuessOptions& options) {
    Widths widths{options.samples_per_pixel, 0};
    if (spans.size() != 1) return widths;
    float longest = 1;
    for (const Symbology symbology : options.symbologies)
        for (const SoftPlan& plan : soft_plans(symbology))
            longest = std::max(longest, plan.modules(plan.body_max));
    const float least = (spans[0].end - spans[0].begin) / longest * (1 - kWarpMost);
    widths.first = std::max(0, index_of(least, options.samples_per_pixel));
    return widths;
}

}  // namespace

std::vector<std::vector<SoftGuess>> guess_symbols(const Observation& seen,
                                                  const std::vector<Span>& spans,
                                                  const GuessOptions& options) {
    std::vector<std::vector<SoftGuess>> guesses(options.symbologies.size());
    Search search = search_of(seen, spans, widths_of(spans, options));
    for (std::size_t i = 0; i < options.symbologies.size(); ++i)
        for (const SoftPlan& plan : soft_plans(options.symbologies[i]))
            guess_plan(search, plan, options.all_tilts, guesses[i]);
    return guesses;
}

}  // namespace scanner

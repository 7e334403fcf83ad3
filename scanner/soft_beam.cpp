#include "scanner/soft_beam.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "scanner/cells.hpp"

namespace scanner {
namespace {

constexpr std::size_t kBeam = 6;
constexpr int kShifts = 2;              // tried each way at every glyph …
constexpr float kShift = 0.13F;         // … of so many modules
constexpr float kFollowPlace = 0.6F;    // of a shift that goes on to the next glyph
constexpr float kFollowModule = 0.12F;  // … and of it, spread over a glyph, to the module's width
constexpr float kGainMin = 0.5F;        // of the usual gain
constexpr float kGainMax = 1.7F;
constexpr float kFollowGain = 0.3F;
// How many times what may be left over at the end may be left over so far: after the first glyph
// that is no start, where there is one row to go on with in place of many, and from there on.
constexpr float kFirstHope = 2.2F;
constexpr float kHope = 1.5F;
constexpr int kTail = kTailModules * kSamplesPerModule;
// What may be left over of one character, in mean changes of a character, and how many times what
// the middle one leaves. Of 300 damaged frames the overprinted Code 39 that read as another text
// left 0.34 to 0.48 and 15 to 80 times, an EAN-13 0.19 and 3.8 times where its place was known a
// little worse. A shadow's edge can leave as much: 3 in 100 undamaged ones do, in one look.
constexpr float kUnevenMin = 0.15F;
constexpr float kUnevenTimes = 3.5F;
// By what part of that the second best row is worse, at least. Of 300 medium Code 39 the least was
// 0.99; of 33 overprinted ones that read as another text four in five had less than 0.65.
constexpr float kMarginMin = 0.6F;

// One window of the profile: its samples and sums about their mean.
struct Window {
    std::array<float, 96> values{};
    int count = 0;
    float squares = 0;
};

Window look(const Observation& seen, const Placement& place, float from, int count, float shift) {
    Window window;
    window.count = std::min(count, static_cast<int>(window.values.size()));
    float mean = 0;
    float x = place.at(from) + shift;
    double sum = seen.sum_to(x);
    for (int i = 0; i < window.count; ++i) {
        const float next = place.at(from + static_cast<float>(i + 1) / kSamplesPerModule) + shift;
        const double next_sum = seen.sum_to(next);
        window.values[static_cast<std::size_t>(i)] =
            static_cast<float>(next_sum - sum) / (next - x);
        mean += window.values[static_cast<std::size_t>(i)];
        x = next;
        sum = next_sum;
    }
    mean /= static_cast<float>(std::max(1, window.count));
    for (int i = 0; i < window.count; ++i) {
        float& value = window.values[static_cast<std::size_t>(i)];
        value -= mean;
        window.squares += value * value;
    }
    return window;
}

// The products of a window with every glyph: the inner loop of it all, over glyphs.
void multiply(const Window& window, const GlyphTemplates& templates, std::vector<float>& products) {
    const auto padded = static_cast<std::size_t>(templates.padded);
    products.assign(padded, 0);
    for (int sample = 0; sample < window.count; ++sample) {
        const float value = window.values[static_cast<std::size_t>(sample)];
        const float* dark = templates.dark.data() + static_cast<std::size_t>(sample) * padded;
        for (std::size_t glyph = 0; glyph < padded; ++glyph) products[glyph] += value * dark[glyph];
    }
}

struct Node {
    float left_over = 0;
    float shift = 0;   // samples, of the place at this step
    float spread = 0;  // of it, each module
    float gain = 0;
    int glyph = -1;
    int parent = -1;  // in the step before
};

// Everything about one step that does not depend on the node before.
struct Step {
    const Alphabet& alphabet;
    const GlyphTemplates& templates;
    const GlyphTemplates* before;  // null at the first
    float from;                    // modules: where its window begins
};

struct Tail {
    const float* values = nullptr;
    int count = 0;
    float sum = 0;
    float squares = 0;
};

Tail tail_of(const Step& step, int glyph) {
    Tail tail;
    if (step.before == nullptr) return tail;
    tail.values = step.before->tails.data() + static_cast<std::ptrdiff_t>(glyph) * kTail;
    tail.count = std::min(kTail, step.templates.samples);
    for (int i = 0; i < tail.count; ++i) {
        tail.sum += tail.values[i];
        tail.squares += tail.values[i] * tail.values[i];
    }
    return tail;
}

// Sum of squares that is left when gain · model is taken from the window.
struct Cost {
    float left_over = 0;
    float gain = 0;
};

Cost cost_of(float squares, float product, float variance, float usual) {
    const float best = product / std::max(variance, 1e-3F);
    const float gain = usual > 0 ? std::clamp(best, kGainMin * usual, kGainMax * usual) : best;
    return {squares - 2 * gain * product + gain * gain * variance, gain};
}

// Continues one node by every glyph of the step; keeps the best shift of each.
void continue_node(const Observation& seen, const Placement& place, const Step& step,
                   const Node& node, int parent, std::vector<Node>& next) {
    const GlyphTemplates& t = step.templates;
    const Tail tail = tail_of(step, node.glyph);
    const auto n = static_cast<float>(t.samples);
    std::vector<float> overlap(static_cast<std::size_t>(t.padded), 0);  // of tail and glyphs
    for (int i = 0; i < tail.count; ++i)
        for (int glyph = 0; glyph < t.padded; ++glyph)
            overlap[static_cast<std::size_t>(glyph)] +=
                tail.values[i] * t.dark[cell_index(i, t.padded, glyph)];
    const std::size_t first = next.size();
    std::vector<float> products;
    for (int k = -kShifts; k <= kShifts; ++k) {
        const float moved = kShift * static_cast<float>(k);
        const Window window =
            look(seen, place, step.from, t.samples, node.shift + moved * place.module);
        multiply(window, t, products);
        float with_tail = 0;
        for (int i = 0; i < tail.count; ++i)
            with_tail += window.values[static_cast<std::size_t>(i)] * tail.values[i];
        for (int glyph = 0; glyph < t.glyphs; ++glyph) {
            const auto g = static_cast<std::size_t>(glyph);
            const float sum = t.sum[g] + tail.sum;
            const float variance = t.squares[g] + tail.squares + 2 * overlap[g] - sum * sum / n;
            const Cost cost = cost_of(window.squares, products[g] + with_tail, variance, node.gain);
            const float left_over = node.left_over + cost.left_over;
            const std::size_t at = first + g;
            if (at == next.size()) next.push_back({left_over + 1, 0, 0, 0, glyph, parent});
            if (left_over >= next[at].left_over) continue;
            const float shift = moved * place.module;
            const float spread = node.spread + kFollowModule * shift / step.alphabet.modules;
            next[at] = {
                left_over, node.shift + kFollowPlace * shift + spread * step.alphabet.modules,
                spread,    node.gain + kFollowGain * (cost.gain - node.gain),
                glyph,     parent};
        }
    }
}

void keep_best(std::vector<Node>& nodes) {
    const auto kept = std::min(nodes.size(), kBeam);
    std::partial_sort(nodes.begin(), nodes.begin() + static_cast<std::ptrdiff_t>(kept), nodes.end(),
                      [](const Node& a, const Node& b) { return a.left_over < b.left_over; });
    nodes.resize(kept);
}

// How much the profile changes under the whole symbol, a sample.
float changes_of(const Observation& seen, const Placement& place) {
    const int count = std::max(1, static_cast<int>(place.modules * kSamplesPerModule));
    std::vector<float> values(static_cast<std::size_t>(count));
    seen.means(place.begin, place.module / kSamplesPerModule, count, values.data());
    float sum = 0;
    float squares = 0;
    for (const float value : values) {
        sum += value;
        squares += value * value;
    }
    const auto n = static_cast<float>(count);
    return std::max(0.01F, squares / n - sum / n * sum / n);
}

std::vector<BeamRead> trace_back(const std::vector<std::vector<Node>>& beams, float changes,
                                 int samples) {
    std::vector<BeamRead> reads;
    for (const Node& last : beams.back()) {
        BeamRead read{std::vector<int>(beams.size() - 1), std::vector<float>(beams.size() - 1),
                      last.left_over, changes, samples};
        const Node* node = &last;
        for (std::size_t i = beams.size() - 1; i > 0; --i) {
            const Node& before = beams[i - 1][static_cast<std::size_t>(node->parent)];
            read.glyphs[i - 1] = node->glyph;
            read.left_overs[i - 1] = node->left_over - before.left_over;
            node = &before;
        }
        reads.push_back(std::move(read));
    }
    return reads;
}

}  // namespace

Observation::Observation(const std::vector<float>& profile) {
    sums_.reserve(profile.size() + 1);
    sums_.push_back(0);
    for (const float value : profile) sums_.push_back(sums_.back() + 255.0 - double{value});
}

double Observation::sum_to(float x) const {
    const float last = size();
    if (x <= 0) return double{x} * (sums_[1] - sums_[0]);
    if (x >= last)
        return sums_.back() + double{x - last} * (sums_.back() - sums_[sums_.size() - 2]);
    const auto whole = static_cast<std::size_t>(x);
    const double part = double{x} - static_cast<double>(whole);
    return sums_[whole] + part * (sums_[whole + 1] - sums_[whole]);
}

void Observation::means(float from, float step, int count, float* means) const {
    double sum = sum_to(from);
    for (int i = 0; i < count; ++i) {
        const double next = sum_to(from + step * static_cast<float>(i + 1));
        means[i] = static_cast<float>(next - sum) / step;
        sum = next;
    }
}

Fit fit_glyph(const Observation& seen, const Placement& place, float module_number,
              const Alphabet& alphabet, const GlyphTemplates& templates, float skip) {
    const int left_out = static_cast<int>(std::lround(skip * kSamplesPerModule));
    const int count = templates.samples - left_out;
    const float from =
        module_number - alphabet.lead + static_cast<float>(left_out) / kSamplesPerModule;
    const Window window = look(seen, place, from, count, 0);
    Fit best;
    for (int glyph = 0; glyph < templates.glyphs; ++glyph) {
        float product = 0;
        float sum = 0;
        float squares = 0;
        for (int i = 0; i < window.count; ++i) {
            const float dark = templates.dark[cell_index(i + left_out, templates.padded, glyph)];
            product += dark * window.values[static_cast<std::size_t>(i)];
            sum += dark;
            squares += dark * dark;
        }
        const float variance = squares - sum * sum / static_cast<float>(std::max(1, window.count));
        if (product <= 0 || window.squares <= 0) continue;
        const float misfit = 1 - product * product / (variance * window.squares);
        if (misfit < best.misfit) best = {misfit, product / variance, glyph};
    }
    return best;
}

std::vector<BeamRead> search_glyphs(const Observation& seen, const Placement& place,
                                    const SoftPlan& plan, const BeamSearch& search) {
    const auto& templates = templates_of(plan, search.shape);
    const std::vector<int> steps = plan.steps(search.body_count);
    const float changes = changes_of(seen, place);  // a sample
    std::vector<std::vector<Node>> beams(steps.size() + 1);
    beams[0].push_back({0, 0, 0, search.gain, -1, -1});
    float at = 0;
    int samples = 0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const auto which = static_cast<std::size_t>(steps[i]);
        const Alphabet& alphabet = plan.alphabets[which];
        const GlyphTemplates* before =
            i == 0 ? nullptr : &templates[static_cast<std::size_t>(steps[i - 1])];
        const Step step{alphabet, templates[which], before, at - alphabet.lead};
        for (std::size_t parent = 0; parent < beams[i].size(); ++parent)
            continue_node(seen, place, step, beams[i][parent], static_cast<int>(parent),
                          beams[i + 1]);
        keep_best(beams[i + 1]);
        at += alphabet.modules;
        samples += step.templates.samples;
        const float left = beams[i + 1].front().left_over / static_cast<float>(samples);
        const float hope = i == 1 ? kFirstHope : kHope;
        if (i >= 1 && left > hope * (1 - search.fit_min) * changes) return {};
    }
    return trace_back(beams, changes * static_cast<float>(samples), samples);
}

namespace {

bool is_uneven(const BeamRead& read) {
    if (read.left_overs.size() < 4) return false;
    // Start and stop are left out: a tilt is guessed worst at the ends.
    std::vector<float> body(read.left_overs.begin() + 1, read.left_overs.end() - 1);
    const auto middle = body.begin() + static_cast<std::ptrdiff_t>(body.size() / 2);
    std::nth_element(body.begin(), middle, body.end());
    const float worst = *std::max_element(middle, body.end());
    const float mean = read.changes / static_cast<float>(read.left_overs.size());
    return worst > kUnevenMin * mean && worst > kUnevenTimes * *middle;
}

// By how much the second best row is worse, as a part of what the best one leaves over where the
// two differ.
float margin(const BeamRead& best, const BeamRead& second) {
    float left_over = 0;
    for (std::size_t i = 0; i < best.glyphs.size(); ++i)
        if (best.glyphs[i] != second.glyphs[i]) left_over += best.left_overs[i];
    return (second.left_over - best.left_over) / std::max(1.0F, left_over);
}

}  // namespace

bool is_doubtful(const std::vector<BeamRead>& rows) {
    return is_uneven(rows.front()) || (rows.size() > 1 && margin(rows[0], rows[1]) < kMarginMin);
}

}  // namespace scanner

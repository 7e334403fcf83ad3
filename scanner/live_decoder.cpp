#include "scanner/live_decoder.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "scanner/linear_reader.hpp"
#include "scanner/look.hpp"
#include "scanner/matrix_reader.hpp"
#include "scanner/texture.hpp"
#include "scanner/trust.hpp"

namespace scanner {
namespace {

using Steady = std::chrono::steady_clock;

constexpr double kPromising = 100;  // urgency of what is new
constexpr double kRead = 500;       // … of what is believed, when it is to be read again
constexpr double kClaimed = 1000;   // … of what was read, and not yet often enough
constexpr double kUsualBars = 5;    // likeness of most symbols
constexpr double kUsualMatrix = 3;
constexpr int kBarsMax = 8;  // places found in a frame
constexpr int kMatricesMax = 8;
constexpr int kLiveWays = kMatrixWays - 1;  // the last takes too long for a frame
constexpr std::uint64_t kForgetAfter = 4;   // frames in which a place was not found
constexpr std::uint64_t kCalmAfter = 4;     // frames in which no place was new
constexpr std::uint64_t kWholeEvery = 12;   // frames: symbols too large to have a texture
constexpr std::chrono::milliseconds kReadAgainAfter{90};
constexpr int kPatience = 4;  // looks in vain after which a place is looked at less often …
constexpr int kRestMax = 12;  // … every so many frames
// While nothing moves, in frames: bars rest longer by so many with every look in vain, the view is
// searched every so many (also a calm one that moves), and what was not found again is forgotten
// after so many.
constexpr int kRestStill = 8;
constexpr int kRestStillMax = 24;
constexpr std::uint64_t kSearchWhole = 10;
constexpr std::uint64_t kForgetStill = 60;
constexpr std::int64_t kSmallPicture = 400'000;  // pixels: as a whole in every frame
constexpr int kLargePicture = 500;               // pixels, the shorter side

Point middle_of(bool bars, const BarRegion& bar, const MatrixRegion& matrix) {
    return bars ? bar.middle : matrix.middle;
}

// The corners of a stretch of bars.
Outline outline_of(const BarRegion& bar) {
    const float cos = std::cos(bar.angle) / 2, sin = std::sin(bar.angle) / 2;
    const auto corner = [&](float length, float height) {
        return Point{bar.middle.x + length * cos - height * sin,
                     bar.middle.y + length * sin + height * cos};
    };
    const float l = bar.length, h = bar.height;
    return {corner(-l, -h), corner(l, -h), corner(l, h), corner(-l, h)};
}

}  // namespace

LiveDecoder::LiveDecoder(const Wanted& wanted, LiveBudget budget)
    : budget_(budget), evidence_(wanted.itf_lengths) {
    std::vector<Symbology> symbologies = wanted.symbologies;
    if (symbologies.empty())
        symbologies.assign(std::begin(kAllSymbologies), std::end(kAllSymbologies));
    for (const Symbology each : symbologies) (is_linear(each) ? linear_ : matrix_).push_back(each);
}

// The same place as in the frame before keeps what is known of it; a hand moves it a little.
void LiveDecoder::remember(Place place) {
    const Point middle = middle_of(place.bars, place.bar, place.matrix);
    const float size =
        place.bars ? place.bar.length : std::max(place.matrix.width, place.matrix.height);
    const auto known = std::find_if(places_.begin(), places_.end(), [&](const Place& each) {
        if (each.bars != place.bars) return false;
        const Point other = middle_of(each.bars, each.bar, each.matrix);
        const float other_size =
            each.bars ? each.bar.length : std::max(each.matrix.width, each.matrix.height);
        return std::hypot(middle.x - other.x, middle.y - other.y) < 12 + 0.15F * size &&
               other_size < 1.3F * size && size < 1.3F * other_size;
    });
    place.seen_at = frames_;
    if (known == places_.end()) {
        places_.push_back(place);
        changed_at_ = frames_;
        return;
    }
    known->bar = place.bar;
    known->matrix = place.matrix;
    known->seen_at = frames_;
}

// Nothing is being read, and nothing has come into view for some frames.
bool LiveDecoder::is_calm() const {
    return evidence_.claims().empty() && frames_ - changed_at_ > kCalmAfter;
}

// A still view is searched now and then: something faint may have come. What was found stays. A
// calm view that moves is searched by turns: for bars, for matrices, not at all.
void LiveDecoder::find_places(const GreyView& view) {
    TextureMap map = measure_texture(view);
    is_still_ = shows_the_same(searched_, map);
    const bool is_due = frames_ - searched_at_ >= kSearchWhole;
    if (is_still_ && !is_due) {
        for (Place& place : places_)
            if (place.seen_at + 1 == frames_) place.seen_at = frames_;
    } else if (is_calm() && !is_due) {
        const std::uint64_t turn = frames_ % 3;
        if (turn == 0) find_bar_places(view, map);
        if (turn == 1) find_matrix_places(view, map);
    } else {
        find_bar_places(view, map);
        find_matrix_places(view, map);
        searched_ = std::move(map);
        searched_at_ = frames_;
    }
    // Noise hides a place from one search and shows it to the next: it is the same place still.
    const std::uint64_t forget = is_still_ ? kForgetStill : kForgetAfter;
    std::erase_if(places_, [&](const Place& place) { return frames_ - place.seen_at > forget; });
}

void LiveDecoder::find_bar_places(const GreyView& view, const TextureMap& map) {
    if (linear_.empty()) return;
    for (const BarRegion& region : find_bars(map, kBarsMax))
        if (may_be_symbol(view, region)) remember({true, region, {}, 0, 0, 0});
}

void LiveDecoder::find_matrix_places(const GreyView& view, const TextureMap& map) {
    if (matrix_.empty()) return;
    for (const MatrixRegion& region : find_matrices(view, map, kMatricesMax))
        remember({false, {}, region, 0, 0, 0});
}

// Frames until it is worth another look. Bars are looked at in two ways only: as long as nothing
// moves, the next looks see what the last ones saw. But beside what is read, it is soon to be known
// whether they are any: see unread_bars().
std::uint64_t LiveDecoder::rest_of(const Place& place) const {
    if (place.bars && is_still_ && evidence_.claims().empty())
        return static_cast<std::uint64_t>(std::min(place.attempts * kRestStill, kRestStillMax));
    const int vain = place.attempts - kPatience;
    return vain <= 0 ? 1 : static_cast<std::uint64_t>(std::min(2 * vain, kRestMax));
}

// Greater = sooner; 0 = not in this frame.
double LiveDecoder::urgency(const Place& place, Evidence::Time now) const {
    if (place.seen_at != frames_) return 0;
    const Point middle = middle_of(place.bars, place.bar, place.matrix);
    for (const Evidence::Claim& claim : evidence_.claims()) {
        if (!covers(claim.symbol, middle)) continue;
        // Several places may lie on one symbol: the one that gave it comes first.
        const double gave_it = place.looked_at > 0 && place.attempts == 0 ? 1 : 0;
        if (!is_believed(claim)) return kClaimed + gave_it;
        return now - claim.last_read >= kReadAgainAfter ? kRead + gave_it : 0;
    }
    const double likeness = place.bars ? double{place.bar.likeness} : double{place.matrix.likeness};
    if (place.attempts == 0) return kPromising + likeness;
    if (frames_ - place.looked_at < rest_of(place)) return 0;
    const double waits = 10.0 / place.attempts + static_cast<double>(frames_ - place.looked_at);
    return std::min(waits * likeness / (place.bars ? kUsualBars : kUsualMatrix), kPromising - 1);
}

// The places to look at in this frame, most urgent first. Clutter shows new places in every frame:
// one that was looked at before, blurred then, has its turn before them.
std::vector<std::pair<double, std::size_t>> LiveDecoder::in_order(Evidence::Time now) const {
    std::vector<std::pair<double, std::size_t>> order;
    for (std::size_t i = 0; i < places_.size(); ++i)
        if (const double urgent = urgency(places_[i], now); urgent > 0)
            order.emplace_back(urgent, i);
    std::sort(order.rbegin(), order.rend());
    const auto first_below = [&](double least) {
        return std::ranges::find_if(order, [=](const auto& each) { return each.first < least; });
    };
    const auto known = first_below(kPromising);
    if (known != order.end()) std::rotate(first_below(kRead), known, known + 1);
    return order;
}

std::vector<Read> LiveDecoder::look(const GreyView& view, Place& place) const {
    place.looked_at = frames_;
    const int attempt = place.attempts++;
    if (place.bars) {
        const BarRegion bar = attempt % 2 == 0 ? place.bar : core_of(place.bar);
        auto reads = read_bars(view, bar, {linear_, true});
        if (!reads.empty()) --place.attempts;  // the way that worked is likely to work again
        return reads;
    }
    auto reads = read_matrix(view, place.matrix, matrix_, attempt % kLiveWays);
    if (reads.empty() && attempt == 0) {
        reads = read_matrix(view, place.matrix, matrix_, 1);
        ++place.attempts;
    }
    if (!reads.empty()) place.attempts = 0;  // the way that worked is likely to work again
    return reads;
}

std::vector<Read> LiveDecoder::look_at_whole(const GreyView& view) const {
    const bool large = std::min(view.width, view.height) >= kLargePicture;
    return read_look(view, {0, 0, view.width, view.height}, {large ? 0.5 : 1, false},
                     {matrix_, !large, false});
}

std::vector<Outline> LiveDecoder::unread_bars() const {
    std::vector<Outline> unread;
    for (const Place& place : places_) {
        if (!place.bars || place.seen_at != frames_ || place.attempts > kPatience) continue;
        Symbol bars;
        bars.corners = outline_of(place.bar);
        const auto explains = [&](const Evidence::Claim& claim) {
            return is_believed(claim) && (covers(claim.symbol, place.bar.middle) ||
                                          covers(bars, middle_of(claim.symbol)));
        };
        if (std::ranges::none_of(evidence_.claims(), explains)) unread.push_back(bars.corners);
    }
    return unread;
}

std::vector<Symbol> LiveDecoder::decode(const Frame& frame) {
    if (!frame.grey || frame.width <= 0 || frame.height <= 0) return {};
    const auto begin = Steady::now();
    const GreyView view{frame.grey->data(), frame.width, frame.height, frame.width};
    ++frames_;
    find_places(view);
    std::vector<Read> reads;
    int looks = 0;
    for (const auto& [urgent, index] : in_order(frame.captured)) {
        const bool promising = urgent >= kPromising || !reads.empty();
        const auto budget = promising ? budget_.promising : budget_.idle;
        // A slow machine looks, too.
        const int looks_min = promising ? 3 : 1;
        if (looks++ >= looks_min && Steady::now() - begin > budget) break;
        for (Read& read : look(view, places_[index])) reads.push_back(std::move(read));
    }
    const bool small = std::int64_t{view.width} * view.height <= kSmallPicture;
    if (!matrix_.empty() && (small || frames_ % kWholeEvery == 2))
        for (Read& read : look_at_whole(view)) reads.push_back(std::move(read));
    evidence_.weigh(reads, frame.captured);
    auto symbols = evidence_.believed(frame.captured);
    sort_for_reading(symbols, frame.height);
    return symbols;
}

}  // namespace scanner

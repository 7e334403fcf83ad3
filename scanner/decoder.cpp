#include "scanner/decoder.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "scanner/bars.hpp"
#include "scanner/grid_reader.hpp"
#include "scanner/linear_reader.hpp"
#include "scanner/look.hpp"
#include "scanner/matrices.hpp"
#include "scanner/matrix_reader.hpp"
#include "scanner/reader.hpp"
#include "scanner/regions.hpp"
#include "scanner/texture.hpp"
#include "scanner/trust.hpp"

namespace scanner {
namespace {

using Symbologies = std::vector<Symbology>;

constexpr int kSmallRegion = 220;    // pixels, the longer side: below, modules get few pixels
constexpr int kLargePicture = 500;   // pixels, the shorter side: above, a third is enough as well
constexpr int kLikelyMatrices = 10;  // that are treated in every way …
constexpr int kQuickWays = 3;        // … and of the others, in so many
// Likeness of most symbols: beside one that was read, only such places are looked at.
constexpr float kUsualBars = 5;
constexpr float kUsualMatrix = 3;
constexpr int kManyLines = 12;     // of a linear symbol, that agree
constexpr int kTinyPicture = 120;  // pixels, the longer side: may be a symbol without its paper
constexpr int kEnlargePixels = 4'000'000;  // of the picture made; more takes seconds

// One frame, and what has been read in it so far.
class Sweep {
 public:
    Sweep(const GreyView& frame, Effort effort, std::vector<int> itf_lengths)
        : frame_(frame), effort_(effort), itf_lengths_(std::move(itf_lengths)) {}

    void look(const Region& region, const Look& look, const ReadPass& pass) {
        for (Read& read : read_look(frame_, region, look, pass)) add(std::move(read), look);
    }
    void find_bars(const TextureMap& map, int regions_max) {
        bars_ = scanner::find_bars(map, regions_max);
    }
    // Bars at any angle, strongest first, where nothing has been read yet.
    void look_at_bars(const Symbologies& linear, bool thorough) {
        if (linear.empty()) return;
        const float least = worth_a_look(bars_, kUsualBars);
        for (const BarRegion& region : bars_) {
            const bool is_known =
                is_read(region.middle) ||
                std::any_of(symbols_.begin(), symbols_.end(),
                            [&](const Symbol& each) { return lies_on(each, region); });
            if (region.likeness < least || is_known) continue;
            const auto looks = symbols_.empty() ? BarLooks::AlsoCore : BarLooks::AsFound;
            for (Read& read : read_believed_bars(frame_, region, {linear, true, thorough}, looks))
                keep(std::move(read));
        }
    }
    // Matrix symbols at any angle, likeliest first; the first `ways` of treating each.
    void look_at_matrices(const TextureMap& map, const Symbologies& matrix, int regions_max,
                          int ways) {
        if (matrix.empty()) return;
        const auto regions =
            find_matrices(frame_, map, regions_max,
                          ways > kQuickWays ? MatrixSearch::Thorough : MatrixSearch::Usual);
        const float least = worth_a_look(regions, kUsualMatrix);
        int looks = 0;
        for (const MatrixRegion& region : regions) {
            if (region.likeness < least || is_read(region.middle)) continue;
            const int tried = looks++ < kLikelyMatrices ? ways : std::min(ways, kQuickWays);
            for (Read& read : read_in_ways(region, matrix, tried)) keep(std::move(read));
        }
    }
    // The frame is one matrix symbol, without its paper.
    void look_at_frame_as_matrix(const Symbologies& matrix) {
        const auto width = static_cast<float>(frame_.width);
        const auto height = static_cast<float>(frame_.height);
        const MatrixRegion all{{(width - 1) / 2, (height - 1) / 2}, 0, width, height, 1};
        for (Read& read : read_grid(frame_, all, {matrix, true})) keep(std::move(read));
    }
    void look_everywhere(const Look& how, const ReadPass& pass) {
        look({0, 0, frame_.width, frame_.height}, how, pass);
    }
    void look_at_regions(const RegionSearch& search, const ReadPass& pass) {
        for (const Region& region : busy_regions(frame_, search)) {
            const bool small = std::max(region.width, region.height) < kSmallRegion;
            look(region, {small ? 2.0 : 1.0, false}, pass);
        }
    }
    [[nodiscard]] bool has_read() const { return !symbols_.empty(); }
    std::vector<Symbol> take() { return std::move(symbols_); }

 private:
    void add(Read read, const Look& seen_in) {
        if (!is_believable(read)) return;
        if (read.symbol.symbology == Symbology::ITF && !fills_its_bars(read)) return;
        for (const Symbol& known : symbols_)
            if (same_code(known, read.symbol) && overlap(known, read.symbol)) return;
        if (votes_needed(read.symbol) > 1 && !bars_agree(read) &&
            !is_confirmed(frame_, read, seen_in))
            return;
        read.symbol.may_be_part = !is_whole(read, itf_lengths_);
        symbols_.push_back(std::move(read.symbol));
    }
    // A line that leaves an ITF half way reads a part of it as a whole: it must be about as long as
    // the bars that it lies on, and not lie on a symbol that was read. Without a check digit there
    // must be such bars, or many lines that agree.
    [[nodiscard]] bool fills_its_bars(const Read& read) const {
        const Symbol& symbol = read.symbol;
        constexpr float kPart = 0.85F;
        constexpr float kShortest = 2.6F;  // fourteen digits are so many times as long as six
        const Point first = symbol.corners[0];
        const Point third = symbol.corners[2];
        const float length = std::hypot(third.x - first.x, third.y - first.y);
        const Point middle{(first.x + third.x) / 2, (first.y + third.y) / 2};
        bool fills = false;
        for (const BarRegion& bars : bars_) {
            const float away = std::hypot(bars.middle.x - middle.x, bars.middle.y - middle.y);
            if (away >= bars.length / 2 || bars.length >= kShortest * length) continue;
            if (length < kPart * bars.length) return false;
            fills = true;
        }
        const bool is_plain = has_sound_check(read) || read.lines >= kManyLines;
        return (fills || is_plain) && !is_read(middle);
    }
    // Whether the symbol is what these bars are.
    [[nodiscard]] static bool lies_on(const Symbol& symbol, const BarRegion& bars) {
        if (!is_linear(symbol.symbology)) return false;
        const Point middle = middle_of(symbol);
        return std::hypot(bars.middle.x - middle.x, bars.middle.y - middle.y) < bars.length / 3;
    }
    // Whether the bars where the library read it, straightened, give the same text often enough.
    [[nodiscard]] bool bars_agree(const Read& read) const {
        const auto bars = std::find_if(bars_.begin(), bars_.end(), [&](const BarRegion& region) {
            return lies_on(read.symbol, region);
        });
        if (bars == bars_.end()) return false;
        const auto again =
            read_bars(frame_, *bars, {rivals_of(read.symbol.symbology), true, false});
        return again.size() == 1 && same_code(again[0].symbol, read.symbol) &&
               again[0].votes >= votes_needed(read.symbol.symbology);
    }
    // Where symbols have been read, what is much less like one is print, not one more.
    template <typename Regions>
    [[nodiscard]] float worth_a_look(const Regions& regions, float usual) const {
        float most = symbols_.empty() ? 0 : 2 * usual;
        for (const auto& region : regions)
            if (is_read(region.middle)) most = std::max(most, region.likeness);
        return most / 2;
    }
    // What the first way that reads anything reads; what needs two looks, when two ways agree.
    [[nodiscard]] std::vector<Read> read_in_ways(const MatrixRegion& region,
                                                 const Symbologies& matrix, int ways) const {
        std::vector<Read> before;
        for (int way = 0; way < ways; ++way) {
            std::vector<Read> reads = read_matrix(frame_, region, matrix, way);
            std::vector<Read> believed;
            for (const Read& read : reads)
                if (votes_needed(read.symbol) == 1 ||
                    std::ranges::any_of(before, [&](const Read& other) {
                        return same_code(other.symbol, read.symbol);
                    }))
                    believed.push_back(read);
            if (!believed.empty()) return believed;
            std::ranges::move(reads, std::back_inserter(before));
        }
        return {};
    }
    // Whether a symbol lies there that has been read already.
    [[nodiscard]] bool is_read(Point place) const {
        return std::any_of(symbols_.begin(), symbols_.end(),
                           [&](const Symbol& symbol) { return covers(symbol, place); });
    }
    void keep(Read read) {
        if (!is_believable(read)) return;
        if (effort_ == Effort::Live && !is_whole(read, itf_lengths_)) return;
        for (const Symbol& known : symbols_)
            if (same_code(known, read.symbol) && overlap(known, read.symbol)) return;
        read.symbol.may_be_part = !is_whole(read, itf_lengths_);
        symbols_.push_back(std::move(read.symbol));
    }

    GreyView frame_;
    Effort effort_;
    std::vector<int> itf_lengths_;
    std::vector<BarRegion> bars_;
    std::vector<Symbol> symbols_;
};

Symbologies only(Symbologies symbologies, bool linear) {
    std::erase_if(symbologies, [linear](Symbology each) { return is_linear(each) != linear; });
    return symbologies;
}

// Bars and matrices where the texture says so. Every third frame, and the first, the frame as a
// whole too, made smaller: symbols so large that their texture is no texture.
void read_live(Sweep& sweep, const GreyView& frame, const Symbologies& wanted,
               std::uint64_t frame_number) {
    const TextureMap map = measure_texture(frame);
    sweep.find_bars(map, 8);
    sweep.look_at_bars(only(wanted, true), false);
    const Symbologies matrix = only(wanted, false);
    sweep.look_at_matrices(map, matrix, 8, 3);
    if (frame_number % 3 != 1) return;
    const bool large = std::min(frame.width, frame.height) >= kLargePicture;
    sweep.look_everywhere({large ? 0.5 : 1, false}, {matrix, !large, false});
}

// What the library reads in the picture as it stands comes first. When that is something, the rest
// gets a glance; when it is nothing, everything is tried until something is read.
void read_fully(Sweep& sweep, const GreyView& frame, const Symbologies& wanted) {
    const Symbologies matrix = only(wanted, false);
    const TextureMap map = measure_texture(frame);
    sweep.find_bars(map, 24);
    sweep.look_everywhere({}, {wanted, true, true});
    const bool is_easy = sweep.has_read();
    sweep.look_at_bars(only(wanted, true), !is_easy);
    sweep.look_at_matrices(map, matrix, is_easy ? 8 : 24, is_easy ? 2 : kMatrixWays);
    if (!sweep.has_read()) sweep.look_everywhere({}, {matrix, false, false, true});
    if (sweep.has_read()) return;
    for (const int block : {8, 16, 32}) sweep.look_at_regions({block, 12}, {matrix, true, true});
    if (std::min(frame.width, frame.height) >= kLargePicture)
        for (const double scale : {0.5, 1 / 3.0})
            sweep.look_everywhere({scale, false}, {wanted, true, true});
    if (std::max(frame.width, frame.height) <= kTinyPicture) {
        sweep.look_everywhere({4, false, true}, {matrix, true, false});
        sweep.look_at_frame_as_matrix(matrix);
    }
    if (std::int64_t{4} * frame.width * frame.height <= kEnlargePixels)
        sweep.look_everywhere({2, true}, {wanted, true, true});
}

// Bars in white on black: the library knows them in matrix symbols only.
std::vector<Symbol> read_negative(const Frame& frame, const Wanted& linear) {
    Pixels negative(*frame.grey);
    for (std::uint8_t& pixel : negative) pixel = static_cast<std::uint8_t>(255 - pixel);
    const GreyView view{negative.data(), frame.width, frame.height, frame.width};
    Sweep sweep(view, Effort::Full, linear.itf_lengths);
    sweep.find_bars(measure_texture(view), 8);
    sweep.look_everywhere({}, {linear.symbologies, true, true});
    if (!sweep.has_read()) sweep.look_at_bars(linear.symbologies, false);
    return sweep.take();
}

}  // namespace

void sort_for_reading(std::vector<Symbol>& symbols, int frame_height) {
    const float line = static_cast<float>(std::max(frame_height, 8)) / 8;
    const auto place = [line](const Symbol& symbol) {
        const Point centre = middle_of(symbol);
        return std::pair(static_cast<int>(centre.y / line), centre.x);
    };
    std::stable_sort(symbols.begin(), symbols.end(),
                     [&](const Symbol& a, const Symbol& b) { return place(a) < place(b); });
}

std::vector<Symbol> decode(const Frame& frame, const DecodeOptions& options) {
    if (!frame.grey || frame.width <= 0 || frame.height <= 0) return {};
    const GreyView view{frame.grey->data(), frame.width, frame.height, frame.width};
    Symbologies wanted = options.wanted.symbologies;
    if (wanted.empty()) wanted.assign(std::begin(kAllSymbologies), std::end(kAllSymbologies));
    Sweep sweep(view, options.effort, options.wanted.itf_lengths);
    switch (options.effort) {
        case Effort::Live: read_live(sweep, view, wanted, frame.number); break;
        case Effort::Full: read_fully(sweep, view, wanted); break;
    }
    auto symbols = sweep.take();
    if (symbols.empty() && options.effort == Effort::Full)
        symbols = read_negative(frame, {only(wanted, true), options.wanted.itf_lengths});
    sort_for_reading(symbols, frame.height);
    return symbols;
}

}  // namespace scanner

#include "scanner/decoder.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "scanner/bars.hpp"
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

constexpr int kSmallRegion = 220;   // pixels, the longer side: below, modules get few pixels
constexpr int kLargePicture = 500;  // pixels, the shorter side: above, a third is enough as well
constexpr int kEnlargePixels = 4'000'000;  // of the picture made; more takes seconds

// One frame, and what has been read in it so far.
class Sweep {
 public:
    Sweep(const GreyView& frame, Effort effort) : frame_(frame), effort_(effort) {}

    void look(const Region& region, const Look& look, const ReadPass& pass) {
        for (Read& read : read_look(frame_, region, look, pass)) add(std::move(read), look);
    }
    // Bars at any angle, strongest first.
    void look_at_bars(const TextureMap& map, const Symbologies& linear, int regions_max) {
        if (linear.empty()) return;
        bars_ = find_bars(map, regions_max);
        for (const BarRegion& region : bars_) {
            if (!may_be_symbol(frame_, region)) continue;
            for (Read& read : read_bars(frame_, region, {linear, true, effort_ == Effort::Full}))
                if (read.votes >= votes_needed(read.symbol.symbology)) keep(std::move(read));
        }
    }
    // Matrix symbols at any angle, likeliest first; the first `ways` of treating each.
    void look_at_matrices(const TextureMap& map, const Symbologies& matrix, int regions_max,
                          int ways) {
        if (matrix.empty()) return;
        for (const MatrixRegion& region : find_matrices(frame_, map, regions_max)) {
            if (is_read(region.middle)) continue;
            for (int way = 0; way < ways; ++way) {
                auto reads = read_matrix(frame_, region, matrix, way);
                for (Read& read : reads) keep(std::move(read));
                if (!reads.empty()) break;
            }
        }
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
    std::vector<Symbol> take() { return std::move(symbols_); }

 private:
    void add(Read read, const Look& seen_in) {
        if (!is_believable(read)) return;
        if (read.symbol.symbology == Symbology::ITF && !fills_its_bars(read.symbol)) return;
        for (const Symbol& known : symbols_)
            if (same_code(known, read.symbol) && overlap(known, read.symbol)) return;
        if (votes_needed(read.symbol.symbology) > 1 && !is_confirmed(frame_, read, seen_in)) return;
        symbols_.push_back(std::move(read.symbol));
    }
    // A line that leaves an ITF half way reads a part of it as a whole: it must not be clearly
    // shorter than the bars that it lies on, nor lie on a symbol that was read.
    [[nodiscard]] bool fills_its_bars(const Symbol& symbol) const {
        constexpr float kPart = 0.85F;
        constexpr float kShortest = 2.6F;  // fourteen digits are so many times as long as six
        const Point first = symbol.corners[0];
        const Point third = symbol.corners[2];
        const float length = std::hypot(third.x - first.x, third.y - first.y);
        const Point middle{(first.x + third.x) / 2, (first.y + third.y) / 2};
        return !is_read(middle) &&
               std::none_of(bars_.begin(), bars_.end(), [&](const BarRegion& bars) {
                   const float away =
                       std::hypot(bars.middle.x - middle.x, bars.middle.y - middle.y);
                   return away < bars.length / 2 && bars.length < kShortest * length &&
                          length < kPart * bars.length;
               });
    }
    // Whether a symbol lies there that has been read already.
    [[nodiscard]] bool is_read(Point place) const {
        return std::any_of(symbols_.begin(), symbols_.end(),
                           [&](const Symbol& symbol) { return covers(symbol, place); });
    }
    void keep(Read read) {
        if (!is_believable(read)) return;
        if (effort_ == Effort::Live && !has_sound_check(read)) return;
        for (const Symbol& known : symbols_)
            if (same_code(known, read.symbol) && overlap(known, read.symbol)) return;
        symbols_.push_back(std::move(read.symbol));
    }

    GreyView frame_;
    Effort effort_;
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
    sweep.look_at_bars(map, only(wanted, true), 8);
    const Symbologies matrix = only(wanted, false);
    sweep.look_at_matrices(map, matrix, 8, 2);
    if (frame_number % 3 != 1) return;
    const bool large = std::min(frame.width, frame.height) >= kLargePicture;
    sweep.look_everywhere({large ? 0.5 : 1, false}, {matrix, !large, false});
}

void read_fully(Sweep& sweep, const GreyView& frame, const Symbologies& wanted) {
    const Symbologies matrix = only(wanted, false);
    const TextureMap map = measure_texture(frame);
    sweep.look_at_bars(map, only(wanted, true), 24);
    sweep.look_at_matrices(map, matrix, 24, kMatrixWays);
    sweep.look_everywhere({}, {wanted, true, true});
    for (const int block : {8, 16, 32}) sweep.look_at_regions({block, 12}, {matrix, true, true});
    if (std::min(frame.width, frame.height) >= kLargePicture)
        for (const double scale : {0.5, 1 / 3.0})
            sweep.look_everywhere({scale, false}, {wanted, true, true});
    if (std::int64_t{4} * frame.width * frame.height <= kEnlargePixels)
        sweep.look_everywhere({2, true}, {wanted, true, true});
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
    Symbologies wanted = options.symbologies;
    if (wanted.empty()) wanted.assign(std::begin(kAllSymbologies), std::end(kAllSymbologies));
    Sweep sweep(view, options.effort);
    switch (options.effort) {
        case Effort::Live: read_live(sweep, view, wanted, frame.number); break;
        case Effort::Full: read_fully(sweep, view, wanted); break;
    }
    auto symbols = sweep.take();
    sort_for_reading(symbols, frame.height);
    return symbols;
}

}  // namespace scanner

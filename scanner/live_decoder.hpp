// Reads the frames of a camera one after the other. Each frame gets a few milliseconds: first what
// has been read once, one place that was not, and what is new in view; then, by turns, harder looks
// at what has not been read yet. Reads of several frames are put together (evidence.hpp). One
// thread.
#pragma once

#include <chrono>
#include <vector>

#include "scanner/bars.hpp"
#include "scanner/decoder.hpp"
#include "scanner/evidence.hpp"
#include "scanner/matrices.hpp"
#include "scanner/texture.hpp"

namespace scanner {

struct LiveBudget {
    // Looks begin within this time of a frame; one look takes up to some milliseconds.
    std::chrono::microseconds idle{2500};       // nothing has been read
    std::chrono::microseconds promising{9000};  // something new is in view, or was read once
};

class LiveDecoder {
 public:
    explicit LiveDecoder(const Wanted& wanted, LiveBudget budget = {});

    // The symbols that are believed and in view, in reading order. Frame::captured must not run
    // backwards.
    std::vector<Symbol> decode(const Frame& frame);

    // Where the last frame showed bars that no believed symbol explains and that were not yet
    // looked at so often in vain that they are hardly any.
    [[nodiscard]] std::vector<Outline> unread_bars() const;

    // An ITF stands there that would be believed if its length were wanted.
    [[nodiscard]] bool sees_unlisted_itf() const { return evidence_.sees_unlisted_itf(); }

    [[nodiscard]] std::uint64_t contradictions() const { return evidence_.contradictions(); }

 private:
    // A place that may hold a symbol, and how often it was looked at in vain.
    struct Place {
        bool bars = false;
        BarRegion bar;
        MatrixRegion matrix;
        int attempts = 0;
        std::uint64_t looked_at = 0;  // frame
        std::uint64_t seen_at = 0;
    };

    [[nodiscard]] bool is_calm() const;
    void find_places(const GreyView& view);
    void find_bar_places(const GreyView& view, const TextureMap& map);
    void find_matrix_places(const GreyView& view, const TextureMap& map);
    void remember(Place place);
    [[nodiscard]] std::uint64_t rest_of(const Place& place) const;
    [[nodiscard]] double urgency(const Place& place, Evidence::Time now) const;
    [[nodiscard]] std::vector<std::pair<double, std::size_t>> in_order(Evidence::Time now) const;
    std::vector<Read> look(const GreyView& view, Place& place) const;
    std::vector<Read> look_at_whole(const GreyView& view) const;

    std::vector<Symbology> linear_;
    std::vector<Symbology> matrix_;
    LiveBudget budget_;
    std::uint64_t frames_ = 0;
    std::uint64_t changed_at_ = 0;  // frame in which a place was new
    TextureMap searched_;           // the view when all of it was last searched
    std::uint64_t searched_at_ = 0;
    bool is_still_ = false;  // it is the same now
    std::vector<Place> places_;
    Evidence evidence_;
};

}  // namespace scanner

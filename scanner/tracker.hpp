// One code in view is one scan until it leaves the view. Pure: the time is given, not asked for.
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

#include "scanner/symbol.hpp"

namespace scanner {

// A code that was not read for this long has left the view. Shorter gaps are blur, glare or a hand.
inline constexpr std::chrono::milliseconds kLeftViewAfter{500};

class Tracker {
 public:
    using Time = std::chrono::steady_clock::time_point;

    // Takes in what one frame showed, captured at `now` (never earlier than the frame before).
    // Gives the indices of the codes that just came into view. The same code on two boxes is one
    // code.
    std::vector<std::size_t> update(const std::vector<Symbol>& symbols, Time now);

 private:
    struct InView {
        Symbol symbol;
        Time last_seen;
    };
    std::vector<InView> in_view_;
};

}  // namespace scanner

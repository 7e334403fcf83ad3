#include "scanner/tracker.hpp"

#include <algorithm>

namespace scanner {

std::vector<std::size_t> Tracker::update(const std::vector<Symbol>& symbols, Time now) {
    std::vector<std::size_t> fresh;
    for (std::size_t i = 0; i < symbols.size(); ++i) {
        const auto known = std::find_if(in_view_.begin(), in_view_.end(), [&](const InView& code) {
            return same_code(code.symbol, symbols[i]);
        });
        if (known != in_view_.end()) {
            known->last_seen = now;
            continue;
        }
        in_view_.push_back({symbols[i], now});
        fresh.push_back(i);
    }
    // Only after what is here was found again: a slow machine may look less often than every 500
    // ms.
    std::erase_if(in_view_,
                  [&](const InView& code) { return now - code.last_seen >= kLeftViewAfter; });
    return fresh;
}

}  // namespace scanner

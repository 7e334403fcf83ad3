#include "scanner/tracker.hpp"

#include <algorithm>
#include <cmath>

#include "scanner/frame.hpp"

namespace scanner {
namespace {

bool is_aimed(const Symbol& symbol, int width, int height) {
    float x = 0, y = 0;
    for (const Point& corner : symbol.corners) {
        x += corner.x / 4;
        y += corner.y / 4;
    }
    const auto w = static_cast<float>(width), h = static_cast<float>(height);
    return std::abs(x - w / 2) <= w * kAimShare / 2 && std::abs(y - h / 2) <= h * kAimShare / 2;
}

}  // namespace

// True while what it means may still change.
bool Tracker::sees(InView& code, bool aimed, Time now) {
    const bool moved = code.aimed != aimed;
    const bool waited = !code.told;
    code.aimed = aimed;
    code.last_seen = now;
    code.told = now - code.came >= kTrackedFor;
    return moved || waited;
}

Tracker::Seen Tracker::update(const std::vector<Symbol>& symbols, int width, int height, Time now) {
    Seen seen;
    for (std::size_t i = 0; i < symbols.size(); ++i) {
        auto known = std::ranges::find_if(
            in_view_, [&](const InView& code) { return same_code(code.symbol, symbols[i]); });
        if (known == in_view_.end()) {
            known = in_view_.insert(known, {symbols[i], now, now});
            seen.fresh.push_back(i);
        }
        const bool aimed = is_aimed(symbols[i], width, height);
        seen.news = sees(*known, aimed, now) || seen.news;
        seen.standing.push_back(
            {std::chrono::duration_cast<std::chrono::milliseconds>(now - known->came), aimed});
    }
    // Only after what is here was found again: a slow machine may look less often than every 500
    // ms.
    const auto left = std::erase_if(
        in_view_, [&](const InView& code) { return now - code.last_seen >= kLeftViewAfter; });
    seen.news = !symbols.empty() && (seen.news || left > 0);
    return seen;
}

}  // namespace scanner

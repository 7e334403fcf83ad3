// What stands before the camera from frame to frame: one code in view is one scan until it leaves
// the view, and a label counts when it has stood for a moment. Pure: the time is given, not asked
// for.
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

#include "scanner/symbol.hpp"

namespace scanner {

// A code that was not read for this long has left the view. Shorter gaps are blur, glare or a hand.
inline constexpr std::chrono::milliseconds kLeftViewAfter{500};
// What a code means may depend on how long it has stood; later nothing waits for it any more.
inline constexpr std::chrono::milliseconds kTrackedFor{1200};

class Tracker {
 public:
    using Time = std::chrono::steady_clock::time_point;

    struct Seen {
        std::vector<std::size_t> fresh;  // indices of the codes that just came into view
        std::vector<Standing> standing;  // as the symbols
        // Something came, left, moved into the aim box or out of it, or has not stood for
        // kTrackedFor yet: the application has to hear of it.
        bool news = false;
    };

    // Takes in what one frame of that size showed, captured at `now` (never earlier than the frame
    // before). The same code on two boxes is one code.
    Seen update(const std::vector<Symbol>& symbols, int width, int height, Time now);

 private:
    struct InView {
        Symbol symbol;
        Time came, last_seen;
        bool aimed = false;
        bool told = false;  // that it has stood for kTrackedFor
    };
    bool sees(InView& code, bool aimed, Time now);

    std::vector<InView> in_view_;
};

}  // namespace scanner

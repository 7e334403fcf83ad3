// Agreement from frame to frame: what one frame reads once is a claim, what enough independent
// looks gave is believed, and what contradicts itself is neither. Pure: the time is given, not
// asked for.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "scanner/reader.hpp"

namespace scanner {

// A claim that was not read again for this long is forgotten; one that is believed stays in view
// for this long after it was last read, for not every symbol is read in every frame.
inline constexpr std::chrono::milliseconds kClaimLasts{400};
inline constexpr std::chrono::milliseconds kStaysInView{250};

class Evidence {
 public:
    using Time = std::chrono::steady_clock::time_point;

    struct Claim {
        Symbol symbol;
        int votes = 0;         // looks that agreed, over all frames
        bool is_whole = true;  // see trust.hpp; what may be a part is not believed
        Time last_read;
    };

    explicit Evidence(std::vector<int> itf_lengths = Wanted().itf_lengths)
        : itf_lengths_(std::move(itf_lengths)) {}

    // Takes in what one frame, captured at `now` (never earlier than the one before), gave, with
    // the votes it had there.
    void weigh(const std::vector<Read>& reads, Time now);

    // The symbols that are believed and in view, where they were last read.
    [[nodiscard]] std::vector<Symbol> believed(Time now) const;

    [[nodiscard]] const std::vector<Claim>& claims() const { return claims_; }
    // An ITF with a sound check digit was read as often as is needed, and is as long as none that
    // is wanted.
    [[nodiscard]] bool sees_unlisted_itf() const;
    // How often one place gave two texts.
    [[nodiscard]] std::uint64_t contradictions() const { return contradictions_; }

 private:
    std::vector<int> itf_lengths_;
    std::vector<Claim> claims_;
    std::uint64_t contradictions_ = 0;
};

bool is_believed(const Evidence::Claim& claim);

}  // namespace scanner

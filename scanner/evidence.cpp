#include "scanner/evidence.hpp"

#include <algorithm>

#include "scanner/look.hpp"
#include "scanner/trust.hpp"

namespace scanner {
namespace {

bool has_the_votes(const Evidence::Claim& claim) {
    return claim.votes >= votes_needed(claim.symbol);
}

// Two texts for one row of bars. (A label may be taken away for another one: that is no
// contradiction to what was believed before.)
bool contradict(const Symbol& a, const Symbol& b) {
    if (!is_linear(a.symbology) || !is_linear(b.symbology) || same_code(a, b)) return false;
    return covers(a, middle_of(b)) || covers(b, middle_of(a));
}

}  // namespace

bool is_believed(const Evidence::Claim& claim) { return claim.is_whole && has_the_votes(claim); }

bool Evidence::sees_unlisted_itf() const {
    return std::ranges::any_of(
        claims_, [](const Claim& claim) { return !claim.is_whole && has_the_votes(claim); });
}

void Evidence::weigh(const std::vector<Read>& reads, Time now) {
    std::erase_if(claims_, [&](const Claim& claim) { return now - claim.last_read > kClaimLasts; });
    for (const Read& read : reads) {
        const bool whole = is_whole(read, itf_lengths_);
        if (!is_believable(read) || (!whole && !has_sound_check(read))) continue;
        const int votes = std::max(1, read.votes);
        const auto other = std::find_if(claims_.begin(), claims_.end(), [&](const Claim& claim) {
            return claim.is_whole == whole && contradict(claim.symbol, read.symbol) &&
                   (claim.last_read == now || !is_believed(claim));
        });
        if (other != claims_.end()) {
            // Nobody knows which is right.
            ++contradictions_;
            claims_.erase(other);
            continue;
        }
        const auto same = std::find_if(claims_.begin(), claims_.end(), [&](const Claim& claim) {
            return same_code(claim.symbol, read.symbol) &&
                   (overlap(claim.symbol, read.symbol) || !is_believed(claim));
        });
        if (same == claims_.end()) {
            claims_.push_back({read.symbol, votes, whole, now});
            continue;
        }
        same->symbol = read.symbol;
        same->votes += votes;
        same->last_read = now;
    }
}

std::vector<Symbol> Evidence::believed(Time now) const {
    std::vector<Symbol> symbols;
    for (const Claim& claim : claims_)
        if (is_believed(claim) && now - claim.last_read <= kStaysInView)
            symbols.push_back(claim.symbol);
    return symbols;
}

}  // namespace scanner

// From events to a unit: what one act does to it, and the fold of its whole history.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "inventory/unit.hpp"
#include "journal/event.hpp"

namespace journal {

// The unit after one act, or Refused with the reason in words: the lifecycle does not allow it, the
// serial is already registered, the warranty would end before the purchase. Undone is not an act of
// its own; see fold(). Rules are checked here and nowhere else.
Result<inventory::Unit> apply(const std::optional<inventory::Unit>& before, const Event& event);

// A history folded in causal order.
struct Folded {
    std::optional<inventory::Unit>
        unit;  // nothing: never registered, or the registration was undone
    // Of every event, in the order given: whether its effect stands (an undo itself never does).
    std::vector<bool> stands;
    // Index of the latest standing act, the one that an undo may name; nothing when none stands.
    std::optional<std::size_t> latest;
    // Why an event was not applied; empty for the applied ones.
    std::vector<std::string> refusals;
};

// `history`: the events of one unit, each after its parents, the registration first.
Folded fold(std::span<const Event> history);

// One event in words for a timeline: "Sold to Client K, order 4711". `client` is the name behind
// the body's reference, empty when there is none or it was erased.
std::string describe(const Event& event, const std::string& client);

}  // namespace journal

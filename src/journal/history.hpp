// What one act does to a unit, and how it is told.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "inventory/unit.hpp"
#include "journal/event.hpp"

namespace journal {

// The unit after one act, or Refused with the reason in words: the lifecycle does not allow it, the
// serial is already registered, the warranty would end before the purchase. Undone is not an act of
// its own; see fold.hpp. Rules are checked here and nowhere else.
Result<inventory::Unit> apply(const std::optional<inventory::Unit>& before, const Event& event);

// One event in words for a timeline: "Sold to Client K, order 4711". `client` is the name behind
// the body's reference, empty when there is none or it was erased.
std::string describe(const Event& event, const std::string& client);

}  // namespace journal

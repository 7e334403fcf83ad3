// Whether a unit is under warranty today.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "inventory/dates.hpp"

namespace inventory {

enum class WarrantyState : std::uint8_t {
    None,       // the unit has no warranty
    Covered,    // today is on or before the expiry
    Over,       // the expiry has passed
    CheckDate,  // the device's clock is behind what was recorded: no verdict
};

struct Warranty {
    WarrantyState state = WarrantyState::None;
    int days = 0;  // left when Covered (0 = today is the last day), past when Over
};

// `clock_behind`: the device's date is earlier than the newest event seen.
Warranty warranty_on(std::optional<Date> expiry, Date today, bool clock_behind);

std::string to_words(const Warranty& warranty);  // "463 days left", "ended 12 days ago", …

}  // namespace inventory

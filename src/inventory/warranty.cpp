#include "inventory/warranty.hpp"

#include "base/check.hpp"

namespace inventory {
namespace {

std::string count_days(int days) { return std::to_string(days) + (days == 1 ? " day" : " days"); }

}  // namespace

Warranty warranty_on(std::optional<Date> expiry, Date today, bool clock_behind) {
    if (!expiry) return {WarrantyState::None, 0};
    if (clock_behind) return {WarrantyState::CheckDate, 0};
    const int left = days_between(today, *expiry);
    if (left >= 0) return {WarrantyState::Covered, left};
    return {WarrantyState::Over, -left};
}

std::string to_words(const Warranty& warranty) {
    switch (warranty.state) {
        case WarrantyState::None: return "no warranty";
        case WarrantyState::Covered:
            return warranty.days == 0 ? "last day today" : count_days(warranty.days) + " left";
        case WarrantyState::Over: return "ended " + count_days(warranty.days) + " ago";
        case WarrantyState::CheckDate: return "check the date of this device";
    }
    CHECK(false);
}

}  // namespace inventory

#include "store/uniqueness.hpp"

#include "base/clock.hpp"
#include "inventory/lifecycle.hpp"
#include "store/event_rows.hpp"

namespace store {

Error already_registered(Database& database, const UnitRow& row) {
    std::string message = row.unit.serial + " is already registered: " +
                          (row.variant_name.empty() ? row.unit.variant : row.variant_name) + ", " +
                          std::string(inventory::label(row.unit.status));
    if (row.unit.warehouse) message += " at " + *row.unit.warehouse;
    if (row.unit.location) message += " / " + *row.unit.location;
    const auto history = unit_history(database, row.id);
    if (!history.empty()) {
        const EventRecord& last = history.back();
        message += "; last event: " + last.words + ", " + base::to_words(last.event.at);
        if (!last.event.operator_name.empty()) message += " by " + last.event.operator_name;
    }
    return {ErrorKind::Refused, message};
}

Result<void> check_key_is_free(Database& database, std::int64_t id, const inventory::Unit& unit) {
    const auto other = find_row(database, unit.key);
    if (other && other->id != id) return fail(already_registered(database, *other));
    return {};
}

}  // namespace store

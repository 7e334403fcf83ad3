#include "store/uniqueness.hpp"

#include "base/clock.hpp"
#include "inventory/gtin.hpp"
#include "inventory/lifecycle.hpp"
#include "store/event_rows.hpp"
#include "store/references.hpp"

namespace store {

namespace {

// Makers reuse plain serials: the box in hand is perhaps another one.
std::string other_variant(Database& database, const UnitRow& row, const std::string& sku) {
    Statement select = database.prepare("SELECT sku, name, gtin FROM variant WHERE id = ?1");
    const auto id = find_variant(database, sku);
    if (!id || *id == row.references.variant || !select.bind(1, *id).step()) return "";
    const std::string name = select.text(1).empty() ? select.text(0) : select.text(1);
    return "; if this is another box, a " + name + ", register it as " +
           inventory::composite_serial(select.optional_text(2), select.text(0), row.unit.serial);
}

}  // namespace

Error already_registered(Database& database, const UnitRow& row, const std::string& sku) {
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
    return {ErrorKind::Refused, message + other_variant(database, row, sku)};
}

Result<void> check_key_is_free(Database& database, std::int64_t id, const inventory::Unit& unit) {
    const auto other = find_row(database, unit.key);
    if (other && other->id != id) return fail(already_registered(database, *other));
    return {};
}

}  // namespace store

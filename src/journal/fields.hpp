// The fields of a unit, and which of them an event writes. Internal to src/journal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inventory/unit.hpp"
#include "journal/event.hpp"

namespace journal {

enum class Field : std::uint8_t {
    Status,
    Serial,
    Key,
    Variant,
    Lot,
    Warehouse,
    Location,
    PurchaseDate,
    WarrantyExpiry,
    Client,
    Order,
    Rma,
    Reason,
    Hold,
    Provisional,
    Identifiers,
    Symbology,
};
inline constexpr std::size_t kFieldCount = 17;

// Nothing = the field is cleared. A status is written by its name.
struct Write {
    Field field;
    std::optional<std::string> value;
};

// Every field that the event sets, each once, also those that follow from its kind: a sale clears
// the location, a registration sets them all. Empty for kinds that set none.
std::vector<Write> writes_of(const Event& event);

void set_field(inventory::Unit& unit, const Write& write);

// Whether the act was done on a unit that was not known where it was done.
bool is_provisional(const Event& event);

// The status that an act of this kind leads to, nothing for the others.
std::optional<inventory::Status> status_after(Kind kind);

}  // namespace journal

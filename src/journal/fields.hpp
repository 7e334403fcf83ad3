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
};
inline constexpr std::size_t kFieldCount = 14;

// Nothing = the field is cleared. A status is written by its name.
struct Write {
    Field field;
    std::optional<std::string> value;
};

// Every field that the event sets, each once, also those that follow from its kind: a sale clears
// the location, a registration sets them all. Empty for kinds that set none.
std::vector<Write> writes_of(const Event& event);

void set_field(inventory::Unit& unit, const Write& write);

// The status that an act of this kind leads to, nothing for the others.
std::optional<inventory::Status> status_after(Kind kind);

}  // namespace journal

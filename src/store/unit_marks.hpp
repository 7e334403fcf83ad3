// What is kept of every unit beside its row, so that it can be asked without looking at all units:
// its identifiers, and its part in the shape of its variant's serials. Internal to src/store;
// throws SqlError.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "inventory/serial_shape.hpp"
#include "store/database.hpp"

namespace store {

// What of a unit's row the tables of this file follow from.
struct UnitMarks {
    bool listed = false;
    std::int64_t variant = 0;
    std::string serial, symbology;
    std::string identifiers;  // as inventory::to_text() has them
};

// Nothing when there is no such row.
std::optional<UnitMarks> read_marks(Database& database, std::int64_t unit);

// Brings both tables from what the row said to what it says now; nothing: there was no row.
void keep_marks(Database& database, std::int64_t unit, const std::optional<UnitMarks>& before,
                const UnitMarks& after);

// Takes the unit off the lists until its row is written again.
void unlist(Database& database, std::int64_t unit);

inventory::SerialShape shape_of(Database& database, std::int64_t variant);

// How the two tables differ from the units' rows, in words; empty: they do not.
std::vector<std::string> mark_faults(Database& database);

}  // namespace store

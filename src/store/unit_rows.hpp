// The projection's table of units. Internal to src/store; throws SqlError.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/unit.hpp"
#include "store/database.hpp"
#include "store/references.hpp"
#include "store/store.hpp"

namespace store {

struct UnitRow {
    std::int64_t id = 0;   // of its registration
    std::int64_t tip = 0;  // of its latest event
    inventory::Unit unit;  // `client` is the reference, as in records
    ReferenceRows references;
    bool merged = false;  // its history forks (projection.hpp)
    std::optional<OpenConflict> conflict;
    std::optional<std::string> client_name;  // nothing: it has not come yet; "": erased
    std::string variant_name;
    std::optional<std::string> gtin;
    std::optional<std::string> recall;  // why it is recalled
    bool confirmed = false;             // as of UnitRecord
    std::optional<inventory::Date> lot_expiry;
};

// "SELECT … FROM `first` JOIN unit u … WHERE `where`" with the columns that read_row() takes;
// `first`: "unit u", or another table joined with it.
std::string select_units(std::string_view where, std::string_view first = "unit u");

// Of the unit u and its lot l: why it is recalled, NULL when it is not.
extern const std::string_view kRecallReason;

UnitRow read_row(const Statement& row);
UnitRecord to_record(UnitRow row);

std::optional<UnitRow> find_row(Database& database, std::string_view key);

// The unit that the registration of that row makes, alone or together with others; nothing when it
// is not on the lists (any more).
std::optional<UnitRow> find_row_of(Database& database, std::int64_t registration);

// The id of the unit with that key whose registration was undone last.
std::optional<std::int64_t> find_withdrawn(Database& database, std::string_view key);

void write_conflict(Database& database, std::int64_t unit, const OpenConflict& conflict);

enum class Listed : bool {
    No,  // its registration was undone: the row only keeps its history findable
    Yes,
};

// A row of the table of units as the journal makes it.
struct ProjectedUnit {
    std::int64_t id = 0;
    std::int64_t tip = 0;
    inventory::Unit unit;
    Listed listed = Listed::No;
    bool merged = false;  // several stations acted apart, or several registrations are one
    std::optional<OpenConflict> conflict;
    std::vector<std::string> former_keys;
};

// The row itself; its conflict and former keys have tables of their own.
// insert_row is for one that is not there yet.
void write_row(Database& database, const ProjectedUnit& row, const ReferenceRows& references);
void insert_row(Database& database, const ProjectedUnit& row, const ReferenceRows& references);

}  // namespace store

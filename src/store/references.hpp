// Reference data in the database: finding by code, and making an act's references exact.
// Internal to src/store; throws SqlError.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "inventory/unit.hpp"
#include "journal/event.hpp"
#include "store/database.hpp"

namespace store {

// Row ids by code (compared by key); nothing when there is none.
std::optional<std::int64_t> find_variant(Database& database, std::string_view sku);
std::optional<std::int64_t> find_lot(Database& database, std::int64_t variant,
                                     std::string_view code);
std::optional<std::int64_t> find_warehouse(Database& database, std::string_view code);
std::optional<std::int64_t> find_location(Database& database, std::int64_t warehouse,
                                          std::string_view code);

// The rows that a unit refers to.
struct ReferenceRows {
    std::int64_t variant = 0;  // 0 = none yet
    std::optional<std::int64_t> lot, warehouse, location;
};

// By the unit's codes; a variant of 0 and nothing for those that are not there.
ReferenceRows find_references(Database& database, const inventory::Unit& unit);

// Replaces the codes in `body` by their exact form, completes what follows from them (a location
// names its warehouse, another warehouse clears the location) and says what the unit refers to
// after the act. `before`: what it referred to, with its codes. NotFound for a code that does not
// exist, Refused for a lot of another variant, both saying what to do. An empty value clears the
// field.
Result<ReferenceRows> resolve_references(Database& database, const inventory::Unit* before,
                                         const ReferenceRows& rows_before, journal::Body& body);

}  // namespace store

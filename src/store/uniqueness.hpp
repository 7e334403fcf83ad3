// One serial, one unit: who has a serial already. Internal to src/store; throws SqlError.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "inventory/unit.hpp"
#include "store/database.hpp"
#include "store/unit_rows.hpp"

namespace store {

// "already registered": which unit it is, where it is, and what happened to it last. When it is to
// be registered as `sku` and is another variant's, the serial that tells the two apart, too.
Error already_registered(Database& database, const UnitRow& row, const std::string& sku = "");

// Refused when another unit than `id` has the key of `unit` by now.
Result<void> check_key_is_free(Database& database, std::int64_t id, const inventory::Unit& unit);

}  // namespace store

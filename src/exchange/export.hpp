// Units to CSV or JSON lines, streaming, in the order of their keys.
#pragma once

#include <functional>
#include <string>

#include "base/result.hpp"
#include "store/store.hpp"

namespace exchange {

// The header and the row of one unit, each with its line end. The columns are those of import plus
// status, client and order.
std::string csv_header();
std::string csv_row(const store::UnitRecord& unit);

// Calls `on_unit` for every unit that the filter lets through, until it returns false.
Result<void> export_units(store::Store& store, const store::Filter& filter,
                          const std::function<bool(const store::UnitRecord&)>& on_unit);

}  // namespace exchange

// Units from a CSV file: the good rows are registered, the others reported with line and reason.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>

#include "base/result.hpp"
#include "store/store.hpp"

namespace exchange {

struct ImportOptions {
    bool dry_run = false;  // says what would happen and writes nothing
    std::string operator_name;
    std::string warehouse, location;  // for rows that name none; "" = none
};

struct RefusedRow {
    std::int64_t line = 0;
    std::string serial;
    Error error;
};

struct Imported {
    std::int64_t registered = 0;
    std::int64_t refused = 0;
};

// Columns: the seven names of the form ("Serial Number", …) or the JSON names ("serial", …), in any
// case and order; serial and variant must be there, a missing purchase date stays empty. A column
// that is not known is InvalidInput, so that a mistyped one is not lost. Errors that end the
// import: InvalidInput, Storage; what was registered before stays.
Result<Imported> import_units(std::istream& csv, store::Store& store, const ImportOptions& options,
                              const std::function<void(const RefusedRow&)>& on_refused,
                              const store::Progress& progress = {});

}  // namespace exchange

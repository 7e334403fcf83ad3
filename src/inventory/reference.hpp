// Reference data: what a unit refers to. Each is known by its code; codes are compared by their key
// (base/text.hpp), so "router-x" and "ROUTER-X" are one variant.
#pragma once

#include <optional>
#include <string>

#include "inventory/dates.hpp"

namespace inventory {

struct Variant {
    std::string sku;
    std::string name;                    // "" = none; the SKU is shown
    std::optional<std::string> gtin;     // 14 digits
    std::optional<int> warranty_months;  // 1–1200; the warranty rule for units received
};

// A batch of one variant; the same code may exist for several variants.
struct Lot {
    std::string code;
    std::string variant;  // SKU
    std::optional<Date> expiry;
    std::string supplier;  // "" = unknown
};

struct Warehouse {
    std::string code;
    std::string name;  // "" = none; the code is shown
};

// A shelf, bin or bench inside one warehouse.
struct Location {
    std::string code;
    std::string warehouse;
};

}  // namespace inventory

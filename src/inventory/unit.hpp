// One physical item with one serial number, as the projection of its history shows it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "inventory/dates.hpp"
#include "inventory/lifecycle.hpp"

namespace inventory {

struct Identifier {
    std::string kind;  // "imei", "mac", "eui64", "secondary_serial", "asset_tag" …
    std::string value;
    bool operator==(const Identifier&) const = default;
};

struct Unit {
    std::string serial;   // as printed
    std::string key;      // uniqueness key (serial_number.hpp)
    std::string variant;  // SKU
    std::optional<std::string> lot;
    std::optional<std::string> warehouse;
    std::optional<std::string> location;  // belongs to `warehouse`
    std::optional<Date> purchase_date;
    std::optional<Date> warranty_expiry;  // the day itself is still covered
    Status status = kInitialStatus;
    std::optional<std::string> client;  // of the sale or reservation in force
    std::optional<std::string> order;
    std::optional<std::string> rma;       // of the return in force
    std::optional<std::string> reason;    // of the last act that gave one
    std::optional<std::string> hold;      // why it is in quarantine; nothing = it is not
    std::vector<Identifier> identifiers;  // in order and each once (identifiers.hpp)
    std::string symbology;     // that its serial was read from, "]C"; "" = typed or imported
    bool provisional = false;  // sold before its registration came: that one is still to come
    bool operator==(const Unit&) const = default;
};

}  // namespace inventory

// What may be absent, as JSON has it: null. Internal to src/cli.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "inventory/dates.hpp"

namespace cli {

using nlohmann::ordered_json;

inline ordered_json or_null(const std::optional<std::string>& text) {
    return text ? ordered_json(*text) : ordered_json(nullptr);
}

inline ordered_json or_null(const std::optional<inventory::Date>& date) {
    return date ? ordered_json(inventory::to_iso(*date)) : ordered_json(nullptr);
}

// "" = absent.
inline ordered_json or_null(const std::string& text) {
    return text.empty() ? ordered_json(nullptr) : ordered_json(text);
}

}  // namespace cli

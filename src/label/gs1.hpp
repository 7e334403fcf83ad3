// GS1 element strings: application identifiers and their values.
// Source: GS1 General Specifications, section 3 (application identifiers) and 7.8 (processing).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/dates.hpp"

namespace label {

struct Element {
    std::string ai;     // "01"
    std::string value;  // "09520123456788"
};

struct Elements {
    std::vector<Element> elements;
    std::string rest;  // from where nothing could be understood any more; "" = all was
};

// Splits "0109520123456788" … with U+001D behind values of variable length.
Elements split_gs1(std::string_view text);

// Splits "(01)09520123456788(21)ABC"; nothing when it is not written so from the start.
std::optional<Elements> split_bracketed_gs1(std::string_view text);

// YYMMDD; day 00 is the last day of the month.
std::optional<inventory::Date> gs1_date(std::string_view digits, int century_of);

}  // namespace label

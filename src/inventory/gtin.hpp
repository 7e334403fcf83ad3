// Product codes: GTIN-8, -12, -13 and -14 (GS1 General Specifications, 1.3 and 7.9).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace inventory {

// The 14-digit form, filled with leading zeros. Refused when it has not 8, 12, 13 or 14 digits or
// its check digit is wrong.
Result<std::string> parse_gtin(std::string_view text);

// The check digit for the digits before it (weights 3 and 1 from the right); `digits` holds no
// other characters.
char gtin_check_digit(std::string_view digits);

// The serial of a unit whose own serial another variant's unit has already: as GS1 writes the two
// together, "(01)09520123456788(21)12345"; without a GTIN the SKU stands in front,
// "SWITCH-Y-12345".
std::string composite_serial(const std::optional<std::string>& gtin, std::string_view sku,
                             std::string_view serial);

}  // namespace inventory

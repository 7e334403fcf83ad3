// Dates as labels print them. A year of two digits is put near to the year `century_of`: at most 49
// years in the past, 50 in the future (GS1 General Specifications, 7.12); day 00 is the last day of
// the month. Nothing where the digits are no date.
#pragma once

#include <optional>
#include <string_view>

#include "inventory/dates.hpp"

namespace label {

using OptionalDate = std::optional<inventory::Date>;

OptionalDate from_yymmdd(std::string_view digits, int century_of);
OptionalDate from_mmddyy(std::string_view digits, int century_of);
OptionalDate from_ddmmyy(std::string_view digits, int century_of);
OptionalDate from_mmyy(std::string_view digits, int century_of);   // its last day
OptionalDate from_yyjjj(std::string_view digits, int century_of);  // JJJ: day of the year, 001–366
OptionalDate from_yyyymmdd(std::string_view digits);
OptionalDate from_ddmmyyyy(std::string_view digits);

// As a person or a vendor writes it: 2027-12-31, 2027/12/31, 31.12.2027, 20271231, 271231, 2027-12,
// 12/2027, 31/12/2027. Nothing for 05/06/2027, which is a day in May to some and in June to others.
OptionalDate from_any(std::string_view text, int century_of);

}  // namespace label

// Civil dates: the day on the wall calendar of a warehouse, without time or zone.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace inventory {

using Date = std::chrono::year_month_day;

// "2026-03-01" (ISO 8601 extended, years 0001–9999); nothing when it is no such day.
std::optional<Date> parse_date(std::string_view iso);
std::string to_iso(Date date);    // "2026-03-01"
std::string to_words(Date date);  // "1 Mar 2026"
// The last day of a month that is shorter: 31 Jan + 1 month = 28 or 29 Feb.
Date add_months(Date date, int months);
int days_between(Date from, Date to);  // negative when `to` is earlier

}  // namespace inventory

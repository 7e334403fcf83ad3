#include "inventory/dates.hpp"

#include <charconv>
#include <cstdio>

namespace inventory {

using std::chrono::day;
using std::chrono::days;
using std::chrono::last;
using std::chrono::month;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year;

std::optional<Date> parse_date(std::string_view iso) {
    if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return std::nullopt;
    const auto number = [iso](std::size_t at, std::size_t size) {
        unsigned value = 0;
        for (const char c : iso.substr(at, size)) {
            if (c < '0' || c > '9') return 0U;  // no year, month or day is zero
            value = value * 10 + static_cast<unsigned>(c - '0');
        }
        return value;
    };
    const Date date(year(static_cast<int>(number(0, 4))), month(number(5, 2)), day(number(8, 2)));
    if (number(0, 4) == 0 || !date.ok()) return std::nullopt;
    return date;
}

std::string to_iso(Date date) {
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text;
}

std::string to_words(Date date) {
    static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    return std::to_string(static_cast<unsigned>(date.day())) + " " +
           kMonths[static_cast<unsigned>(date.month()) - 1] + " " +
           std::to_string(static_cast<int>(date.year()));
}

Date add_months(Date date, int count) {
    const Date moved = date + months(count);
    return moved.ok() ? moved : Date(moved.year() / moved.month() / last);
}

int days_between(Date from, Date to) {
    return static_cast<int>((sys_days(to) - sys_days(from)) / days(1));
}

}  // namespace inventory

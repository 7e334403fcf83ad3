#include "base/clock.hpp"

#include <charconv>
#include <cstdio>
#include <ctime>

namespace base {
namespace {

constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                   "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

template <std::size_t N, typename... Args>
std::string print(const char (&format)[N], Args... args) {
    char text[64];
    std::snprintf(text, sizeof text, format, args...);
    return text;
}

bool digits(std::string_view text, std::size_t at, std::size_t count, int& value) {
    const char* begin = text.data() + at;
    for (std::size_t i = 0; i < count; ++i)
        if (begin[i] < '0' || begin[i] > '9') return false;
    std::from_chars(begin, begin + count, value);
    return true;
}

}  // namespace

Moment system_now() {
    const auto now =
        std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
    std::tm local{};
    localtime_r(&seconds, &local);
    return {now, std::chrono::minutes(local.tm_gmtoff / 60)};
}

std::string to_iso(Timestamp time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    return print("%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
                 static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                 static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                 static_cast<int>(clock.seconds().count()),
                 static_cast<int>(clock.subseconds().count()));
}

std::string offset_to_iso(std::chrono::minutes offset) {
    const long total = offset.count();
    const long size = total < 0 ? -total : total;
    return print("%c%02ld:%02ld", total < 0 ? '-' : '+', size / 60, size % 60);
}

bool parse_iso(std::string_view text, Timestamp& time) {
    static constexpr std::string_view kShape = "0000-00-00T00:00:00.000Z";
    if (text.size() != kShape.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (kShape[i] != '0' && kShape[i] != text[i]) return false;
    int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, milli = 0;
    if (!digits(text, 0, 4, year) || !digits(text, 5, 2, month) || !digits(text, 8, 2, day) ||
        !digits(text, 11, 2, hour) || !digits(text, 14, 2, minute) ||
        !digits(text, 17, 2, second) || !digits(text, 20, 3, milli))
        return false;
    const std::chrono::year_month_day date(std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day)));
    if (!date.ok() || hour > 23 || minute > 59 || second > 59) return false;
    time = std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
           std::chrono::seconds(second) + std::chrono::milliseconds(milli);
    return true;
}

bool parse_offset(std::string_view text, std::chrono::minutes& offset) {
    int hours = 0, minutes = 0;
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':' ||
        !digits(text, 1, 2, hours) || !digits(text, 4, 2, minutes))
        return false;
    offset = std::chrono::minutes((hours * 60 + minutes) * (text[0] == '-' ? -1 : 1));
    return true;
}

std::chrono::year_month_day civil_date(const Moment& moment) {
    return std::chrono::floor<std::chrono::days>(moment.utc + moment.offset);
}

std::string to_words(const Moment& moment) {
    const auto local = moment.utc + moment.offset;
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(local - day);
    return print("%u %s %d, %02d:%02d", static_cast<unsigned>(date.day()),
                 kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                 static_cast<int>(clock.hours().count()),
                 static_cast<int>(clock.minutes().count()));
}

}  // namespace base

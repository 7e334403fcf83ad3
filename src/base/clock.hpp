// Wall time. Whoever needs it gets a Clock by constructor, so that a test can set it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace base {

// Milliseconds since 1970-01-01T00:00:00Z, without leap seconds.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

struct Moment {
    Timestamp utc{};
    std::chrono::minutes offset{0};  // of the local zone from UTC, positive east of Greenwich
};

using Clock = std::function<Moment()>;

Moment system_now();  // in the zone of the machine (TZ, /etc/localtime)

std::string to_iso(Timestamp time);                      // "2026-03-01T09:02:11.123Z"
std::string offset_to_iso(std::chrono::minutes offset);  // "+01:00"
bool parse_iso(std::string_view text, Timestamp& time);  // exactly what to_iso writes
bool parse_offset(std::string_view text, std::chrono::minutes& offset);

// The day on the wall calendar at that moment and place.
std::chrono::year_month_day civil_date(const Moment& moment);
std::string to_words(const Moment& moment);  // "23 Nov 2026, 14:02", local

}  // namespace base

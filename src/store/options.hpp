// What a store needs from outside: the time, the disk's room, the names it writes into events.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "base/clock.hpp"

namespace store {

// Bytes free for this user on the disk of `file`; as many as there can be where nobody can tell.
std::uintmax_t disk_space_of(const std::string& file);

inline constexpr std::uintmax_t kDiskReserve = 16'000'000;  // a log grows to some megabytes

struct Options {
    base::Clock clock = base::system_now;
    std::string device;  // name of this device, written into every event
    std::string app_version = UNITRAIL_VERSION;
    // Bytes free on the disk of a file. Below kDiskReserve nothing more is written, so that what is
    // written already can always be brought to its place.
    std::function<std::uintmax_t(const std::string& file)> free_bytes = disk_space_of;
};

}  // namespace store

// Keeps a database in sync while a window is open: at once after an act, else now and then, and
// less often while the place cannot be reached.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "base/clock.hpp"
#include "base/hash.hpp"
#include "sync/sync_step.hpp"

namespace syncing {

struct SyncState {
    bool good = false;
    std::string words;  // "Synced 14:02", or what is wrong and since when
};

struct Background {
    // One sync; nothing when there is no place to sync with (yet).
    std::function<std::optional<Result<Synced>>(store::Store&)> synchronize;
    base::Clock clock = base::system_now;
    // 0 to 255: devices that lost their hub together shall not come back together.
    std::function<std::uint8_t()> random = [] { return base::random_id()[0]; };
    // Waits so long, or until there was an act; false: the program ends.
    std::function<bool(std::chrono::seconds)> pause;
    std::function<void(const SyncState&)> report;  // after every try
};

inline constexpr std::chrono::seconds kSyncInterval{30};
inline constexpr std::chrono::seconds kSyncIntervalMax{300};  // while it fails

// Returns when `pause` says so. `store` is this thread's own.
void keep_synced(store::Store& store, const Background& background);

}  // namespace syncing

// Keeps a database in sync while a window is open: at once after an act, else now and then, and
// less often while the place cannot be reached.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "base/clock.hpp"
#include "sync/sync_step.hpp"

namespace syncing {

struct SyncState {
    bool good = false;
    std::string words;  // "Synced 14:02", or what is wrong and since when
};

struct Background {
    base::Clock clock = base::system_now;
    // Waits so long; false: the program ends.
    std::function<bool(std::chrono::seconds)> pause;
    std::function<void(const SyncState&)> report;  // after every try
};

inline constexpr std::chrono::seconds kSyncInterval{30};
inline constexpr std::chrono::seconds kSyncIntervalMax{300};  // while it fails

// Returns when `pause` says so. `store` is this thread's own.
void keep_synced(store::Store& store, Transport& transport, const Background& background);

}  // namespace syncing

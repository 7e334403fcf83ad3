// Where a database syncs: at its hub when it is enrolled, and at the place that the settings name.
#pragma once

#include <string>

#include "base/result.hpp"
#include "store/store.hpp"
#include "sync/postgres.hpp"
#include "sync/sync_step.hpp"

namespace syncing {

struct Places {
    std::string to;   // "folder:DIR", "" = none
    bool hub = true;  // the hub, too
};

// Uses the code that the hub printed: the database syncs with that hub from now on. InvalidInput,
// Refused for another organization, Storage.
Result<void> enroll(store::Store& store, const std::string& code);

// Whether there is any.
bool has_place(const std::string& database, const Places& places);

// One sync with each, the hub first. InvalidInput when there is none.
Result<Synced> synchronize_all(store::Store& store, const Places& places, const Waiting& waiting,
                               const store::Progress& progress = {});

}  // namespace syncing

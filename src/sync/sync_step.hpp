// One sync: what the place has and this device has not comes in, then the other way round.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.hpp"
#include "store/store.hpp"
#include "sync/client_names.hpp"
#include "sync/transport.hpp"

namespace syncing {

struct Synced {
    std::int64_t received = 0, sent = 0;  // events
    std::int64_t waiting = 0;             // came before what they refer to
    bool new_writer = false;    // this file had lost own events; it writes under a new name now
    std::int64_t reissued = 0;  // own events that a copy of this file knew nothing of; so, too
    std::vector<base::RandomId> copied;  // writers of whom others have other records: passed over
    NamesExchanged names;
};

// What was done is kept when it fails half-way; the next sync goes on from there. Refused: another
// organization.
Result<Synced> synchronize(store::Store& store, Transport& transport,
                           const store::Progress& progress = {});

}  // namespace syncing

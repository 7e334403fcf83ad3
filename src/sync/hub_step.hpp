// One sync with a hub: what is new here goes there, then what is new there comes here, and at the
// end both compare how far every writer reaches.
#pragma once

#include "base/result.hpp"
#include "base/signature.hpp"
#include "store/store.hpp"
#include "sync/hub.hpp"
#include "sync/sync_step.hpp"

namespace syncing {

// What was done is kept when it fails half-way; the next sync goes on from there. `key` is this
// device's. Refused: another organization, another protocol, a head that its writer did not sign.
Result<Synced> synchronize(store::Store& store, Hub& hub, const base::SigningKey& key,
                           const store::Progress& progress = {});

}  // namespace syncing

// The parts of one sync with a hub. Internal to src/sync.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "base/signature.hpp"
#include "store/store.hpp"
#include "sync/hub.hpp"
#include "sync/sync_step.hpp"

namespace syncing {

inline constexpr std::int64_t kFeedEnd =
    std::numeric_limits<std::int64_t>::max();  // wherever it is

struct Exchange {
    store::Store& store;
    Hub& hub;
    const base::SigningKey& key;
    store::WriterHead own;  // when it began
    Hello hello;
    Synced synced;
    store::WriterHead pushed_to = {};  // the own writer's, before the feed was read
    std::vector<store::ClientName> names_put = {};
    std::vector<base::RandomId> distrusted = {};  // writers of whom nothing more is taken
    std::optional<Error> distrust = {};           // why, of the first
};

// Of that writer; null when there is none.
const SignedHead* find_head(const std::vector<SignedHead>& heads, const base::RandomId& writer);
Error other_version();  // refused: the hub and this program do not speak the same protocol

// Of the sync's result: what was taken in, and a writer that was passed over.
void count(Synced& synced, const store::Received& received);
void leave_out(Exchange& exchange, const base::RandomId& writer);

// What the sync before pushed and was cut before it saw it in the feed: a hub that was restored
// since need not have it.
Result<void> look_at_cut_pushes(Exchange& exchange);
// All that the hub has not and that is for this device to push.
Result<void> push_all(Exchange& exchange);
Result<void> push_names(Exchange& exchange);
// The hub has other records of this database's writer, up to `seq`, or says that the writer is
// another device's: what the hub has not from here goes under a new writer.
Result<void> part_ways(Exchange& exchange, std::int64_t seq);

}  // namespace syncing

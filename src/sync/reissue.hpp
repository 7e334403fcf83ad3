// A database that was copied (a cloned card, an old copy put back) and went on beside the other
// life of it: found out before anything is exchanged, and told apart.
#pragma once

#include <cstdint>
#include <vector>

#include "base/result.hpp"
#include "store/store.hpp"
#include "sync/transport.hpp"

namespace syncing {

// When the place has other records of this file's own writer than this file: what it wrote since
// they parted goes under a new writer (Store::reissue). Says how many events; 0 = nothing was
// wrong. `there`: the heads of the place.
Result<std::int64_t> reissue_if_copied(store::Store& store, Transport& transport,
                                       const std::vector<store::WriterHead>& there);

// Whether the error says that the writer's records here and those that came are different ones.
bool is_copied_writer(const Error& error, const base::RandomId& writer);

}  // namespace syncing

// A database that was copied (a cloned card, an old copy put back) and went on beside the other
// life of it: found out before anything is exchanged, and told apart.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/result.hpp"
#include "store/store.hpp"
#include "sync/transport.hpp"

namespace syncing {

// Consecutive records of the writer as the place has them, with number `seq` among them.
using PullRecords =
    std::function<Result<store::Records>(const base::RandomId& writer, std::int64_t seq)>;

// The number up to which the writer's records are the same here and there, of the first `common`
// ones, which both have.
Result<std::int64_t> last_agreed(store::Store& store, const PullRecords& pull,
                                 const base::RandomId& writer, std::int64_t common);

// When the place has other records of this file's own writer than this file: what it wrote since
// they parted goes under a new writer (Store::reissue). Says how many events; 0 = nothing was
// wrong. `there`: the heads of the place.
Result<std::int64_t> reissue_if_copied(store::Store& store, Transport& transport,
                                       const std::vector<store::WriterHead>& there);

// Whether the error says that the writer's records here and those that came are different ones.
bool is_copied_writer(const Error& error, const base::RandomId& writer);

}  // namespace syncing

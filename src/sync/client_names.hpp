// Clients' names: no part of the journal, so that each can be erased by itself; they go their own
// way beside the records.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "store/store.hpp"
#include "sync/transport.hpp"

namespace syncing {

struct NamesExchanged {
    std::int64_t received = 0, sent = 0;
    std::vector<std::string> damaged;  // what could not be read and what to do, a sentence each
};

// What is known or erased here and not there goes there, and the other way round. A name that was
// erased anywhere is erased everywhere.
Result<NamesExchanged> exchange_client_names(store::Store& store, Transport& transport);

}  // namespace syncing

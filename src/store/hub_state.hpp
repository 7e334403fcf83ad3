// What a database remembers of its hub. Internal to src/store; throws SqlError.
#pragma once

#include "store/database.hpp"
#include "store/exchange.hpp"

namespace store {

void keep_cursor(Database& database, const FeedCursor& read_to);

}  // namespace store

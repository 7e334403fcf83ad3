// Proof that a file is as it was written: the hash chains, and the projection against the journal.
// Internal to src/store; throws SqlError.
#pragma once

#include "store/database.hpp"
#include "store/store.hpp"

namespace store {

// Recomputes every writer's chain; damages are reported in the order of the journal.
void verify_chains(Database& database, Verification& result, const Progress& progress);

// Folds every unit's history and compares it with its row; compares reference data, counters and
// what searches are answered from; asks SQLite whether the file is sound, which its indexes may
// not be.
void verify_projection(Database& database, Verification& result, const Progress& progress);

// Empties the projection and makes it again from the journal. Within the caller's transaction.
void rebuild_projection(Database& database);

}  // namespace store

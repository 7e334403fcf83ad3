// Proof that a file is as it was written: the hash chains, and the projection against the journal.
// Internal to src/store; throws SqlError.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "inventory/unit.hpp"
#include "store/database.hpp"
#include "store/store.hpp"

namespace store {

// Recomputes every writer's chain; damages are reported in the order of the journal.
void verify_chains(Database& database, Verification& result, const Progress& progress);

// Folds every unit's history and compares it with its row; compares reference data and counters;
// asks SQLite whether the file is sound, which its indexes may not be.
void verify_projection(Database& database, Verification& result, const Progress& progress);

// A unit as its history makes it.
struct FoldedUnit {
    std::int64_t id = 0;            // of its registration
    std::int64_t tip = 0;           // of its latest event
    inventory::Unit unit;           // as registered, when the registration was undone
    bool listed = true;             // false: its registration was undone
    bool chain = true;              // false: its history forks, this is not all of it
    std::vector<std::string> keys;  // that it went under
};

// Calls `on_unit` for every unit in the order of registration and says when its newest event was,
// in ms since 1970 UTC. Unreadable records are left out and reported to `on_damage` with the
// event's row.
std::int64_t fold_units(
    Database& database, const std::function<void(const FoldedUnit&)>& on_unit,
    const std::function<void(std::int64_t row, const std::string& what)>& on_damage);

// Empties the projection and makes it again from the journal. Within the caller's transaction.
void rebuild_projection(Database& database);

}  // namespace store

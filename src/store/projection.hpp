// Units whose histories need more than the act before: those that several stations acted on, or
// that shared a serial at some time. Internal to src/store; throws SqlError.
//
// A registration's row carries the key that it goes under now; `former_key` names every other key
// that it, or one that it met, ever went under. So all that may concern each other is found by key.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "journal/event.hpp"
#include "journal/fold.hpp"
#include "store/database.hpp"
#include "store/unit_rows.hpp"

namespace store {

// An event as it is stored.
struct EventRow {
    std::int64_t id = 0;
    std::string record;
    base::Sha256 hash{};
};

// The events that make one unit, in causal order.
struct History {
    std::vector<journal::Event> events;
    std::vector<EventRow> rows;  // theirs
};

// Of the unit whose row is `unit`: also those of other registrations that are one with it.
History read_history(Database& database, std::int64_t unit);

// The events of all registrations that may concern the one of row `unit`.
History read_related(Database& database, std::int64_t unit);

// The rows of all registrations that may concern the one of row `unit`.
std::vector<ProjectedUnit> project_related(Database& database, std::int64_t unit);

// Replaces their rows, which must be there.
void write_related(Database& database, const std::vector<ProjectedUnit>& units);

// A registration's row that is not listed yet, so that write_related() can find it.
void write_unlisted(Database& database, std::int64_t id, const journal::Event& registration);

// What a person must look at in the history, as its unit shows it.
std::optional<OpenConflict> open_conflict(const std::vector<journal::Event>& history,
                                          const journal::Folded& folded);

// Every key that the events give to a unit, each once.
std::vector<std::string> keys_of(const std::vector<journal::Event>& events);

// Whether another registration than `unit` goes or went under the key.
bool is_key_shared(Database& database, std::int64_t unit, const std::string& key);

void remember_former_key(Database& database, std::int64_t unit, const std::string& key);

}  // namespace store

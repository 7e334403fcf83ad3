// The projection's tables of reference data: each row follows from the latest event of its key.
// Internal to src/store; throws SqlError.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "journal/event.hpp"
#include "store/database.hpp"

namespace store {

// Between the key of a variant or warehouse and that of its lot or location, in an event's key; no
// key can hold it (ASCII unit separator).
inline constexpr char kKeySeparator = '\x1f';

// The row that the event makes or changes: its id, nothing when it is new.
std::optional<std::int64_t> find_reference(Database& database, journal::Kind kind,
                                           const std::string& key);

// The latest event of that row.
std::int64_t reference_tip(Database& database, journal::Kind kind, std::int64_t id);

// Makes or changes the row as the event `event_row` says. False, and nothing made, when what the
// event refers to is not there (its own event was lost).
// `id`: of the row.
bool project_reference(Database& database, std::int64_t id, std::int64_t event_row,
                       const journal::Event& event);

// The same for an event that may stand beside others that its author had not seen: the one with
// most before it counts, of equals the first by its name, so that all devices show the same.
void project_latest_reference(Database& database, std::int64_t event_row,
                              const journal::Event& event);

// Of events of one key, in causal order, the one that counts.
std::size_t latest_reference(const std::vector<journal::Event>& events);

}  // namespace store

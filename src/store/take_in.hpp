// Another station's event into the journal here, and into the rows that follow from it. Internal to
// src/store; throws SqlError. Runs inside the transaction of the caller.
#pragma once

#include <cstdint>
#include <set>
#include <string_view>

#include "base/hash.hpp"
#include "journal/event.hpp"
#include "store/database.hpp"
#include "store/event_rows.hpp"

namespace store {

// Registrations whose rows are behind their events, to be projected when all came in: of a unit
// that many acted on, every event would otherwise project its whole history again.
using Stale = std::set<std::int64_t>;

// Whether all that the event refers to is here.
bool is_complete(Database& database, const journal::Event& event);

// Appends the event, which must be complete, of the writer whose row is `writer`; `head` goes on
// with it. What it leaves to project_stale() is added to `stale`.
void take_in(Database& database, Head& head, Stale& stale, std::int64_t writer,
             const journal::Event& event, std::string_view record, const base::Sha256& hash);

// Brings the rows up to their events; `stale` is then empty.
void project_stale(Database& database, Stale& stale);

}  // namespace store

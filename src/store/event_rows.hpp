// The journal's table: appending an event to this file's own chain, reading histories back.
// Internal to src/store; throws SqlError.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/check.hpp"
#include "base/hash.hpp"
#include "journal/event.hpp"
#include "store/database.hpp"
#include "store/store.hpp"

namespace store {

// A hash or an id out of its column.
template <typename Array>
Array to_array(std::span<const std::uint8_t> blob) {
    Array array{};
    CHECK(blob.size() == array.size());  // the table's CHECK has seen to it
    std::ranges::copy(blob, array.begin());
    return array;
}

// The event's name, from its id in this file.
journal::EventId event_id(Database& database, std::int64_t row);

// A writer that is new here: its row. A file that is copied to live on gets one of its own.
std::int64_t add_writer(Database& database, const base::RandomId& id = base::random_id());

// The newest time is kept in steps: only its day matters, and most acts write a page less.
inline constexpr std::int64_t kNewestStepMs = 60'000;

// The end of this file's own chain. Read once in a transaction, then kept in step by append().
struct Head {
    std::int64_t writer_row = 0;
    base::RandomId writer{};
    std::int64_t seq = 0;       // of the last own event; 0 = none
    base::Sha256 hash{};        // of the last own event; zero bytes before the first
    std::int64_t last_row = 0;  // of the last event of any writer
    std::int64_t newest_at = 0;
    std::optional<std::chrono::seconds> hub_offset;  // as in journal::Event
};
Head read_head(Database& database);

// Gives the event, whose parents are set, its id and root, appends it to the own chain and says its
// id in this file. `root`: the registration's id in this file; nothing for a registration and for
// reference data. Refused, and nothing written, when its record would be too large.
Result<std::int64_t> append(Database& database, Head& head, journal::Event& event,
                            std::optional<std::int64_t> root);

// Writes the row as it is. `root` as above.
void insert_event(Database& database, std::int64_t row, std::int64_t writer_row,
                  const journal::Event& event, std::optional<std::int64_t> root,
                  std::string_view record, const base::Sha256& hash);

// Keeps the newest time seen, in steps.
void see_time(Database& database, Head& head, const journal::Event& event);

// The name behind the reference of the event's body as it is shown; "" = it names nobody.
std::string client_of(Database& database, const journal::Event& event);

// All events of the unit whose row is `unit`, oldest first, folded and in words.
std::vector<EventRecord> unit_history(Database& database, std::int64_t unit);

}  // namespace store

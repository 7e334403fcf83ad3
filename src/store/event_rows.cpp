#include "store/event_rows.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "journal/fold.hpp"
#include "journal/history.hpp"
#include "journal/record.hpp"
#include "store/client_rows.hpp"
#include "store/projection.hpp"

namespace store {
journal::EventId event_id(Database& database, std::int64_t row) {
    Statement select = database.prepare(
        "SELECT w.uuid, e.seq FROM event e JOIN writer w ON w.id = e.writer WHERE e.id = ?1");
    CHECK(select.bind(1, row).step());
    return {to_array<base::RandomId>(select.blob(0)), select.integer(1)};
}

std::int64_t add_writer(Database& database, const base::RandomId& id) {
    database.prepare("INSERT INTO writer (uuid) VALUES (?1)")
        .bind(1, std::span<const std::uint8_t>(id))
        .run();
    return database.integer("SELECT max(id) FROM writer");
}

Head read_head(Database& database) {
    Head head;
    Statement own = database.prepare(
        "SELECT w.id, w.uuid, m.newest_at, (SELECT coalesce(max(id), 0) FROM event),"
        " m.hub_offset"
        " FROM meta m JOIN writer w ON w.id = m.writer WHERE m.id = 1");
    CHECK(own.step());
    head.writer_row = own.integer(0);
    head.writer = to_array<base::RandomId>(own.blob(1));
    head.newest_at = own.integer(2);
    head.last_row = own.integer(3);
    if (!own.is_null(4)) head.hub_offset = std::chrono::seconds(own.integer(4));
    Statement last =
        database.prepare("SELECT seq, hash FROM event WHERE writer = ?1 ORDER BY seq DESC LIMIT 1");
    if (last.bind(1, head.writer_row).step()) {
        head.seq = last.integer(0);
        head.hash = to_array<base::Sha256>(last.blob(1));
    }
    return head;
}

void insert_event(Database& database, std::int64_t row, std::int64_t writer_row,
                  const journal::Event& event, std::optional<std::int64_t> root,
                  std::string_view record, const base::Sha256& hash) {
    const bool registration = event.kind == journal::Kind::Registered;
    database
        .prepare(
            "INSERT INTO event (id, writer, seq, kind, root, record, hash)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
        .bind(1, row)
        .bind(2, writer_row)
        .bind(3, event.id.seq)
        .bind(4, static_cast<std::int64_t>(event.kind))
        .bind(5, registration ? std::optional(row) : root)
        .bind(6, std::span(reinterpret_cast<const std::uint8_t*>(record.data()), record.size()))
        .bind(7, std::span<const std::uint8_t>(hash))
        .run();
}

void see_time(Database& database, Head& head, const journal::Event& event) {
    const auto at = static_cast<std::int64_t>(event.at.utc.time_since_epoch().count());
    if (at < head.newest_at + kNewestStepMs) return;
    head.newest_at = at;
    database.prepare("UPDATE meta SET newest_at = ?1 WHERE id = 1").bind(1, at).run();
}

Result<std::int64_t> append(Database& database, Head& head, journal::Event& event,
                            std::optional<std::int64_t> root) {
    event.id = {head.writer, head.seq + 1};
    if (root) event.root = event_id(database, *root);
    event.hub_offset = head.hub_offset;
    const std::string record = journal::to_record(event);
    if (auto fits = journal::check_size(event, record); !fits) return fail(fits.error());
    ++head.seq;
    head.hash = journal::chain_hash(head.hash, record);
    const std::int64_t row = ++head.last_row;
    insert_event(database, row, head.writer_row, event, root, record, head.hash);
    see_time(database, head, event);
    return row;
}

std::string client_of(Database& database, const journal::Event& event) {
    const auto client = event.body.find("client");
    if (client == event.body.end() || !client->second) return "";
    return client_shown(database, *client->second);
}

std::vector<EventRecord> unit_history(Database& database, std::int64_t unit) {
    std::vector<EventRecord> records;
    const History history = read_history(database, unit);
    const std::vector<journal::Event>& events = history.events;
    for (std::size_t i = 0; i < events.size(); ++i) {
        EventRecord record;
        record.record = history.rows[i].record;
        record.hash = base::to_hex(history.rows[i].hash);
        record.event = events[i];
        record.client = client_of(database, events[i]);
        record.words = journal::describe(events[i], record.client);
        records.push_back(std::move(record));
    }
    const journal::Folded folded = journal::fold(events);
    for (std::size_t i = 0; i < records.size(); ++i) {
        records[i].stands = folded.stands[i] || events[i].kind == journal::Kind::Undone;
        records[i].refusal = folded.refusals[i];
    }
    return records;
}

}  // namespace store

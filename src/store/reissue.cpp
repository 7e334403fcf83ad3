// A copied file goes on under a name of its own.
#include <algorithm>
#include <limits>
#include <set>

#include "base/check.hpp"
#include "base/text.hpp"
#include "journal/fold.hpp"
#include "journal/record.hpp"
#include "store/event_rows.hpp"
#include "store/projection.hpp"
#include "store/reference_rows.hpp"
#include "store/store_impl.hpp"

namespace store {
namespace {

using journal::EventId;

// The names that the old writer's events behind `last_shared` get.
struct Names {
    EventId last_shared;
    base::RandomId writer{};

    [[nodiscard]] bool has(const EventId& id) const {
        return id.writer == last_shared.writer && id.seq > last_shared.seq;
    }
    [[nodiscard]] EventId operator()(const EventId& id) const {
        return has(id) ? EventId{writer, id.seq - last_shared.seq} : id;
    }
};

struct OwnEvent {
    std::int64_t row = 0;
    std::optional<std::int64_t> root;
    std::string record;
    journal::Event event;
    base::Sha256 hash{};
};

// A random id that among all writers' has the same place as `writer`, only just behind it: where
// two acts are equal in merit the order of their ids decides (journal/dag), and what this file
// shows must not change because its acts get other names.
base::RandomId id_behind(const base::RandomId& writer) {
    constexpr std::size_t kKept = 8;  // bytes; nobody else's id begins with them
    base::RandomId id = base::random_id();
    std::uint64_t low = 0, random = 0;
    for (std::size_t i = kKept; i < id.size(); ++i) {
        low = low << 8U | writer[i];
        random = random << 8U | id[i];
    }
    const std::uint64_t room = std::numeric_limits<std::uint64_t>::max() - low;
    if (room < std::numeric_limits<std::uint32_t>::max()) return id;  // a copy of copies of copies
    std::uint64_t chosen = low + 1 + random % room;
    std::copy_n(writer.begin(), kKept, id.begin());
    for (std::size_t i = id.size(); i-- > kKept; chosen >>= 8U)
        id[i] = static_cast<std::uint8_t>(chosen);
    return id;
}

std::vector<OwnEvent> own_events_behind(Database& database, std::int64_t writer, std::int64_t seq) {
    std::vector<OwnEvent> events;
    Statement rows = database.prepare(
        "SELECT id, root, record FROM event WHERE writer = ?1 AND seq > ?2 ORDER BY seq");
    rows.bind(1, writer).bind(2, seq);
    while (rows.step()) {
        OwnEvent own{rows.integer(0), rows.optional_integer(1), rows.text(2), {}, {}};
        auto event = journal::parse_record(own.record);
        if (!event) throw SqlError::damage(event.error().message);
        own.event = std::move(*event);
        events.push_back(std::move(own));
    }
    return events;
}

// The act that an undo names.
std::optional<EventId> undone_by(const journal::Event& event) {
    const auto named = event.body.find("undoes");
    if (named == event.body.end() || !named->second) return std::nullopt;
    return journal::parse_event_id(*named->second);
}

bool refers_to(const journal::Event& event, const Names& names) {
    const auto undone = undone_by(event);
    return (event.root && names.has(*event.root)) || (undone && names.has(*undone)) ||
           std::ranges::any_of(event.parents, [&](const EventId& id) { return names.has(id); });
}

// Whether another writer's event, here or waiting, names one of them: it would mean the other
// copy's act of that number from now on.
bool are_built_on(Database& database, std::int64_t writer, std::int64_t first_row,
                  const Names& names) {
    Statement rows = database.prepare(
        "SELECT record FROM event WHERE id > ?1 AND writer <> ?2 AND instr(record, ?3) > 0"
        " UNION ALL SELECT record FROM waiting WHERE instr(record, ?3) > 0");
    const std::string hex = base::to_hex(names.last_shared.writer);
    rows.bind(1, first_row)
        .bind(2, writer)
        .bind(3, std::span(reinterpret_cast<const std::uint8_t*>(hex.data()), hex.size()));
    while (rows.step()) {
        const auto event = journal::parse_record(rows.text(0));
        if (event && refers_to(*event, names)) return true;
    }
    return false;
}

// A resolution says which conflict it settled, by an id that is made of two events' names.
void rename_conflict(Database& database, const OwnEvent& own, const Names& names,
                     journal::Body& body) {
    const auto conflict = body.find("conflict");
    if (conflict == body.end() || !conflict->second || !own.root) return;
    const std::vector<journal::Event> events = read_related(database, *own.root).events;
    for (const journal::Event& a : events)
        for (const journal::Event& b : events)
            if (journal::conflict_id(a.id, b.id) == *conflict->second) {
                conflict->second = journal::conflict_id(names(a.id), names(b.id));
                return;
            }
}

void rename(Database& database, OwnEvent& own, const Names& names) {
    journal::Event& event = own.event;
    rename_conflict(database, own, names, event.body);
    if (const auto undone = undone_by(event)) event.body["undoes"] = to_text(names(*undone));
    if (!event.reissue_of) event.reissue_of = event.id;
    event.id = names(event.id);
    for (EventId& parent : event.parents) parent = names(parent);
    if (event.root) event.root = names(*event.root);
    own.record = journal::reissued_record(own.record, event);
}

// The only place where rows of the journal are changed: the trigger that forbids it is taken away
// and made again as it was, in the caller's transaction.
void rewrite_rows(Database& database, std::int64_t writer, const std::vector<OwnEvent>& events) {
    Statement select = database.prepare(
        "SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = 'event_is_never_changed'");
    CHECK(select.step());
    const std::string trigger = select.text(0);
    select.reset();
    database.execute("DROP TRIGGER event_is_never_changed");
    for (const OwnEvent& own : events)
        database
            .prepare("UPDATE event SET writer = ?2, seq = ?3, record = ?4, hash = ?5 WHERE id = ?1")
            .bind(1, own.row)
            .bind(2, writer)
            .bind(3, own.event.id.seq)
            .bind(4, std::span(reinterpret_cast<const std::uint8_t*>(own.record.data()),
                               own.record.size()))
            .bind(5, std::span<const std::uint8_t>(own.hash))
            .run();
    database.execute(trigger);
}

// Conflicts are named by their events, and of equal acts the order of names decides.
void project_again(Database& database, const std::vector<OwnEvent>& events) {
    std::set<std::int64_t> units;
    for (const OwnEvent& own : events) {
        if (journal::is_reference(own.event.kind))
            project_latest_reference(database, own.row, own.event);
        if (own.event.kind == journal::Kind::Registered) units.insert(own.row);
        if (own.root) units.insert(*own.root);
    }
    while (!units.empty()) {
        const auto related = project_related(database, *units.begin());
        write_related(database, related);
        units.erase(units.begin());
        for (const ProjectedUnit& unit : related) units.erase(unit.id);
    }
}

}  // namespace

Result<std::int64_t> Store::reissue(const EventId& last_shared) {
    return impl_->write([&]() -> Result<std::int64_t> {
        Database& database = impl_->database;
        const Head head = read_head(database);
        if (head.writer != last_shared.writer || head.seq <= last_shared.seq) return 0;
        const Names names{last_shared, id_behind(head.writer)};
        std::vector<OwnEvent> events =
            own_events_behind(database, head.writer_row, last_shared.seq);
        if (are_built_on(database, head.writer_row, events.front().row, names))
            return fail(ErrorKind::Refused,
                        "this database was copied, and other stations have built on acts that it "
                        "did since; sync the other copy where those stations sync");
        for (OwnEvent& own : events) rename(database, own, names);
        base::Sha256 hash{};
        for (OwnEvent& own : events) hash = own.hash = journal::chain_hash(hash, own.record);
        const std::int64_t writer = add_writer(database, names.writer);
        rewrite_rows(database, writer, events);
        database.prepare("UPDATE meta SET writer = ?1").bind(1, writer).run();
        project_again(database, events);
        return static_cast<std::int64_t>(events.size());
    });
}

}  // namespace store

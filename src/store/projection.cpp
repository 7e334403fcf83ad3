#include "store/projection.hpp"

#include <algorithm>
#include <set>

#include "base/check.hpp"
#include "journal/fields.hpp"
#include "journal/history.hpp"
#include "journal/record.hpp"
#include "store/client_rows.hpp"
#include "store/event_rows.hpp"
#include "store/search_index.hpp"
#include "store/unit_marks.hpp"

namespace store {
namespace {

struct EventWithRow {
    EventRow row;
    journal::Event event;
};

// The units that ever went under the key.
std::vector<std::int64_t> units_of_key(Database& database, const std::string& key) {
    Statement of_key = database.prepare(
        "SELECT id FROM unit WHERE key = ?1 AND status IS NOT NULL"
        " UNION SELECT id FROM unit WHERE key = ?1 AND status IS NULL"
        " UNION SELECT unit FROM former_key WHERE key = ?1");
    of_key.bind(1, key);
    std::vector<std::int64_t> units;
    while (of_key.step()) units.push_back(of_key.integer(0));
    return units;
}

// The keys that its rows say the unit ever went under.
std::vector<std::string> keys_of_row(Database& database, std::int64_t unit) {
    Statement rows = database.prepare(
        "SELECT key FROM unit WHERE id = ?1 UNION SELECT key FROM former_key WHERE unit = ?1");
    rows.bind(1, unit);
    std::vector<std::string> keys;
    while (rows.step()) keys.push_back(rows.text(0));
    return keys;
}

std::vector<EventWithRow> read_events(Database& database, std::int64_t unit) {
    Statement rows = database.prepare(
        "SELECT id, record, hash FROM event WHERE id = ?1 UNION ALL"
        " SELECT id, record, hash FROM event WHERE root = ?1 AND root <> id");
    rows.bind(1, unit);
    std::vector<EventWithRow> events;
    while (rows.step()) {
        EventRow row{rows.integer(0), rows.text(1), to_array<base::Sha256>(rows.blob(2))};
        auto event = journal::parse_record(row.record);
        if (!event) throw SqlError::damage(event.error().message);
        events.push_back({std::move(row), std::move(*event)});
    }
    return events;
}

History in_causal_order(std::vector<EventWithRow> events) {
    std::ranges::sort(events, {}, [](const EventWithRow& one) { return one.row.id; });
    History history;
    for (EventWithRow& one : events) {
        history.rows.push_back(std::move(one.row));
        history.events.push_back(std::move(one.event));
    }
    return history;
}

// Those that the event gives to its unit and are not among them.
void add_keys(const journal::Event& event, std::vector<std::string>& keys) {
    if (event.kind != journal::Kind::Registered && event.kind != journal::Kind::Renamed) return;
    for (const journal::Write& write : journal::writes_of(event))
        if (write.field == journal::Field::Key && write.value &&
            std::ranges::find(keys, *write.value) == keys.end())
            keys.push_back(*write.value);
}

History part_of(const History& all, const journal::Lineages& lineages) {
    History part;
    for (const std::size_t i : lineages.events) {
        part.rows.push_back(all.rows[i]);
        part.events.push_back(all.events[i]);
    }
    return part;
}

std::int64_t row_of(const History& history, const journal::EventId& id) {
    for (std::size_t i = 0; i < history.events.size(); ++i)
        if (history.events[i].id == id) return history.rows[i].id;
    CHECK(false);  // a registration is among its own events
}

// The rows of one group of registrations: the first one's is the unit, the others only keep their
// histories findable.
void project_group(const History& history, const journal::Lineages& lineages,
                   std::vector<ProjectedUnit>& units) {
    const journal::Folded folded = journal::fold(history.events);
    ProjectedUnit unit;
    unit.id = row_of(history, lineages.roots.front());
    unit.merged = lineages.roots.size() > 1 || !journal::is_chain(history.events);
    for (const std::size_t tip : folded.tips) unit.tip = std::max(unit.tip, history.rows[tip].id);
    unit.listed = folded.unit && lineages.live ? Listed::Yes : Listed::No;
    if (folded.unit)
        unit.unit = *folded.unit;
    else if (const auto registered = journal::apply(std::nullopt, history.events.front()))
        unit.unit = *registered;
    // A correction may be of a registration that went its own way since.
    unit.unit.serial = lineages.serial.printed;
    unit.unit.key = lineages.serial.key;
    if (unit.listed == Listed::Yes) unit.conflict = open_conflict(history.events, folded);
    units.push_back(unit);
    for (std::size_t i = 1; i < lineages.roots.size(); ++i) {
        ProjectedUnit other = unit;
        other.id = row_of(history, lineages.roots[i]);
        other.listed = Listed::No;
        other.conflict.reset();
        units.push_back(other);
    }
}

}  // namespace

std::optional<OpenConflict> open_conflict(const std::vector<journal::Event>& history,
                                          const journal::Folded& folded) {
    if (!folded.conflict) return std::nullopt;
    return OpenConflict{journal::conflict_id(history, *folded.conflict), folded.conflict->severity,
                        folded.conflict->sellable, folded.conflict->sentence};
}

std::vector<std::string> keys_of(const std::vector<journal::Event>& events) {
    std::vector<std::string> keys;
    for (const journal::Event& event : events) add_keys(event, keys);
    return keys;
}

History read_history(Database& database, std::int64_t unit) {
    Statement merged = database.prepare("SELECT merged FROM unit WHERE id = ?1");
    if (!merged.bind(1, unit).step() || merged.integer(0) == 0)
        return in_causal_order(read_events(database, unit));
    const History all = read_related(database, unit);
    for (const journal::Lineages& lineages : journal::split_by_serial(all.events)) {
        const History part = part_of(all, lineages);
        if (std::ranges::find(part.rows, unit, &EventRow::id) != part.rows.end()) return part;
    }
    return {};
}

// They are joined by a key they ever had. What their rows say may be behind their events, so both
// are asked.
History read_related(Database& database, std::int64_t unit) {
    std::vector<EventWithRow> all;
    std::vector<std::int64_t> units{unit};  // grows while it is walked
    std::set<std::string> keys_asked;
    for (std::size_t i = 0; i < units.size(); ++i) {
        std::vector<EventWithRow> events = read_events(database, units[i]);
        std::vector<std::string> keys = keys_of_row(database, units[i]);
        for (const EventWithRow& one : events) add_keys(one.event, keys);
        for (const std::string& key : keys) {
            if (!keys_asked.insert(key).second) continue;
            for (const std::int64_t other : units_of_key(database, key))
                if (std::ranges::find(units, other) == units.end()) units.push_back(other);
        }
        std::ranges::move(events, std::back_inserter(all));
    }
    return in_causal_order(std::move(all));
}

std::vector<ProjectedUnit> project_related(Database& database, std::int64_t unit) {
    const History all = read_related(database, unit);
    const auto groups = journal::split_by_serial(all.events);
    std::vector<ProjectedUnit> units;
    for (const journal::Lineages& lineages : groups)
        project_group(part_of(all, lineages), lineages, units);
    const std::vector<std::string> keys = keys_of(all.events);
    for (ProjectedUnit& projected : units)
        for (const std::string& key : keys)
            if (key != projected.unit.key) projected.former_keys.push_back(key);
    return units;
}

void write_related(Database& database, const std::vector<ProjectedUnit>& units) {
    // Off the lists first: a serial or a conflict may go from one registration to another.
    for (const ProjectedUnit& projected : units) {
        unlist(database, projected.id);
        database.prepare("DELETE FROM conflict WHERE unit = ?1").bind(1, projected.id).run();
    }
    for (const ProjectedUnit& projected : units) {
        Statement old = database.prepare("SELECT key FROM unit WHERE id = ?1");
        CHECK(old.bind(1, projected.id).step());
        const std::string old_key = old.text(0);
        old.reset();
        if (projected.unit.client) keep_client(database, *projected.unit.client);
        write_row(database, projected, find_references(database, projected.unit));
        index_renamed(database, projected.id, old_key, projected.unit.key);
        for (const std::string& key : projected.former_keys)
            remember_former_key(database, projected.id, key);
        if (projected.conflict) write_conflict(database, projected.id, *projected.conflict);
    }
}

void write_unlisted(Database& database, std::int64_t id, const journal::Event& registration) {
    ProjectedUnit row{id, id, {}, Listed::No, false, {}, {}};
    if (const auto registered = journal::apply(std::nullopt, registration)) row.unit = *registered;
    row.unit.key = registration.key;
    if (row.unit.client) keep_client(database, *row.unit.client);
    write_row(database, row, find_references(database, row.unit));
}

bool is_key_shared(Database& database, std::int64_t unit, const std::string& key) {
    Statement others = database.prepare(
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM unit WHERE key = ?1 AND status IS NOT NULL"
        " AND id <> ?2) OR EXISTS (SELECT 1 FROM unit WHERE key = ?1 AND status IS NULL"
        " AND id <> ?2) OR EXISTS (SELECT 1 FROM former_key WHERE key = ?1 AND unit <> ?2)");
    return others.bind(1, key).bind(2, unit).step();
}

void remember_former_key(Database& database, std::int64_t unit, const std::string& key) {
    database.prepare("INSERT OR IGNORE INTO former_key (key, unit) VALUES (?1, ?2)")
        .bind(1, key)
        .bind(2, unit)
        .run();
}

}  // namespace store

#include "store/projection.hpp"

#include <algorithm>
#include <set>

#include "base/check.hpp"
#include "journal/fields.hpp"
#include "journal/fold.hpp"
#include "journal/history.hpp"
#include "journal/record.hpp"
#include "store/client_rows.hpp"
#include "store/event_rows.hpp"
#include "store/search_index.hpp"

namespace store {
namespace {

using Units = std::set<std::int64_t>;

void add_units_of_key(Database& database, const std::string& key, Units& units) {
    Statement of_key = database.prepare(
        "SELECT id FROM unit WHERE key = ?1 AND status IS NOT NULL"
        " UNION SELECT id FROM unit WHERE key = ?1 AND status IS NULL"
        " UNION SELECT unit FROM former_key WHERE key = ?1");
    of_key.bind(1, key);
    while (of_key.step()) units.insert(of_key.integer(0));
}

History read_events(Database& database, const Units& units) {
    History history;
    for (const std::int64_t unit : units) {
        Statement rows = database.prepare(
            "SELECT id, record, hash FROM event WHERE id = ?1 UNION ALL"
            " SELECT id, record, hash FROM event WHERE root = ?1 AND root <> id");
        rows.bind(1, unit);
        while (rows.step())
            history.rows.push_back(
                {rows.integer(0), rows.text(1), to_array<base::Sha256>(rows.blob(2))});
    }
    std::ranges::sort(history.rows, {}, &EventRow::id);
    for (const EventRow& row : history.rows) {
        auto event = journal::parse_record(row.record);
        if (!event) throw SqlError::damage(event.error().message);
        history.events.push_back(std::move(*event));
    }
    return history;
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
    if (folded.conflict && unit.listed == Listed::Yes)
        unit.conflict = OpenConflict{journal::conflict_id(history.events, *folded.conflict),
                                     folded.conflict->severity, folded.conflict->sellable,
                                     folded.conflict->sentence};
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

std::vector<std::string> keys_of(const std::vector<journal::Event>& events) {
    std::vector<std::string> keys;
    for (const journal::Event& event : events) {
        if (event.kind != journal::Kind::Registered && event.kind != journal::Kind::Renamed)
            continue;
        for (const journal::Write& write : journal::writes_of(event))
            if (write.field == journal::Field::Key && write.value &&
                std::ranges::find(keys, *write.value) == keys.end())
                keys.push_back(*write.value);
    }
    return keys;
}

History read_history(Database& database, std::int64_t unit) {
    Statement merged = database.prepare("SELECT merged FROM unit WHERE id = ?1");
    if (!merged.bind(1, unit).step() || merged.integer(0) == 0)
        return read_events(database, {unit});
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
    Units units{unit};
    for (;;) {
        const std::size_t before = units.size();
        History history = read_events(database, units);
        for (const std::string& key : keys_of(history.events))
            add_units_of_key(database, key, units);
        for (const std::int64_t id : Units(units)) {
            Statement keys = database.prepare(
                "SELECT key FROM unit WHERE id = ?1"
                " UNION SELECT key FROM former_key WHERE unit = ?1");
            keys.bind(1, id);
            while (keys.step()) add_units_of_key(database, keys.text(0), units);
        }
        if (units.size() == before) return history;
    }
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
        database.prepare("UPDATE unit SET status = NULL WHERE id = ?1").bind(1, projected.id).run();
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

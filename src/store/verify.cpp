#include "store/verify.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "base/check.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "journal/fold.hpp"
#include "journal/history.hpp"
#include "journal/record.hpp"
#include "store/client_rows.hpp"
#include "store/event_rows.hpp"
#include "store/migrate.hpp"
#include "store/projection.hpp"
#include "store/reference_rows.hpp"
#include "store/references.hpp"
#include "store/search_index.hpp"
#include "store/unit_marks.hpp"
#include "store/unit_rows.hpp"

namespace store {
namespace {

constexpr std::size_t kDamagesMax = 20;  // more do not help anybody
constexpr std::int64_t kProgressEvery = 10000;

// From what refers to what is referred to.
constexpr const char* kReferenceTables[] = {"profile",   "recall", "location",
                                            "warehouse", "lot",    "variant"};

void report(Verification& result, std::string event, std::string serial, std::string what) {
    if (result.damages.size() < kDamagesMax)
        result.damages.push_back({std::move(event), std::move(serial), std::move(what)});
    ++result.damage_count;
}

// The serial that a damaged record is about, as well as it can still be told.
std::string serial_near(Database& database, std::int64_t row) {
    Statement select = database.prepare(
        "SELECT u.serial FROM event e JOIN unit u ON u.id = e.root WHERE e.id = ?1");
    return select.bind(1, row).step() ? select.text(0) : "";
}

std::string writer_name(Database& database, std::int64_t row) {
    Statement select = database.prepare("SELECT hex(uuid) FROM writer WHERE id = ?1");
    return select.bind(1, row).step() ? base::fold(select.text(0)) : "";
}

std::string name_of(const std::string& writer, std::int64_t seq) {
    return writer + ":" + std::to_string(seq);
}

std::string difference(const inventory::Unit& shown, const inventory::Unit& folded) {
    if (shown.status != folded.status)
        return "it is shown as " + std::string(inventory::label(shown.status)) +
               ", its history says " + std::string(inventory::label(folded.status));
    return "a field differs from its history";
}

// Codes may be written in another case than in the reference data; they are the same by their key.
inventory::Unit comparable(inventory::Unit unit) {
    const auto key = [](std::optional<std::string>& code) {
        if (code) code = base::comparison_key(*code);
    };
    unit.variant = base::comparison_key(unit.variant);
    key(unit.lot);
    key(unit.warehouse);
    key(unit.location);
    return unit;
}

// How the row of a unit differs from what the journal makes of it; "" = not at all.
std::string mismatch(Database& database, const ProjectedUnit& unit) {
    static const std::string kById = select_units("u.id = ?1");
    Statement row = database.prepare(kById);
    if (!row.bind(1, unit.id).step()) return "it is missing although it was registered";
    const bool listed = unit.listed == Listed::Yes;
    if (row.is_null(4) == listed) return "it is on the lists or off them against its history";
    const UnitRow shown = read_row(row);
    if (shown.tip != unit.tip || shown.merged != unit.merged)
        return "its latest event is not the one of its history";
    if (listed && comparable(shown.unit) != comparable(unit.unit))
        return difference(shown.unit, unit.unit);
    if (shown.conflict != unit.conflict) return "its conflict is not the one of its history";
    if (!ends_indexed(database, shown.id, shown.unit.key))
        return "a search for its last digits does not find it";
    return "";
}

// Nearly every unit is the fold of its own events; the others are made anew with all that concerns
// them.
void compare_unit(Database& database, const ProjectedUnit& unit, Verification& result) {
    std::string what = unit.merged ? "its history forks" : mismatch(database, unit);
    if (what.empty()) return;
    for (const ProjectedUnit& related : project_related(database, unit.id))
        if (related.id == unit.id) what = mismatch(database, related);
    if (!what.empty()) report(result, "", unit.unit.serial, what);
}

std::int64_t milliseconds(const journal::Event& event) {
    return static_cast<std::int64_t>(event.at.utc.time_since_epoch().count());
}

// A registration's row by its own events; nothing when even the registration cannot be read.
std::optional<ProjectedUnit> own_row(std::int64_t id, std::int64_t tip,
                                     const std::vector<journal::Event>& history) {
    ProjectedUnit row;
    row.id = id;
    row.tip = tip;
    row.merged = !journal::is_chain(history);
    journal::Folded folded = journal::fold(history);
    row.listed = folded.unit ? Listed::Yes : Listed::No;
    if (folded.unit) {
        row.unit = std::move(*folded.unit);
        row.conflict = open_conflict(history, folded);
    } else if (auto registered = journal::apply(std::nullopt, history.front())) {
        row.unit = std::move(*registered);
    } else {
        return std::nullopt;
    }
    for (std::string& key : keys_of(history))
        if (key != row.unit.key) row.former_keys.push_back(std::move(key));
    return row;
}

// Calls `on_unit` for every unit in the order of registration, as its own events make it (when it
// is merged, that is not all of it), and says when its newest event was, in ms since 1970 UTC.
// Unreadable records are left out and reported to `on_damage` with the event's row.
std::int64_t fold_units(Database& database,
                        const std::function<void(const ProjectedUnit&)>& on_unit,
                        const std::function<void(std::int64_t, const std::string&)>& on_damage) {
    Statement rows = database.prepare(
        "SELECT id, id, record FROM event WHERE root = id UNION ALL"
        " SELECT root, id, record FROM event WHERE root <> id ORDER BY 1, 2");
    std::vector<journal::Event> history;
    std::int64_t newest_at = 0, id = 0, tip = 0;
    const auto finish = [&] {
        if (!history.empty())
            if (const auto unit = own_row(id, tip, history)) on_unit(*unit);
        history.clear();
    };
    while (rows.step()) {
        if (rows.integer(0) != id) finish();
        id = rows.integer(0);
        tip = rows.integer(1);
        auto event = journal::parse_record(rows.text(2));
        if (event) {
            newest_at = std::max(newest_at, milliseconds(*event));
            history.push_back(std::move(*event));
        } else {
            on_damage(tip, event.error().message);
        }
    }
    finish();
    return newest_at;
}

// Every reference event of `source`, of each key the one that counts, into the tables of `target`
// in the order of their first events; when the newest was.
std::int64_t project_references(Database& source, Database& target) {
    struct OfKey {
        std::vector<std::int64_t> rows;
        std::vector<journal::Event> events;
    };
    std::int64_t newest_at = 0;
    std::map<std::pair<journal::Kind, std::string>, OfKey> by_key;
    std::vector<const OfKey*> in_order;
    Statement rows = source.prepare("SELECT id, record FROM event WHERE root IS NULL ORDER BY id");
    while (rows.step()) {
        auto event = journal::parse_record(rows.text(1));
        if (!event) continue;
        newest_at = std::max(newest_at, milliseconds(*event));
        if (!journal::is_reference(event->kind)) continue;
        OfKey& of_key = by_key[{event->kind, event->key}];
        if (of_key.rows.empty()) in_order.push_back(&of_key);
        of_key.rows.push_back(rows.integer(0));
        of_key.events.push_back(std::move(*event));
    }
    for (const OfKey* of_key : in_order) {
        const std::size_t latest = latest_reference(of_key->events);
        project_reference(target, of_key->rows.front(), of_key->rows[latest],
                          of_key->events[latest]);
    }
    return newest_at;
}

// All rows of a table, each as one text.
std::vector<std::string> rows_of(Database& database, const std::string& table) {
    std::string columns;
    Statement info = database.prepare("SELECT name FROM pragma_table_info('" + table + "')");
    while (info.step())
        columns += (columns.empty() ? "quote(" : " || ' ' || quote(") + info.text(0) + ")";
    std::vector<std::string> all;
    Statement rows = database.prepare("SELECT " + columns + " FROM " + table + " ORDER BY id");
    while (rows.step()) all.push_back(rows.text(0));
    return all;
}

// There are few of them, so they are all made again in memory; when the newest was.
std::int64_t compare_references(Database& database, Verification& result) {
    Database fresh(":memory:");
    CHECK(migrate(fresh, migrations()).has_value());
    fresh.execute("PRAGMA foreign_keys = OFF");  // the events themselves are not copied
    const std::int64_t newest_at = project_references(database, fresh);
    for (const char* table : kReferenceTables)
        if (rows_of(database, table) != rows_of(fresh, table))
            report(result, "", "",
                   std::string("the table of every ") + table + " differs from its history");
    return newest_at;
}

void compare_counters(Database& database, Verification& result) {
    Statement rows = database.prepare(
        "SELECT c.status, c.units, (SELECT count(*) FROM unit u WHERE u.status = c.status)"
        " FROM counter c");
    while (rows.step())
        if (rows.integer(1) != rows.integer(2))
            report(
                result, "", "",
                "the count of " +
                    std::string(inventory::label(static_cast<inventory::Status>(rows.integer(0)))) +
                    " units is " + std::to_string(rows.integer(1)) + ", there are " +
                    std::to_string(rows.integer(2)));
}

// The last digits of each serial are looked up with its row, the trigrams only all together.
void compare_search(Database& database, Verification& result) {
    if (database.integer("SELECT count(*) FROM unit_ending") !=
        database.integer("SELECT count(*) FROM unit"))
        report(result, "", "", "a search for last digits finds what no serial ends with");
    bool sound = false;
    try {
        sound = parts_indexed(database);
    } catch (const SqlError& error) {
        if (!is_damage(error)) throw;
    }
    if (!sound)
        report(result, "", "",
               "a search for a part of a serial does not find exactly those that hold it");
}

// What SQLite itself can tell: pages, indexes that name the rows of their tables, references.
void check_file(Database& database, Verification& result) {
    Statement checked =
        database.prepare("PRAGMA integrity_check(" + std::to_string(kDamagesMax) + ")");
    while (checked.step()) {
        std::string what = checked.text(0);
        std::ranges::replace(what, '\n', ' ');
        if (what != "ok") report(result, "", "", "in the file: " + what);
    }
    Statement lost = database.prepare("SELECT \"table\", parent FROM pragma_foreign_key_check");
    while (lost.step())
        report(result, "", "",
               "a " + lost.text(0) + " refers to a " + lost.text(1) + " that is not there");
}

}  // namespace

void verify_chains(Database& database, Verification& result, const Progress& progress) {
    Statement rows = database.prepare(
        "SELECT e.writer, e.seq, e.record, e.hash, e.id FROM event e"
        " UNION ALL SELECT writer, seq, record, hash, 0 FROM waiting ORDER BY 1, 2");
    const std::int64_t total =
        database.integer("SELECT (SELECT count(*) FROM event) + (SELECT count(*) FROM waiting)");
    std::int64_t writer = 0, seq = 0;
    base::Sha256 previous{};
    bool broken = false;  // everything behind a damage in one chain cannot be judged
    while (rows.step()) {
        if (rows.integer(0) != writer) {
            writer = rows.integer(0);
            seq = 0;
            previous = {};
            broken = false;
        }
        ++result.events;
        if (result.events % kProgressEvery == 0 && progress) progress(result.events, total);
        if (broken) continue;
        const auto record = rows.blob(2);
        const std::string_view text(reinterpret_cast<const char*>(record.data()), record.size());
        const base::Sha256 hash = journal::chain_hash(previous, text);
        const auto damaged = [&](const std::string& what) {
            report(result, name_of(writer_name(database, writer), rows.integer(1)),
                   serial_near(database, rows.integer(4)), what);
            broken = true;
        };
        if (rows.integer(1) != ++seq)
            damaged("an event before it is missing");
        else if (!std::ranges::equal(rows.blob(3), hash))
            damaged("its bytes are not those that were written");
        previous = hash;
    }
}

void verify_projection(Database& database, Verification& result, const Progress& progress) {
    const std::int64_t total = database.integer("SELECT count(*) FROM unit");
    std::int64_t newest_at = fold_units(
        database,
        [&](const ProjectedUnit& unit) {
            compare_unit(database, unit, result);
            ++result.units;
            if (result.units % kProgressEvery == 0 && progress) progress(result.units, total);
        },
        [&](std::int64_t row, const std::string& what) {
            report(result, journal::to_text(event_id(database, row)), serial_near(database, row),
                   what);
        });
    if (total > result.units)
        report(result, "", "", std::to_string(total - result.units) + " units have no history");
    compare_search(database, result);
    newest_at = std::max(newest_at, compare_references(database, result));
    const std::int64_t seen = database.integer("SELECT newest_at FROM meta");
    if (seen > newest_at || seen <= newest_at - kNewestStepMs)
        report(result, "", "", "the latest time seen is not that of the newest event");
    compare_counters(database, result);
    for (std::string& fault : mark_faults(database)) report(result, "", "", std::move(fault));
    check_file(database, result);
}

void rebuild_projection(Database& database) {
    // First the indexes: a row that its index does not name cannot be deleted. Those of the journal
    // stay as they are, they may be the only witness of an event that was lost.
    const auto empty = [&](const std::string& table) {
        database.execute("REINDEX " + table + "; DELETE FROM " + table);
    };
    for (const char* table : {"conflict", "former_key", "identifier", "serial_shape", "unit"})
        empty(table);
    for (const char* table : kReferenceTables) empty(table);
    const std::int64_t references_at = project_references(database, database);
    std::set<std::int64_t> related;
    const std::int64_t units_at = fold_units(
        database,
        [&](ProjectedUnit row) {
            const ReferenceRows references = find_references(database, row.unit);
            if (references.variant == 0) return;  // its event was lost
            if (row.unit.client) keep_client(database, *row.unit.client);
            const bool alone = !row.merged && !row.conflict && row.former_keys.empty() &&
                               !is_key_shared(database, row.id, row.unit.key);
            if (!alone) row.listed = Listed::No;
            write_row(database, row, references);
            if (alone) return;
            for (const std::string& key : row.former_keys)
                remember_former_key(database, row.id, key);
            related.insert(row.id);
        },
        [](std::int64_t, const std::string&) {});  // verify reports it; a rebuild uses what is left
    index_anew(database);
    while (!related.empty()) {
        const auto units = project_related(database, *related.begin());
        write_related(database, units);
        for (const ProjectedUnit& unit : units) related.erase(unit.id);
    }
    database.prepare("UPDATE meta SET newest_at = ?1")
        .bind(1, std::max(references_at, units_at))
        .run();
}

}  // namespace store

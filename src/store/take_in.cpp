#include "store/take_in.hpp"

#include <optional>
#include <utility>

#include "journal/history.hpp"
#include "store/client_rows.hpp"
#include "store/projection.hpp"
#include "store/reference_rows.hpp"
#include "store/search_index.hpp"
#include "store/unit_rows.hpp"

namespace store {
namespace {

using journal::Kind;
using Row = std::optional<std::int64_t>;

Row event_row(Database& database, const journal::EventId& id) {
    Statement select = database.prepare(
        "SELECT e.id FROM event e JOIN writer w ON w.id = e.writer"
        " WHERE w.uuid = ?1 AND e.seq = ?2");
    select.bind(1, std::span<const std::uint8_t>(id.writer)).bind(2, id.seq);
    return select.step() ? Row(select.integer(0)) : Row();
}

bool are_codes_known(Database& database, const journal::Event& event) {
    const auto code = [&](const char* field) { return journal::text_of(event.body, field); };
    const std::string sku = code("variant"), lot = code("lot");
    const Row variant = sku.empty() ? Row() : find_variant(database, sku);
    if (!sku.empty() && !variant) return false;
    if (variant && !lot.empty() && event.kind != Kind::Recall && !find_lot(database, *variant, lot))
        return false;
    const std::string place = code("warehouse"), location = code("location");
    const Row warehouse = place.empty() ? Row() : find_warehouse(database, place);
    if (!place.empty() && !warehouse) return false;
    return !warehouse || location.empty() || find_location(database, *warehouse, location);
}

// Whether the registration goes or went under the serial. Two copies of one file may have given one
// number to two events: what was done on the one unit must not come to the other.
bool is_registration_of(Database& database, std::int64_t row, const std::string& key) {
    Statement unit = database.prepare(
        "SELECT 1 FROM unit WHERE id = ?1 AND key = ?2"
        " UNION ALL SELECT 1 FROM former_key WHERE unit = ?1 AND key = ?2");
    return unit.bind(1, row).bind(2, key).step();
}

// The unit's row after an act that follows its last one; false when more must be looked at.
bool project_next(Database& database, std::int64_t row, std::int64_t unit,
                  const journal::Event& event) {
    if (event.kind == Kind::Undone || event.kind == Kind::Renamed) return false;
    static const std::string kById = select_units("u.id = ?1");
    Statement select = database.prepare(kById);
    if (!select.bind(1, unit).step() || select.is_null(4)) return false;
    const UnitRow before = read_row(select);
    select.reset();
    if (before.merged || before.conflict || event.parents.size() != 1 ||
        event_id(database, before.tip) != event.parents[0])
        return false;
    const auto after = journal::apply(before.unit, event);
    if (!after) return false;
    if (after->client) keep_client(database, *after->client);
    write_row(database, {unit, row, *after, Listed::Yes, false, {}, {}},
              find_references(database, *after));
    return true;
}

void project_registration(Database& database, std::int64_t row, const journal::Event& event) {
    const auto unit = journal::apply(std::nullopt, event);
    index_new(database, row, event.key);
    if (unit && !is_key_shared(database, row, event.key)) {
        if (unit->client) keep_client(database, *unit->client);
        insert_row(database, {row, row, *unit, Listed::Yes, false, {}, {}},
                   find_references(database, *unit));
        return;
    }
    write_unlisted(database, row, event);
    write_related(database, project_related(database, row));
}

// What comes after it may ask for keys that it gives or takes.
bool may_change_keys(Kind kind) {
    return kind == Kind::Registered || kind == Kind::Renamed || kind == Kind::Undone ||
           kind == Kind::Resolved;
}

}  // namespace

bool is_complete(Database& database, const journal::Event& event) {
    for (const journal::EventId& parent : event.parents)
        if (!event_row(database, parent)) return false;
    if (event.root) {
        const Row root = event_row(database, *event.root);
        if (!root || !is_registration_of(database, *root, event.key)) return false;
    }
    // What a later version wrote is kept, not applied: its fields may mean anything.
    return event.kind == Kind::Unknown || are_codes_known(database, event);
}

void take_in(Database& database, Head& head, Stale& stale, std::int64_t writer,
             const journal::Event& event, std::string_view record, const base::Sha256& hash) {
    const Row root = event.root ? event_row(database, *event.root) : Row();
    const std::int64_t row = ++head.last_row;
    insert_event(database, row, writer, event, root, record, hash);
    see_time(database, head, event);
    if (journal::is_reference(event.kind))
        project_latest_reference(database, row, event);
    else if (root && (stale.contains(*root) || !project_next(database, row, *root, event)))
        stale.insert(*root);
    if (!may_change_keys(event.kind)) return;
    project_stale(database, stale);
    if (event.kind == Kind::Registered) project_registration(database, row, event);
}

void project_stale(Database& database, Stale& stale) {
    for (const std::int64_t unit : Stale(std::exchange(stale, {})))
        write_related(database, project_related(database, unit));
}

}  // namespace store

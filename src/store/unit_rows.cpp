#include "store/unit_rows.hpp"

#include <chrono>
#include <utility>

#include "base/text.hpp"
#include "inventory/identifiers.hpp"
#include "store/client_rows.hpp"
#include "store/unit_marks.hpp"

namespace store {
namespace {

std::optional<std::int64_t> days(const std::optional<inventory::Date>& date) {
    if (!date) return std::nullopt;
    return std::chrono::sys_days(*date).time_since_epoch().count();
}

std::optional<inventory::Date> date(const std::optional<std::int64_t>& days) {
    if (!days) return std::nullopt;
    return inventory::Date(std::chrono::sys_days(std::chrono::days(*days)));
}

}  // namespace

const std::string_view kRecallReason =
    "(SELECT r.reason FROM recall r WHERE r.open = 1"
    " AND (r.variant IS NULL OR r.variant = u.variant)"
    " AND (r.lot_key IS NULL OR r.lot_key = l.key) LIMIT 1)";

std::string select_units(std::string_view where, std::string_view first) {
    std::string sql =
        "SELECT u.id, u.tip, u.key, u.serial, u.status, v.sku, l.code, w.code, p.code,"
        " u.purchase_date, u.warranty_expiry, u.client, u.order_ref, u.rma, u.reason,"
        " v.name, v.gtin, c.name, u.hold, ";
    sql += kRecallReason;
    sql +=
        ", l.expiry, u.variant, u.lot, u.warehouse, u.location, u.merged,"
        " x.id, x.severity, x.sellable, x.sentence, u.provisional,"
        " u.tip <= (SELECT confirmed_to FROM meta), u.identifiers, u.symbology FROM ";
    sql += first;
    sql +=
        " JOIN variant v ON v.id = u.variant"
        " LEFT JOIN lot l ON l.id = u.lot LEFT JOIN warehouse w ON w.id = u.warehouse"
        " LEFT JOIN location p ON p.id = u.location LEFT JOIN client c ON c.ref = u.client"
        " LEFT JOIN conflict x ON x.unit = u.id WHERE ";
    sql += where;
    return sql;
}

UnitRow read_row(const Statement& row) {
    UnitRow read;
    read.id = row.integer(0);
    read.tip = row.integer(1);
    inventory::Unit& unit = read.unit;
    unit.key = row.text(2);
    unit.serial = row.text(3);
    unit.status = static_cast<inventory::Status>(row.integer(4));
    unit.variant = row.text(5);
    unit.lot = row.optional_text(6);
    unit.warehouse = row.optional_text(7);
    unit.location = row.optional_text(8);
    unit.purchase_date = date(row.optional_integer(9));
    unit.warranty_expiry = date(row.optional_integer(10));
    unit.client = row.optional_text(11);
    unit.order = row.optional_text(12);
    unit.rma = row.optional_text(13);
    unit.reason = row.optional_text(14);
    read.variant_name = row.text(15);
    read.gtin = row.optional_text(16);
    read.client_name = row.optional_text(17);
    unit.hold = row.optional_text(18);
    read.recall = row.optional_text(19);
    if (const auto expiry = row.optional_text(20)) read.lot_expiry = inventory::parse_date(*expiry);
    read.references = {row.integer(21), row.optional_integer(22), row.optional_integer(23),
                       row.optional_integer(24)};
    read.merged = row.integer(25) != 0;
    if (!row.is_null(26))
        read.conflict = OpenConflict{row.text(26), static_cast<journal::Severity>(row.integer(27)),
                                     row.integer(28) != 0, row.text(29)};
    unit.provisional = row.integer(30) != 0;
    unit.identifiers = inventory::parse_identifiers(row.text(32));
    unit.symbology = row.text(33);
    read.confirmed = row.integer(31) != 0 && !read.conflict;
    return read;
}

UnitRecord to_record(UnitRow row) {
    UnitRecord record{std::move(row.unit), std::move(row.variant_name),
                      std::move(row.gtin), std::move(row.recall),
                      row.lot_expiry,      std::move(row.conflict),
                      row.confirmed};
    if (record.unit.client) record.unit.client = client_shown(row.client_name);
    return record;
}

std::optional<UnitRow> find_row(Database& database, std::string_view key) {
    static const std::string kByKey = select_units("u.key = ?1 AND u.status IS NOT NULL");
    Statement select = database.prepare(kByKey);
    if (!select.bind(1, key).step()) return std::nullopt;
    return read_row(select);
}

std::optional<UnitRow> find_row_of(Database& database, std::int64_t registration) {
    static const std::string kOfRegistration =
        select_units("u.key = (SELECT key FROM unit WHERE id = ?1) AND u.status IS NOT NULL");
    Statement select = database.prepare(kOfRegistration);
    if (!select.bind(1, registration).step()) return std::nullopt;
    return read_row(select);
}

std::optional<std::int64_t> find_withdrawn(Database& database, std::string_view key) {
    Statement select = database.prepare(
        "SELECT id FROM unit WHERE key = ?1 AND status IS NULL ORDER BY tip DESC LIMIT 1");
    if (!select.bind(1, key).step()) return std::nullopt;
    return select.integer(0);
}

void write_conflict(Database& database, std::int64_t unit, const OpenConflict& conflict) {
    database
        .prepare(
            "INSERT INTO conflict (unit, id, severity, sellable, sentence)"
            " VALUES (?1, ?2, ?3, ?4, ?5)")
        .bind(1, unit)
        .bind(2, conflict.id)
        .bind(3, static_cast<std::int64_t>(conflict.severity))
        .bind(4, std::int64_t{conflict.sellable})
        .bind(5, conflict.sentence)
        .run();
}

namespace {

void bind_row(Statement& statement, const ProjectedUnit& row, const ReferenceRows& references) {
    const inventory::Unit& unit = row.unit;
    const auto status = static_cast<std::int64_t>(unit.status);
    statement.bind(1, row.id)
        .bind(2, row.tip)
        .bind(3, unit.key)
        .bind(4, unit.serial)
        .bind(5, row.listed == Listed::Yes ? std::optional(status) : std::nullopt)
        .bind(6, references.variant)
        .bind(7, references.lot)
        .bind(8, references.warehouse)
        .bind(9, references.location)
        .bind(10, days(unit.purchase_date))
        .bind(11, days(unit.warranty_expiry))
        .bind(12, unit.client)
        .bind(13, unit.order)
        .bind(14, unit.rma)
        .bind(15, unit.reason)
        .bind(16, unit.hold)
        .bind(17, std::int64_t{row.merged})
        .bind(18, std::int64_t{unit.provisional})
        .bind(19, inventory::to_text(unit.identifiers))
        .bind(20, unit.symbology);
}

UnitMarks marks_of(const ProjectedUnit& row, const ReferenceRows& references) {
    return {row.listed == Listed::Yes, references.variant, row.unit.serial, row.unit.symbology,
            inventory::to_text(row.unit.identifiers)};
}

}  // namespace

// Counted here and not by a trigger: with one, SQLite keeps a copy of every page that the statement
// touches, which takes as long as all the rest.
void insert_row(Database& database, const ProjectedUnit& row, const ReferenceRows& references) {
    Statement insert = database.prepare(
        "INSERT INTO unit (id, tip, key, serial, status, variant, lot, warehouse, location,"
        " purchase_date, warranty_expiry, client, order_ref, rma, reason, hold, merged,"
        " provisional, identifiers, symbology)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17,"
        " ?18, ?19, ?20)");
    bind_row(insert, row, references);
    insert.run();
    keep_marks(database, row.id, std::nullopt, marks_of(row, references));
    if (row.listed == Listed::No) return;
    database.prepare("UPDATE counter SET units = units + 1 WHERE status = ?1")
        .bind(1, static_cast<std::int64_t>(row.unit.status))
        .run();
}

void write_row(Database& database, const ProjectedUnit& row, const ReferenceRows& references) {
    const auto before = read_marks(database, row.id);
    if (!before) return insert_row(database, row, references);
    Statement update = database.prepare(
        "UPDATE unit SET tip = ?2, key = ?3, serial = ?4, status = ?5, variant = ?6, lot = ?7,"
        " warehouse = ?8, location = ?9, purchase_date = ?10, warranty_expiry = ?11,"
        " client = ?12, order_ref = ?13, rma = ?14, reason = ?15, hold = ?16, merged = ?17,"
        " provisional = ?18, identifiers = ?19, symbology = ?20 WHERE id = ?1");
    bind_row(update, row, references);
    update.run();
    keep_marks(database, row.id, before, marks_of(row, references));
}

}  // namespace store

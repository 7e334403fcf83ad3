#include "store/reference_rows.hpp"

#include <algorithm>
#include <charconv>

#include "base/check.hpp"
#include "base/text.hpp"
#include "journal/fold.hpp"
#include "journal/record.hpp"
#include "store/event_rows.hpp"
#include "store/references.hpp"

namespace store {
namespace {

using journal::Kind;
using journal::text_of;
using Row = std::optional<std::int64_t>;

std::optional<std::string> optional_of(const journal::Body& body, std::string_view field) {
    const auto found = body.find(field);
    return found != body.end() ? found->second : std::nullopt;
}

Row number_of(const journal::Body& body, std::string_view field) {
    const std::string text = text_of(body, field);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end != text.data() ? Row(number) : Row();
}

const char* table_of(Kind kind) {
    if (kind == Kind::Variant) return "variant";
    if (kind == Kind::Lot) return "lot";
    if (kind == Kind::Warehouse) return "warehouse";
    if (kind == Kind::Recall) return "recall";
    if (kind == Kind::Profile) return "profile";
    CHECK(kind == Kind::Location);
    return "location";
}

// An edit changes what is said of a code, never the code as it was first written.
bool project_variant(Database& database, std::int64_t id, std::int64_t tip,
                     const journal::Event& event) {
    database
        .prepare(
            "INSERT INTO variant (id, key, sku, name, gtin, warranty_months, tip)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO UPDATE SET"
            " name = excluded.name, gtin = excluded.gtin,"
            " warranty_months = excluded.warranty_months, tip = excluded.tip")
        .bind(1, id)
        .bind(2, event.key)
        .bind(3, event.serial)
        .bind(4, text_of(event.body, "name"))
        .bind(5, optional_of(event.body, "gtin"))
        .bind(6, number_of(event.body, "warranty_months"))
        .bind(7, tip)
        .run();
    return true;
}

bool project_lot(Database& database, std::int64_t id, std::int64_t tip,
                 const journal::Event& event) {
    const Row variant = find_variant(database, text_of(event.body, "variant"));
    if (!variant) return false;
    database
        .prepare(
            "INSERT INTO lot (id, variant, key, code, expiry, supplier, tip)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO UPDATE SET"
            " expiry = excluded.expiry, supplier = excluded.supplier, tip = excluded.tip")
        .bind(1, id)
        .bind(2, *variant)
        .bind(3, base::comparison_key(event.serial))
        .bind(4, event.serial)
        .bind(5, optional_of(event.body, "expiry"))
        .bind(6, text_of(event.body, "supplier"))
        .bind(7, tip)
        .run();
    return true;
}

bool project_warehouse(Database& database, std::int64_t id, std::int64_t tip,
                       const journal::Event& event) {
    database
        .prepare(
            "INSERT INTO warehouse (id, key, code, name, tip) VALUES (?1, ?2, ?3, ?4, ?5)"
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name, tip = excluded.tip")
        .bind(1, id)
        .bind(2, event.key)
        .bind(3, event.serial)
        .bind(4, text_of(event.body, "name"))
        .bind(5, tip)
        .run();
    return true;
}

bool project_location(Database& database, std::int64_t id, std::int64_t tip,
                      const journal::Event& event) {
    const Row warehouse = find_warehouse(database, text_of(event.body, "warehouse"));
    if (!warehouse) return false;
    database
        .prepare(
            "INSERT INTO location (id, warehouse, key, code, tip)"
            " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO UPDATE SET tip = excluded.tip")
        .bind(1, id)
        .bind(2, *warehouse)
        .bind(3, base::comparison_key(event.serial))
        .bind(4, event.serial)
        .bind(5, tip)
        .run();
    return true;
}

bool project_recall(Database& database, std::int64_t id, std::int64_t tip,
                    const journal::Event& event) {
    const std::string sku = text_of(event.body, "variant"), lot = text_of(event.body, "lot");
    const Row variant = sku.empty() ? Row() : find_variant(database, sku);
    if (!sku.empty() && !variant) return false;
    database
        .prepare(
            "INSERT INTO recall (id, key, variant, lot_key, reason, open, tip)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO UPDATE SET"
            " reason = excluded.reason, open = excluded.open, tip = excluded.tip")
        .bind(1, id)
        .bind(2, event.key)
        .bind(3, variant)
        .bind(4, lot.empty() ? std::nullopt : std::optional(base::comparison_key(lot)))
        .bind(5, text_of(event.body, "reason"))
        .bind(6, std::int64_t{text_of(event.body, "open") == "yes"})
        .bind(7, tip)
        .run();
    return true;
}

bool project_profile(Database& database, std::int64_t id, std::int64_t tip,
                     const journal::Event& event) {
    const Row variant = find_variant(database, text_of(event.body, "variant"));
    if (!variant) return false;
    const auto is_set = [&](const char* field) {
        return std::int64_t{text_of(event.body, field) == "yes"};
    };
    database
        .prepare(
            "INSERT INTO profile (id, key, variant, symbology, strip, pattern, skipped, length,"
            " express, removed, tip) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
            " ON CONFLICT (id) DO UPDATE SET symbology = excluded.symbology,"
            " strip = excluded.strip, pattern = excluded.pattern, skipped = excluded.skipped,"
            " length = excluded.length, express = excluded.express, removed = excluded.removed,"
            " tip = excluded.tip")
        .bind(1, id)
        .bind(2, event.key)
        .bind(3, *variant)
        .bind(4, text_of(event.body, "symbology"))
        .bind(5, text_of(event.body, "strip"))
        .bind(6, text_of(event.body, "pattern"))
        .bind(7, number_of(event.body, "from").value_or(0))
        .bind(8, number_of(event.body, "length").value_or(0))
        .bind(9, is_set("express"))
        .bind(10, is_set("removed"))
        .bind(11, tip)
        .run();
    return true;
}

}  // namespace

Row find_reference(Database& database, Kind kind, const std::string& key) {
    if (kind != Kind::Lot && kind != Kind::Location) {
        Statement select =
            database.prepare(std::string("SELECT id FROM ") + table_of(kind) + " WHERE key = ?1");
        return select.bind(1, key).step() ? Row(select.integer(0)) : Row();
    }
    const std::size_t split = key.find(kKeySeparator);
    if (split == std::string::npos) return std::nullopt;
    Statement select = database.prepare(
        kind == Kind::Lot ? "SELECT l.id FROM lot l JOIN variant v ON v.id = l.variant"
                            " WHERE v.key = ?1 AND l.key = ?2"
                          : "SELECT l.id FROM location l JOIN warehouse w ON w.id = l.warehouse"
                            " WHERE w.key = ?1 AND l.key = ?2");
    select.bind(1, key.substr(0, split)).bind(2, key.substr(split + 1));
    return select.step() ? Row(select.integer(0)) : Row();
}

std::int64_t reference_tip(Database& database, Kind kind, std::int64_t id) {
    Statement select =
        database.prepare(std::string("SELECT tip FROM ") + table_of(kind) + " WHERE id = ?1");
    CHECK(select.bind(1, id).step());
    return select.integer(0);
}

bool project_reference(Database& database, std::int64_t id, std::int64_t event_row,
                       const journal::Event& event) {
    if (event.kind == Kind::Variant) return project_variant(database, id, event_row, event);
    if (event.kind == Kind::Lot) return project_lot(database, id, event_row, event);
    if (event.kind == Kind::Warehouse) return project_warehouse(database, id, event_row, event);
    if (event.kind == Kind::Location) return project_location(database, id, event_row, event);
    if (event.kind == Kind::Profile) return project_profile(database, id, event_row, event);
    CHECK(event.kind == Kind::Recall);
    return project_recall(database, id, event_row, event);
}

std::size_t latest_reference(const std::vector<journal::Event>& events) {
    std::vector<int> depth(events.size());
    std::size_t latest = 0;
    for (std::size_t i = 0; i < events.size(); ++i) {
        for (std::size_t parent = 0; parent < i; ++parent)
            if (std::ranges::find(events[i].parents, events[parent].id) != events[i].parents.end())
                depth[i] = std::max(depth[i], depth[parent] + 1);
        if (depth[i] > depth[latest] ||
            (depth[i] == depth[latest] && journal::before(events[i].id, events[latest].id)))
            latest = i;
    }
    return latest;
}

void project_latest_reference(Database& database, std::int64_t event_row,
                              const journal::Event& event) {
    const Row id = find_reference(database, event.kind, event.key);
    const bool next =
        id && event.parents.size() == 1 &&
        event_id(database, reference_tip(database, event.kind, *id)) == event.parents.front();
    if (!id || next) {
        project_reference(database, id.value_or(event_row), event_row, event);
        return;
    }
    std::vector<std::int64_t> rows;
    std::vector<journal::Event> events;
    Statement select =
        database.prepare("SELECT id, record FROM event WHERE root IS NULL ORDER BY id");
    while (select.step())
        if (auto other = journal::parse_record(select.text(1));
            other && other->kind == event.kind && other->key == event.key) {
            rows.push_back(select.integer(0));
            events.push_back(std::move(*other));
        }
    const std::size_t latest = latest_reference(events);
    project_reference(database, *id, rows[latest], events[latest]);
}

}  // namespace store

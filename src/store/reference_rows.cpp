// Reference data: each put is an event of its own and the row it makes.
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "inventory/gtin.hpp"
#include "inventory/serial_number.hpp"
#include "store/event_rows.hpp"
#include "store/references.hpp"
#include "store/store_impl.hpp"

namespace store {
namespace {

using Row = std::optional<std::int64_t>;

Result<std::string> checked_code(std::string_view code, const std::string& what) {
    auto parsed = inventory::parse_serial(code);
    if (!parsed)
        return fail(ErrorKind::Refused, "the code of a " + what + " needs 1 to " +
                                            std::to_string(inventory::kSerialCharactersMax) +
                                            " printable characters, not \"" +
                                            base::printable(code) + "\"");
    return parsed->printed;
}

// A code that is there when it is to be added, or is not when it is to be edited.
Result<void> check_presence(Row existing, Write write, const std::string& what,
                            const std::string& code) {
    if (write == Write::Add && existing)
        return fail(ErrorKind::Refused, what + " " + code + " exists already; change it with edit");
    if (write == Write::Edit && !existing)
        return fail(ErrorKind::NotFound, "no " + what + " " + code + "; add it with add");
    return {};
}

struct Put {
    journal::Kind kind;
    std::string code;
    std::string key;  // of the event: the code's, below the code of what it belongs to
    journal::Body body;
    Row existing;
    const char* tip_of;  // SELECT of the tip by row id
};

Result<std::int64_t> append_put(Store::Impl& impl, const Put& put,
                                const std::string& operator_name) {
    if (auto ok = check_texts(put.body, operator_name); !ok) return fail(ok.error());
    journal::Event event = impl.new_event(put.kind, put.code, put.key, operator_name);
    event.body = put.body;
    Row tip;
    if (put.existing) {
        Statement select = impl.database.prepare(put.tip_of);
        if (select.bind(1, *put.existing).step()) tip = select.integer(0);
    }
    return append(impl.database, event, tip, std::nullopt);
}

std::optional<std::string> text(const std::string& value) {
    return value.empty() ? std::nullopt : std::optional(value);
}

std::optional<std::string> iso(const std::optional<inventory::Date>& date) {
    return date ? std::optional(inventory::to_iso(*date)) : std::nullopt;
}

Result<void> check_gtin_is_free(Database& database, const std::string& gtin, Row variant) {
    Statement select = database.prepare("SELECT id, sku FROM variant WHERE gtin = ?1");
    if (!select.bind(1, gtin).step() || select.integer(0) == variant) return {};
    return fail(ErrorKind::Refused, "the GTIN " + gtin + " belongs to the variant " +
                                        select.text(1) + "; correct one of the two");
}

Result<inventory::Variant> checked(inventory::Variant variant) {
    auto sku = checked_code(variant.sku, "variant");
    if (!sku) return fail(sku.error());
    variant.sku = *sku;
    if (variant.gtin) {
        auto gtin = inventory::parse_gtin(*variant.gtin);
        if (!gtin) return fail(gtin.error());
        variant.gtin = *gtin;
    }
    if (variant.warranty_months &&
        (*variant.warranty_months < 1 || *variant.warranty_months > 1200))
        return fail(ErrorKind::Refused, "a warranty has 1 to 1200 months");
    return variant;
}

}  // namespace

Result<void> Store::put(const inventory::Variant& given, Write write,
                        const std::string& operator_name) {
    return impl_->write([&]() -> Result<void> {
        Database& database = impl_->database;
        const auto variant = checked(given);
        if (!variant) return fail(variant.error());
        const Row existing = find_variant(database, variant->sku);
        if (auto present = check_presence(existing, write, "variant", variant->sku); !present)
            return present;
        if (variant->gtin)
            if (auto free = check_gtin_is_free(database, *variant->gtin, existing); !free)
                return free;
        const std::string key = base::comparison_key(variant->sku);
        std::optional<std::string> months;
        if (variant->warranty_months) months = std::to_string(*variant->warranty_months);
        const auto event = append_put(
            *impl_,
            {journal::Kind::Variant,
             variant->sku,
             key,
             {{"name", text(variant->name)}, {"gtin", variant->gtin}, {"warranty_months", months}},
             existing,
             "SELECT tip FROM variant WHERE id = ?1"},
            operator_name);
        if (!event) return fail(event.error());
        database
            .prepare(
                "INSERT INTO variant (id, key, sku, name, gtin, warranty_months, tip)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO UPDATE SET"
                " sku = excluded.sku, name = excluded.name, gtin = excluded.gtin,"
                " warranty_months = excluded.warranty_months, tip = excluded.tip")
            .bind(1, existing.value_or(*event))
            .bind(2, key)
            .bind(3, variant->sku)
            .bind(4, variant->name)
            .bind(5, variant->gtin)
            .bind(6, variant->warranty_months ? Row(*variant->warranty_months) : Row())
            .bind(7, *event)
            .run();
        return {};
    });
}

Result<void> Store::put(const inventory::Lot& lot, Write write, const std::string& operator_name) {
    return impl_->write([&]() -> Result<void> {
        Database& database = impl_->database;
        const auto code = checked_code(lot.code, "lot");
        if (!code) return fail(code.error());
        journal::Body body = {{"variant", lot.variant}};
        if (auto resolved = resolve_references(database, std::nullopt, body); !resolved)
            return resolved;
        if (!body["variant"]) return fail(ErrorKind::Refused, "a lot needs its product variant");
        const std::int64_t variant = *find_variant(database, lot.variant);
        const Row existing = find_lot(database, variant, *code);
        if (auto present = check_presence(existing, write, "lot", *code); !present) return present;
        const std::string key = base::comparison_key(*code);
        body["expiry"] = iso(lot.expiry);
        body["supplier"] = text(lot.supplier);
        const auto event =
            append_put(*impl_,
                       {journal::Kind::Lot, *code, base::comparison_key(lot.variant) + "/" + key,
                        body, existing, "SELECT tip FROM lot WHERE id = ?1"},
                       operator_name);
        if (!event) return fail(event.error());
        database
            .prepare(
                "INSERT INTO lot (id, variant, key, code, expiry, supplier, tip)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO UPDATE SET"
                " code = excluded.code, expiry = excluded.expiry,"
                " supplier = excluded.supplier, tip = excluded.tip")
            .bind(1, existing.value_or(*event))
            .bind(2, variant)
            .bind(3, key)
            .bind(4, *code)
            .bind(5, iso(lot.expiry))
            .bind(6, lot.supplier)
            .bind(7, *event)
            .run();
        return {};
    });
}

Result<void> Store::put(const inventory::Warehouse& place, Write write,
                        const std::string& operator_name) {
    return impl_->write([&]() -> Result<void> {
        Database& database = impl_->database;
        const auto code = checked_code(place.code, "warehouse");
        if (!code) return fail(code.error());
        const Row existing = find_warehouse(database, *code);
        if (auto present = check_presence(existing, write, "warehouse", *code); !present)
            return present;
        const std::string key = base::comparison_key(*code);
        const auto event = append_put(*impl_,
                                      {journal::Kind::Warehouse,
                                       *code,
                                       key,
                                       {{"name", text(place.name)}},
                                       existing,
                                       "SELECT tip FROM warehouse WHERE id = ?1"},
                                      operator_name);
        if (!event) return fail(event.error());
        database
            .prepare(
                "INSERT INTO warehouse (id, key, code, name, tip) VALUES (?1, ?2, ?3, ?4, ?5)"
                " ON CONFLICT (id) DO UPDATE SET code = excluded.code, name = excluded.name,"
                " tip = excluded.tip")
            .bind(1, existing.value_or(*event))
            .bind(2, key)
            .bind(3, *code)
            .bind(4, place.name)
            .bind(5, *event)
            .run();
        return {};
    });
}

Result<void> Store::put(const inventory::Location& place, Write write,
                        const std::string& operator_name) {
    return impl_->write([&]() -> Result<void> {
        Database& database = impl_->database;
        const auto code = checked_code(place.code, "location");
        if (!code) return fail(code.error());
        journal::Body body = {{"warehouse", place.warehouse}};
        if (auto resolved = resolve_references(database, std::nullopt, body); !resolved)
            return resolved;
        body.erase("location");
        if (!body["warehouse"]) return fail(ErrorKind::Refused, "a location needs its warehouse");
        const std::int64_t warehouse = *find_warehouse(database, place.warehouse);
        const Row existing = find_location(database, warehouse, *code);
        if (auto present = check_presence(existing, write, "location", *code); !present)
            return present;
        const std::string key = base::comparison_key(*code);
        const auto event = append_put(
            *impl_,
            {journal::Kind::Location, *code, base::comparison_key(place.warehouse) + "/" + key,
             body, existing, "SELECT tip FROM location WHERE id = ?1"},
            operator_name);
        if (!event) return fail(event.error());
        database
            .prepare(
                "INSERT INTO location (id, warehouse, key, code, tip)"
                " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO UPDATE SET"
                " code = excluded.code, tip = excluded.tip")
            .bind(1, existing.value_or(*event))
            .bind(2, warehouse)
            .bind(3, key)
            .bind(4, *code)
            .bind(5, *event)
            .run();
        return {};
    });
}

Result<std::vector<inventory::Variant>> Store::variants() {
    return impl_->read([&]() -> Result<std::vector<inventory::Variant>> {
        std::vector<inventory::Variant> all;
        Statement row = impl_->database.prepare(
            "SELECT sku, name, gtin, warranty_months FROM variant ORDER BY key");
        while (row.step()) {
            const Row months = row.optional_integer(3);
            all.push_back({row.text(0), row.text(1), row.optional_text(2),
                           months ? std::optional(static_cast<int>(*months)) : std::nullopt});
        }
        return all;
    });
}

Result<std::vector<inventory::Lot>> Store::lots() {
    return impl_->read([&]() -> Result<std::vector<inventory::Lot>> {
        std::vector<inventory::Lot> all;
        Statement row = impl_->database.prepare(
            "SELECT l.code, v.sku, l.expiry, l.supplier FROM lot l"
            " JOIN variant v ON v.id = l.variant ORDER BY l.key, v.key");
        while (row.step()) {
            const auto expiry = row.optional_text(2);
            all.push_back({row.text(0), row.text(1),
                           expiry ? inventory::parse_date(*expiry) : std::nullopt, row.text(3)});
        }
        return all;
    });
}

Result<std::vector<inventory::Warehouse>> Store::warehouses() {
    return impl_->read([&]() -> Result<std::vector<inventory::Warehouse>> {
        std::vector<inventory::Warehouse> all;
        Statement row = impl_->database.prepare("SELECT code, name FROM warehouse ORDER BY key");
        while (row.step()) all.push_back({row.text(0), row.text(1)});
        return all;
    });
}

Result<std::vector<inventory::Location>> Store::locations() {
    return impl_->read([&]() -> Result<std::vector<inventory::Location>> {
        std::vector<inventory::Location> all;
        Statement row = impl_->database.prepare(
            "SELECT l.code, w.code FROM location l JOIN warehouse w ON w.id = l.warehouse"
            " ORDER BY w.key, l.key");
        while (row.step()) all.push_back({row.text(0), row.text(1)});
        return all;
    });
}

}  // namespace store

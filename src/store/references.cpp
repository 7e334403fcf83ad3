#include "store/references.hpp"

#include "base/text.hpp"

namespace store {
namespace {

using Row = std::optional<std::int64_t>;

std::string key_of(std::string_view code) {
    return base::is_utf8(code) ? base::comparison_key(code) : std::string();
}

Row first_integer(Statement& select) {
    return select.step() ? std::optional(select.integer(0)) : std::nullopt;
}

// A row with its code as it was first written.
struct Found {
    std::int64_t row;
    std::string code;
};

std::optional<Found> first(Statement& select) {
    if (!select.step()) return std::nullopt;
    return Found{select.integer(0), select.text(1)};
}

std::string sku_of(Database& database, std::int64_t variant) {
    Statement select = database.prepare("SELECT sku FROM variant WHERE id = ?1");
    return select.bind(1, variant).step() ? select.text(0) : std::string();
}

tl::unexpected<Error> missing(const std::string& what, std::string_view code,
                              const std::string& add) {
    const std::string shown = base::printable(code);
    return fail(ErrorKind::NotFound, "no " + what + " " + shown + "; add it with: unitrail " + add);
}

// The value that the act sets; nothing when it clears the field or leaves it as it is.
std::string* set_by(journal::Body& body, std::string_view field) {
    const auto found = body.find(field);
    return found != body.end() && found->second ? &*found->second : nullptr;
}

Result<void> resolve_variant(Database& database, journal::Body& body, ReferenceRows& rows) {
    std::string* sku = set_by(body, "variant");
    if (sku == nullptr) return {};
    Statement select = database.prepare("SELECT id, sku FROM variant WHERE key = ?1");
    const auto found = first(select.bind(1, key_of(*sku)));
    if (!found) return missing("product variant", *sku, "variant add " + base::printable(*sku));
    rows.variant = found->row;
    *sku = found->code;
    return {};
}

std::optional<Found> find_lot_of(Database& database, std::int64_t variant, std::string_view code) {
    Statement select = database.prepare("SELECT id, code FROM lot WHERE variant = ?1 AND key = ?2");
    return first(select.bind(1, variant).bind(2, key_of(code)));
}

Result<void> resolve_lot(Database& database, const inventory::Unit* before, journal::Body& body,
                         bool other_variant, ReferenceRows& rows) {
    if (rows.variant == 0) return {};
    if (std::string* lot = set_by(body, "lot"); lot != nullptr) {
        const auto found = find_lot_of(database, rows.variant, *lot);
        const std::string sku = found ? "" : sku_of(database, rows.variant);
        if (!found)
            return missing(
                "lot", *lot + " of " + sku,
                "lot add " + base::printable(*lot) + " --variant " + base::printable(sku));
        rows.lot = found->row;
        *lot = found->code;
    } else if (body.contains("lot")) {
        rows.lot.reset();
    } else if (other_variant && before != nullptr && before->lot) {
        const auto found = find_lot_of(database, rows.variant, *before->lot);
        if (!found)
            return fail(ErrorKind::Refused, "lot " + *before->lot + " is not a lot of " +
                                                sku_of(database, rows.variant) +
                                                "; name a lot of it, or clear the lot");
        rows.lot = found->row;
    }
    return {};
}

Result<Found> warehouse_of_location(Database& database, const std::string& code) {
    Statement select = database.prepare(
        "SELECT w.id, w.code FROM location l JOIN warehouse w ON w.id = l.warehouse"
        " WHERE l.key = ?1 LIMIT 2");
    const auto only = first(select.bind(1, key_of(code)));
    if (!only)
        return missing("location", code,
                       "location add " + base::printable(code) + " --warehouse W");
    if (select.step())
        return fail(ErrorKind::Refused, "location " + base::printable(code) +
                                            " is in several warehouses; name one with --warehouse");
    return *only;
}

// The warehouse that the act names or means; nothing when the unit has none afterwards.
Result<std::optional<Found>> resolve_warehouse(Database& database, const inventory::Unit* before,
                                               journal::Body& body) {
    const bool kept = !body.contains("warehouse") && before != nullptr && before->warehouse;
    const std::string* code = kept ? &*before->warehouse : set_by(body, "warehouse");
    if (code != nullptr) {
        Statement select = database.prepare("SELECT id, code FROM warehouse WHERE key = ?1");
        const auto found = first(select.bind(1, key_of(*code)));
        if (!found) return missing("warehouse", *code, "warehouse add " + base::printable(*code));
        return found;
    }
    const std::string* location = set_by(body, "location");
    if (location == nullptr) return std::nullopt;
    const auto only = warehouse_of_location(database, *location);
    if (!only) return fail(only.error());
    return *only;
}

Result<void> resolve_place(Database& database, const inventory::Unit* before, journal::Body& body,
                           ReferenceRows& rows) {
    if (!body.contains("warehouse") && !body.contains("location")) return {};
    const auto warehouse = resolve_warehouse(database, before, body);
    if (!warehouse) return fail(warehouse.error());
    const Row had = rows.warehouse;
    rows.warehouse = *warehouse ? Row((*warehouse)->row) : Row();
    if (*warehouse) body["warehouse"] = (*warehouse)->code;
    std::string* code = set_by(body, "location");
    if (code == nullptr) {
        if (!had || had != rows.warehouse) body["location"] = std::nullopt;
        if (body.contains("location")) rows.location.reset();
        return {};
    }
    Statement select =
        database.prepare("SELECT id, code FROM location WHERE warehouse = ?1 AND key = ?2");
    const auto found = first(select.bind(1, rows.warehouse).bind(2, key_of(*code)));
    if (!found)
        return missing("location", *code + " in " + (*warehouse)->code,
                       "location add " + base::printable(*code) + " --warehouse " +
                           base::printable((*warehouse)->code));
    rows.location = found->row;
    *code = found->code;
    return {};
}

}  // namespace

Row find_variant(Database& database, std::string_view sku) {
    Statement select = database.prepare("SELECT id FROM variant WHERE key = ?1");
    return first_integer(select.bind(1, key_of(sku)));
}

Row find_lot(Database& database, std::int64_t variant, std::string_view code) {
    Statement select = database.prepare("SELECT id FROM lot WHERE variant = ?1 AND key = ?2");
    return first_integer(select.bind(1, variant).bind(2, key_of(code)));
}

Row find_warehouse(Database& database, std::string_view code) {
    Statement select = database.prepare("SELECT id FROM warehouse WHERE key = ?1");
    return first_integer(select.bind(1, key_of(code)));
}

Row find_location(Database& database, std::int64_t warehouse, std::string_view code) {
    Statement select =
        database.prepare("SELECT id FROM location WHERE warehouse = ?1 AND key = ?2");
    return first_integer(select.bind(1, warehouse).bind(2, key_of(code)));
}

ReferenceRows find_references(Database& database, const inventory::Unit& unit) {
    ReferenceRows rows;
    rows.variant = find_variant(database, unit.variant).value_or(0);
    if (unit.lot) rows.lot = find_lot(database, rows.variant, *unit.lot);
    if (unit.warehouse) rows.warehouse = find_warehouse(database, *unit.warehouse);
    if (rows.warehouse && unit.location)
        rows.location = find_location(database, *rows.warehouse, *unit.location);
    return rows;
}

Result<ReferenceRows> resolve_references(Database& database, const inventory::Unit* before,
                                         const ReferenceRows& rows_before, journal::Body& body) {
    for (auto& [field, value] : body)
        if (value && base::trim(*value).empty()) value.reset();
    ReferenceRows rows = rows_before;
    if (auto ok = resolve_variant(database, body, rows); !ok) return fail(ok.error());
    const bool other = rows.variant != rows_before.variant;
    if (auto ok = resolve_lot(database, before, body, other, rows); !ok) return fail(ok.error());
    if (auto ok = resolve_place(database, before, body, rows); !ok) return fail(ok.error());
    return rows;
}

}  // namespace store

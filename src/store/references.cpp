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

std::string code_of(Database& database, std::string_view select, std::int64_t id) {
    Statement statement = database.prepare(select);
    return statement.bind(1, id).step() ? statement.text(0) : std::string();
}

tl::unexpected<Error> missing(const std::string& what, std::string_view code,
                              const std::string& add) {
    const std::string shown = base::printable(code);
    return fail(ErrorKind::NotFound, "no " + what + " " + shown + "; add it with: unitrail " + add);
}

// The value that `field` will have after the act: from the body, else what the unit had.
std::optional<std::string> after(const journal::Body& body, std::string_view field,
                                 const std::optional<std::string>& before) {
    const auto found = body.find(field);
    return found != body.end() ? found->second : before;
}

Result<Row> resolve_variant(Database& database, const std::optional<inventory::Unit>& before,
                            journal::Body& body) {
    const auto sku = after(body, "variant", before ? std::optional(before->variant) : std::nullopt);
    if (!sku) return Row();
    const Row variant = find_variant(database, *sku);
    if (!variant) return missing("product variant", *sku, "variant add " + base::printable(*sku));
    if (body.contains("variant"))
        body["variant"] = code_of(database, "SELECT sku FROM variant WHERE id = ?1", *variant);
    return variant;
}

Result<void> resolve_lot(Database& database, const std::optional<inventory::Unit>& before,
                         Row variant, journal::Body& body) {
    const auto lot = after(body, "lot", before ? before->lot : std::nullopt);
    if (!lot || !variant) return {};
    const std::string sku = code_of(database, "SELECT sku FROM variant WHERE id = ?1", *variant);
    const Row found = find_lot(database, *variant, *lot);
    if (!found && body.contains("lot"))
        return missing("lot", *lot + " of " + sku,
                       "lot add " + base::printable(*lot) + " --variant " + base::printable(sku));
    if (!found)
        return fail(ErrorKind::Refused, "lot " + *lot + " is not a lot of " + sku +
                                            "; name a lot of it, or clear the lot");
    if (body.contains("lot"))
        body["lot"] = code_of(database, "SELECT code FROM lot WHERE id = ?1", *found);
    return {};
}

Result<Row> warehouse_of_location(Database& database, const std::string& code) {
    Statement select = database.prepare("SELECT warehouse FROM location WHERE key = ?1 LIMIT 2");
    select.bind(1, key_of(code));
    const Row first = first_integer(select);
    if (!first)
        return missing("location", code,
                       "location add " + base::printable(code) + " --warehouse W");
    if (select.step())
        return fail(ErrorKind::Refused, "location " + base::printable(code) +
                                            " is in several warehouses; name one with --warehouse");
    return first;
}

Result<void> resolve_place(Database& database, const std::optional<inventory::Unit>& before,
                           journal::Body& body) {
    if (!body.contains("warehouse") && !body.contains("location")) return {};
    const auto had = before ? before->warehouse : std::nullopt;
    const auto place = after(body, "warehouse", had);
    const auto location = body.find("location");
    const bool named = location != body.end() && location->second;
    Row warehouse;
    if (place) {
        warehouse = find_warehouse(database, *place);
        if (!warehouse)
            return missing("warehouse", *place, "warehouse add " + base::printable(*place));
    } else if (named) {
        auto only = warehouse_of_location(database, *location->second);
        if (!only) return fail(only.error());
        warehouse = *only;
    }
    if (named) {
        const std::string code =
            code_of(database, "SELECT code FROM warehouse WHERE id = ?1", *warehouse);
        const Row found = find_location(database, *warehouse, *location->second);
        if (!found)
            return missing("location", *location->second + " in " + code,
                           "location add " + base::printable(*location->second) + " --warehouse " +
                               base::printable(code));
        location->second = code_of(database, "SELECT code FROM location WHERE id = ?1", *found);
    }
    if (warehouse)
        body["warehouse"] =
            code_of(database, "SELECT code FROM warehouse WHERE id = ?1", *warehouse);
    const bool other = !had || !warehouse || find_warehouse(database, *had) != warehouse;
    if (other && !named) body["location"] = std::nullopt;
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

Result<void> resolve_references(Database& database, const std::optional<inventory::Unit>& before,
                                journal::Body& body) {
    for (auto& [field, value] : body)
        if (value && base::trim(*value).empty()) value.reset();
    const auto variant = resolve_variant(database, before, body);
    if (!variant) return fail(variant.error());
    if (auto lot = resolve_lot(database, before, *variant, body); !lot) return lot;
    return resolve_place(database, before, body);
}

}  // namespace store

// Reference data: what may be put, and the lists of what there is.
#include <utility>
#include <vector>

#include "base/check.hpp"
#include "base/text.hpp"
#include "inventory/gtin.hpp"
#include "inventory/serial_number.hpp"
#include "store/event_rows.hpp"
#include "store/reference_rows.hpp"
#include "store/references.hpp"
#include "store/store_impl.hpp"

namespace store {
namespace {

using journal::Kind;
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

// Writes the event and what follows from it. A code to be added must be new, one to be edited
// known.
Result<void> put_event(Store::Impl& impl, Kind kind, const std::string& code,
                       const std::string& key, journal::Body body, std::optional<Write> write,
                       const std::string& operator_name) {
    if (auto ok = check_texts(body, operator_name); !ok) return ok;
    const std::string what(journal::name(kind));
    const Row existing = find_reference(impl.database, kind, key);
    if (write == Write::Add && existing)
        return fail(ErrorKind::Refused, what + " " + code + " exists already; change it with edit");
    if (write == Write::Edit && !existing)
        return fail(ErrorKind::NotFound, "no " + what + " " + code + "; add it with add");
    journal::Event event = impl.new_event(kind, code, key, operator_name);
    event.body = std::move(body);
    if (existing)
        event.parents = {event_id(impl.database, reference_tip(impl.database, kind, *existing))};
    Head head = read_head(impl.database);
    const auto row = append(impl.database, head, event, std::nullopt);
    if (!row) return fail(row.error());
    CHECK(project_reference(impl.database, existing.value_or(*row), *row,
                            event));  // put() has checked what it refers to
    return {};
}

std::string joined_key(const std::string& owner, const std::string& code) {
    return base::comparison_key(owner) + kKeySeparator + base::comparison_key(code);
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

Result<journal::Body> variant_body(Database& database, const inventory::Variant& variant) {
    journal::Body body = {
        {"name", text(variant.name)}, {"gtin", std::nullopt}, {"warranty_months", std::nullopt}};
    if (variant.gtin) {
        const auto gtin = inventory::parse_gtin(*variant.gtin);
        if (!gtin) return fail(gtin.error());
        if (auto free = check_gtin_is_free(database, *gtin, find_variant(database, variant.sku));
            !free)
            return fail(free.error());
        body["gtin"] = *gtin;
    }
    if (variant.warranty_months) {
        if (*variant.warranty_months < 1 || *variant.warranty_months > 1200)
            return fail(ErrorKind::Refused, "a warranty has 1 to 1200 months");
        body["warranty_months"] = std::to_string(*variant.warranty_months);
    }
    return body;
}

// The SKU as it was first written.
Result<std::string> exact_sku(Database& database, const std::string& sku) {
    journal::Body body = {{"variant", sku}};
    if (auto resolved = resolve_references(database, nullptr, {}, body); !resolved)
        return fail(resolved.error());
    if (!body["variant"]) return fail(ErrorKind::Refused, "a label profile needs its variant");
    return *body["variant"];
}

}  // namespace

Result<void> Store::put(const inventory::Variant& variant, Write write,
                        const std::string& operator_name) {
    return impl_->write([&]() -> Result<void> {
        const auto code = checked_code(variant.sku, "variant");
        if (!code) return fail(code.error());
        auto body = variant_body(impl_->database, variant);
        if (!body) return fail(body.error());
        return put_event(*impl_, Kind::Variant, *code, base::comparison_key(*code),
                         std::move(*body), write, operator_name);
    });
}

Result<void> Store::put(const inventory::Lot& lot, Write write, const std::string& operator_name) {
    return impl_->write([&]() -> Result<void> {
        const auto code = checked_code(lot.code, "lot");
        if (!code) return fail(code.error());
        journal::Body body = {{"variant", lot.variant}};
        if (auto resolved = resolve_references(impl_->database, nullptr, {}, body); !resolved)
            return fail(resolved.error());
        if (!body["variant"]) return fail(ErrorKind::Refused, "a lot needs its product variant");
        const std::string key = joined_key(*body["variant"], *code);
        body["expiry"] = iso(lot.expiry);
        body["supplier"] = text(lot.supplier);
        return put_event(*impl_, Kind::Lot, *code, key, std::move(body), write, operator_name);
    });
}

Result<void> Store::put(const inventory::Warehouse& place, Write write,
                        const std::string& operator_name) {
    return impl_->write([&]() -> Result<void> {
        const auto code = checked_code(place.code, "warehouse");
        if (!code) return fail(code.error());
        return put_event(*impl_, Kind::Warehouse, *code, base::comparison_key(*code),
                         {{"name", text(place.name)}}, write, operator_name);
    });
}

Result<void> Store::put(const inventory::Location& place, Write write,
                        const std::string& operator_name) {
    return impl_->write([&]() -> Result<void> {
        const auto code = checked_code(place.code, "location");
        if (!code) return fail(code.error());
        journal::Body body = {{"warehouse", place.warehouse}};
        if (auto resolved = resolve_references(impl_->database, nullptr, {}, body); !resolved)
            return fail(resolved.error());
        body.erase("location");
        if (!body["warehouse"]) return fail(ErrorKind::Refused, "a location needs its warehouse");
        const std::string key = joined_key(*body["warehouse"], *code);
        return put_event(*impl_, Kind::Location, *code, key, std::move(body), write, operator_name);
    });
}

Result<void> Store::put(const Recall& recall, const std::string& operator_name) {
    return impl_->write([&]() -> Result<void> {
        Database& database = impl_->database;
        if (recall.variant.empty() && recall.lot.empty())
            return fail(ErrorKind::Refused, "a recall names a lot, a variant, or both");
        journal::Body body;
        if (!recall.variant.empty()) body["variant"] = recall.variant;
        if (auto resolved = resolve_references(database, nullptr, {}, body); !resolved)
            return fail(resolved.error());
        const std::string sku = body.contains("variant") ? *body["variant"] : "";
        if (!recall.lot.empty()) {
            Statement lot = database.prepare(
                "SELECT l.code FROM lot l JOIN variant v ON v.id = l.variant"
                " WHERE l.key = ?1 AND (?2 = '' OR v.sku = ?2)");
            const std::string lot_key =
                base::is_utf8(recall.lot) ? base::comparison_key(recall.lot) : "";
            if (!lot.bind(1, lot_key).bind(2, sku).step())
                return fail(ErrorKind::NotFound,
                            "no lot " + base::printable(recall.lot) + "; see: unitrail lot list");
            body["lot"] = lot.text(0);
        }
        const std::string lot = body.contains("lot") ? *body["lot"] : "";
        const std::string key = joined_key(sku, lot);
        const std::string words = lot.empty()   ? sku
                                  : sku.empty() ? "lot " + lot
                                                : sku + " lot " + lot;
        Statement open = database.prepare("SELECT 1 FROM recall WHERE key = ?1 AND open = 1");
        const bool is_open = open.bind(1, key).step();
        open.reset();
        if (is_open == recall.open)
            return fail(ErrorKind::Refused, words + (is_open ? " is recalled already"
                                                             : " is not recalled; nothing to end"));
        body["reason"] = text(recall.reason);
        body["open"] = recall.open ? "yes" : "no";
        return put_event(*impl_, Kind::Recall, words, key, std::move(body), std::nullopt,
                         operator_name);
    });
}

Result<void> Store::put(const inventory::LabelProfile& profile, const std::string& operator_name) {
    return impl_->write([&]() -> Result<void> {
        const auto sku = exact_sku(impl_->database, profile.variant);
        if (!sku) return fail(sku.error());
        const auto number = [](int value) {
            return value == 0 ? std::nullopt : std::optional(std::to_string(value));
        };
        journal::Body body = {{"variant", *sku},
                              {"symbology", text(profile.symbology)},
                              {"strip", text(profile.strip)},
                              {"pattern", text(profile.pattern)},
                              {"from", number(profile.from)},
                              {"length", number(profile.length)}};
        if (profile.is_express) body["express"] = "yes";
        return put_event(*impl_, Kind::Profile, *sku, base::comparison_key(*sku), std::move(body),
                         std::nullopt, operator_name);
    });
}

Result<void> Store::remove_profile(const std::string& sku, const std::string& operator_name) {
    return impl_->write([&]() -> Result<void> {
        const auto exact = exact_sku(impl_->database, sku);
        if (!exact) return fail(exact.error());
        const std::string key = base::comparison_key(*exact);
        Statement there =
            impl_->database.prepare("SELECT 1 FROM profile WHERE key = ?1 AND removed = 0");
        if (!there.bind(1, key).step())
            return fail(ErrorKind::NotFound, *exact + " has no label profile; nothing to remove");
        there.reset();
        return put_event(*impl_, Kind::Profile, *exact, key,
                         {{"variant", *exact}, {"removed", "yes"}}, std::nullopt, operator_name);
    });
}

Result<std::vector<inventory::LabelProfile>> Store::profiles() {
    return impl_->read([&]() -> Result<std::vector<inventory::LabelProfile>> {
        std::vector<inventory::LabelProfile> all;
        Statement row = impl_->database.prepare(
            "SELECT v.sku, p.symbology, p.strip, p.pattern, p.skipped, p.length, p.express"
            " FROM profile p JOIN variant v ON v.id = p.variant WHERE p.removed = 0 ORDER BY "
            "p.key");
        while (row.step())
            all.push_back({row.text(0), row.text(1), row.text(2), row.text(3),
                           static_cast<int>(row.integer(4)), static_cast<int>(row.integer(5)),
                           row.integer(6) != 0});
        return all;
    });
}

Result<std::vector<Recall>> Store::recalls() {
    return impl_->read([&]() -> Result<std::vector<Recall>> {
        std::vector<Recall> all;
        Statement row = impl_->database.prepare(
            "SELECT coalesce(v.sku, ''),"
            " coalesce((SELECT l.code FROM lot l WHERE l.key = r.lot_key LIMIT 1), ''),"
            " r.reason, r.open FROM recall r LEFT JOIN variant v ON v.id = r.variant"
            " ORDER BY r.key");
        while (row.step())
            all.push_back({row.text(0), row.text(1), row.text(2), row.integer(3) == 1});
        return all;
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

#include "app/operations.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "inventory/identifiers.hpp"

namespace app {
namespace {

using inventory::Action;

const inventory::Variant* find(const std::vector<inventory::Variant>& variants,
                               const std::string& sku) {
    if (!base::is_utf8(sku)) return nullptr;
    const std::string key = base::comparison_key(sku);
    const auto same = [&](const inventory::Variant& v) {
        return base::comparison_key(v.sku) == key;
    };
    const auto found = std::ranges::find_if(variants, same);
    return found == variants.end() ? nullptr : &*found;
}

std::optional<std::string> text(const std::string& value) {
    return value.empty() ? std::nullopt : std::optional(value);
}

// The place given, else the actor's. A warehouse given alone says nothing of the actor's location.
void set_place(journal::Body& body, const Receipt& receipt, const Actor& actor) {
    if (receipt.warehouse || receipt.location) {
        if (receipt.warehouse) body["warehouse"] = text(*receipt.warehouse);
        if (receipt.location) body["location"] = text(*receipt.location);
    } else if (!actor.warehouse.empty()) {
        body["warehouse"] = actor.warehouse;
        if (!actor.location.empty()) body["location"] = actor.location;
    }
}

}  // namespace

Result<store::UnitRecord> receive(store::Store& store, const Receipt& receipt, const Actor& actor,
                                  const std::vector<inventory::Variant>& variants,
                                  inventory::Date today) {
    store::Act act;
    act.kind = journal::Kind::Registered;
    act.serial = receipt.serial;
    act.operator_name = actor.operator_name;
    act.scan = receipt.scan;
    act.body["variant"] = text(receipt.variant);
    if (const std::string read = inventory::to_text(receipt.identifiers); !read.empty())
        act.body["identifiers"] = read;
    if (receipt.lot) act.body["lot"] = text(*receipt.lot);
    set_place(act.body, receipt, actor);
    const std::string purchased = receipt.purchase_date.value_or(inventory::to_iso(today));
    act.body["purchase_date"] = text(purchased);
    if (receipt.warranty_expiry) {
        act.body["warranty_expiry"] = text(*receipt.warranty_expiry);
    } else if (const auto* variant = find(variants, receipt.variant);
               variant != nullptr && variant->warranty_months) {
        if (const auto date = inventory::parse_date(purchased))
            act.body["warranty_expiry"] =
                inventory::to_iso(inventory::add_months(*date, *variant->warranty_months));
    }
    return store.act(act);
}

Result<std::vector<std::string>> warnings_of(store::Store& store, const Receipt& receipt,
                                             inventory::Entry entry) {
    std::vector<std::string> warnings;
    const auto known = store.find(receipt.serial);
    if (!known || *known) return warnings;  // it is refused, with more to say
    const auto near = store.near_misses(receipt.serial, receipt.variant, entry);
    if (!near) return fail(near.error());
    for (const inventory::NearMiss& miss : *near)
        warnings.push_back("it looks like " + miss.serial + ", which is registered: " + miss.why);
    for (const inventory::Identifier& identifier : receipt.identifiers) {
        const auto others = store.find_by_identifier(identifier.value);
        if (!others) return fail(others.error());
        if (others->empty()) continue;
        warnings.push_back("its " + inventory::identifier_words(identifier.kind) + " " +
                           identifier.value + " is that of " + others->front().unit.serial +
                           ", too");
    }
    return warnings;
}

Result<store::UnitRecord> act(store::Store& store, Action action, const std::string& serial,
                              journal::Body fields, const Actor& actor, Elsewhere elsewhere) {
    const bool comes_here =
        action == Action::Return || action == Action::MarkDefective || action == Action::Restock;
    if (comes_here && !fields.contains("location") && !fields.contains("warehouse") &&
        !actor.warehouse.empty()) {
        const auto unit = store.find(serial);
        // A reservation given up leaves the unit where it lies.
        const bool away = unit && *unit && (*unit)->unit.status != inventory::Status::Reserved;
        if (away) {
            fields["warehouse"] = actor.warehouse;
            fields["location"] = text(actor.location);
        }
    }
    return store.act({journal::kind_of(action),
                      serial,
                      std::move(fields),
                      actor.operator_name,
                      std::nullopt,
                      {actor.warehouse, elsewhere == Elsewhere::Override}});
}

Result<store::UnitRecord> sell_provisionally(store::Store& store, const std::string& serial,
                                             const std::string& variant, journal::Body fields,
                                             const Actor& actor, Elsewhere elsewhere) {
    const auto known = store.find(serial);
    if (!known) return fail(known.error());
    if (*known) return act(store, Action::Sell, serial, std::move(fields), actor, elsewhere);
    fields["provisional"] = "yes";
    const store::Act acts[] = {
        {journal::Kind::Registered,
         serial,
         {{"variant", variant}, {"provisional", "yes"}},
         actor.operator_name,
         std::nullopt},
        {journal::Kind::Sold, serial, std::move(fields), actor.operator_name, std::nullopt}};
    return store.act_as_one(acts);
}

Result<Catalog> load_catalog(store::Store& store) {
    auto variants = store.variants();
    if (!variants) return fail(variants.error());
    auto lots = store.lots();
    if (!lots) return fail(lots.error());
    auto warehouses = store.warehouses();
    if (!warehouses) return fail(warehouses.error());
    auto locations = store.locations();
    if (!locations) return fail(locations.error());
    auto profiles = store.profiles();
    if (!profiles) return fail(profiles.error());
    return Catalog{std::move(*variants), std::move(*lots), std::move(*warehouses),
                   std::move(*locations), std::move(*profiles)};
}

}  // namespace app

// What a label refers to: the unit, the product, the place, and whether it may act by itself.
#include <algorithm>
#include <utility>

#include "app/application.hpp"
#include "base/text.hpp"
#include "inventory/gtin.hpp"
#include "inventory/identifiers.hpp"
#include "inventory/serial_number.hpp"

namespace app {

// What the plain text of a code is by the reference data: a place, or a product's SKU or GTIN.
void Application::look_up_references(Scan& scan) const {
    const Catalog& catalog = *state_.catalog;
    const std::string key = base::comparison_key(*scan.label.serial);
    const auto matches = [&](const std::string& code) { return base::comparison_key(code) == key; };
    for (const auto& place : catalog.locations)
        if (matches(place.code) && (!scan.location || place.warehouse == state_.receive.warehouse))
            scan.location = place;
    for (const auto& place : catalog.warehouses)
        if (matches(place.code)) scan.warehouse = place;
    const auto gtin = inventory::parse_gtin(*scan.label.serial);
    for (const auto& variant : catalog.variants) {
        if (!matches(variant.sku) && !(gtin && variant.gtin == *gtin)) continue;
        scan.product = variant;
        scan.label.serial.reset();  // it is on every box of the product: never a serial
        return;
    }
}

// Which form of the serial is known: the database decides where the label leaves it open. At the
// dock it does not choose between codes: one that is known there may be the part number.
void Application::look_up_serial(Scan& scan) {
    label::Label& label = scan.label;
    const auto find = [&](const std::string& serial) -> std::optional<store::UnitRecord> {
        if (!inventory::parse_serial(serial)) return std::nullopt;
        return value_or_trouble(store_.find(serial), std::optional<store::UnitRecord>());
    };
    if (label.serial) {
        scan.unit = find(*label.serial);
        if (!scan.unit && label.readings.size() == 2)
            if ((scan.unit = find(label.readings[1]))) label.serial = label.readings[1];
        return;
    }
    if (state_.screen == Screen::Receive || state_.screen == Screen::Add) return;
    std::vector<store::UnitRecord> known;
    for (const label::Choice& choice : label.choices)
        if (auto unit = find(choice.text)) known.push_back(std::move(*unit));
    if (known.size() != 1) return;
    scan.unit = std::move(known.front());
    label.serial = scan.unit->unit.serial;
    label.choices.clear();
}

// A label without a serial, but with a number that one unit has.
void Application::look_up_identifiers(Scan& scan) {
    std::vector<store::UnitRecord> units;
    for (const label::Identifier& identifier : scan.label.identifiers)
        for (auto& unit : value_or_trouble(store_.find_by_identifier(identifier.value),
                                           std::vector<store::UnitRecord>()))
            if (units.empty() || units.front().unit.key != unit.unit.key)
                units.push_back(std::move(unit));
    if (units.size() != 1) return;
    scan.unit = std::move(units.front());
    scan.label.serial = scan.unit->unit.serial;
    scan.label.choices.clear();
}

// The unit that has this serial is of another variant: perhaps another maker's, with the same one.
void Application::look_up_clash(Scan& scan) {
    const inventory::Variant* variant = variant_for(scan.label);
    if (variant == nullptr || variant->sku == scan.unit->unit.variant) return;
    const std::string composite =
        inventory::composite_serial(variant->gtin, variant->sku, scan.unit->unit.serial);
    if (auto other = value_or_trouble(store_.find(composite), std::optional<store::UnitRecord>()))
        scan.unit = std::move(other);
    else if (state_.screen == Screen::Receive)
        scan.clash = composite;
}

void Application::ask_gate(Scan& scan) {
    if (!scan.label.serial || state_.screen != Screen::Receive) return;
    const inventory::Variant* variant = variant_for(scan.label);
    if (variant == nullptr) return;  // it is asked for first
    GateContext context;
    context.shape = value_or_trouble(store_.shape_of(variant->sku), inventory::SerialShape());
    if (scan.label.from) context.symbology = scan.label.parts[*scan.label.from].symbology_id;
    if (*scan.label.serial == state_.dispatch.order)
        context.meant = "the order " + state_.dispatch.order;
    GateSession session;
    const auto handled = handled_.find(base::comparison_key(*scan.label.serial));
    session.handled = scan.unit && handled != handled_.end();  // it was not undone
    session.other_box =
        session.handled && inventory::differing(handled->second, scan.label.identifiers);
    scan.gate = may_act_alone(scan.label, scan.sight, context, session);
}

void Application::look_up_unit(Scan& scan) {
    const std::string key = scan.unit->unit.key;
    const auto history = value_or_trouble(store_.history(key), std::vector<store::EventRecord>());
    for (const auto& record : history)
        if (record.stands && record.event.kind == journal::Kind::Sold)
            scan.sold_on = inventory::to_words(base::civil_date(record.event.at));
    const auto today = value_or_trouble(store_.today(), store::Today{});
    if (const auto& expiry = scan.unit->lot_expiry; expiry && *expiry < today.date)
        scan.lot_expired = expiry;
    scan.warranty =
        inventory::warranty_on(scan.unit->unit.warranty_expiry, today.date, today.clock_behind);
    scan.swap = inventory::differing(scan.unit->unit.identifiers, scan.label.identifiers);
    if (!scan.swap && scan.product && scan.product->sku != scan.unit->unit.variant)
        scan.swap = "its product code is that of " + scan.product->sku + ", registered is " +
                    scan.unit->unit.variant;
    shown_ = {key, scan.label.identifiers, scan.swap};
    const std::string latest = history.empty() ? "" : journal::to_text(history.back().event.id);
    scan.in_session = received_.contains(latest) || dispatched_.contains(latest);
}

Scan Application::look_up(label::Label label, const Sight& sight) {
    Scan scan;
    scan.label = std::move(label);
    scan.sight = sight;
    for (const auto& variant : state_.catalog->variants)
        if (scan.label.gtin && variant.gtin == scan.label.gtin) scan.product = variant;
    // Typed digits that could be a product code are one when such a product is known.
    if (scan.product && scan.label.choices.size() == 1)
        if (const auto gtin = inventory::parse_gtin(scan.label.choices.front().text);
            gtin && *gtin == scan.label.gtin)
            scan.label.choices.clear();
    shown_ = {};
    if (scan.label.serial && !inventory::parse_serial(*scan.label.serial)) return scan;
    look_up_serial(scan);
    if (!scan.label.serial) look_up_identifiers(scan);
    if (scan.unit) look_up_clash(scan);
    if (scan.unit)
        look_up_unit(scan);
    else if (scan.label.serial)
        look_up_references(scan);
    ask_gate(scan);
    return scan;
}

}  // namespace app

#include "app/stations.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/text.hpp"

namespace app {
namespace {

using inventory::Action;
using inventory::Status;
using Do = Decision::Do;

std::string name_of(const inventory::Variant& variant) {
    return variant.name.empty() ? variant.sku : variant.name;
}

std::string status_of(const Scan& scan) {
    return std::string(inventory::label(scan.unit->unit.status));
}

const inventory::Variant* find_variant(const Catalog& catalog, const std::string& sku) {
    const auto found = std::ranges::find(catalog.variants, sku, &inventory::Variant::sku);
    return found == catalog.variants.end() ? nullptr : &*found;
}

// What every station says to a scan that names no unit.
std::optional<Decision> without_serial(const Scan& scan) {
    const label::Label& label = scan.label;
    if (!label.choices.empty())
        return Decision{Do::Choose, Tone::Ask, "Which one is the serial number?",
                        "Several codes are in view; tap the right one.", ""};
    if (label.serial) return std::nullopt;
    if (label.sscc)
        return Decision{Do::Nothing, Tone::Note, "A box, not a unit",
                        "This is a carton label (SSCC); scan the units inside.", ""};
    if (label.gtin)
        return Decision{
            Do::Nothing, Tone::Note,
            scan.product ? "Product code of " + name_of(*scan.product) : "Unknown product code",
            "Scan the serial number beside it.", ""};
    return Decision{Do::Nothing, Tone::Note, "No serial number in this label",
                    "Scan another code of the item, or type the serial number.", ""};
}

// What stands before every station's own rules.
std::optional<Decision> before_all(const Scan& scan) {
    if (scan.sight.labels_in_aim < 2) return std::nullopt;
    return Decision{Do::Nothing, Tone::Ask, "One at a time",
                    "Two labels are in the frame; show one of them alone.", ""};
}

Decision clash_at_receiving(const Scan& scan, const Catalog& catalog, const std::string& sku) {
    const inventory::Unit& unit = scan.unit->unit;
    const auto* registered = find_variant(catalog, unit.variant);
    const auto* wanted = scan.product ? &*scan.product : find_variant(catalog, sku);
    const std::string other = wanted == nullptr ? sku : name_of(*wanted);
    const std::string is = registered == nullptr ? unit.variant : name_of(*registered);
    return {Do::Choose, Tone::Ask, unit.serial + " is already a " + is,
            (scan.product ? "This label says " : "Received is ") + other +
                "; if it is another box, register it with its product in front.",
            ""};
}

// Why a new serial does not register by itself; nothing when it does.
std::optional<Decision> held_by_gate(const Scan& scan) {
    const GateAnswer& answer = scan.gate;
    switch (answer.gate) {
        case ActGate::Alone: return std::nullopt;
        case ActGate::Ask:
            return Decision{Do::Choose, Tone::Ask, "Is this the serial number?",
                            *scan.label.serial + ": " + answer.why + ".", ""};
        case ActGate::Wait: return Decision{Do::Nothing, Tone::Note, "Hold still", answer.why, ""};
        case ActGate::Nothing:
            return Decision{Do::Nothing, Tone::Note, "Not a serial number",
                            *scan.label.serial + ": " + answer.why + ".", ""};
        case ActGate::Counted:
            return Decision{Do::Nothing, Tone::Note, "Counted already", *scan.label.serial, ""};
    }
    CHECK(false);
}

Decision set_variant(const inventory::Variant& variant) {
    return {Do::SetVariant, Tone::Note, "Receiving " + name_of(variant),
            "Every new serial number is registered as this product now.", variant.sku};
}

Decision known_at_receiving(const Scan& scan) {
    const std::string& serial = scan.unit->unit.serial;
    if (scan.gate.gate == ActGate::Ask)
        return {Do::ShowRecord, Tone::Ask, "Already known \xC2\xB7 on another box",
                serial + ": " + scan.gate.why, ""};
    if (scan.in_session && scan.unit->unit.status == Status::InStock)
        return {Do::ShowRecord, Tone::Note, "Counted already", serial + " is registered.", ""};
    return {Do::ShowRecord, Tone::Ask, "Already known · " + status_of(scan),
            serial + " was registered before; nothing was written.", ""};
}

// Why a new serial cannot be registered yet; empty when it can.
std::string missing_context(const ReceiveContext& context) {
    if (context.warehouse.empty()) return "Pick the warehouse first";
    if (context.location.empty()) return "Pick the location first";
    return "";
}

Decision new_at_receiving(const Scan& scan, const ReceiveContext& context, const Catalog& catalog) {
    const auto* variant = find_variant(catalog, context.variant);
    if (scan.product && variant != nullptr && scan.product->sku != variant->sku)
        return {Do::Nothing, Tone::Stop, "Wrong item: " + name_of(*scan.product),
                "Receiving " + name_of(*variant) +
                    "; nothing was written. Change the product to go on.",
                ""};
    if (scan.label.gtin && !scan.product && variant != nullptr && variant->gtin)
        return {Do::Nothing, Tone::Stop, "Wrong item: unknown product code",
                "The label says " + *scan.label.gtin + ", " + name_of(*variant) + " has " +
                    *variant->gtin + "; nothing was written.",
                ""};
    if (variant == nullptr && !scan.product)
        return {Do::Nothing, Tone::Ask, "Pick the product first",
                "Choose the product variant or scan its product code, then scan the unit again.",
                ""};
    if (const std::string missing = missing_context(context); !missing.empty())
        return {Do::Nothing, Tone::Ask, missing,
                "Choose it or scan its label, then scan the unit again.", ""};
    if (auto held = held_by_gate(scan)) return *held;
    const inventory::Variant& product = variant != nullptr ? *variant : *scan.product;
    const std::string& why = scan.gate.why.empty() ? scan.label.why : scan.gate.why;
    return {Do::Register, Tone::Done, "Registered",
            *scan.label.serial + " · " + name_of(product) + " (" + why + ")", product.sku};
}

Decision at_receiving(const Scan& scan, const ReceiveContext& context, const Catalog& catalog) {
    if (scan.clash) return clash_at_receiving(scan, catalog, context.variant);
    if (scan.unit) return known_at_receiving(scan);
    const bool only_product = !scan.label.serial && scan.product && scan.label.choices.empty();
    if (only_product) return set_variant(*scan.product);
    if (scan.location)
        return {Do::SetPlace, Tone::Note, "Receiving at " + scan.location->code,
                "Every new serial number is put there now.", ""};
    if (scan.warehouse)
        return {Do::SetPlace, Tone::Note, "Receiving in " + scan.warehouse->code,
                "Pick the location next.", ""};
    if (auto other = without_serial(scan)) return *other;
    return new_at_receiving(scan, context, catalog);
}

Decision at_dispatch(const Scan& scan, const DispatchContext& context,
                     const std::string& warehouse) {
    if (!scan.unit) {
        if (auto other = without_serial(scan)) return *other;
        return {Do::Nothing, Tone::Stop, "Not known here",
                *scan.label.serial + " is not registered; receive it first.", ""};
    }
    const inventory::Unit& unit = scan.unit->unit;
    if (const auto& conflict = scan.unit->conflict; conflict && !conflict->sellable)
        return {Do::ShowRecord, Tone::Stop, "To be settled first",
                unit.serial + " must not leave: " + conflict->sentence, ""};
    if (scan.unit->recall)
        return {Do::ShowRecord, Tone::Stop, "Recalled",
                unit.serial + " must not leave" +
                    (scan.unit->recall->empty() ? "." : ": " + *scan.unit->recall + "."),
                ""};
    if (scan.lot_expired)
        return {Do::ShowRecord, Tone::Stop, "Lot expired",
                unit.serial + " must not leave: its lot expired on " +
                    inventory::to_words(*scan.lot_expired) + ".",
                ""};
    if (unit.hold)
        return {Do::ShowRecord, Tone::Stop, "On hold", unit.serial + ": " + *unit.hold + ".", ""};
    if (scan.in_session && unit.status == Status::Sold)
        return {Do::ShowRecord, Tone::Note, "Counted already", unit.serial + " is dispatched.", ""};
    if (!inventory::next_status(unit.status, Action::Sell))
        return {Do::ShowRecord, Tone::Stop, "Not for sale: " + status_of(scan),
                unit.serial + (scan.sold_on.empty() || unit.status != Status::Sold
                                   ? " cannot be sold as it is."
                                   : " was sold on " + scan.sold_on + "."),
                ""};
    if (unit.status == Status::Reserved && unit.client &&
        base::comparison_key(*unit.client) != base::comparison_key(context.client))
        return {Do::ShowRecord, Tone::Ask, "Reserved for " + *unit.client,
                "Selling it" + (context.client.empty() ? "" : " to " + context.client) +
                    " takes it out of that reservation.",
                ""};
    if (scan.swap)
        return {Do::ShowRecord, Tone::Ask, "Look at it again",
                unit.serial + ": " + *scan.swap + ".", ""};
    if (store::is_elsewhere(unit, warehouse))
        return {Do::ShowRecord, Tone::Ask, "In another warehouse: " + *unit.warehouse,
                unit.serial + " is not in " + warehouse + "; selling it from there is asked twice.",
                ""};
    return {Do::ShowRecord, Tone::Note, status_of(scan), unit.serial + " can be sold.", ""};
}

Decision at_returns(const Scan& scan) {
    if (!scan.unit) {
        if (auto other = without_serial(scan)) return *other;
        return {Do::Nothing, Tone::Stop, "Not ours",
                *scan.label.serial + " was never registered here.", ""};
    }
    const inventory::Unit& unit = scan.unit->unit;
    if (unit.status != Status::Sold)
        return {Do::ShowRecord, Tone::Ask, "Ours, but not sold: " + status_of(scan),
                unit.serial + " is not out at a client by our records.", ""};
    if (scan.swap)
        return {Do::ShowRecord, Tone::Ask, "Suspected swap",
                unit.serial + " is ours, but " + *scan.swap + ".", ""};
    const std::string to = unit.client ? " to " + *unit.client : "";
    const std::string when = scan.sold_on.empty() ? "" : " " + scan.sold_on;
    return {Do::ShowRecord, Tone::Note, "Ours · sold" + when + to,
            "Warranty: " + inventory::to_words(scan.warranty) + ".", ""};
}

Decision in_list(const Scan& scan) {
    if (scan.unit) return {Do::ShowRecord, Tone::Note, status_of(scan), scan.unit->unit.serial, ""};
    if (auto other = without_serial(scan)) return *other;
    return {Do::Nothing, Tone::Ask, "Not registered",
            *scan.label.serial + " is no unit yet; Add Serial Number registers it.", ""};
}

Decision in_form(const Scan& scan) {
    if (scan.unit)
        return {Do::Nothing, Tone::Ask, "Already known · " + status_of(scan),
                scan.unit->unit.serial + " is registered; scan another unit.", ""};
    if (!scan.label.serial && scan.product)
        return {Do::FillForm, Tone::Note, "Product: " + name_of(*scan.product),
                "Scan the serial number next.", ""};
    if (auto other = without_serial(scan)) return *other;
    return {Do::FillForm, Tone::Note, "Serial number read", *scan.label.serial, ""};
}

Decision in_conflicts(const Scan& scan) {
    if (!scan.unit) return in_list(scan);
    const std::string& serial = scan.unit->unit.serial;
    if (scan.unit->conflict) return {Do::Settle, Tone::Note, "To be settled", serial, ""};
    return {Do::Nothing, Tone::Note, "Nothing to settle", serial + " has no conflict.", ""};
}

}  // namespace

Decision decide(Screen screen, const Scan& scan, const ReceiveContext& receive,
                const DispatchContext& dispatch, const Catalog& catalog) {
    if (auto first = before_all(scan)) return *first;
    switch (screen) {
        case Screen::Receive: return at_receiving(scan, receive, catalog);
        case Screen::Dispatch: return at_dispatch(scan, dispatch, receive.warehouse);
        case Screen::Returns: return at_returns(scan);
        case Screen::Units: return in_list(scan);
        case Screen::Add: return in_form(scan);
        case Screen::Conflicts: return in_conflicts(scan);
        case Screen::Profiles:
            return {Do::TryCode, Tone::Note, "Code read", "Open a label profile to try it.", ""};
        case Screen::HardwareScanner:
            return {Do::Nothing, Tone::Note, "Seen by the camera",
                    "Here the hardware scanner is tried; go to a station to act on a unit.", ""};
    }
    CHECK(false);
}

}  // namespace app

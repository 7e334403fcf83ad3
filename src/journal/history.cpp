#include "journal/history.hpp"

#include "base/check.hpp"
#include "base/text.hpp"
#include "inventory/serial_number.hpp"
#include "journal/fields.hpp"

namespace journal {
namespace {

using inventory::Date;
using inventory::Status;
using inventory::Unit;

Unit after_writes(Unit unit, const Event& event) {
    for (const Write& write : writes_of(event)) set_field(unit, write);
    return unit;
}

Result<Unit> checked(Unit unit) {
    if (unit.purchase_date && unit.warranty_expiry && *unit.warranty_expiry < *unit.purchase_date)
        return fail(ErrorKind::Refused,
                    "the warranty would end on " + inventory::to_iso(*unit.warranty_expiry) +
                        ", before the purchase on " + inventory::to_iso(*unit.purchase_date) +
                        "; correct one of the two dates");
    return unit;
}

Result<Unit> registered(const std::optional<Unit>& before, const Event& event) {
    if (before) return fail(ErrorKind::Refused, before->serial + " is already registered");
    Unit unit = after_writes({}, event);
    if (unit.variant.empty())
        return fail(ErrorKind::Refused, event.serial + " needs a product variant");
    return checked(std::move(unit));
}

Result<void> check_serial(const Event& event) {
    const auto serial = inventory::parse_serial(text_of(event.body, "serial"));
    if (!serial) return fail(serial.error());
    return {};
}

Result<void> check_hold(const Unit& unit, Kind kind) {
    if (kind == Kind::Held && unit.hold)
        return fail(ErrorKind::Refused, unit.serial + " is on hold already (" + *unit.hold + ")");
    if (kind == Kind::Released && !unit.hold)
        return fail(ErrorKind::Refused, unit.serial + " is not on hold");
    return {};
}

Result<void> check_lifecycle(const Unit& unit, Kind kind) {
    const auto action = *action_of(kind);
    if (!inventory::next_status(unit.status, action))
        return fail(ErrorKind::Refused,
                    unit.serial + " " + inventory::refusal(unit.status, action));
    const bool leaves = action == inventory::Action::Sell || action == inventory::Action::Reserve;
    if (unit.hold && leaves)
        return fail(ErrorKind::Refused, unit.serial + " is on hold (" + *unit.hold +
                                            "); release it first with: unitrail release");
    return {};
}

// Whether the rules allow the event on the unit as it is.
Result<void> check(const Unit& unit, const Event& event) {
    switch (event.kind) {
        case Kind::Edited:
        case Kind::Moved:
        case Kind::Resolved: return {};
        case Kind::Renamed: return check_serial(event);
        case Kind::Sold:
        case Kind::Reserved:
        case Kind::Returned:
        case Kind::MarkedDefective:
        case Kind::ReturnedToStock: return check_lifecycle(unit, event.kind);
        case Kind::Held:
        case Kind::Released: return check_hold(unit, event.kind);
        case Kind::Unknown:
        case Kind::Registered:
        case Kind::Undone:
        case Kind::Variant:
        case Kind::Lot:
        case Kind::Warehouse:
        case Kind::Location:
        case Kind::Recall:
        case Kind::Profile: break;
    }
    return fail(ErrorKind::Refused, "an event of the kind \"" + event.kind_text +
                                        "\" is not known to this version; update the program");
}

}  // namespace

Result<Unit> apply(const std::optional<Unit>& before, const Event& event) {
    if (event.kind == Kind::Registered) return registered(before, event);
    if (!before)
        return fail(ErrorKind::NotFound, "no unit " + base::printable(event.serial) +
                                             "; register it with: unitrail receive");
    if (auto allowed = check(*before, event); !allowed) return fail(allowed.error());
    Unit unit = after_writes(*before, event);
    const bool dates =
        event.body.contains("purchase_date") || event.body.contains("warranty_expiry");
    return dates ? checked(std::move(unit)) : Result<Unit>(std::move(unit));
}

namespace {

std::string place_of(const Body& body) {
    const std::string location = text_of(body, "location");
    std::string place = text_of(body, "warehouse");
    if (!place.empty() && !location.empty()) place += " / ";
    return place + location;
}

std::string with(const std::string& text, std::string_view word, const std::string& value) {
    return value.empty() ? text : text + std::string(word) + value;
}

std::string field_words(std::string_view field) {
    std::string words(field);
    for (char& c : words)
        if (c == '_') c = ' ';
    return words;
}

std::string describe_edit(const Body& body, const std::string& client) {
    std::string words = "Edited";
    const char* separator = ": ";
    for (const auto& [field, value] : body) {
        const std::string shown = field == "client" && value ? client : value.value_or("none");
        words += separator + field_words(field) + " " + shown;
        separator = ", ";
    }
    return words;
}

std::string describe_registration(const Event& event) {
    std::string words = is_provisional(event) ? "Registered provisionally as " : "Registered as ";
    words += text_of(event.body, "variant");
    words = with(words, ", lot ", text_of(event.body, "lot"));
    return with(words, " at ", place_of(event.body));
}

std::string describe_sale(const Event& event, const std::string& client) {
    const Body& body = event.body;
    std::string words = is_provisional(event) ? "Sold provisionally" : "Sold";
    words = with(words, " to ", client);
    words = with(words, ", order ", text_of(body, "order"));
    if (!text_of(body, "override").empty()) words += ", although from another warehouse";
    return with(words, ": ", text_of(body, "reason"));
}

}  // namespace

std::string describe(const Event& event, const std::string& client) {
    const Body& body = event.body;
    const std::string order = text_of(body, "order"), reason = text_of(body, "reason");
    switch (event.kind) {
        case Kind::Registered: return describe_registration(event);
        case Kind::Edited: return describe_edit(body, client);
        case Kind::Moved: return with(with("Moved", " to ", place_of(body)), ": ", reason);
        case Kind::Reserved: return with(with("Reserved", " for ", client), ", order ", order);
        case Kind::Sold: return describe_sale(event, client);
        case Kind::Returned:
            return with(with(with("Returned", ", RMA ", text_of(body, "rma")), ": ", reason),
                        "; suspected swap: ", text_of(body, "swap"));
        case Kind::MarkedDefective: return with("Marked as defective", ": ", reason);
        case Kind::ReturnedToStock:
            return with(with("Returned to stock", " at ", place_of(body)), ": ", reason);
        case Kind::Renamed: return "Serial corrected to " + text_of(body, "serial");
        case Kind::Undone: return with("Undone", ": ", text_of(body, "what"));
        case Kind::Held: return with("Put on hold", ": ", reason);
        case Kind::Released: return with("Released", ": ", reason);
        case Kind::Resolved:
            return with("Settled: " + text_of(body, "keep"), ": ", text_of(body, "why"));
        case Kind::Recall:
        case Kind::Profile:
        case Kind::Variant:
        case Kind::Lot:
        case Kind::Warehouse:
        case Kind::Location: return field_words(name(event.kind)) + " " + event.serial;
        case Kind::Unknown: break;
    }
    return "An act that this version does not know (" + base::printable(event.kind_text) + ")";
}

}  // namespace journal

#include "journal/history.hpp"

#include "base/check.hpp"
#include "base/text.hpp"
#include "inventory/serial_number.hpp"

namespace journal {
namespace {

using inventory::Date;
using inventory::Status;
using inventory::Unit;

void set(const Body& body, std::string_view field, std::optional<std::string>& value) {
    if (const auto found = body.find(field); found != body.end()) value = found->second;
}

void set(const Body& body, std::string_view field, std::optional<Date>& value) {
    const auto found = body.find(field);
    if (found == body.end()) return;
    value = found->second ? inventory::parse_date(*found->second) : std::nullopt;
}

std::string value_of(const Body& body, std::string_view field) {
    const auto found = body.find(field);
    return found != body.end() && found->second ? *found->second : std::string();
}

void set_fields(Unit& unit, const Body& body) {
    if (const auto variant = value_of(body, "variant"); !variant.empty()) unit.variant = variant;
    set(body, "lot", unit.lot);
    set(body, "warehouse", unit.warehouse);
    set(body, "location", unit.location);
    set(body, "purchase_date", unit.purchase_date);
    set(body, "warranty_expiry", unit.warranty_expiry);
    set(body, "client", unit.client);
    set(body, "order", unit.order);
    set(body, "rma", unit.rma);
    set(body, "reason", unit.reason);
}

Result<Unit> checked(Unit unit) {
    if (unit.purchase_date && unit.warranty_expiry && *unit.warranty_expiry < *unit.purchase_date)
        return fail(ErrorKind::Refused,
                    "the warranty would end on " + inventory::to_iso(*unit.warranty_expiry) +
                        ", before the purchase on " + inventory::to_iso(*unit.purchase_date) +
                        "; correct one of the two dates");
    return unit;
}

// What the status change itself clears; what the body names is set afterwards.
void enter(Unit& unit, Status status) {
    unit.status = status;
    unit.reason.reset();
    if (status == Status::Sold) unit.location.reset();  // it has left the building
    if (status == Status::InStock) {
        unit.client.reset();
        unit.order.reset();
        unit.rma.reset();
    }
}

Result<Unit> registered(const std::optional<Unit>& before, const Event& event) {
    if (before) return fail(ErrorKind::Refused, before->serial + " is already registered");
    Unit unit;
    unit.serial = event.serial;
    unit.key = event.key;
    set_fields(unit, event.body);
    if (unit.variant.empty())
        return fail(ErrorKind::Refused, event.serial + " needs a product variant");
    return checked(std::move(unit));
}

Result<Unit> renamed(Unit unit, const Event& event) {
    const auto serial = inventory::parse_serial(value_of(event.body, "serial"));
    if (!serial) return fail(serial.error());
    unit.serial = serial->printed;
    unit.key = serial->key;
    return unit;
}

Result<Unit> held(Unit unit, const Event& event) {
    if (unit.hold)
        return fail(ErrorKind::Refused, unit.serial + " is on hold already (" + *unit.hold + ")");
    const std::string reason = value_of(event.body, "reason");
    unit.hold = reason.empty() ? "no reason given" : reason;
    return unit;
}

Result<Unit> released(Unit unit) {
    if (!unit.hold) return fail(ErrorKind::Refused, unit.serial + " is not on hold");
    unit.hold.reset();
    return unit;
}

Result<Unit> acted(Unit unit, const Event& event) {
    const auto action = *action_of(event.kind);
    const auto next = inventory::next_status(unit.status, action);
    if (!next)
        return fail(ErrorKind::Refused,
                    unit.serial + " " + inventory::refusal(unit.status, action));
    const bool leaves = action == inventory::Action::Sell || action == inventory::Action::Reserve;
    if (unit.hold && leaves)
        return fail(ErrorKind::Refused, unit.serial + " is on hold (" + *unit.hold +
                                            "); release it first with: unitrail release");
    enter(unit, *next);
    set_fields(unit, event.body);
    return unit;
}

}  // namespace

Result<Unit> apply(const std::optional<Unit>& before, const Event& event) {
    if (event.kind == Kind::Registered) return registered(before, event);
    if (!before)
        return fail(ErrorKind::NotFound, "no unit " + base::printable(event.serial) +
                                             "; register it with: unitrail receive");
    Unit unit = *before;
    switch (event.kind) {
        case Kind::Edited:
        case Kind::Moved: set_fields(unit, event.body); return checked(std::move(unit));
        case Kind::Renamed: return renamed(std::move(unit), event);
        case Kind::Sold:
        case Kind::Reserved:
        case Kind::Returned:
        case Kind::MarkedDefective:
        case Kind::ReturnedToStock: return acted(std::move(unit), event);
        case Kind::Held: return held(std::move(unit), event);
        case Kind::Released: return released(std::move(unit));
        case Kind::Unknown:
        case Kind::Registered:
        case Kind::Undone:
        case Kind::Variant:
        case Kind::Lot:
        case Kind::Warehouse:
        case Kind::Location:
        case Kind::Recall: break;
    }
    return fail(ErrorKind::Refused, "an event of the kind \"" + event.kind_text +
                                        "\" is not known to this version; update the program");
}

Folded fold(std::span<const Event> history) {
    struct Standing {
        std::size_t index;
        Unit after;
    };
    std::vector<Standing> standing;
    Folded folded;
    folded.stands.assign(history.size(), false);
    folded.refusals.assign(history.size(), "");
    for (std::size_t i = 0; i < history.size(); ++i) {
        const Event& event = history[i];
        if (event.kind == Kind::Undone) {
            if (!standing.empty() &&
                to_text(history[standing.back().index].id) == value_of(event.body, "undoes")) {
                folded.stands[standing.back().index] = false;
                standing.pop_back();
            } else {
                folded.refusals[i] = "it undoes an act that was no longer the latest";
            }
            continue;
        }
        auto after = journal::apply(
            standing.empty() ? std::nullopt : std::optional(standing.back().after), event);
        if (!after) {
            folded.refusals[i] = after.error().message;
            continue;
        }
        standing.push_back({i, std::move(*after)});
        folded.stands[i] = true;
    }
    if (!standing.empty()) {
        folded.unit = standing.back().after;
        folded.latest = standing.back().index;
    }
    return folded;
}

namespace {

std::string place_of(const Body& body) {
    const std::string location = value_of(body, "location");
    std::string place = value_of(body, "warehouse");
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
    std::string words = "Registered as " + value_of(event.body, "variant");
    words = with(words, ", lot ", value_of(event.body, "lot"));
    return with(words, " at ", place_of(event.body));
}

}  // namespace

std::string describe(const Event& event, const std::string& client) {
    const Body& body = event.body;
    const std::string order = value_of(body, "order"), reason = value_of(body, "reason");
    switch (event.kind) {
        case Kind::Registered: return describe_registration(event);
        case Kind::Edited: return describe_edit(body, client);
        case Kind::Moved: return with(with("Moved", " to ", place_of(body)), ": ", reason);
        case Kind::Reserved: return with(with("Reserved", " for ", client), ", order ", order);
        case Kind::Sold: return with(with("Sold", " to ", client), ", order ", order);
        case Kind::Returned:
            return with(with("Returned", ", RMA ", value_of(body, "rma")), ": ", reason);
        case Kind::MarkedDefective: return with("Marked as defective", ": ", reason);
        case Kind::ReturnedToStock:
            return with(with("Returned to stock", " at ", place_of(body)), ": ", reason);
        case Kind::Renamed: return "Serial corrected to " + value_of(body, "serial");
        case Kind::Undone: return with("Undone", ": ", value_of(body, "what"));
        case Kind::Held: return with("Put on hold", ": ", reason);
        case Kind::Released: return with("Released", ": ", reason);
        case Kind::Recall:
        case Kind::Variant:
        case Kind::Lot:
        case Kind::Warehouse:
        case Kind::Location: return field_words(name(event.kind)) + " " + event.serial;
        case Kind::Unknown: break;
    }
    return "An act that this version does not know (" + base::printable(event.kind_text) + ")";
}

}  // namespace journal

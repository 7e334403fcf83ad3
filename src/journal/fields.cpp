#include "journal/fields.hpp"

#include "journal/fold.hpp"

#include <algorithm>
#include <utility>

#include "inventory/identifiers.hpp"
#include "inventory/serial_number.hpp"

namespace journal {
namespace {

using inventory::Status;
using inventory::Unit;

constexpr std::pair<std::string_view, Field> kBodyFields[] = {
    {"variant", Field::Variant},
    {"lot", Field::Lot},
    {"warehouse", Field::Warehouse},
    {"location", Field::Location},
    {"purchase_date", Field::PurchaseDate},
    {"warranty_expiry", Field::WarrantyExpiry},
    {"client", Field::Client},
    {"order", Field::Order},
    {"rma", Field::Rma},
    {"reason", Field::Reason},
    {"identifiers", Field::Identifiers},
};

constexpr std::pair<Kind, Status> kStatusAfter[] = {
    {Kind::Registered, inventory::kInitialStatus},
    {Kind::Sold, Status::Sold},
    {Kind::Reserved, Status::Reserved},
    {Kind::Returned, Status::Returned},
    {Kind::MarkedDefective, Status::Defective},
    {Kind::ReturnedToStock, Status::InStock},
};

void put(std::vector<Write>& writes, Field field, std::optional<std::string> value) {
    const auto found = std::ranges::find(writes, field, &Write::field);
    if (found == writes.end())
        writes.push_back({field, std::move(value)});
    else
        found->value = std::move(value);
}

void put_body(std::vector<Write>& writes, const Body& body) {
    for (const auto& [field, value] : body) {
        const auto found =
            std::ranges::find(kBodyFields, field, &std::pair<std::string_view, Field>::first);
        if (found == std::end(kBodyFields)) continue;
        if (found->second == Field::Variant && (!value || value->empty())) continue;
        put(writes, found->second, value);
    }
}

// What entering a status clears; what the body names is set afterwards.
void put_status(std::vector<Write>& writes, Status status) {
    put(writes, Field::Status, std::string(inventory::name(status)));
    put(writes, Field::Reason, std::nullopt);
    if (status == Status::Sold) put(writes, Field::Location, std::nullopt);  // it has left
    if (status == Status::InStock)
        for (const Field field : {Field::Client, Field::Order, Field::Rma})
            put(writes, field, std::nullopt);
}

void put_serial(std::vector<Write>& writes, const Body& body) {
    const auto serial = inventory::parse_serial(text_of(body, "serial"));
    if (!serial) return;
    put(writes, Field::Serial, serial->printed);
    put(writes, Field::Key, serial->key);
}

void put_resolution(std::vector<Write>& writes, const Body& body) {
    if (const auto status = inventory::status_named(text_of(body, "status")))
        put(writes, Field::Status, std::string(inventory::name(*status)));
    if (const auto hold = body.find("hold"); hold != body.end())
        put(writes, Field::Hold, hold->second);
    put_body(writes, body);
    if (body.contains("serial")) put_serial(writes, body);
}

std::string hold_reason(const Body& body) {
    const std::string reason = text_of(body, "reason");
    return reason.empty() ? "no reason given" : reason;
}

std::optional<std::string> iso(const std::optional<inventory::Date>& date) {
    return date ? std::optional(inventory::to_iso(*date)) : std::nullopt;
}

}  // namespace

std::optional<Status> status_after(Kind kind) {
    for (const auto& [known, status] : kStatusAfter)
        if (known == kind) return status;
    return std::nullopt;
}

bool is_provisional(const Event& event) { return text_of(event.body, "provisional") == "yes"; }

std::vector<Write> writes_of(const Event& event) {
    std::vector<Write> writes;
    if (event.kind == Kind::Registered) {
        for (std::size_t field = 0; field < kFieldCount; ++field)
            writes.push_back({static_cast<Field>(field), std::nullopt});
        put(writes, Field::Serial, event.serial);
        put(writes, Field::Key, event.key);
        if (is_provisional(event)) put(writes, Field::Provisional, "yes");
        if (event.scan && !event.scan->symbology_id.empty())
            put(writes, Field::Symbology, event.scan->symbology_id.substr(0, 2));
    }
    if (const auto status = status_after(event.kind)) put_status(writes, *status);
    if (event.kind == Kind::Renamed)
        put_serial(writes, event.body);
    else if (event.kind == Kind::Held)
        put(writes, Field::Hold, hold_reason(event.body));
    else if (event.kind == Kind::Released)
        put(writes, Field::Hold, std::nullopt);
    else if (event.kind == Kind::Resolved)
        put_resolution(writes, event.body);
    else if (event.kind == Kind::Edited || event.kind == Kind::Moved || status_after(event.kind))
        put_body(writes, event.body);
    return writes;
}

void set_field(Unit& unit, const Write& write) {
    const auto& value = write.value;
    const auto date = [&] { return value ? inventory::parse_date(*value) : std::nullopt; };
    switch (write.field) {
        case Field::Status:
            unit.status = inventory::status_named(value.value_or("")).value_or(unit.status);
            break;
        case Field::Serial: unit.serial = value.value_or(""); break;
        case Field::Key: unit.key = value.value_or(""); break;
        case Field::Variant: unit.variant = value.value_or(""); break;
        case Field::Lot: unit.lot = value; break;
        case Field::Warehouse: unit.warehouse = value; break;
        case Field::Location: unit.location = value; break;
        case Field::PurchaseDate: unit.purchase_date = date(); break;
        case Field::WarrantyExpiry: unit.warranty_expiry = date(); break;
        case Field::Client: unit.client = value; break;
        case Field::Order: unit.order = value; break;
        case Field::Rma: unit.rma = value; break;
        case Field::Reason: unit.reason = value; break;
        case Field::Hold: unit.hold = value; break;
        case Field::Provisional: unit.provisional = value.has_value(); break;
        case Field::Identifiers:
            unit.identifiers = inventory::parse_identifiers(value.value_or(""));
            break;
        case Field::Symbology: unit.symbology = value.value_or(""); break;
    }
}

Body body_of(const Unit& unit) {
    const std::string identifiers = inventory::to_text(unit.identifiers);
    return {{"status", std::string(inventory::name(unit.status))},
            {"serial", unit.serial},
            {"variant", unit.variant},
            {"lot", unit.lot},
            {"warehouse", unit.warehouse},
            {"location", unit.location},
            {"purchase_date", iso(unit.purchase_date)},
            {"warranty_expiry", iso(unit.warranty_expiry)},
            {"client", unit.client},
            {"order", unit.order},
            {"rma", unit.rma},
            {"reason", unit.reason},
            {"hold", unit.hold},
            {"identifiers", identifiers.empty() ? std::nullopt : std::optional(identifiers)}};
}

}  // namespace journal

#include "ui/models/record_card.hpp"

#include <algorithm>

#include "ui/icons.hpp"

namespace ui {
namespace {

using inventory::Action;

// What each station is there for. A screen without a row has no act of its own.
struct StationAct {
    app::Screen screen;
    Action action;
};
constexpr StationAct kStationActs[] = {
    {app::Screen::Receive, Action::Restock},
    {app::Screen::Dispatch, Action::Sell},
    {app::Screen::Returns, Action::Return},
};

bool is_next_act(app::Screen screen, Action action, const std::vector<Action>& actions) {
    if (screen == app::Screen::Units)
        return action != Action::MarkDefective && !actions.empty() && actions.front() == action;
    return std::ranges::any_of(kStationActs, [&](const StationAct& row) {
        return row.screen == screen && row.action == action;
    });
}

// `stopped`: by a recall, an expired lot, a hold or a conflict, which still let it come back.
ActStyle style_of(app::Screen screen, Action action, const std::vector<Action>& actions,
                  bool stopped) {
    const bool leaves = action == Action::Sell || action == Action::Reserve;
    if (is_next_act(screen, action, actions) && !(stopped && leaves)) return ActStyle::Accent;
    return action == Action::MarkDefective ? ActStyle::Danger : ActStyle::Plain;
}

std::vector<CardStop> stops_of(const app::Record& record) {
    std::vector<CardStop> stops;
    const auto add = [&](const char* icon, const char* words,
                         const std::optional<std::string>& why) {
        if (why)
            stops.push_back({icon, why->empty() ? words : words + (": " + *why), app::Tone::Stop});
    };
    if (const auto& conflict = record.conflict)
        stops.push_back({icon::kConflict, conflict->sentence,
                         conflict->sellable ? app::Tone::Ask : app::Tone::Stop});
    if (record.asked)
        stops.push_back({icon::kWarning, "In another warehouse: " + *record.asked, app::Tone::Ask});
    add(icon::kRecall, "Recalled", record.recall);
    if (const auto& day = record.lot_expired)
        stops.push_back({icon::kDate, "Lot expired " + inventory::to_words(*day), app::Tone::Stop});
    add(icon::kHold, "On hold", record.unit.hold);
    return stops;
}

CardField text_field(const char* name, const std::optional<std::string>& value) {
    const bool given = value && !value->empty();
    return CardField{name, given ? *value : "none", given};
}

CardField date_field(const char* name, const std::optional<inventory::Date>& date) {
    return CardField{name, date ? inventory::to_words(*date) : "none", date.has_value()};
}

void add_if_given(std::vector<CardField>& fields, const char* name,
                  const std::optional<std::string>& value) {
    if (value && !value->empty()) fields.push_back(CardField{name, *value, true});
}

struct IdentifierName {
    std::string_view kind;
    const char* words;
};
constexpr IdentifierName kIdentifierNames[] = {
    {"imei", "IMEI"},           {"mac", "MAC"},
    {"eui64", "EUI-64"},        {"secondary_serial", "Second serial"},
    {"asset_tag", "Asset tag"},
};

const char* identifier_name(std::string_view kind) {
    for (const IdentifierName& row : kIdentifierNames)
        if (row.kind == kind) return row.words;
    return "Identifier";
}

std::vector<CardField> sale_fields(const app::Record& record) {
    std::vector<CardField> fields;
    const inventory::Unit& unit = record.unit;
    add_if_given(fields, "Client", unit.client);
    add_if_given(fields, "Order", unit.order);
    add_if_given(fields, "RMA", unit.rma);
    add_if_given(fields, "Reason", unit.reason);
    add_if_given(fields, "GTIN", record.gtin);
    if (unit.provisional)
        fields.push_back(CardField{"Provisional", "its registration is still to come", true});
    if (!record.as_of.empty())
        fields.push_back(CardField{record.confirmed ? "Confirmed" : "Not yet confirmed",
                                   "as of " + record.as_of, true});
    for (const inventory::Identifier& identifier : unit.identifiers)
        fields.push_back(CardField{identifier_name(identifier.kind), identifier.value, true});
    return fields;
}

WarrantyLine warranty_line(const app::Record& record, const std::string& today) {
    WarrantyLine line;
    line.state = record.warranty.state;
    line.words = inventory::to_words(record.warranty);
    const auto now = inventory::parse_date(today);
    const auto& from = record.unit.purchase_date;
    const auto& to = record.unit.warranty_expiry;
    if (!now || !from || !to || line.state == inventory::WarrantyState::CheckDate) return line;
    const int whole = inventory::days_between(*from, *to);
    const int left = inventory::days_between(*now, *to);
    line.has_bar = true;
    line.share = whole > 0 ? std::clamp(static_cast<double>(left) / whole, 0.0, 1.0) : 0.0;
    return line;
}

std::vector<ActButton> act_buttons(const app::Record& record, app::Screen screen,
                                   const std::string& reason) {
    std::vector<ActButton> buttons;
    const std::string& key = record.unit.key;
    const bool stopped = record.recall || record.lot_expired || record.unit.hold ||
                         (record.conflict && !record.conflict->sellable);
    for (const Action action : record.actions) {
        const bool asked = action == Action::Sell && record.asked;
        buttons.push_back(
            ActButton{asked ? "Sell from " + *record.asked : std::string(inventory::label(action)),
                      app::Act{action, key, reason, asked},
                      style_of(screen, action, record.actions, stopped)});
        // Two lawful events in one tap: only where the return itself is lawful.
        if (screen == app::Screen::Returns && action == Action::Return)
            buttons.push_back(ActButton{"Returned + Defective", app::ReturnAsDefective{key, reason},
                                        ActStyle::Danger});
    }
    return buttons;
}

}  // namespace

RecordCard make_record_card(const app::Record& record, app::Screen screen, const std::string& today,
                            const std::string& reason) {
    const inventory::Unit& unit = record.unit;
    RecordCard card;
    card.serial = unit.serial;
    card.variant = record.variant_name.empty() ? unit.variant : record.variant_name;
    card.sku = card.variant == unit.variant ? std::string() : unit.variant;
    card.status = unit.status;
    card.stops = stops_of(record);
    if (record.conflict)
        card.settle =
            ActButton{"Settle this", app::OpenConflict{record.conflict->id}, ActStyle::Plain};
    card.fields = {
        text_field("Lot", unit.lot),
        text_field("Warehouse", unit.warehouse),
        text_field("Location", unit.location),
        date_field("Purchase Date", unit.purchase_date),
        date_field("Warranty Expiry", unit.warranty_expiry),
    };
    card.sale = sale_fields(record);
    card.warranty = warranty_line(record, today);
    card.acts = act_buttons(record, screen, reason);
    if (!record.undo.empty())
        card.undo = ActButton{"Undo " + record.undo, app::Undo{unit.key}, ActStyle::Plain};
    card.timeline = record.timeline;
    return card;
}

std::optional<ActButton> make_device_undo(const app::State& state) {
    if (state.undo.empty()) return std::nullopt;
    return ActButton{"Undo " + state.undo, app::Undo{}, ActStyle::Plain};
}

}  // namespace ui

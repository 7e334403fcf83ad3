// What a scan does: from a reading over its label and what it refers to, to the station's decision.
#include <algorithm>
#include <string_view>
#include <utility>

#include "app/application.hpp"
#include "app/read_label.hpp"
#include "base/text.hpp"
#include "inventory/gtin.hpp"
#include "inventory/identifiers.hpp"
#include "inventory/serial_number.hpp"

namespace app {
namespace {

// What `hub enroll` prints as a QR code; a serial that begins so is shorter.
constexpr std::string_view kEnrolmentBegin = "UT1";
constexpr std::size_t kEnrolmentSizeMin = 100;

// The words at a symbol's outline.
SymbolName name_symbol(const label::Parsed& part, const std::optional<std::string>& serial) {
    static constexpr struct {
        label::FieldName field;
        const char* words;
    } kWords[] = {
        {label::FieldName::Serial, "serial "},     {label::FieldName::Sscc, "box "},
        {label::FieldName::Gtin, "product code "}, {label::FieldName::Imei, "IMEI "},
        {label::FieldName::Mac, "MAC "},           {label::FieldName::Eui64, "EUI "},
        {label::FieldName::Part, "part "},         {label::FieldName::Lot, "lot "},
        {label::FieldName::Pcn, "product "},       {label::FieldName::Url, ""},
    };
    const auto is_it = [&](const label::Field& field) {
        return field.name == label::FieldName::Serial && field.value == *serial;
    };
    if (serial && (part.text == *serial || std::ranges::any_of(part.fields, is_it)))
        return {part.text, "serial " + *serial, true};
    for (const auto& row : kWords) {
        if (part.family == label::Family::Plain) break;
        if (const std::string* value = label::find(part, row.field))
            return {part.text, row.words + base::shorten(*value, 32), false};
    }
    return {part.text, base::shorten(part.text, 32), false};
}

// The text that the operator wants to be a serial: the label's, or a single plain code that is none
// by the rules.
std::optional<std::string> would_be_serial(const label::Label& label) {
    if (label.serial) return label.serial;
    const bool one_plain =
        label.parts.size() == 1 && label.parts.front().family == label::Family::Plain;
    if (!one_plain || label.parts.front().rest.empty()) return std::nullopt;
    return label.parts.front().rest;
}

}  // namespace

void Application::name_symbols(const std::vector<scanner::Symbol>& symbols) {
    raw_.clear();
    for (std::size_t i = 0; i < label_.parts.size(); ++i) {
        const label::Parsed& part = label_.parts[i];
        state_.in_view.push_back(name_symbol(part, label_.serial));
        SymbolName& name = state_.in_view.back();
        if (label_.from == i && !name.serial) {  // a part of its text is the serial
            name.words = "serial " + *label_.serial;
            name.serial = true;
        }
        name.text = symbols[i].text;
        raw_.push_back(base::to_base64(symbols[i].bytes));
        if (!evidence_ || label_.from == i)
            evidence_ = journal::Evidence{raw_.back(), symbols[i].symbology_id, label_.why};
    }
}

void Application::on(const Scanned& command) {
    const scanner::Reading& reading = command.reading;
    evidence_.reset();
    learned_.clear();
    state_.in_view.clear();
    state_.asks_to_join = false;
    for (const scanner::Symbol& symbol : reading.symbols)
        if (ask_to_join(symbol.text)) return;
    const std::vector<scanner::Symbol> symbols = with_other_half(reading.symbols);
    label_ = read(symbols);
    name_symbols(symbols);
    Scan scan = look_up(label_);
    scan.two_labels = shows_two_labels(reading.symbols);
    take(scan, evidence_);
    state_.timing = ScanTiming{reading.captured, reading.decoded, std::chrono::steady_clock::now()};
}

void Application::on(const Typed& command) {
    state_.asks_to_join = false;
    learned_.clear();
    if (ask_to_join(base::trim(command.text))) return;
    scanner::Symbol typed;
    typed.text = command.text;
    label_ = read_label({typed}, clock_());
    label_.why = "typed";
    if (label_.serial) label_.trust = label::Trust::Operator;
    take(look_up(label_), std::nullopt);
}

// Joining a hub is never done by a scan alone.
bool Application::ask_to_join(const std::string& text) {
    if (!join_hub_ || !text.starts_with(kEnrolmentBegin) || text.size() < kEnrolmentSizeMin)
        return false;
    enrolment_ = text;
    state_.asks_to_join = true;
    state_.candidates.clear();
    state_.record.reset();
    state_.in_view.push_back({text, "enrolment code", false});
    say(Tone::Ask, "Enrolment code", "It lets this device join a hub.");
    return true;
}

void Application::on(const JoinHub&) {
    if (!std::exchange(state_.asks_to_join, false)) return;
    const auto joined = join_hub_(store_, enrolment_);
    enrolment_.clear();
    if (!joined)
        say(joined.error(), "Not joined");
    else
        say(Tone::Done, "Joined", "This station syncs with the hub from now on.");
}

void Application::on(const Choose& command) {
    learned_.clear();
    if (command.remember && !state_.may_learn.empty()) learn(command.text);
    label_.serial = command.text;
    label_.trust = label::Trust::Operator;
    label_.choices.clear();
    label_.readings.clear();
    label_.why = "picked by the operator";
    // The digits that looked like a product code are not one, then.
    if (const auto gtin = inventory::parse_gtin(command.text); gtin && *gtin == label_.gtin)
        label_.gtin.reset();
    for (std::size_t i = 0; i < label_.parts.size(); ++i) {
        const label::Parsed& part = label_.parts[i];
        const bool holds = part.text.find(command.text) != std::string::npos;
        if (i < state_.in_view.size()) state_.in_view[i].serial = holds;
        if (holds && evidence_ && i < raw_.size())
            evidence_ = journal::Evidence{raw_[i], part.symbology_id, label_.why};
    }
    if (evidence_) evidence_->rule = label_.why;
    take(look_up(label_), evidence_);
}

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
    context.variant = variant->name.empty() ? variant->sku : variant->name;
    context.shape = value_or_trouble(store_.shape_of(variant->sku), inventory::SerialShape());
    if (scan.label.from) context.symbology = scan.label.parts[*scan.label.from].symbology_id;
    if (*scan.label.serial == state_.dispatch.order)
        context.meant = "the order " + state_.dispatch.order;
    GateSession session;
    const auto handled = handled_.find(base::comparison_key(*scan.label.serial));
    session.handled = scan.unit && handled != handled_.end();  // it was not undone
    session.other_box =
        session.handled && inventory::differing(handled->second, scan.label.identifiers);
    scan.gate = may_act_alone(scan.label, {}, context, session);
}

void Application::look_up_unit(Scan& scan) {
    const std::string key = scan.unit->unit.key;
    for (const auto& record :
         value_or_trouble(store_.history(key), std::vector<store::EventRecord>()))
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
    scan.in_session = std::ranges::any_of(state_.recent, [&](const ScanNote& seen) {
        return seen.key == key && seen.tone == Tone::Done;
    });
}

Scan Application::look_up(label::Label label) {
    Scan scan;
    scan.label = std::move(label);
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

void Application::take(const Scan& scan, const std::optional<journal::Evidence>& evidence) {
    using Do = Decision::Do;
    state_.candidates.clear();
    state_.may_learn.clear();
    if (const auto wanted = would_be_serial(scan.label)) {
        if (const auto serial = inventory::parse_serial(*wanted); !serial) {
            say(serial.error(), "Not a serial number");
            return;
        }
    }
    const Decision decision =
        decide(state_.screen, scan, state_.receive, state_.dispatch, *state_.catalog);
    if (decision.action == Do::Register) {
        do_register(scan, decision, evidence);
        return;
    }
    say(decision.tone, decision.headline, decision.detail);
    const std::string serial = scan.unit ? scan.unit->unit.serial : scan.label.serial.value_or("");
    if (!serial.empty() && decision.action != Do::Choose && decision.action != Do::SetPlace)
        note(serial, scan.unit ? scan.unit->unit.key : "", decision.tone, decision.headline);
    switch (decision.action) {
        case Do::Nothing: state_.record.reset(); break;
        case Do::ShowRecord: show(*scan.unit); break;
        case Do::Register: break;
        case Do::SetVariant:
            state_.receive.variant = decision.variant;
            state_.receive.lot.clear();
            received_.clear();
            break;
        case Do::SetPlace: set_place(scan); break;
        case Do::Choose: offer(scan); break;
        case Do::FillForm: fill_form(scan); break;
        case Do::Settle: open_conflict(scan.unit->conflict->id); break;
    }
}

void Application::offer(const Scan& scan) {
    const label::Label& label = scan.label;
    state_.record.reset();
    if (scan.clash) {
        state_.candidates.push_back({*scan.clash, "product code and serial together"});
        return;
    }
    for (const label::Choice& choice : label.choices)
        state_.candidates.push_back({choice.text, choice.seems});
    if (label.serial && label.choices.empty()) {
        state_.candidates.push_back({*label.serial, "all of the code"});
        if (label.readings.size() == 2)
            state_.candidates.push_back({label.readings[1], "without what may be an identifier"});
    }
    const inventory::Variant* variant = variant_for(label);
    const bool registers = state_.screen == Screen::Receive || state_.screen == Screen::Add;
    if (registers && variant != nullptr && state_.candidates.size() > 1 && evidence_)
        state_.may_learn = variant->name.empty() ? variant->sku : variant->name;
}

void Application::set_place(const Scan& scan) {
    state_.receive.warehouse = scan.location ? scan.location->warehouse : scan.warehouse->code;
    state_.receive.location = scan.location ? scan.location->code : "";
    received_.clear();
}

void Application::do_register(const Scan& scan, const Decision& decision,
                              const std::optional<journal::Evidence>& evidence) {
    state_.receive.variant = decision.variant;
    Receipt receipt;
    receipt.serial = *scan.label.serial;
    receipt.variant = decision.variant;
    if (!state_.receive.lot.empty()) receipt.lot = state_.receive.lot;
    receipt.scan = evidence;
    receipt.identifiers = scan.label.identifiers;
    const auto entry = evidence ? inventory::Entry::Read : inventory::Entry::Typed;
    const auto warnings =
        value_or_trouble(warnings_of(store_, receipt, entry), std::vector<std::string>());
    const auto today = value_or_trouble(store_.today(), store::Today{});
    const auto unit = app::receive(store_, receipt, here(), state_.catalog->variants, today.date);
    if (!unit) {
        say(unit.error(), "Not registered");
        note(receipt.serial, "", Tone::Stop, "not registered");
        return;
    }
    received_.insert(latest_event(unit->unit.key));
    wrote();
    handled_[unit->unit.key] = scan.label.identifiers;
    std::string detail = decision.detail + learned_;
    for (const std::string& warning : warnings) detail += "; " + warning;
    say(warnings.empty() ? Tone::Done : Tone::Ask,
        decision.headline + (warnings.empty() ? "" : " \xC2\xB7 look at it again"), detail);
    note(unit->unit.serial, unit->unit.key, Tone::Done, "registered");
    show(*unit);
}

void Application::fill_form(const Scan& scan) {
    UnitDraft& draft = state_.add.draft;
    if (scan.label.serial) draft.serial = *scan.label.serial;
    if (scan.product) draft.variant = scan.product->sku;
    if (scan.label.lot)
        for (const auto& lot : state_.catalog->lots)
            if (lot.code == *scan.label.lot && lot.variant == draft.variant) draft.lot = lot.code;
    state_.add.error.clear();
    ++state_.add.number;
}

}  // namespace app

#include "app/application.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "inventory/gtin.hpp"
#include "inventory/serial_number.hpp"

namespace app {
namespace {

using inventory::Action;

std::string place_words(const std::string& warehouse, const std::string& location) {
    return location.empty() ? warehouse : warehouse + " · " + location;
}

std::optional<std::string> text(const std::string& value) {
    const std::string trimmed = base::trim(value);
    return trimmed.empty() ? std::nullopt : std::optional(trimmed);
}

std::string done_words(Action action) {
    switch (action) {
        case Action::Sell: return "Sold";
        case Action::Reserve: return "Reserved";
        case Action::Restock: return "Back in stock";
        case Action::Return: return "Returned";
        case Action::MarkDefective: return "Marked as defective";
    }
    return "";
}

label::Payload payload_of(const scanner::Symbol& symbol) {
    return {symbol.symbology_id, symbol.text};
}

// The words at a symbol's outline.
SymbolName name_symbol(const label::Parsed& part, const std::optional<std::string>& serial) {
    if (serial && (part.serial == serial || part.text == *serial))
        return {part.text, "serial " + *serial, true};
    if (part.serial) return {part.text, "serial " + *part.serial, false};
    if (part.gtin) return {part.text, "product code " + *part.gtin, false};
    if (part.sscc) return {part.text, "box " + *part.sscc, false};
    return {part.text, base::shorten(part.text, 32), false};
}

Result<std::optional<int>> parse_months(const std::string& typed) {
    const std::string months = base::trim(typed);
    if (months.empty()) return std::optional<int>();
    int value = 0;
    const char* end = months.data() + months.size();
    const auto [stop, error] = std::from_chars(months.data(), end, value);
    if (error != std::errc() || stop != end)
        return fail(ErrorKind::InvalidInput,
                    "the warranty is a number of months, not \"" + base::printable(months) + "\"");
    return std::optional(value);
}

}  // namespace

Application::Application(store::Store store, Actor actor, std::string device, base::Clock clock)
    : store_(std::move(store)), actor_(std::move(actor)), clock_(std::move(clock)) {
    state_.device = std::move(device);
    state_.operator_name = actor_.operator_name;
    state_.receive.warehouse = actor_.warehouse;
    state_.receive.location = actor_.location;
    state_.place = place_words(actor_.warehouse, actor_.location);
    state_.list.rows = std::make_shared<const std::vector<ListRow>>();
    state_.catalog = std::make_shared<const Catalog>();
    handle(Refresh{});
}

std::shared_ptr<const State> Application::handle(const Command& command) {
    state_.timing.reset();
    std::visit([this](const auto& what) { on(what); }, command);
    ++state_.revision;
    published_ = std::make_shared<const State>(state_);
    return published_;
}

std::shared_ptr<const State> Application::state() const { return published_; }

Actor Application::here() const {
    Actor actor = actor_;
    // The receiving context is the place of this station while it stays set.
    if (!state_.receive.warehouse.empty()) {
        actor.warehouse = state_.receive.warehouse;
        actor.location = state_.receive.location;
    }
    return actor;
}

void Application::on(const ShowScreen& command) {
    const bool another = state_.screen != command.screen;
    state_.screen = command.screen;
    state_.candidates.clear();
    if (!another) return;
    state_.record.reset();
    state_.recent.clear();
    say(Tone::None, "");
    if (command.screen == Screen::Add) begin_form();
    load_list();
}

void Application::on(const Scanned& command) {
    const scanner::Reading& reading = command.reading;
    std::vector<label::Payload> payloads;
    for (const scanner::Symbol& symbol : reading.symbols) payloads.push_back(payload_of(symbol));
    const int year = static_cast<int>(base::civil_date(clock_()).year());
    label_ = label::resolve(payloads, year);
    evidence_.reset();
    state_.in_view.clear();
    for (std::size_t i = 0; i < label_.parts.size(); ++i) {
        const label::Parsed& part = label_.parts[i];
        state_.in_view.push_back(name_symbol(part, label_.serial));
        state_.in_view.back().text = reading.symbols[i].text;
        if (!evidence_ || state_.in_view.back().serial)
            evidence_ = journal::Evidence{base::to_base64(reading.symbols[i].bytes),
                                          reading.symbols[i].symbology_id, label_.why};
    }
    take(look_up(label_), evidence_);
    state_.timing = ScanTiming{reading.captured, reading.decoded, std::chrono::steady_clock::now()};
}

void Application::on(const Typed& command) {
    const label::Payload payload{"", command.text};
    const int year = static_cast<int>(base::civil_date(clock_()).year());
    label_ = label::resolve({&payload, 1}, year);
    // A typed GTIN is a product code although no symbology says so.
    if (label_.serial && inventory::parse_gtin(*label_.serial)) {
        Scan scan = look_up(label_);
        if (!scan.unit && scan.product) label_.serial.reset();
    }
    label_.why = "typed";
    take(look_up(label_), std::nullopt);
}

void Application::on(const Choose& command) {
    label_.serial = command.text;
    label_.choices.clear();
    label_.why = "picked by the operator";
    if (evidence_) evidence_->rule = label_.why;
    for (SymbolName& name : state_.in_view) name.serial = name.text == command.text;
    take(look_up(label_), evidence_);
}

Scan Application::look_up(label::Label label) {
    Scan scan;
    const Catalog& catalog = *state_.catalog;
    if (label.serial) {
        if (!inventory::parse_serial(*label.serial)) {
            scan.label = std::move(label);
            return scan;
        }
        const std::string key = base::comparison_key(*label.serial);
        scan.unit = value_or_trouble(store_.find(*label.serial), std::optional<store::UnitRecord>());
        const auto matches = [&](const std::string& code) {
            return base::comparison_key(code) == key;
        };
        for (const auto& place : catalog.locations)
            if (matches(place.code) && (!scan.location || place.warehouse == state_.receive.warehouse))
                scan.location = place;
        for (const auto& place : catalog.warehouses)
            if (matches(place.code)) scan.warehouse = place;
        for (const auto& variant : catalog.variants)
            if (matches(variant.sku)) scan.product = variant;
        // A known SKU is on every box of the product: never a serial.
        if (scan.product && !scan.unit) label.serial.reset();
    }
    const auto gtin = label.gtin ? label.gtin
                      : label.serial ? [&]() -> std::optional<std::string> {
        const auto parsed = inventory::parse_gtin(*label.serial);
        return parsed ? std::optional(*parsed) : std::nullopt;
    }() : std::nullopt;
    for (const auto& variant : catalog.variants)
        if (gtin && variant.gtin == gtin) scan.product = variant;
    if (scan.unit) {
        const auto history =
            value_or_trouble(store_.history(scan.unit->unit.key), std::vector<store::EventRecord>());
        for (const auto& record : history)
            if (record.stands && record.event.kind == journal::Kind::Sold)
                scan.sold_on = inventory::to_words(base::civil_date(record.event.at));
        const auto today = value_or_trouble(store_.today(), store::Today{});
        scan.warranty = inventory::warranty_on(scan.unit->unit.warranty_expiry, today.date,
                                               today.clock_behind);
        scan.in_session = std::ranges::any_of(state_.recent, [&](const ScanNote& seen) {
            return seen.key == scan.unit->unit.key && seen.tone == Tone::Done;
        });
    }
    scan.label = std::move(label);
    return scan;
}

void Application::take(const Scan& scan, const std::optional<journal::Evidence>& evidence) {
    using Do = Decision::Do;
    state_.candidates.clear();
    if (scan.label.serial) {
        if (const auto serial = inventory::parse_serial(*scan.label.serial); !serial) {
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
            state_.receive.received = 0;
            break;
        case Do::SetPlace: set_place(scan); break;
        case Do::Choose:
            for (const label::Choice& choice : scan.label.choices)
                state_.candidates.push_back({choice.text, choice.seems});
            break;
        case Do::FillForm: fill_form(scan); break;
    }
}

void Application::set_place(const Scan& scan) {
    state_.receive.warehouse = scan.location ? scan.location->warehouse : scan.warehouse->code;
    state_.receive.location = scan.location ? scan.location->code : "";
    state_.receive.received = 0;
}

void Application::do_register(const Scan& scan, const Decision& decision,
                              const std::optional<journal::Evidence>& evidence) {
    state_.receive.variant = decision.variant;
    Receipt receipt;
    receipt.serial = *scan.label.serial;
    receipt.variant = decision.variant;
    if (!state_.receive.lot.empty()) receipt.lot = state_.receive.lot;
    receipt.scan = evidence;
    const auto today = value_or_trouble(store_.today(), store::Today{});
    const auto unit = app::receive(store_, receipt, here(), state_.catalog->variants, today.date);
    if (!unit) {
        say(unit.error(), "Not registered");
        note(receipt.serial, "", Tone::Stop, "not registered");
        return;
    }
    ++state_.receive.received;
    wrote();
    say(Tone::Done, decision.headline, decision.detail);
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

void Application::on(const SetReceiveContext& command) {
    const bool same_product = state_.receive.variant == command.variant;
    state_.receive.warehouse = command.warehouse;
    state_.receive.location = command.location;
    state_.receive.variant = command.variant;
    state_.receive.lot = command.lot;
    if (!same_product) {
        state_.receive.received = 0;
        state_.recent.clear();
    }
    state_.place = place_words(here().warehouse, here().location);
}

void Application::on(const SetDispatchContext& command) {
    const bool same = state_.dispatch.client == command.client && state_.dispatch.order == command.order;
    if (!same) state_.dispatch = {command.client, command.order, 0};
}

void Application::on(const OpenUnit& command) {
    const auto unit = value_or_trouble(store_.find(command.key), std::optional<store::UnitRecord>());
    if (unit)
        show(*unit);
    else
        state_.record.reset();
}

void Application::on(const CloseRecord&) { state_.record.reset(); }

void Application::on(const Act& command) {
    journal::Body fields;
    const bool to_client = command.action == Action::Sell || command.action == Action::Reserve;
    if (to_client && state_.screen == Screen::Dispatch) {
        if (auto client = text(state_.dispatch.client)) fields["client"] = client;
        if (auto order = text(state_.dispatch.order)) fields["order"] = order;
    }
    if (auto reason = text(command.reason)) fields["reason"] = reason;
    const auto unit = app::act(store_, command.action, command.key, std::move(fields), here());
    if (!unit) {
        say(unit.error(), "Not done");
        show_again();
        return;
    }
    if (command.action == Action::Sell && state_.screen == Screen::Dispatch)
        ++state_.dispatch.dispatched;
    wrote();
    const std::string to = to_client && unit->unit.client ? " to " + *unit->unit.client : "";
    say(Tone::Done, done_words(command.action), unit->unit.serial + to);
    note(unit->unit.serial, unit->unit.key, Tone::Done, done_words(command.action));
    show(*unit);
}

void Application::on(const ReturnAsDefective& command) {
    on(Act{Action::Return, command.key, command.reason});
    if (state_.feedback.tone == Tone::Done)
        on(Act{Action::MarkDefective, command.key, command.reason});
}

void Application::on(const CreateUnit& command) {
    const UnitDraft& draft = command.draft;
    state_.add.draft = draft;
    const auto refuse = [&](const std::string& error) {
        state_.add.error = error;
        say(Tone::Stop, "Not registered", error);
    };
    if (base::trim(draft.variant).empty()) return refuse("pick the product variant");
    if (base::trim(draft.warehouse).empty()) return refuse("pick the warehouse");
    if (base::trim(draft.location).empty()) return refuse("pick the location");
    Receipt receipt;
    receipt.serial = draft.serial;
    receipt.variant = draft.variant;
    receipt.lot = text(draft.lot);
    receipt.warehouse = text(draft.warehouse);
    receipt.location = text(draft.location);
    receipt.purchase_date = text(draft.purchase_date);
    receipt.warranty_expiry = text(draft.warranty_expiry);
    const auto today = value_or_trouble(store_.today(), store::Today{});
    const auto unit = app::receive(store_, receipt, here(), state_.catalog->variants, today.date);
    if (!unit) return refuse(unit.error().message);
    wrote();
    begin_form();
    // What several units of one delivery share stays; the serial does not.
    state_.add.draft.variant = draft.variant;
    state_.add.draft.lot = draft.lot;
    state_.add.draft.warehouse = draft.warehouse;
    state_.add.draft.location = draft.location;
    say(Tone::Done, "Registered", unit->unit.serial);
    note(unit->unit.serial, unit->unit.key, Tone::Done, "registered");
    show(*unit);
}

void Application::on(const Undo& command) {
    const auto undone = store_.undo(command.key, actor_.operator_name);
    if (!undone) {
        say(undone.error(), "Not undone");
        return;
    }
    wrote();
    const bool registration = !undone->unit;
    if (registration && state_.receive.received > 0) --state_.receive.received;
    if (undone->what == journal::name(journal::Kind::Sold) && state_.dispatch.dispatched > 0)
        --state_.dispatch.dispatched;
    const std::string words = journal_words(undone->what);
    say(Tone::Done, "Undone: " + words, undone->serial);
    note(undone->serial, undone->unit ? undone->unit->unit.key : "", Tone::Note, "undone: " + words);
    if (undone->unit)
        show(*undone->unit);
    else
        state_.record.reset();
}

void Application::on(const SetList& command) {
    state_.list.tab = command.tab;
    state_.list.search = command.search;
    load_list();
}

void Application::on(const LoadMore&) {
    if (state_.list.more) load_more(false);
}

void Application::on(const AddVariant& command) {
    const auto months = parse_months(command.warranty_months);
    if (!months) return finish_reference(fail(months.error()), command.sku);
    finish_reference(store_.put(inventory::Variant{command.sku, base::trim(command.name),
                                                   text(command.gtin), *months},
                                store::Write::Add, actor_.operator_name),
                     command.sku);
}

void Application::on(const AddLot& command) {
    std::optional<inventory::Date> expiry;
    if (const auto typed = text(command.expiry)) {
        expiry = inventory::parse_date(*typed);
        if (!expiry)
            return finish_reference(
                fail(ErrorKind::InvalidInput,
                     "\"" + base::printable(*typed) + "\" is no date; write it as YYYY-MM-DD"),
                command.code);
    }
    finish_reference(store_.put(inventory::Lot{command.code, command.variant, expiry,
                                               base::trim(command.supplier)},
                                store::Write::Add, actor_.operator_name),
                     command.code);
}

void Application::on(const AddWarehouse& command) {
    finish_reference(store_.put(inventory::Warehouse{command.code, base::trim(command.name)},
                                store::Write::Add, actor_.operator_name),
                     command.code);
}

void Application::on(const AddLocation& command) {
    finish_reference(store_.put(inventory::Location{command.code, command.warehouse},
                                store::Write::Add, actor_.operator_name),
                     command.code);
}

void Application::on(const CameraChanged& command) { state_.camera = command.status; }

void Application::on(const Refresh&) {
    load_references();
    wrote();
    show_again();
}

bool Application::is_stale() {
    const auto version = store_.data_version();
    if (version && *version != data_version_) return true;
    const auto today = store_.today();
    return today && inventory::to_iso(today->date) != state_.today;
}

}  // namespace app

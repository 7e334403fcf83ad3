#include "app/application.hpp"

#include <charconv>
#include <utility>

#include "base/text.hpp"
#include "inventory/identifiers.hpp"

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
    state_.catalog = std::make_shared<const Catalog>();
    handle(Refresh{});
}

std::shared_ptr<const State> Application::handle(const Command& command) {
    state_.timing.reset();
    std::visit([this](const auto& what) { on(what); }, command);
    state_.receive.received = static_cast<int>(received_.size());
    state_.dispatch.dispatched = static_cast<int>(dispatched_.size());
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
    state_.may_learn.clear();
    state_.asks_to_join = false;
    if (!another) return;
    state_.record.reset();
    state_.conflict.reset();
    state_.profile = {};
    state_.recent.clear();
    say(Tone::None, "");
    if (command.screen == Screen::Add) begin_form();
    if (command.screen == Screen::Units) ask_list(ListPart::Start, state_.list);
    if (command.screen == Screen::Conflicts) load_conflicts();
    if (command.screen == Screen::HardwareScanner) show_sheet();
    // Where a scan only shows the record, the box that stands before the camera is what is meant.
    if (command.screen == Screen::Dispatch || command.screen == Screen::Returns) answer_again();
}

void Application::on(const SetReceiveContext& command) {
    const bool same_product = state_.receive.variant == command.variant;
    state_.receive.warehouse = command.warehouse;
    state_.receive.location = command.location;
    state_.receive.variant = command.variant;
    state_.receive.lot = command.lot;
    if (!same_product) {
        received_.clear();
        state_.recent.clear();
    }
    state_.place = place_words(here().warehouse, here().location);
}

void Application::on(const SetDispatchContext& command) {
    const bool same =
        state_.dispatch.client == command.client && state_.dispatch.order == command.order;
    if (same) return;
    state_.dispatch = {command.client, command.order};
    dispatched_.clear();
}

void Application::on(const OpenUnit& command) {
    const auto unit =
        value_or_trouble(store_.find(command.key), std::optional<store::UnitRecord>());
    if (unit)
        show(*unit);
    else
        state_.record.reset();
}

void Application::on(const CloseRecord&) {
    state_.record.reset();
    say(Tone::None, "");  // it was about that unit
}

bool Application::asks_first(const Act& command) {
    if (command.action != Action::Sell || command.confirmed) return false;
    const auto unit =
        value_or_trouble(store_.find(command.key), std::optional<store::UnitRecord>());
    if (!unit || !store::is_elsewhere(unit->unit, here().warehouse)) return false;
    if (!inventory::next_status(unit->unit.status, Action::Sell) || unit->unit.hold ||
        unit->recall || (unit->conflict && !unit->conflict->sellable))
        return false;  // it is refused anyway, in words of its own
    show(*unit);
    state_.record->asked = unit->unit.warehouse;
    say(Tone::Ask, "In another warehouse: " + *unit->unit.warehouse,
        unit->unit.serial + " is not in " + here().warehouse +
            "; nothing was written. A second tap sells it from there.");
    return true;
}

// What the label in hand shows beside the serial goes with the act on its unit.
void Application::add_what_was_read(const Act& command, journal::Body& fields) const {
    if (shown_.key != command.key || !state_.record) return;
    if (shown_.swap) {
        if (command.action == Action::Return) fields["swap"] = shown_.swap;
        return;
    }
    const auto& known = state_.record->unit.identifiers;
    const auto all = inventory::joined(known, shown_.identifiers);
    if (all != known) fields["identifiers"] = inventory::to_text(all);
}

void Application::on(const Act& command) {
    if (asks_first(command)) return;
    journal::Body fields;
    const bool to_client = command.action == Action::Sell || command.action == Action::Reserve;
    if (to_client && state_.screen == Screen::Dispatch) {
        if (auto client = text(state_.dispatch.client)) fields["client"] = client;
        if (auto order = text(state_.dispatch.order)) fields["order"] = order;
    }
    if (auto reason = text(command.reason)) fields["reason"] = reason;
    add_what_was_read(command, fields);
    // The second tap is the reason where none was typed.
    if (command.confirmed) fields.emplace("reason", "confirmed at the station");
    const auto unit = app::act(store_, command.action, command.key, std::move(fields), here(),
                               command.confirmed ? Elsewhere::Override : Elsewhere::Refuse);
    if (!unit) {
        say(unit.error(), "Not done");
        show_again();
        return;
    }
    if (command.action == Action::Sell && state_.screen == Screen::Dispatch)
        dispatched_.insert(latest_event(unit->unit.key));
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
        show_again();
        return;
    }
    wrote();
    uncount(*undone);
    const std::string words = journal_words(undone->what);
    say(Tone::Done, "Undone: " + words, undone->serial);
    note(undone->serial, undone->unit ? undone->unit->unit.key : "", Tone::Note,
         "undone: " + words);
    if (undone->unit)
        show(*undone->unit);
    else
        state_.record.reset();
}

void Application::on(const SetList& command) {
    List list;
    list.tab = command.tab;
    list.search = command.search;
    ask_list(ListPart::Start, std::move(list));
}

void Application::on(const LoadPreviousRows&) { ask_list(ListPart::Before, state_.list); }

void Application::on(const LoadNextRows&) { ask_list(ListPart::Behind, state_.list); }

void Application::on(const ListRead& command) {
    if (!awaited_ || awaited_->number != command.number) return;  // another one was asked for since
    show_list(*std::exchange(awaited_, std::nullopt), command.list);
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

void Application::on(const SyncChanged& command) {
    state_.sync = command.words;
    state_.synced = command.good;
    if (is_stale()) on(Refresh{});  // the sync has written: what it confirmed shows at once
}

void Application::on(const Refresh&) {
    const std::optional<Record> before = state_.record;
    load_references();
    wrote();
    show_again();
    if (before) say_what_changed(*before);
}

bool Application::is_stale() {
    const auto version = store_.data_version();
    if (version && *version != data_version_) return true;
    const auto today = store_.today();
    return today && inventory::to_iso(today->date) != state_.today;
}

}  // namespace app

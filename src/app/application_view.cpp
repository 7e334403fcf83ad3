// What the application shows: records, lists, feedback.
#include <algorithm>

#include "app/application.hpp"
#include "base/text.hpp"

namespace app {
namespace {

constexpr std::size_t kRecentMax = 8;
constexpr std::size_t kTimelineMax = 20;

}  // namespace

std::int64_t Counts::of(std::optional<inventory::Status> tab) const {
    if (!tab) return all;
    switch (*tab) {
        case inventory::Status::InStock: return in_stock;
        case inventory::Status::Reserved: return reserved;
        case inventory::Status::Sold: return sold;
        case inventory::Status::Returned: return returned;
        case inventory::Status::Defective: return defective;
    }
    return 0;
}

std::string journal_words(const std::string& kind) {
    std::string words = kind;
    std::ranges::replace(words, '_', ' ');
    return words;
}

std::vector<TimelineEntry> timeline(const std::vector<store::EventRecord>& history) {
    std::vector<TimelineEntry> entries;
    for (auto record = history.rbegin(); record != history.rend(); ++record) {
        const journal::Event& event = record->event;
        std::string who = event.operator_name;
        if (!event.device.empty()) who += (who.empty() ? "" : " · ") + event.device;
        std::string what = record->words;
        if (!record->refusal.empty()) what += " (not applied: " + record->refusal + ")";
        entries.push_back({base::to_words(event.at), what, who, !record->stands});
    }
    return entries;
}

template <typename T>
T Application::value_or_trouble(Result<T> result, T otherwise) {
    if (result) return std::move(*result);
    state_.trouble = result.error().message;
    return otherwise;
}
template std::optional<store::UnitRecord> Application::value_or_trouble(
    Result<std::optional<store::UnitRecord>>, std::optional<store::UnitRecord>);
template std::vector<store::EventRecord> Application::value_or_trouble(
    Result<std::vector<store::EventRecord>>, std::vector<store::EventRecord>);
template std::vector<store::UnitRecord> Application::value_or_trouble(
    Result<std::vector<store::UnitRecord>>, std::vector<store::UnitRecord>);
template std::vector<std::string> Application::value_or_trouble(Result<std::vector<std::string>>,
                                                                std::vector<std::string>);
template inventory::SerialShape Application::value_or_trouble(Result<inventory::SerialShape>,
                                                              inventory::SerialShape);
template store::Today Application::value_or_trouble(Result<store::Today>, store::Today);

void Application::say(Tone tone, std::string headline, std::string detail) {
    state_.feedback = {state_.feedback.number + 1, tone, std::move(headline), std::move(detail)};
}

void Application::say(const Error& error, const std::string& headline) {
    if (error.kind == ErrorKind::Storage) state_.trouble = error.message;
    say(Tone::Stop, headline, error.message);
}

void Application::note(const std::string& serial, const std::string& key, Tone tone,
                       std::string words) {
    std::erase_if(state_.recent, [&](const ScanNote& seen) { return seen.serial == serial; });
    state_.recent.insert(state_.recent.begin(), {serial, key, tone, std::move(words)});
    if (state_.recent.size() > kRecentMax) state_.recent.resize(kRecentMax);
}

void Application::show(const store::UnitRecord& record) {
    Record shown;
    shown.unit = record.unit;
    shown.variant_name = record.variant_name.empty() ? record.unit.variant : record.variant_name;
    shown.gtin = record.gtin;
    shown.recall = record.recall;
    if (record.conflict)
        shown.conflict =
            ToSettle{record.conflict->id, record.conflict->sentence, record.conflict->sellable};
    const auto today = value_or_trouble(store_.today(), store::Today{});
    if (record.lot_expiry && *record.lot_expiry < today.date) shown.lot_expired = record.lot_expiry;
    shown.warranty =
        inventory::warranty_on(record.unit.warranty_expiry, today.date, today.clock_behind);
    shown.actions = inventory::actions_of(record.unit.status);
    const auto history =
        value_or_trouble(store_.history(record.unit.key), std::vector<store::EventRecord>());
    shown.timeline = timeline(history);
    if (shown.timeline.size() > kTimelineMax) shown.timeline.resize(kTimelineMax);
    for (const auto& past : history)
        if (past.stands && past.event.kind != journal::Kind::Undone)
            shown.undo = journal_words(past.event.kind_text);
    if (const auto at = value_or_trouble(store_.synced_at(), std::optional<base::Timestamp>()))
        shown.as_of = base::to_words({*at, clock_().offset});
    shown.confirmed = record.confirmed;
    state_.record = std::move(shown);
}

void Application::show_again() {
    if (state_.record) on(OpenUnit{state_.record->unit.key});
}

// What the screen said of the unit before may not be so any more.
void Application::say_what_changed(const Record& before) {
    if (!state_.record) {
        say(Tone::Note, "Changed at another station",
            before.unit.serial + " is not known under this serial any more.");
        return;
    }
    const Record& now = *state_.record;
    const auto conflict_of = [](const Record& record) {
        return record.conflict ? record.conflict->id : "";
    };
    if (now.unit == before.unit && conflict_of(now) == conflict_of(before)) return;
    if (now.conflict) {
        say(now.conflict->sellable ? Tone::Ask : Tone::Stop, "Two stations acted on it",
            now.unit.serial + ": " + now.conflict->sentence + ".");
        return;
    }
    std::string last = std::string(inventory::label(now.unit.status));
    if (!now.timeline.empty()) last = now.timeline.front().what;
    say(Tone::Note, before.conflict ? "Settled at another station" : "Changed at another station",
        now.unit.serial + ": " + last + ".");
}

void Application::join_hubs_by(
    std::function<Result<void>(store::Store&, const std::string& code)> join) {
    join_hub_ = std::move(join);
}

void Application::read_lists_by(std::function<void(ListRequest)> ask) {
    list_reader_ = std::move(ask);
}

void Application::ask_list(ListPart part, List list) {
    const bool on = part == ListPart::Before || part == ListPart::Behind;
    if (on && awaited_) return;  // its rows come first, and the window asks again
    if (part == ListPart::Again && awaited_ && awaited_->part == ListPart::Start) {
        part = ListPart::Start;  // another tab or search was asked for, and still is
        list = awaited_->list;
    }
    ListRequest request{++lists_asked_, part, std::move(list)};
    if (!list_reader_) {
        auto read = read_list(store_, request);
        show_list(std::move(request), std::move(read));
        return;
    }
    awaited_ = request;
    state_.list_awaited = true;
    list_reader_(std::move(request));
}

void Application::show_list(ListRequest request, Result<List> list) {
    state_.list_awaited = false;
    if (!list) say(list.error(), "The list cannot be read");
    state_.list = list ? std::move(*list) : std::move(request.list);
}

void Application::load_references() {
    auto catalog = load_catalog(store_);
    if (!catalog) {
        state_.trouble = catalog.error().message;
        return;
    }
    state_.catalog = std::make_shared<const Catalog>(std::move(*catalog));
}

// After every write of this or another process: counts, list, date and what Undo would do.
void Application::wrote() {
    state_.trouble.clear();
    const auto counts = store_.counts();
    if (!counts) {
        state_.trouble = counts.error().message;
        return;
    }
    const auto& n = *counts;
    state_.counts = {n[0], n[1], n[2], n[3], n[4], n[5]};
    load_conflicts();
    // ShowScreen reads it anew.
    if (state_.screen == Screen::Units) ask_list(ListPart::Again, state_.list);
    const auto today = value_or_trouble(store_.today(), store::Today{});
    state_.today = inventory::to_iso(today.date);
    state_.date_warning = today.clock_behind ? "Check the date: this device's clock is behind the "
                                               "records; warranty is not judged."
                                             : "";
    state_.undo.clear();
    if (const auto last = store_.last_act(); last && *last)
        state_.undo = journal_words((*last)->what) + " " + (*last)->serial;
    if (const auto version = store_.data_version()) data_version_ = *version;
    if (tell_of_writes_) tell_of_writes_();
}

// The id of the event that an act on this unit has just written.
std::string Application::latest_event(const std::string& key) {
    const auto history = value_or_trouble(store_.history(key), std::vector<store::EventRecord>());
    return history.empty() ? "" : journal::to_text(history.back().event.id);
}

// An act that the station did not count is not taken off its count.
void Application::uncount(const store::Undone& undone) {
    const std::string& key = undone.unit ? undone.unit->unit.key : undone.serial;
    const auto history = value_or_trouble(store_.history(key), std::vector<store::EventRecord>());
    if (history.empty()) return;
    const std::string act = journal::text_of(history.back().event.body, "undoes");
    received_.erase(act);
    dispatched_.erase(act);
}

void Application::finish_reference(const Result<void>& result, const std::string& code) {
    if (!result) {
        state_.reference.error = result.error().message;
        return;
    }
    state_.reference.error.clear();
    state_.reference.code = base::trim(code);
    ++state_.reference.added;
    load_references();
    wrote();
}

void Application::begin_form() {
    const Actor place = here();
    state_.add.draft = {"",
                        state_.receive.variant,
                        state_.receive.lot,
                        place.warehouse,
                        place.location,
                        state_.today,
                        ""};
    state_.add.error.clear();
    ++state_.add.number;
}

}  // namespace app

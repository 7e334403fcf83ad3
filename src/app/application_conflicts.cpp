// The conflict inbox: what is to be settled, and settling it.
#include "app/application.hpp"

namespace app {
namespace {

constexpr std::int64_t kConflictsMax = 50;

Conflict shown(const store::ConflictRecord& record) {
    const store::OpenConflict& open = record.conflict;
    Conflict conflict;
    conflict.id = open.id;
    conflict.serial = record.serial;
    conflict.severity = journal::name(open.severity);
    conflict.sentence = open.sentence;
    conflict.sellable = open.sellable;
    conflict.needs_reason = open.severity == journal::Severity::High;
    for (const store::ConflictSide& side : record.sides)
        conflict.sides.push_back(
            {side.summary, side.operator_name, side.device, base::to_words(side.at), side.clock});
    for (const journal::Choice& choice : record.choices)
        conflict.choices.push_back({choice.id, choice.label, choice.needs_serial});
    return conflict;
}

}  // namespace

void Application::on(const OpenConflict& command) {
    if (state_.screen != Screen::Conflicts) on(ShowScreen{Screen::Conflicts});
    say(Tone::None, "");
    open_conflict(command.id);
}

void Application::on(const Settle& command) {
    const auto unit = store_.settle(
        {command.conflict, command.choice, command.serial, command.reason}, actor_.operator_name);
    if (!unit) {
        say(unit.error(), "Not settled");
        load_conflicts();  // it may have changed meanwhile
        return;
    }
    state_.conflict.reset();
    wrote();
    say(Tone::Done, "Settled",
        unit->unit.serial + ": " + std::string(inventory::label(unit->unit.status)));
}

void Application::open_conflict(const std::string& id) {
    state_.conflict.reset();
    if (id.empty()) return;
    const auto record = store_.conflict(id);
    if (!record)
        say(record.error(), "The conflict cannot be read");
    else if (*record)
        state_.conflict = shown(**record);
}

// The count always; the conflicts themselves, which are dear to read, only where they are shown.
void Application::load_conflicts() {
    const auto count = store_.conflict_count();
    if (!count) {
        state_.trouble = count.error().message;
        return;
    }
    state_.conflict_count = *count;
    if (state_.screen != Screen::Conflicts) return;
    const auto records = store_.conflicts(kConflictsMax);
    if (!records) {
        say(records.error(), "The conflicts cannot be read");
        return;
    }
    std::vector<Conflict> conflicts;
    for (const store::ConflictRecord& record : *records) conflicts.push_back(shown(record));
    state_.conflicts = std::make_shared<const std::vector<Conflict>>(std::move(conflicts));
    if (state_.conflict) open_conflict(std::string(state_.conflict->id));
}

}  // namespace app

// Taking acts back.
#include <algorithm>

#include "base/text.hpp"
#include "inventory/serial_number.hpp"
#include "journal/fold.hpp"
#include "journal/history.hpp"
#include "store/event_rows.hpp"
#include "store/projection.hpp"
#include "store/store_impl.hpp"
#include "store/uniqueness.hpp"
#include "store/unit_rows.hpp"

namespace store {
namespace {

// The last act, or the reason in words why none can be taken back.
Result<journal::Event> undoable(const History& history, const journal::Folded& folded) {
    const std::string& serial = history.events.front().serial;
    if (folded.latest) return history.events[*folded.latest];
    if (folded.unit && folded.tips.size() > 1)
        return fail(ErrorKind::Refused, "several stations acted last on " + serial +
                                            "; settle it under Conflicts, or do the next act");
    return fail(ErrorKind::Refused, serial + " has no act left to undo");
}

// `wanted`: the act that is meant; nothing: whichever was the last.
Result<Undone> undo_latest(Store::Impl& impl, std::int64_t unit_id,
                           const std::optional<journal::EventId>& wanted,
                           const std::string& operator_name) {
    Database& database = impl.database;
    History history = read_history(database, unit_id);
    const journal::Folded before = journal::fold(history.events);
    const auto target = undoable(history, before);
    if (!target) return fail(target.error());
    if (wanted && target->id != *wanted)
        return fail(ErrorKind::Refused, before.unit->serial +
                                            " was acted on since then by another station; undo "
                                            "that act first, by the serial");

    journal::Event event =
        impl.new_event(journal::Kind::Undone, before.unit->serial, before.unit->key, operator_name);
    event.body = {{"undoes", journal::to_text(target->id)}, {"what", target->kind_text}};
    for (const std::size_t seen : before.tips) event.parents.push_back(history.events[seen].id);
    event.root = event_id(database, unit_id);
    Head head = read_head(database);
    event.id = {head.writer, head.seq + 1};
    history.events.push_back(event);
    const auto after = journal::fold(history.events).unit;
    if (after)
        if (auto free = check_key_is_free(database, unit_id, *after); !free)
            return fail(free.error());
    Undone undone{before.unit->serial, target->kind_text, std::nullopt};
    if (auto appended = append(database, head, event, unit_id); !appended)
        return fail(appended.error());
    write_related(database, project_related(database, unit_id));
    // Registrations that were one may be two now: the serial is not always the one of `after`.
    if (after)
        if (auto row = find_row_of(database, unit_id)) undone.unit = to_record(std::move(*row));
    return undone;
}

struct LastAct {
    std::int64_t unit = 0;
    journal::EventId event;
    Undone act;
};

// The last act of this file's writer that still stands. Undone acts in a row are walked over.
std::optional<LastAct> find_last_act(Database& database) {
    const base::RandomId writer = read_head(database).writer;
    Statement events = database.prepare(
        "SELECT root, seq FROM event WHERE writer = (SELECT writer FROM meta)"
        " AND root IS NOT NULL AND kind <> ?1 ORDER BY seq DESC");
    events.bind(1, static_cast<std::int64_t>(journal::Kind::Undone));
    while (events.step()) {
        const auto history = unit_history(database, events.integer(0));
        const auto found = std::ranges::find_if(history, [&](const EventRecord& record) {
            return record.event.id == journal::EventId{writer, events.integer(1)};
        });
        if (found == history.end() || !found->stands) continue;
        return LastAct{events.integer(0),
                       found->event.id,
                       {found->event.serial, found->event.kind_text, std::nullopt}};
    }
    return std::nullopt;
}

}  // namespace

Result<Undone> Store::undo(const std::string& serial, const std::string& operator_name) {
    return impl_->write([&]() -> Result<Undone> {
        if (serial.empty()) {
            const auto last = find_last_act(impl_->database);
            if (!last) return fail(ErrorKind::Refused, "there is no act to undo");
            return undo_latest(*impl_, last->unit, last->event, operator_name);
        }
        const auto parsed = inventory::parse_serial(serial);
        if (!parsed) return fail(parsed.error());
        const auto row = find_row(impl_->database, parsed->key);
        if (!row)
            return fail(ErrorKind::NotFound, "no unit " + base::printable(serial) +
                                                 "; look for it with: unitrail list --search");
        return undo_latest(*impl_, row->id, std::nullopt, operator_name);
    });
}

Result<std::optional<Undone>> Store::last_act() {
    return impl_->read([&]() -> Result<std::optional<Undone>> {
        const auto last = find_last_act(impl_->database);
        return last ? std::optional(last->act) : std::nullopt;
    });
}

}  // namespace store

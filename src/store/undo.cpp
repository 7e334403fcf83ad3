// Taking acts back.
#include <algorithm>

#include "base/text.hpp"
#include "inventory/serial_number.hpp"
#include "journal/fold.hpp"
#include "journal/history.hpp"
#include "store/event_rows.hpp"
#include "store/search_index.hpp"
#include "store/store_impl.hpp"
#include "store/uniqueness.hpp"
#include "store/unit_rows.hpp"

namespace store {
namespace {

Result<Undone> undo_latest(Store::Impl& impl, std::int64_t unit_id, std::int64_t tip,
                           const std::string& operator_name) {
    Database& database = impl.database;
    std::vector<journal::Event> history;
    for (EventRecord& record : unit_history(database, unit_id))
        history.push_back(std::move(record.event));
    const journal::Folded before = journal::fold(history);
    if (!before.latest)
        return fail(ErrorKind::Refused, history.front().serial + " has no act left to undo");
    const journal::Event target = history[*before.latest];

    journal::Event event =
        impl.new_event(journal::Kind::Undone, before.unit->serial, before.unit->key, operator_name);
    event.body = {{"undoes", journal::to_text(target.id)}, {"what", target.kind_text}};
    event.parents = {history.back().id};
    event.root = history.front().id;
    history.push_back(event);
    const auto after = journal::fold(history).unit;
    if (after)
        if (auto free = check_key_is_free(database, unit_id, *after); !free)
            return fail(free.error());
    Undone undone{before.unit->serial, target.kind_text, std::nullopt};
    Head head = read_head(database);
    const std::int64_t row = append(database, head, event, tip, unit_id);
    const inventory::Unit& shown = after ? *after : *before.unit;
    write_row(database, unit_id, row, shown, find_references(database, shown),
              after ? Listed::Yes : Listed::No);
    index_renamed(database, unit_id, before.unit->key, shown.key);
    if (after) undone.unit = to_record(*find_row(database, after->key));
    return undone;
}

struct LastAct {
    std::int64_t unit = 0, tip = 0;
    Undone act;
};

// The last act of this file's writer that still stands. Undone acts in a row are walked over.
std::optional<LastAct> find_last_act(Database& database) {
    const base::RandomId writer = read_head(database).writer;
    Statement events = database.prepare(
        "SELECT e.root, u.tip, e.seq FROM event e JOIN unit u ON u.id = e.root"
        " WHERE e.writer = (SELECT writer FROM meta) AND e.kind <> ?1 ORDER BY e.seq DESC");
    events.bind(1, static_cast<std::int64_t>(journal::Kind::Undone));
    while (events.step()) {
        const auto history = unit_history(database, events.integer(0));
        const auto found = std::ranges::find_if(history, [&](const EventRecord& record) {
            return record.event.id == journal::EventId{writer, events.integer(2)};
        });
        if (found == history.end() || !found->stands) continue;
        return LastAct{events.integer(0),
                       events.integer(1),
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
            return undo_latest(*impl_, last->unit, last->tip, operator_name);
        }
        const auto parsed = inventory::parse_serial(serial);
        if (!parsed) return fail(parsed.error());
        const auto row = find_row(impl_->database, parsed->key);
        if (!row)
            return fail(ErrorKind::NotFound, "no unit " + base::printable(serial) +
                                                 "; look for it with: unitrail list --search");
        return undo_latest(*impl_, row->id, row->tip, operator_name);
    });
}

Result<std::optional<Undone>> Store::last_act() {
    return impl_->read([&]() -> Result<std::optional<Undone>> {
        const auto last = find_last_act(impl_->database);
        return last ? std::optional(last->act) : std::nullopt;
    });
}

}  // namespace store

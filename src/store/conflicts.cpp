// What a person must look at, and how it is settled.
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

ConflictSide side_of(const EventRecord& record) {
    const journal::Event& event = record.event;
    return {journal::to_text(event.id),  event.operator_name, event.device, event.at,
            journal::clock_words(event), record.words};
}

ConflictRecord read_conflict(Database& database, const UnitRow& row) {
    ConflictRecord record;
    record.conflict = *row.conflict;
    record.serial = row.unit.serial;
    const auto told = unit_history(database, row.id);
    std::vector<journal::Event> events;
    for (const EventRecord& event : told) events.push_back(event.event);
    const journal::Folded folded = journal::fold(events);
    if (!folded.conflict) return record;  // verify reports it
    record.sides.push_back(side_of(told[folded.conflict->a]));
    if (folded.conflict->b != folded.conflict->a)
        record.sides.push_back(side_of(told[folded.conflict->b]));
    record.choices = journal::choices(events, *folded.conflict, [&](const journal::Event& event) {
        return client_of(database, event);
    });
    return record;
}

std::optional<UnitRow> find_conflict(Database& database, const std::string& id) {
    Statement select = database.prepare(select_units("x.id = ?1"));
    if (!select.bind(1, id).step()) return std::nullopt;
    return read_row(select);
}

// The second box goes under its own serial by a correction of its own registration.
Result<void> part(Store::Impl& impl, Head& head, const History& history,
                  const journal::Folded& folded, const Settlement& settlement,
                  const std::string& operator_name) {
    Database& database = impl.database;
    const auto serial = inventory::parse_serial(settlement.serial);
    if (!serial)
        return fail(serial.error().kind,
                    "the second box needs a serial of its own: " + serial.error().message);
    if (const auto other = find_row(database, serial->key))
        return fail(already_registered(database, *other));
    const std::size_t second = folded.conflict->b;
    journal::Event renamed = impl.new_event(journal::Kind::Renamed, history.events[second].serial,
                                            history.events[second].key, operator_name);
    renamed.body = {{"serial", serial->printed}, {"reason", "two boxes under one serial"}};
    for (const std::size_t tip : folded.tips) renamed.parents.push_back(history.events[tip].id);
    const auto appended = append(database, head, renamed, history.rows[second].id);
    if (!appended) return fail(appended.error());
    return {};
}

Result<void> settle_row(Store::Impl& impl, const UnitRow& row, const Settlement& settlement,
                        const std::string& operator_name) {
    Database& database = impl.database;
    const History history = read_history(database, row.id);
    const journal::Folded folded = journal::fold(history.events);
    if (!folded.conflict ||
        journal::conflict_id(history.events, *folded.conflict) != settlement.conflict)
        return fail(ErrorKind::Refused, "the conflict changed meanwhile; look at it again");
    const auto choices =
        journal::choices(history.events, *folded.conflict,
                         [&](const journal::Event& event) { return client_of(database, event); });
    const auto chosen = std::ranges::find(choices, settlement.choice, &journal::Choice::id);
    if (chosen == choices.end()) {
        std::string known;
        for (const journal::Choice& choice : choices)
            known += (known.empty() ? "" : ", ") + choice.id;
        return fail(ErrorKind::Refused,
                    known.empty() ? "this cannot be settled on this device; update the program"
                                  : "no choice \"" + base::printable(settlement.choice) +
                                        "\"; choose one of: " + known);
    }
    // Only what is typed now; the words of the choice hold several texts that were checked before.
    if (auto ok = check_texts({{"reason", settlement.reason}}, operator_name); !ok)
        return fail(ok.error());
    if (row.conflict->severity == journal::Severity::High && base::trim(settlement.reason).empty())
        return fail(ErrorKind::Refused, "this needs a reason; give it with --reason");
    Head head = read_head(database);
    journal::Event event =
        impl.new_event(journal::Kind::Resolved, row.unit.serial, row.unit.key, operator_name);
    event.body = chosen->body;
    if (!settlement.reason.empty()) event.body["why"] = settlement.reason;
    for (const std::size_t tip : folded.tips) event.parents.push_back(history.events[tip].id);
    if (chosen->needs_serial)
        if (auto parted = part(impl, head, history, folded, settlement, operator_name); !parted)
            return fail(parted.error());
    if (auto appended = append(database, head, event, row.id); !appended)
        return fail(appended.error());
    write_related(database, project_related(database, row.id));
    return {};
}

}  // namespace

Result<std::vector<ConflictRecord>> Store::conflicts(std::int64_t limit) {
    return impl_->read([&]() -> Result<std::vector<ConflictRecord>> {
        Database& database = impl_->database;
        const Transaction view(database, Transaction::Mode::Read);
        std::vector<UnitRow> rows;
        Statement select =
            database.prepare(select_units("x.id IS NOT NULL") +
                             " ORDER BY x.severity DESC, u.key LIMIT " + std::to_string(limit));
        while (select.step()) rows.push_back(read_row(select));
        std::vector<ConflictRecord> records;
        for (const UnitRow& row : rows) records.push_back(read_conflict(database, row));
        return records;
    });
}

Result<std::int64_t> Store::conflict_count() {
    return impl_->read([&]() -> Result<std::int64_t> {
        return impl_->database.integer("SELECT count(*) FROM conflict");
    });
}

Result<std::optional<ConflictRecord>> Store::conflict(const std::string& id) {
    return impl_->read([&]() -> Result<std::optional<ConflictRecord>> {
        Database& database = impl_->database;
        const Transaction view(database, Transaction::Mode::Read);
        const auto row = find_conflict(database, id);
        if (!row) return std::optional<ConflictRecord>();
        return std::optional(read_conflict(database, *row));
    });
}

Result<UnitRecord> Store::settle(const Settlement& settlement, const std::string& operator_name) {
    return impl_->write([&]() -> Result<UnitRecord> {
        Database& database = impl_->database;
        auto row = find_conflict(database, settlement.conflict);
        if (!row)
            return fail(ErrorKind::NotFound, "no open conflict " +
                                                 base::printable(settlement.conflict) +
                                                 "; see: unitrail conflicts");
        if (auto settled = settle_row(*impl_, *row, settlement, operator_name); !settled)
            return fail(settled.error());
        // The choice may have given it another serial, or taken it off the lists.
        auto after = find_row_of(database, row->id);
        return to_record(after ? std::move(*after) : std::move(*row));
    });
}

}  // namespace store

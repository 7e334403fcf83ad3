#include "store/store.hpp"

#include <algorithm>
#include <filesystem>

#include "base/check.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "inventory/serial_number.hpp"
#include "journal/history.hpp"
#include "journal/record.hpp"
#include "store/event_rows.hpp"
#include "store/migrate.hpp"
#include "store/references.hpp"
#include "store/search_index.hpp"
#include "store/store_impl.hpp"
#include "store/unit_rows.hpp"
#include "store/verify.hpp"

namespace store {
namespace {

constexpr std::size_t kFieldCharactersMax = 500;  // of a client's name, a reason, an order number

void configure(Database& database) {
    // FULL: the tick on the screen is a promise, so every commit waits for the disk.
    database.execute(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
        "PRAGMA trusted_schema = OFF;"
        "PRAGMA cache_size = -32768;");  // KiB; of a bulk import, what its pages need
}

void ensure_writer(Database& database) {
    if (database.integer("SELECT count(*) FROM meta") > 0) return;
    Transaction transaction(database);
    if (database.integer("SELECT count(*) FROM meta") > 0) return;  // another process was faster
    const base::RandomId id = base::random_id();
    database.prepare("INSERT INTO writer (id, uuid) VALUES (1, ?1)")
        .bind(1, std::span<const std::uint8_t>(id))
        .run();
    database.execute("INSERT INTO meta (id, writer, newest_at) VALUES (1, 1, 0)");
    transaction.commit();
}

Result<void> check_dates(const journal::Body& body) {
    for (const char* field : {"purchase_date", "warranty_expiry"}) {
        const auto found = body.find(field);
        if (found == body.end() || !found->second || base::trim(*found->second).empty()) continue;
        if (inventory::parse_date(*found->second)) continue;
        return fail(ErrorKind::InvalidInput, "\"" + base::printable(*found->second) +
                                                 "\" is no date; write it as YYYY-MM-DD");
    }
    return {};
}

// "already registered": which unit it is, where it is, and what happened to it last.
Error duplicate(Database& database, const UnitRow& row) {
    std::string message = row.unit.serial + " is already registered: " +
                          (row.variant_name.empty() ? row.unit.variant : row.variant_name) + ", " +
                          std::string(inventory::label(row.unit.status));
    if (row.unit.warehouse) message += " at " + *row.unit.warehouse;
    if (row.unit.location) message += " / " + *row.unit.location;
    const auto history = unit_history(database, row.id);
    if (!history.empty()) {
        const EventRecord& last = history.back();
        message += "; last event: " + last.words + ", " + base::to_words(last.event.at);
        if (!last.event.operator_name.empty()) message += " by " + last.event.operator_name;
    }
    return {ErrorKind::Refused, message};
}

// A serial that another unit has by now cannot be taken again.
Result<void> check_key_is_free(Database& database, std::int64_t id, const inventory::Unit& unit) {
    const auto other = find_row(database, unit.key);
    if (other && other->id != id) return fail(duplicate(database, *other));
    return {};
}

Today today_of(Store::Impl& impl) {
    const base::Moment now = impl.options.clock();
    const base::Timestamp newest(
        std::chrono::milliseconds(impl.database.integer("SELECT newest_at FROM meta")));
    const inventory::Date here = base::civil_date(now);
    const inventory::Date seen = base::civil_date({newest, now.offset});
    return {std::max(here, seen), here < seen};
}

// Recalls and expiry stop a unit from leaving; they are of its lot or variant, not of its history.
Result<void> check_for_sale(Store::Impl& impl, const UnitRow& row) {
    const std::string& serial = row.unit.serial;
    if (row.recall)
        return fail(ErrorKind::Refused, serial + " is recalled" +
                                            (row.recall->empty() ? "" : " (" + *row.recall + ")") +
                                            "; set it aside and tell your supervisor");
    if (row.lot_expiry && *row.lot_expiry < today_of(impl).date)
        return fail(ErrorKind::Refused, "the lot of " + serial + " expired on " +
                                            inventory::to_iso(*row.lot_expiry) +
                                            "; set it aside, it cannot be sold");
    return {};
}

// A sale clears the location by itself, without the act naming it.
ReferenceRows located(ReferenceRows references, const inventory::Unit& after) {
    if (!after.location) references.location.reset();
    return references;
}

// The key of the unit after the act.
Result<std::string> act_on(Store::Impl& impl, Head& head, const Act& act) {
    Database& database = impl.database;
    const auto serial = inventory::parse_serial(act.serial);
    if (!serial) return fail(serial.error());
    if (auto ok = check_texts(act.body, act.operator_name); !ok) return fail(ok.error());
    if (auto ok = check_dates(act.body); !ok) return fail(ok.error());

    const auto row = find_row(database, serial->key);
    if (row && act.kind == journal::Kind::Registered) return fail(duplicate(database, *row));
    const auto before = row ? std::optional(row->unit) : std::nullopt;

    // The printed form of a known unit is the one it was registered with.
    journal::Event event = impl.new_event(act.kind, row ? row->unit.serial : serial->printed,
                                          serial->key, act.operator_name);
    event.body = act.body;
    event.scan = act.scan;
    if (!row && act.kind != journal::Kind::Registered)
        return fail(journal::apply(before, event).error());  // there is no such unit
    const auto references = resolve_references(database, row ? &row->unit : nullptr,
                                               row ? row->references : ReferenceRows{}, event.body);
    if (!references) return fail(references.error());
    if (const auto client = event.body.find("client"); client != event.body.end() && client->second)
        client->second = client_ref(database, *client->second);

    const auto after = journal::apply(before, event);
    if (!after) return fail(after.error());
    if (row && (act.kind == journal::Kind::Sold || act.kind == journal::Kind::Reserved))
        if (auto free = check_for_sale(impl, *row); !free) return fail(free.error());
    if (row && after->key != row->unit.key)
        if (auto free = check_key_is_free(database, row->id, *after); !free)
            return fail(free.error());
    const std::int64_t tip =
        append(database, head, event, row ? std::optional(row->tip) : std::nullopt,
               row ? std::optional(row->id) : std::nullopt);
    write_row(database, row ? row->id : tip, tip, *after, located(*references, *after),
              Listed::Yes);
    if (row)
        index_renamed(database, row->id, row->unit.key, after->key);
    else
        index_new(database, tip, after->key);
    return after->key;
}

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

Result<void> check_texts(const journal::Body& body, const std::string& operator_name) {
    const auto check = [](std::string_view field, const std::string& value) -> Result<void> {
        if (!base::is_utf8(value) || base::has_control_character(value))
            return fail(ErrorKind::Refused,
                        std::string(field) + " \"" + base::printable(value) +
                            "\" holds characters that cannot be printed; type it anew");
        if (base::count_characters(value) > kFieldCharactersMax)
            return fail(ErrorKind::Refused, std::string(field) + " is longer than " +
                                                std::to_string(kFieldCharactersMax) +
                                                " characters; shorten it");
        return {};
    };
    for (const auto& [field, value] : body)
        if (value)
            if (auto ok = check(field, *value); !ok) return ok;
    return check("operator", operator_name);
}

journal::Event Store::Impl::new_event(journal::Kind kind, const std::string& serial,
                                      const std::string& key,
                                      const std::string& operator_name) const {
    journal::Event event;
    event.kind = kind;
    event.kind_text = journal::name(kind);
    event.serial = serial;
    event.key = key;
    event.key_rule = inventory::kKeyRule;
    event.at = options.clock();
    event.operator_name = operator_name;
    event.device = options.device;
    event.app_version = options.app_version;
    return event;
}

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

const std::string& Store::path() const { return impl_->database.path(); }

Result<Store> Store::open(const std::string& path, Options options) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
        return fail(ErrorKind::Storage, path + " is a folder; name a file in it with --db");
    return guarded(path, [&]() -> Result<Store> {
        auto impl = std::make_unique<Impl>(path, std::move(options));
        if (impl->database.read_only()) return fail(explain(SqlError(8, "read-only"), path));
        if (auto migrated = migrate(impl->database, migrations()); !migrated)
            return fail(migrated.error());
        configure(impl->database);
        ensure_writer(impl->database);
        return Store(std::move(impl));
    });
}

Result<UnitRecord> Store::act(const Act& act) {
    CHECK(act.kind != journal::Kind::Undone && !journal::is_reference(act.kind));
    return impl_->write([&]() -> Result<UnitRecord> {
        Head head = read_head(impl_->database);
        const auto key = act_on(*impl_, head, act);
        if (!key) return fail(key.error());
        keep_indexed(impl_->database, head.last_row);
        return to_record(*find_row(impl_->database, *key));
    });
}

Result<std::vector<std::optional<Error>>> Store::act_all(const std::vector<Act>& acts,
                                                         bool dry_run) {
    return guarded(path(), [&]() -> Result<std::vector<std::optional<Error>>> {
        Transaction transaction(impl_->database);
        Head head = read_head(impl_->database);
        std::vector<std::optional<Error>> errors;
        for (const Act& act : acts) {
            const auto done = act_on(*impl_, head, act);
            if (!done && done.error().kind == ErrorKind::Storage) return fail(done.error());
            errors.push_back(done ? std::nullopt : std::optional(done.error()));
        }
        if (dry_run) return errors;
        keep_indexed(impl_->database, head.last_row);
        transaction.commit();
        return errors;
    });
}

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

Result<std::optional<UnitRecord>> Store::find(std::string_view serial) {
    return impl_->read([&]() -> Result<std::optional<UnitRecord>> {
        const auto parsed = inventory::parse_serial(serial);
        if (!parsed) return fail(parsed.error());
        const auto row = find_row(impl_->database, parsed->key);
        return row ? std::optional(to_record(*row)) : std::nullopt;
    });
}

Result<std::vector<EventRecord>> Store::history(std::string_view serial) {
    return impl_->read([&]() -> Result<std::vector<EventRecord>> {
        const auto parsed = inventory::parse_serial(serial);
        if (!parsed) return fail(parsed.error());
        const auto row = find_row(impl_->database, parsed->key);
        const auto id = row ? std::optional(row->id) : find_withdrawn(impl_->database, parsed->key);
        return id ? unit_history(impl_->database, *id) : std::vector<EventRecord>();
    });
}

Result<Verification> Store::verify(bool projection, const Progress& progress) {
    return impl_->read([&]() -> Result<Verification> {
        Verification result;
        const Transaction view(impl_->database, Transaction::Mode::Read);
        verify_chains(impl_->database, result, progress);
        if (projection) verify_projection(impl_->database, result, progress);
        return result;
    });
}

Result<void> Store::rebuild() {
    return impl_->write([&]() -> Result<void> {
        rebuild_projection(impl_->database);
        return {};
    });
}

Result<Today> Store::today() {
    return impl_->read([&]() -> Result<Today> { return today_of(*impl_); });
}

Result<std::int64_t> Store::data_version() {
    return impl_->read(
        [&]() -> Result<std::int64_t> { return impl_->database.integer("PRAGMA data_version"); });
}

}  // namespace store

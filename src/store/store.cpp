#include "store/store.hpp"

#include <algorithm>
#include <filesystem>

#include "base/check.hpp"
#include "base/hash.hpp"
#include "base/text.hpp"
#include "inventory/serial_number.hpp"
#include "journal/fields.hpp"
#include "journal/fold.hpp"
#include "journal/history.hpp"
#include "journal/record.hpp"
#include "store/client_rows.hpp"
#include "store/event_rows.hpp"
#include "store/migrate.hpp"
#include "store/projection.hpp"
#include "store/references.hpp"
#include "store/search_index.hpp"
#include "store/store_impl.hpp"
#include "store/uniqueness.hpp"
#include "store/unit_rows.hpp"
#include "store/verify.hpp"

namespace store {
namespace {

constexpr std::size_t kFieldCharactersMax = 500;  // of a reason; of a client's name hub.sql's, too

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
    database.prepare("INSERT INTO meta (id, writer, newest_at) VALUES (1, ?1, 0)")
        .bind(1, add_writer(database))
        .run();
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

Today today_of(Store::Impl& impl) {
    const base::Moment now = impl.options.clock();
    const base::Timestamp newest(std::chrono::milliseconds(
        impl.database.integer("SELECT max(newest_at, hub_at) FROM meta")));
    const inventory::Date here = base::civil_date(now);
    const inventory::Date seen = base::civil_date({newest, now.offset});
    return {std::max(here, seen), here < seen};
}

// Recalls and expiry stop a unit from leaving; they are of its lot or variant, not of its history.
Result<void> check_for_sale(Store::Impl& impl, const UnitRow& row) {
    const std::string& serial = row.unit.serial;
    if (row.conflict && !row.conflict->sellable)
        // Of what a later version wrote nothing can be settled here.
        return fail(ErrorKind::Refused,
                    row.conflict->severity == journal::Severity::Info
                        ? serial + " is not sold from here: " + row.conflict->sentence
                        : serial + " waits to be settled: " + row.conflict->sentence +
                              "; settle it under Conflicts");
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

// A station sells without a question only what lies in its own warehouse.
Result<void> check_custody(const UnitRow& row, const Act& act, journal::Body& body) {
    if (!is_elsewhere(row.unit, act.custody.warehouse)) return {};
    if (!act.custody.overridden)
        return fail(ErrorKind::Refused,
                    row.unit.serial + " is in warehouse " + *row.unit.warehouse +
                        ", this station sells from " + base::printable(act.custody.warehouse) +
                        "; move it here first, or sell it with --override --reason R");
    const auto reason = body.find("reason");
    if (reason == body.end() || !reason->second)
        return fail(ErrorKind::Refused, "selling " + row.unit.serial + " from warehouse " +
                                            *row.unit.warehouse +
                                            " needs a reason; give it with --reason");
    body["override"] = "other warehouse";
    return {};
}

// A sale clears the location by itself, without the act naming it.
ReferenceRows located(ReferenceRows references, const inventory::Unit& after) {
    if (!after.location) references.location.reset();
    return references;
}

// What the author of the next act has seen.
std::vector<journal::EventId> tips_of(Database& database, const UnitRow& row) {
    if (!row.merged) return {event_id(database, row.tip)};
    const History history = read_history(database, row.id);
    std::vector<journal::EventId> tips;
    for (const std::size_t tip : journal::fold(history.events).tips)
        tips.push_back(history.events[tip].id);
    return tips;
}

// The registration of a unit that was sold before it was known here. It is written like one of a
// station that knows nothing of the sale, so that the two join as they would after a sync.
Result<std::int64_t> register_late(Store::Impl& impl, Head& head, const Act& act,
                                   const UnitRow& row) {
    Database& database = impl.database;
    const auto serial = inventory::parse_serial(act.serial);
    journal::Event event =
        impl.new_event(act.kind, serial->printed, serial->key, act.operator_name);
    event.body = act.body;
    event.scan = act.scan;
    const std::string sku = journal::text_of(act.body, "variant");
    if (!row.unit.provisional || journal::is_provisional(event))
        return fail(already_registered(database, row, sku));
    if (const auto known = resolve_references(database, nullptr, {}, event.body); !known)
        return fail(known.error());
    const auto registered = journal::apply(std::nullopt, event);
    if (!registered) return fail(registered.error());
    if (registered->variant != row.unit.variant)
        return fail(already_registered(database, row, sku));
    const auto id = append(database, head, event, std::nullopt);
    if (!id) return fail(id.error());
    index_new(database, *id, event.key);
    write_unlisted(database, *id, event);
    write_related(database, project_related(database, *id));
    return *id;
}

// The row of the registration that was acted on.
Result<std::int64_t> act_on(Store::Impl& impl, Head& head, const Act& act) {
    Database& database = impl.database;
    const auto serial = inventory::parse_serial(act.serial);
    if (!serial) return fail(serial.error());
    if (auto ok = check_texts(act.body, act.operator_name); !ok) return fail(ok.error());
    if (auto ok = check_dates(act.body); !ok) return fail(ok.error());

    const auto row = find_row(database, serial->key);
    if (row && act.kind == journal::Kind::Registered) return register_late(impl, head, act, *row);
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
    if (row && act.kind == journal::Kind::Sold)
        if (auto ours = check_custody(*row, act, event.body); !ours) return fail(ours.error());
    if (row && after->key != row->unit.key)
        if (auto free = check_key_is_free(database, row->id, *after); !free)
            return fail(free.error());
    if (row) event.parents = tips_of(database, *row);
    const auto tip = append(database, head, event, row ? std::optional(row->id) : std::nullopt);
    if (!tip) return fail(tip.error());
    if (!row) index_new(database, *tip, after->key);
    if (row && (row->merged || after->key != row->unit.key)) {
        write_related(database, project_related(database, row->id));
        return row->id;
    }
    const std::int64_t id = row ? row->id : *tip;
    write_row(database, {id, *tip, *after, Listed::Yes, false, {}, {}},
              located(*references, *after));
    return id;
}

}  // namespace

bool is_elsewhere(const inventory::Unit& unit, const std::string& warehouse) {
    if (warehouse.empty() || !unit.warehouse || !base::is_utf8(warehouse)) return false;
    return base::comparison_key(*unit.warehouse) != base::comparison_key(warehouse);
}

Result<void> check_texts(const journal::Body& body, const std::string& operator_name) {
    const auto check = [](std::string_view field, const std::string& value) -> Result<void> {
        if (!base::is_utf8(value) || base::has_control_character(value))
            return fail(ErrorKind::Refused,
                        std::string(field) + " \"" + base::printable(value) +
                            "\" holds characters that cannot be printed; type it anew");
        if (field != "identifiers" && base::count_characters(value) > kFieldCharactersMax)
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

Result<void> Store::Impl::check_space() const {
    if (database.path() == ":memory:") return {};
    const std::uintmax_t free = options.free_bytes(database.path());
    if (free >= kDiskReserve) return {};
    return fail({ErrorKind::Storage,
                 "the disk is nearly full (" + std::to_string(free / 1'000'000) +
                     " MB free), nothing was written; free some space and try again",
                 true, false});
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
        if (impl->database.read_only()) return fail(explain(SqlError::read_only(), path));
        if (auto migrated = migrate(impl->database, migrations()); !migrated)
            return fail(migrated.error());
        configure(impl->database);
        ensure_writer(impl->database);
        return Store(std::move(impl));
    });
}

Result<UnitRecord> Store::act(const Act& act) { return act_as_one({&act, 1}); }

Result<UnitRecord> Store::act_as_one(std::span<const Act> acts) {
    CHECK(!acts.empty());
    for (const Act& act : acts)
        CHECK(act.kind != journal::Kind::Undone && !journal::is_reference(act.kind));
    return impl_->write([&]() -> Result<UnitRecord> {
        Head head = read_head(impl_->database);
        std::int64_t registration = 0;
        for (const Act& act : acts) {
            const auto done = act_on(*impl_, head, act);
            if (!done) return fail(done.error());
            registration = *done;
        }
        keep_indexed(impl_->database, head.last_row);
        auto row = find_row_of(impl_->database, registration);
        CHECK(row);
        return to_record(std::move(*row));
    });
}

Result<std::vector<std::optional<Error>>> Store::act_all(const std::vector<Act>& acts,
                                                         bool dry_run) {
    return guarded(path(), [&]() -> Result<std::vector<std::optional<Error>>> {
        if (auto space = impl_->check_space(); !space) return fail(space.error());
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

Result<std::optional<UnitRecord>> Store::find(std::string_view serial) {
    return impl_->read([&]() -> Result<std::optional<UnitRecord>> {
        const auto parsed = inventory::parse_serial(serial);
        if (!parsed) return fail(parsed.error());
        auto row = find_row(impl_->database, parsed->key);
        return row ? std::optional(to_record(std::move(*row))) : std::nullopt;
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

void Store::give_up_when(std::function<bool()> given_up) {
    impl_->database.give_up_when(std::move(given_up));
}

Result<Today> Store::today() {
    return impl_->read([&]() -> Result<Today> { return today_of(*impl_); });
}

void Store::call_device(std::string name) { impl_->options.device = std::move(name); }

Result<std::int64_t> Store::data_version() {
    return impl_->read(
        [&]() -> Result<std::int64_t> { return impl_->database.integer("PRAGMA data_version"); });
}

}  // namespace store

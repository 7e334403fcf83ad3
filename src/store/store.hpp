// The store: one SQLite file that holds the journal and its projection. Start here.
//
// Every act is one transaction: the rules are checked, the event is appended, the projection
// follows, and when the call returns the act is on the disk (WAL, synchronous=FULL). A refusal or a
// failure writes nothing. Several processes may use one file; SQLite's lock puts their acts in
// order.
//
// A Store belongs to one thread at a time. Errors: Refused and NotFound by the rules, Storage.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "inventory/label_profile.hpp"
#include "inventory/near_miss.hpp"
#include "inventory/reference.hpp"
#include "inventory/serial_shape.hpp"
#include "store/exchange.hpp"
#include "store/options.hpp"
#include "store/records.hpp"

namespace store {

class Database;

class Store {
 public:
    // Opens the file or makes a new one; brings an older file up to date after a copy beside it.
    // Storage: no permission, no Unitrail database, made by a newer version, busy, disk full.
    static Result<Store> open(const std::string& path, Options options);
    Store(Store&&) noexcept;
    Store& operator=(Store&&) noexcept;
    ~Store();

    Result<UnitRecord> act(const Act& act);
    // Acts on one unit, all or none of them; not empty.
    Result<UnitRecord> act_as_one(std::span<const Act> acts);
    // Many acts in one transaction, each by itself done or refused: the error of every refused act,
    // nothing of the others. A failure of the disk refuses all. With `dry_run` nothing is written.
    Result<std::vector<std::optional<Error>>> act_all(const std::vector<Act>& acts, bool dry_run);
    // Takes back the latest standing act of the unit, or with "" the last act of this database that
    // still stands, by an event of its own.
    Result<Undone> undo(const std::string& serial, const std::string& operator_name);
    // What undo("") would take back: the serial and the kind's name; nothing when there is nothing.
    Result<std::optional<Undone>> last_act();

    Result<std::optional<UnitRecord>> find(std::string_view serial);
    // Units that have the identifier, at most ten, by key.
    Result<std::vector<UnitRecord>> find_by_identifier(std::string_view text);
    // What the serials of a variant look like; of none, for an SKU that is not known. No unit is
    // looked at for it.
    Result<inventory::SerialShape> shape_of(const std::string& sku);
    // Registered serials of the variant that this new one is perhaps meant to be.
    Result<std::vector<inventory::NearMiss>> near_misses(const std::string& serial,
                                                         const std::string& sku,
                                                         inventory::Entry entry);
    // Oldest first, also of a unit whose registration was undone; empty when the serial was never
    // seen.
    Result<std::vector<EventRecord>> history(std::string_view serial);
    // At most `limit` units after the key `from` ("" = from the start), by key; backward: the last
    // ones before it ("" = up to the end). In a search those whose serial ends with the text come
    // first, from the end of their keys.
    Result<Page> list(const Filter& filter, std::int64_t limit, const std::string& from,
                      Direction direction = Direction::Forward);
    // The gravest first, at most `limit`.
    Result<std::vector<ConflictRecord>> conflicts(std::int64_t limit);
    Result<std::int64_t> conflict_count();
    // The open one of that id.
    Result<std::optional<ConflictRecord>> conflict(const std::string& id);
    // Writes the resolution; the unit is then as the choice says.
    Result<UnitRecord> settle(const Settlement& settlement, const std::string& operator_name);
    Result<std::array<std::int64_t, 6>> counts();  // [0] all, then by inventory::Status

    Result<void> put(const inventory::Variant& variant, Write write,
                     const std::string& operator_name);
    Result<void> put(const inventory::Lot& lot, Write write, const std::string& operator_name);
    Result<void> put(const inventory::Warehouse& place, Write write,
                     const std::string& operator_name);
    Result<void> put(const inventory::Location& place, Write write,
                     const std::string& operator_name);
    // Starts or ends a recall; while it is open, the units concerned cannot be sold or reserved.
    Result<void> put(const Recall& recall, const std::string& operator_name);
    Result<std::vector<Recall>> recalls();
    // How the labels of a variant are read; the one it had is replaced. That it says something
    // lawful is for label::Profile to find. NotFound: no such variant.
    Result<void> put(const inventory::LabelProfile& profile, const std::string& operator_name);
    // NotFound: the variant has none.
    Result<void> remove_profile(const std::string& sku, const std::string& operator_name);
    // All of them, sorted by key.
    Result<std::vector<inventory::LabelProfile>> profiles();
    Result<std::vector<inventory::Variant>> variants();
    Result<std::vector<inventory::Lot>> lots();
    Result<std::vector<inventory::Warehouse>> warehouses();
    Result<std::vector<inventory::Location>> locations();

    // For sync (replica.cpp). Every writer's head, by id; events that wait for others included.
    Result<std::vector<WriterHead>> heads();
    Result<WriterHead> own_head();
    Result<WriterHead> head(const base::RandomId& writer);  // seq 0: nothing of it is here
    // At most `limit` records of the writer from `first_seq` on; no records when there are none.
    Result<Records> records(const base::RandomId& writer, std::int64_t first_seq,
                            std::int64_t limit);
    // Takes records of other devices in, in one transaction; those that come before what they refer
    // to wait. Refused, and nothing taken: a record is missing before them, or they continue
    // another history of that writer (its device was copied), or one is no record or too large.
    Result<Received> receive(const Records& records);
    // The same for what a hub's feed brought, together with how far it was read then. `check` is
    // asked of the head after each; when it says no, nothing is taken.
    using CheckHead = std::function<Result<void>(std::size_t news, const WriterHead& after)>;
    Result<Received> receive(const std::vector<Records>& news, const FeedCursor& read_to,
                             const CheckHead& check);
    // For a file that was copied and has gone on beside the other one: what it wrote itself after
    // `last_shared` gets a new writer, who writes from now on. The acts stay as they were done;
    // their records say where they come from. Says how many; 0 as well when this file does not
    // write as `last_shared` says (any more). Refused: other stations have built on them.
    Result<std::int64_t> reissue(const journal::EventId& last_shared);
    // At most `limit` names that are known or erased here, of references behind `after`, in order.
    Result<std::vector<ClientName>> client_names(const std::string& after, std::int64_t limit);
    // Names that had not come yet, and those to be erased here, too. Says how many were news.
    Result<std::int64_t> take_client_names(std::span<const ClientName> names);
    // Erases the client of that reference, or all that go under that name, for ever; says which.
    // The next sync does it everywhere. NotFound; Refused when it was erased before.
    Result<std::vector<std::string>> erase_client(const std::string& ref_or_name);
    // Takes in what waited and need not wait any more; says how many still wait.
    Result<std::int64_t> take_waiting();
    // Whose units these are, "" = synced with nobody yet. Refused when it is set otherwise.
    Result<std::string> organization();
    Result<void> join(const std::string& organization);
    // Of the hub (hub_state.cpp). At most `limit` names that it has not, or not as they are here,
    // of references behind `after`, in order.
    Result<std::vector<ClientName>> unsent_client_names(const std::string& after,
                                                        std::int64_t limit);
    Result<void> keep_client_names_sent(std::span<const ClientName> names);
    Result<FeedCursor> hub_cursor();
    // How far the feed had been read when a sync last went through to its end: the heads and names
    // of what came after are still to be looked at, whatever the cursor says.
    Result<std::int64_t> hub_compared_to();
    Result<std::vector<Unsent>> unsent();
    // Writers whose events were sent and not seen in the feed since: the sync was cut there. A hub
    // that was restored then need not have them, whatever the cursor says.
    Result<std::vector<Unsent>> unseen();
    // What the hub says it has of the writer.
    Result<void> keep_sent(const base::RandomId& writer, std::int64_t seq);
    // The hub is another one than it was: nothing is known of what it has.
    Result<void> forget_hub();
    Result<void> keep_hub_cursor(const FeedCursor& read_to);
    // A writer's public key, as first seen; nothing = none was shown yet.
    Result<std::optional<base::Sha256>> public_key(const base::RandomId& writer);
    Result<void> keep_public_key(const base::RandomId& writer, const base::Sha256& key);
    // What the hub's clock says now: the acts that follow say how right the clock here was.
    Result<void> keep_hub_clock(base::Timestamp hub_now);
    // A sync went through to its end.
    Result<void> keep_synced(const SyncEnd& end);
    // When that was the last time, UTC.
    Result<std::optional<base::Timestamp>> synced_at();
    // Own events that were written since.
    Result<std::int64_t> events_waiting();

    // The same on all devices that hold the same events: SHA-256 of all that is shown of the units,
    // in hex.
    Result<std::string> digest();

    // Recomputes every hash chain and, with `projection`, folds every history and compares. Reads
    // only.
    Result<Verification> verify(bool projection, const Progress& progress = {});
    // Makes all tables again from the journal, in one transaction.
    Result<void> rebuild();

    // From now on a read or an act fails as soon as `given_up` says so; it is asked all the time,
    // on the thread that reads. An empty one ends that.
    void give_up_when(std::function<bool()> given_up);

    Result<Today> today();
    // A number that changes when another connection wrote to the file.
    Result<std::int64_t> data_version();
    [[nodiscard]] const std::string& path() const;
    // What the history calls this device from now on (Options::device).
    void call_device(std::string name);

    struct Impl;  // of src/store only

 private:
    explicit Store(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace store

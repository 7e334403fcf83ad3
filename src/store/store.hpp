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
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "inventory/reference.hpp"
#include "inventory/unit.hpp"
#include "journal/event.hpp"
#include "store/options.hpp"

namespace store {

class Database;

// A unit with what its references say; `unit.client` is the client's name.
struct UnitRecord {
    inventory::Unit unit;
    std::string variant_name;  // "" = none
    std::optional<std::string> gtin;
    std::optional<std::string> recall;  // why its lot or variant is recalled; nothing = it is not
};

// A recall of a lot, of a variant, or of one variant's lot.
struct Recall {
    std::string variant, lot;  // codes; "" = any, but not both
    std::string reason;
    bool open = true;
};

struct EventRecord {
    journal::Event event;
    std::string record;   // the exact bytes
    std::string hash;     // hex
    std::string words;    // "Sold to Client K, order 4711"
    std::string client;   // name behind the body's reference, "" = none
    bool stands = true;   // false: undone, or it could not be applied
    std::string refusal;  // why it could not be applied; "" = it was
};

// One act on one unit. The body is as in journal::Event, but `client` is the name.
struct Act {
    journal::Kind kind = journal::Kind::Unknown;
    std::string serial;
    journal::Body body;
    std::string operator_name;
    std::optional<journal::Evidence> scan;
};

struct Undone {
    std::string serial;
    std::string what;                // name of the kind of the act that was undone
    std::optional<UnitRecord> unit;  // nothing: it was the registration
};

struct Filter {
    std::optional<inventory::Status> status;
    std::string search;                           // any part of the serial; "" = all
    std::string variant, lot, warehouse, client;  // codes or the name; "" = all
    bool recalled = false;                        // only those of open recalls
    bool held = false;                            // only those on hold
};

enum class Direction : std::uint8_t { Forward, Backward };

struct Page {
    std::vector<UnitRecord> units;  // in the order of the list, whatever the direction
    bool more = false;              // there are others beyond, in the direction that was read
};

struct Today {
    inventory::Date date{};     // the latest of this device's date and the newest event's
    bool clock_behind = false;  // this device's date is earlier than the newest event's
};

enum class Write : std::uint8_t {
    Add,   // refused when the code exists
    Edit,  // NotFound when it does not
};

// Done so far and all there is to do, in events or units.
using Progress = std::function<void(std::int64_t done, std::int64_t total)>;

struct Damage {
    std::string event;   // "writer:seq" of the first damaged event of a chain; "" = the projection
    std::string serial;  // of the unit concerned, "" = none or not to be told
    std::string what;    // one sentence
};

struct Verification {
    std::int64_t events = 0, units = 0;  // looked at
    std::int64_t damage_count = 0;
    std::vector<Damage> damages;  // the first twenty
};

class Store {
 public:
    // Opens the file or makes a new one; brings an older file up to date after a copy beside it.
    // Storage: no permission, no Unitrail database, made by a newer version, busy, disk full.
    static Result<Store> open(const std::string& path, Options options);
    Store(Store&&) noexcept;
    Store& operator=(Store&&) noexcept;
    ~Store();

    Result<UnitRecord> act(const Act& act);
    // Many acts in one transaction, each by itself done or refused: the error of every refused act,
    // nothing of the others. A failure of the disk refuses all. With `dry_run` nothing is written.
    Result<std::vector<std::optional<Error>>> act_all(const std::vector<Act>& acts, bool dry_run);
    // Takes back the latest standing act of the unit, or with "" the last act of this database that
    // still stands, by an event of its own.
    Result<Undone> undo(const std::string& serial, const std::string& operator_name);
    // What undo("") would take back: the serial and the kind's name; nothing when there is nothing.
    Result<std::optional<Undone>> last_act();

    Result<std::optional<UnitRecord>> find(std::string_view serial);
    // Oldest first, also of a unit whose registration was undone; empty when the serial was never
    // seen.
    Result<std::vector<EventRecord>> history(std::string_view serial);
    // At most `limit` units after the key `from` ("" = from the start), by key; backward: the last
    // ones before it ("" = up to the end). In a search those whose serial ends with the text come
    // first, from the end of their keys.
    Result<Page> list(const Filter& filter, std::int64_t limit, const std::string& from,
                      Direction direction = Direction::Forward);
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
    // All of them, sorted by key.
    Result<std::vector<inventory::Variant>> variants();
    Result<std::vector<inventory::Lot>> lots();
    Result<std::vector<inventory::Warehouse>> warehouses();
    Result<std::vector<inventory::Location>> locations();

    // Recomputes every hash chain and, with `projection`, folds every history and compares. Reads
    // only.
    Result<Verification> verify(bool projection, const Progress& progress = {});
    // Makes all tables again from the journal, in one transaction.
    Result<void> rebuild();

    Result<Today> today();
    // A number that changes when another connection wrote to the file.
    Result<std::int64_t> data_version();
    [[nodiscard]] const std::string& path() const;

    struct Impl;  // of src/store only

 private:
    explicit Store(std::unique_ptr<Impl> impl);
    std::unique_ptr<Impl> impl_;
};

}  // namespace store

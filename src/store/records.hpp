// What goes into a store and what comes out of it: plain values.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/result.hpp"
#include "inventory/unit.hpp"
#include "journal/event.hpp"
#include "journal/fold.hpp"
#include "journal/merge_table.hpp"

namespace store {

// What stations did to a unit apart and a person must look at.
struct OpenConflict {
    std::string id;  // the same on every device
    journal::Severity severity = journal::Severity::None;
    bool sellable = true;
    std::string sentence;
    bool operator==(const OpenConflict&) const = default;
};

// A unit with what its references say; `unit.client` is the client's name.
struct UnitRecord {
    inventory::Unit unit;
    std::string variant_name;  // "" = none
    std::optional<std::string> gtin;
    std::optional<std::string> recall;  // why its lot or variant is recalled; nothing = it is not
    std::optional<inventory::Date> lot_expiry;  // its last good day
    std::optional<OpenConflict> conflict;
    // The hub has its latest event, and nothing that came there before contradicts it.
    bool confirmed = false;
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

// Where an act is done. A unit that lies in another warehouse is not sold from here, unless that is
// overridden, with a reason in the act's body; the event then says so.
struct Custody {
    std::string warehouse;  // of the station; "" = not known, nothing is asked
    bool overridden = false;
};

// One act on one unit. The body is as in journal::Event, but `client` is the name.
struct Act {
    journal::Kind kind = journal::Kind::Unknown;
    std::string serial;
    journal::Body body;
    std::string operator_name;
    std::optional<journal::Evidence> scan;
    Custody custody = {};
};

// Whether a sale of the unit needs Custody::overridden.
bool is_elsewhere(const inventory::Unit& unit, const std::string& warehouse);

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
    bool conflicted = false;                      // only those that wait to be settled
};

enum class Direction : std::uint8_t { Forward, Backward };

struct Page {
    std::vector<UnitRecord> units;  // in the order of the list, whatever the direction
    bool more = false;              // there are others beyond, in the direction that was read
};

// One side of a conflict: what one person did.
struct ConflictSide {
    std::string event;  // "writer:seq"
    std::string operator_name, device;
    base::Moment at;
    std::string clock;    // journal::clock_words()
    std::string summary;  // "Sold to Client K, order 4711"
};

struct ConflictRecord {
    OpenConflict conflict;
    std::string serial;
    std::vector<ConflictSide> sides;       // two, or one act alone
    std::vector<journal::Choice> choices;  // how it can be settled; empty: not on this device
};

// How a conflict is settled.
struct Settlement {
    std::string conflict, choice;  // their ids
    std::string serial;            // of the second box, where the choice needs one
    std::string reason;            // needed for HIGH
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

}  // namespace store

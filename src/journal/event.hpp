// One act, as it is written down for ever. The journal is the truth; all else is made from it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/hash.hpp"
#include "inventory/lifecycle.hpp"

namespace journal {

// Stored by number in SQLite: append, never renumber. From 32 on: reference data.
enum class Kind : std::uint8_t {
    Unknown = 0,  // written by a newer version: kept and shown, not applied
    Registered = 1,
    Edited,
    Moved,
    Reserved,
    Sold,
    Returned,
    MarkedDefective,
    ReturnedToStock,
    Renamed,
    Undone,
    Held,  // quarantine: not for sale or reservation until it is released
    Released,
    Resolved,  // settles what concurrent acts left open; its body sets all fields
    Variant = 32,
    Lot,
    Warehouse,
    Location,
    Recall,   // of a lot or a variant; body `open` is "yes" or "no"
    Profile,  // how a variant's labels are read; body `removed` "yes": no more
};

std::string_view name(Kind kind);        // "marked_defective", as the record has it
Kind kind_named(std::string_view name);  // Unknown when this version does not know it
Kind kind_of(inventory::Action action);  // the event that an action writes
std::optional<inventory::Action> action_of(Kind kind);  // nothing for the others
bool is_reference(Kind kind);  // variant, lot, warehouse, location, recall, profile

// A writer is one life of one database file; it counts its events 1, 2, 3 … (writer, seq) names an
// event for ever and everywhere.
struct EventId {
    base::RandomId writer{};
    std::int64_t seq = 0;
    bool operator==(const EventId&) const = default;
};

std::string to_text(const EventId& id);  // "0123…cdef:42"
std::optional<EventId> parse_event_id(std::string_view text);

// What the camera read, so that a later reader can check the serial.
struct Evidence {
    std::string raw_base64;    // the payload's bytes
    std::string symbology_id;  // "]C1"
    std::string rule;          // why this text is the serial: "AI 21", "lone plain code"
};

// The fields that an act sets, by name; nothing = the act clears it. A field that is not there is
// left as it was.
//
// Of units: variant lot warehouse location purchase_date warranty_expiry client order rma reason
// identifiers (inventory/identifiers.hpp: all that the unit then has) swap serial override
// provisional undoes what, of a resolution also status hold conflict keep why. Of
// reference data: name gtin warranty_months expiry supplier open symbology strip pattern from
// length express removed.
using Body = std::map<std::string, std::optional<std::string>, std::less<>>;

std::string text_of(const Body& body, std::string_view field);  // "" when it is not set

struct Event {
    EventId id;
    Kind kind = Kind::Unknown;
    std::string kind_text;  // as written; differs from name(kind) only for Unknown
    std::string serial;     // as printed; of reference data the code
    std::string key;        // its uniqueness key under `key_rule`
    int key_rule = 0;
    std::vector<EventId> parents;  // the tips of this unit's history that the author saw
    std::optional<EventId> root;  // the registration it descends from; nothing for the registration
    std::optional<EventId> reissue_of;  // its name in the copied file that first wrote it
    base::Moment at;
    // How far the device's clock was ahead of the hub's when it last asked; nothing = it never did.
    std::optional<std::chrono::seconds> hub_offset;
    std::string operator_name;
    std::string device;
    std::string app_version;
    std::optional<Evidence> scan;
    Body body;
};

// How right the clock of its device was: "right", "3 hours ahead", "" when it was never compared.
// Right is less than two minutes off.
std::string clock_words(const Event& event);

}  // namespace journal

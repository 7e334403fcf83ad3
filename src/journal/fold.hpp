// From events to a unit: the fold of a history, also of one that several stations wrote apart.
// Pure.
//
// Order comes from the parents that every event names, never from a clock. Where two acts are
// concurrent, both are kept: of every field the latest writers count, the unit is shown with the
// least sellable status of theirs, and merge_table.hpp says whether a person must look.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "inventory/serial_number.hpp"
#include "inventory/unit.hpp"
#include "journal/event.hpp"
#include "journal/merge_table.hpp"

namespace journal {

// What a person must look at: two concurrent acts, or one act alone (a == b) that the rules did not
// allow or that this version does not know. Indices of the history; the id of `a` is the smaller.
struct Conflict {
    std::size_t a = 0, b = 0;
    Severity severity = Severity::None;
    bool sellable = true;  // may the unit leave while this is open?
    std::string sentence;
};

struct Folded {
    // Nothing: never registered, or the registration was undone.
    std::optional<inventory::Unit> unit;
    // Of every event, in the order given: whether its effect stands (an undo itself never does).
    std::vector<bool> stands;
    // Index of the latest standing act, the one that an undo may name; nothing when none stands or
    // when several stations acted last.
    std::optional<std::size_t> latest;
    // Why an event was not applied; empty for the applied ones.
    std::vector<std::string> refusals;
    std::vector<std::size_t> tips;     // the events that no other has seen
    std::optional<Conflict> conflict;  // the gravest that is open
};

// `history`: the events of one unit, each after its parents, the registration first; or those of
// several registrations of one serial that are to be one unit. A parent that is not among them
// belongs to another unit by now and is passed over.
Folded fold(std::span<const Event> history);

// Whether every event has seen just the one before it: what a single station writes.
bool is_chain(std::span<const Event> history);

// The conflict's name, the same on every device.
std::string conflict_id(const EventId& a, const EventId& b);
std::string conflict_id(std::span<const Event> history, const Conflict& conflict);

// All fields of a unit, as an event's body that writes them all.
Body body_of(const inventory::Unit& unit);

// The name behind the reference of an event's body, as describe() takes it.
using ClientOf = std::function<std::string(const Event&)>;

// A way to settle a conflict: the fields that the unit then has, as a resolution's body.
struct Choice {
    std::string id;             // "a", "b", "both"
    std::string label;          // "Sold to Client K, order 4711 at Dock 1 (…)"
    Body body;                  // its `keep` is the label without the client's name
    bool needs_serial = false;  // two boxes: the second one gets a serial of its own
};
std::vector<Choice> choices(std::span<const Event> history, const Conflict& conflict,
                            const ClientOf& client_of);

// Registrations that go under one serial now.
struct Lineages {
    inventory::SerialNumber serial;
    std::vector<EventId> roots;       // by id; the unit is the first one's
    std::vector<std::size_t> events;  // theirs, in the order given
    bool live = true;                 // false: one registration that was undone
};

// Splits the events of all registrations that ever shared a key into those of one unit each.
std::vector<Lineages> split_by_serial(std::span<const Event> events);

// The order of event ids that every device agrees on.
bool before(const EventId& a, const EventId& b);

}  // namespace journal

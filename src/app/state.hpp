// What the window shows: an immutable value made by Application after every command. A screen is a
// function of State (and of the text being typed, which is the screen's own); it asks nothing else.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/conflicts.hpp"
#include "app/forms.hpp"
#include "app/hardware_scanner.hpp"
#include "inventory/label_profile.hpp"
#include "inventory/lifecycle.hpp"
#include "inventory/reference.hpp"
#include "inventory/unit.hpp"
#include "inventory/warranty.hpp"
#include "scanner/pipeline.hpp"

namespace app {

enum class Screen : std::uint8_t {
    Receive,
    Dispatch,
    Returns,
    Units,
    Add,
    Conflicts,
    HardwareScanner,
    Profiles,
};

// The reference data for pickers, sorted by code. Shared between states until it changes.
struct Catalog {
    std::vector<inventory::Variant> variants;
    std::vector<inventory::Lot> lots;
    std::vector<inventory::Warehouse> warehouses;
    std::vector<inventory::Location> locations;
    std::vector<inventory::LabelProfile> profiles = {};
};

// How a scan or act ended. Each tone has its own colour, symbol and word.
enum class Tone : std::uint8_t {
    None,
    Done,  // written
    Note,  // nothing to do: seen before, or a record is simply shown
    Ask,   // the operator has to choose
    Stop,  // refused; nothing was written
};

struct Feedback {
    std::uint64_t number = 0;  // grows with every feedback: a new one flashes once
    Tone tone = Tone::None;
    std::string headline;  // "Registered", "Already known", "Not ours"
    std::string detail;    // one sentence more, may be empty
};

// One event of a unit in words, newest first in lists.
struct TimelineEntry {
    std::string at;    // "23 Nov 2026, 14:02" in the zone it was written in
    std::string what;  // "Sold to Client K, order 4711"
    std::string who;   // "Op. 12 · Dock 1", may be empty
    bool undone = false;
};

// The record card: one unit with all that can be said and done about it.
struct Record {
    inventory::Unit unit;
    std::string variant_name;  // the SKU when it has no name
    std::optional<std::string> gtin;
    std::optional<std::string> recall;  // why its lot or variant is recalled; nothing = it is not
    std::optional<inventory::Date> lot_expired;  // its lot's last good day, when that is over
    std::optional<ToSettle> conflict;            // what stations did to it apart
    inventory::Warranty warranty;
    std::vector<inventory::Action> actions;  // exactly those that the lifecycle allows now
    std::vector<TimelineEntry> timeline;     // newest first, at most 20
    std::string undo;   // what Undo would take back, "Sold"; empty when there is nothing to undo
    std::string as_of;  // of the last complete sync, "23 Nov 2026, 14:02"; empty: there was none
    bool confirmed = false;  // by the hub
    // The other warehouse that it would be sold from: asked, a second tap is to say yes.
    std::optional<std::string> asked;
};

// Texts in view that could each be the serial; the operator picks one.
struct Candidate {
    std::string text;
    std::string seems;  // "plain code", "product code", "GS1 serial"
};

struct ScanNote {
    std::string serial;
    std::string key;  // "" when it is no unit
    Tone tone = Tone::None;
    std::string words;  // "registered", "already known"
};

// What every symbol in the last reading was understood as; the live view writes it at the outline.
struct SymbolName {
    std::string text;     // the symbol's text, to find its outline
    std::string words;    // "serial SN-20260301-A001", "product code", "lot L-22"
    bool serial = false;  // this one carries the serial
};

// Sticky context of the receiving dock; codes, empty = not chosen.
struct ReceiveContext {
    std::string variant, lot, warehouse, location;
    int received = 0;  // since product and place are set, and still standing
};

struct DispatchContext {
    std::string client, order;
    int dispatched = 0;  // since client and order are set, and still standing
};

struct Counts {
    std::int64_t all = 0, in_stock = 0, reserved = 0, sold = 0, returned = 0, defective = 0;
    [[nodiscard]] std::int64_t of(std::optional<inventory::Status> tab) const;  // nothing = all
};

struct ListRow {
    std::string serial, key, variant_name, place;  // place: "MAIN / A-03", may be empty
    inventory::Status status = inventory::kInitialStatus;
    // "Client K" of a sold or reserved unit, otherwise "Lot L-22"; may be empty.
    std::string detail;
};

// A list can be of any length, so only a stretch of it is here: what is visible and its
// surroundings.
struct List {
    std::optional<inventory::Status> tab;  // nothing = All
    std::string search;
    // Never null, at most kListRowsMax, each unit once.
    std::shared_ptr<const std::vector<ListRow>> rows =
        std::make_shared<const std::vector<ListRow>>();
    bool before = false;  // others precede the first: LoadPreviousRows brings them
    bool more = false;    // others follow the last: LoadNextRows brings them
};
inline constexpr int kListRowsMax = 600;

// When the stages of the last scan were done, for the log; all on the steady clock.
struct ScanTiming {
    std::chrono::steady_clock::time_point captured{}, decoded{}, stored{};
};

struct State {
    std::uint64_t revision = 0;  // grows with every state
    Screen screen = Screen::Receive;
    ReceiveContext receive;
    DispatchContext dispatch;
    std::optional<Record> record;
    std::vector<Candidate> candidates;  // not empty: ask which one is the serial
    std::string may_learn;              // the name of a product: a choice can be remembered for it
    ProfileForm profile;
    bool asks_to_join = false;  // an enrolment code was scanned: shall this device join that hub?
    Feedback feedback;
    std::vector<ScanNote> recent;     // of this station, newest first, at most 8
    std::vector<SymbolName> in_view;  // of the last reading
    List list;
    bool list_awaited = false;  // another one was asked for and is being read
    Counts counts;
    std::int64_t conflict_count = 0;  // of those that are open
    // Never null, the gravest first, at most 50; read while their screen is shown.
    std::shared_ptr<const std::vector<Conflict>> conflicts =
        std::make_shared<const std::vector<Conflict>>();
    std::optional<Conflict> conflict;  // the one that was opened
    HardwareScanner hardware;
    AddForm add;
    ReferenceForm reference;
    std::shared_ptr<const Catalog> catalog;  // never null
    scanner::CameraStatus camera;
    std::string today;         // ISO 8601
    std::string date_warning;  // "check the date: …" or empty
    std::string sync;          // "Synced 14:02", or what is wrong; empty: there is no sync
    bool synced = true;        // false: `sync` says what is wrong
    std::string place;         // of the station, "MAIN · A-03", may be empty
    std::string device;
    std::string operator_name;  // may be empty
    std::string undo;           // what Undo would take back, "Sold SN-…"; empty = nothing
    std::string trouble;        // a failure of database or disk that is still there; empty = none
    std::optional<ScanTiming> timing;  // only in the state that a scan made
};

}  // namespace app

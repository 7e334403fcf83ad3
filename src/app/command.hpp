// Everything that may be asked of the application, from the window or the scanner. A command is a
// value; Application::handle answers it with a new State.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "app/state.hpp"
#include "base/result.hpp"
#include "inventory/lifecycle.hpp"
#include "scanner/pipeline.hpp"
#include "scanner/symbol.hpp"

namespace app {

struct ShowScreen {
    Screen screen;
};
struct Scanned {
    scanner::Reading reading;
};
// A serial entered by hand: means what a scan means here.
struct Typed {
    std::string text;
};
// What a hardware scanner typed, as it came: it means what a scan means here, and on
// Screen::HardwareScanner it is the test sheet.
struct TypedByScanner {
    std::string text;
};
// One of State::candidates.
struct Choose {
    std::string text;
    bool remember = false;  // as the variant's label profile, where State::may_learn says so
};
// How the labels of a variant are read.
struct PutProfile {
    inventory::LabelProfile profile;
};
// What it would read out of a code's text ("" = only whether it is a profile). Nothing is written.
struct TryProfile {
    inventory::LabelProfile profile;
    std::string sample;
};
struct RemoveProfile {
    std::string variant;  // SKU
};
// Yes to State::asks_to_join.
struct JoinHub {};
// Codes; "" = none.
struct SetReceiveContext {
    std::string variant, lot, warehouse, location;
};
struct SetDispatchContext {
    std::string client, order;
};
// Shows this unit's record.
struct OpenUnit {
    std::string key;
};
struct CloseRecord {};
struct Act {
    inventory::Action action;
    std::string key;
    std::string reason;
    bool confirmed = false;  // the question of Record::asked was answered with yes
};
// Returned, then Defective: one tap.
struct ReturnAsDefective {
    std::string key;
    std::string reason;
};
// The Add Serial Number form's Create.
struct CreateUnit {
    UnitDraft draft;
};
// The last act of this unit; "" = of this device.
struct Undo {
    std::string key;
};
// One of State::conflicts, or that of a unit's record, on its screen; "" = back to all.
struct OpenConflict {
    std::string id;
};
struct Settle {
    std::string conflict, choice;  // their ids
    std::string serial;            // of the second box, where the choice needs one
    std::string reason;
};
struct SetList {
    std::optional<inventory::Status> tab;
    std::string search;
};
// The list's rows before the first or behind the last one.
struct LoadPreviousRows {};
struct LoadNextRows {};
// The answer to the list's request of that number.
struct ListRead {
    std::uint64_t number = 0;
    Result<List> list;
};
// Reference data, as typed.
struct AddVariant {
    std::string sku, name, gtin, warranty_months;
};
struct AddLot {
    std::string code, variant, expiry, supplier;
};
struct AddWarehouse {
    std::string code, name;
};
struct AddLocation {
    std::string code, warehouse;
};
struct CameraChanged {
    scanner::CameraStatus status;
};
// How the latest sync ended (syncing::SyncState).
struct SyncChanged {
    std::string words;
    bool good = true;
};
// Another process wrote, or midnight passed.
struct Refresh {};

using Command =
    std::variant<ShowScreen, Scanned, Typed, TypedByScanner, Choose, PutProfile, TryProfile,
                 RemoveProfile, JoinHub, SetReceiveContext, SetDispatchContext, OpenUnit,
                 CloseRecord, Act, ReturnAsDefective, CreateUnit, Undo, OpenConflict, Settle,
                 SetList, LoadPreviousRows, LoadNextRows, ListRead, AddVariant, AddLot,
                 AddWarehouse, AddLocation, CameraChanged, SyncChanged, Refresh>;

}  // namespace app

// Everything that may be asked of the application, from the window or the scanner. A command is a
// value; Application::handle answers it with a new State.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "app/state.hpp"
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
struct Typed {
    std::string text;
};  // a serial entered by hand: means what a scan means here
struct Choose {
    std::string text;
};  // one of State::candidates
struct SetReceiveContext {
    std::string variant, lot, warehouse, location;
};  // codes; "" = none
struct SetDispatchContext {
    std::string client, order;
};
struct OpenUnit {
    std::string key;
};  // show this unit's record
struct CloseRecord {};
struct Act {
    inventory::Action action;
    std::string key;
    std::string reason;
};
struct ReturnAsDefective {
    std::string key;
    std::string reason;
};  // Returned, then Defective: one tap
struct CreateUnit {
    UnitDraft draft;
};  // the Add Serial Number form's Create
struct Undo {
    std::string key;
};  // "" = the last act of this device
struct SetList {
    std::optional<inventory::Status> tab;
    std::string search;
};
struct LoadMore {};
struct AddVariant {
    std::string sku, name, gtin, warranty_months;
};  // as typed
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
struct Refresh {};  // another process wrote, or midnight passed

using Command =
    std::variant<ShowScreen, Scanned, Typed, Choose, SetReceiveContext, SetDispatchContext,
                 OpenUnit, CloseRecord, Act, ReturnAsDefective, CreateUnit, Undo, SetList, LoadMore,
                 AddVariant, AddLot, AddWarehouse, AddLocation, CameraChanged, Refresh>;

}  // namespace app

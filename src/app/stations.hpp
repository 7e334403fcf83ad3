// What a scan means at each place of work: pure rules, without database, window or clock. The
// application looks up what a Scan refers to, asks decide(), and does what the Decision says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "app/act_gate.hpp"
#include "app/state.hpp"
#include "label/label.hpp"
#include "store/store.hpp"

namespace app {

// What was scanned or typed, with everything that it refers to.
struct Scan {
    label::Label label;
    std::optional<store::UnitRecord> unit;          // the registered unit with that serial
    std::optional<inventory::Variant> product;      // the variant of its GTIN, or with that SKU
    std::optional<inventory::Location> location;    // the plain code is this location's
    std::optional<inventory::Warehouse> warehouse;  // the plain code is this warehouse's
    std::string sold_on;                            // "3 Feb 2026", of the sale in force; "" = none
    std::optional<inventory::Date> lot_expired;     // its lot's last good day, when that is over
    inventory::Warranty warranty;                   // of the unit
    bool in_session = false;          // its latest act was done here since the context was set
    GateAnswer gate;                  // whether the serial may act by itself
    std::optional<std::string> swap;  // why the unit is perhaps another one than it was
    // The serial to register it under: the unit that has its own serial is of another variant.
    std::optional<std::string> clash;
    Sight sight;  // how its label stood before the camera
};

struct Decision {
    enum class Do : std::uint8_t {
        Nothing,     // only say it
        ShowRecord,  // put the unit on the card
        Register,    // receive the serial with the context (and `variant`)
        SetVariant,  // `variant` becomes the context
        SetPlace,    // the scanned location or warehouse becomes the context
        Choose,      // the operator picks the serial
        FillForm,    // the Add form takes it
        Settle,      // open the unit's conflict
        TryCode,     // the label profile that is being written is tried on it
    };
    Do action = Do::Nothing;
    Tone tone = Tone::None;
    std::string headline, detail;
    std::string variant;  // SKU; of Register and SetVariant
};

// The warehouse of `receive` is where the station is, whatever it does.
Decision decide(Screen screen, const Scan& scan, const ReceiveContext& receive,
                const DispatchContext& dispatch, const Catalog& catalog);

}  // namespace app

// When a scan may act by itself. One pure function that every station asks; each rule is a row of
// its table, in the order in which an operator has to be told.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "inventory/serial_shape.hpp"
#include "label/label.hpp"

namespace app {

// For so long the symbols of a label must not have changed: otherwise the IMEI, which decodes
// first, becomes the serial.
inline constexpr std::chrono::milliseconds kSettledAfter{200};
// Bars beside it that are not read by then are damaged, or none: the operator is asked.
inline constexpr std::chrono::milliseconds kBarsGivenUpAfter{1000};
inline constexpr std::chrono::minutes kDisarmedAfter{2};  // without an act

// How the label stood before the camera. What a source cannot tell is as if all were well: a still
// picture and a hardware scanner have settled.
struct Sight {
    std::chrono::milliseconds unchanged_for = kSettledAfter;
    bool undecoded_bars = false;  // bars that were not read touch the label
    int labels_in_aim = 1;
    bool counts_many = false;  // a counting list allows several at once
};

// Whether more of the label may still come: until then it means nothing.
bool is_being_read(const Sight& sight);

// What is known of the text and of the variant that the act is for.
struct GateContext {
    inventory::SerialShape shape;      // of the variant's serials
    std::string symbology;             // that the serial was read from, "]C0"
    std::optional<std::string> meant;  // what the text is known to be: "the SKU of Router X"
};

// What this station did with the serial in this session.
struct GateSession {
    bool handled = false;    // the unit was registered, sold … here already
    bool other_box = false;  // with other codes beside the serial than now
};

enum class ActGate : std::uint8_t {
    Alone,    // it may act
    Wait,     // nothing happens yet: the label is still being read
    Nothing,  // nothing happens: `why` says what to do
    Counted,  // seen before: a neutral tick
    Ask,      // one tap of the operator
};

struct GateAnswer {
    ActGate gate = ActGate::Alone;
    std::string why;  // in words; of Alone, why it may
    bool operator==(const GateAnswer&) const = default;
};

// Whether the label's serial, which is there, may act without a tap.
GateAnswer may_act_alone(const label::Label& label, const Sight& sight, const GateContext& context,
                         const GateSession& session);

// Dispatch that sells by a scan alone, until something ends it.
struct Arming {
    bool order_complete = false;
    bool operator_changed = false;
    bool woke = false;  // the device slept or the program began anew
    std::chrono::seconds idle{0};
};

// Why it is armed no more; nothing while it is.
std::optional<std::string> disarmed_by(const Arming& arming);

}  // namespace app

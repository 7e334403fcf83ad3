#include "app/act_gate.hpp"

#include "label/carriers.hpp"

namespace app {
namespace {

using label::Trust;

// What a text that nobody named can be besides a serial; empty when it can be one.
std::string other_meaning(const label::Label& label, const GateContext& context) {
    if (context.meant) return *context.meant;
    if (label.trust == Trust::Named) return "";
    const std::string_view carrier = label::carrier_of(*label.serial);
    return carrier.empty() ? "" : "a tracking number of " + std::string(carrier);
}

// A leading S or 1P may be a data identifier: only serials that all look like the whole text close
// the question.
bool is_open(const label::Label& label, const GateContext& context) {
    if (label.readings.size() != 2) return false;
    const std::string symbology = context.symbology.substr(0, 2);
    return inventory::misfit(context.shape, label.readings[0], symbology).has_value() ||
           !inventory::misfit(context.shape, label.readings[1], symbology).has_value();
}

}  // namespace

bool is_being_read(const Sight& sight) {
    return sight.unchanged_for < (sight.undecoded_bars ? kBarsGivenUpAfter : kSettledAfter);
}

GateAnswer may_act_alone(const label::Label& label, const Sight& sight, const GateContext& context,
                         const GateSession& session) {
    if (sight.labels_in_aim > 1 && !sight.counts_many)
        return {ActGate::Nothing, "one at a time: two labels are in the frame"};
    if (label.trust == Trust::Operator) return {ActGate::Alone, label.why};
    if (is_being_read(sight)) return {ActGate::Wait, "hold still: the label is still being read"};
    if (const std::string other = other_meaning(label, context); !other.empty())
        return {ActGate::Nothing, "it is " + other + ", not a serial number"};
    if (session.other_box)
        return {ActGate::Ask, "it stood on another box, too: is this the part number?"};
    if (session.handled) return {ActGate::Counted, "counted already"};
    if (label.trust == Trust::Named || label.trust == Trust::Profile)
        return {ActGate::Alone, label.why};
    if (sight.undecoded_bars) return {ActGate::Ask, "a barcode beside it could not be read"};
    if (is_open(label, context)) return {ActGate::Ask, "its beginning may be a data identifier"};
    if (const auto why =
            inventory::misfit(context.shape, *label.serial, context.symbology.substr(0, 2)))
        return {ActGate::Ask, *why};
    return {ActGate::Alone, label.why + ", like the others"};
}

std::optional<std::string> disarmed_by(const Arming& arming) {
    if (arming.order_complete) return "the order is complete";
    if (arming.operator_changed) return "another operator signed in";
    if (arming.woke) return "the device was asleep";
    if (arming.idle >= kDisarmedAfter) return "two minutes without an act";
    return std::nullopt;
}

}  // namespace app

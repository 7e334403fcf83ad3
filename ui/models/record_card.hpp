// The record card as data: what it says about a unit and which buttons stand under it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/command.hpp"
#include "app/state.hpp"

namespace ui {

enum class ActStyle : std::uint8_t {
    Accent,  // the next act of this station; at most one
    Plain,
    Danger,  // flags the unit as damaged
};

struct ActButton {
    std::string words;
    app::Command command;
    ActStyle style = ActStyle::Plain;
};

struct CardField {
    std::string name;   // "Lot"
    std::string value;  // "L-22", or "none" in words
    bool given = true;  // false: nothing is recorded, and the value says so
};

// What keeps the unit from being sold or reserved, or (Ask) is to be looked at.
struct CardStop {
    const char* icon;
    std::string words;  // "On hold: wet carton"
    app::Tone tone = app::Tone::Stop;
};

struct WarrantyLine {
    inventory::WarrantyState state = inventory::WarrantyState::None;
    std::string words;     // "463 days left"
    double share = 0;      // of the time from purchase to expiry that is left, 0–1
    bool has_bar = false;  // both dates are known and there is a verdict
};

struct RecordCard {
    std::string serial;
    std::string variant;  // "Router X"
    std::string sku;      // "ROUTER-X"; empty when it is what `variant` says
    inventory::Status status = inventory::kInitialStatus;
    std::vector<CardStop> stops;
    std::optional<ActButton> settle;  // leads to its conflict
    std::vector<CardField> fields;    // Lot, Warehouse, Location, Purchase Date, Warranty Expiry
    std::vector<CardField> sale;      // what is in force and known: Client, Order, RMA, Reason …
    WarrantyLine warranty;
    // Record::actions in their order, at Returns with the one-tap pair.
    std::vector<ActButton> acts;
    std::optional<ActButton> undo;
    std::vector<app::TimelineEntry> timeline;
};

// `reason` goes with the acts; it is what the operator typed, or empty.
RecordCard make_record_card(const app::Record& record, app::Screen screen, const std::string& today,
                            const std::string& reason);

// The undo of the last act of this device, for when no record with an undo of its own is shown.
std::optional<ActButton> make_device_undo(const app::State& state);

}  // namespace ui

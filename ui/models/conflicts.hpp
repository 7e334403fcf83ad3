// The conflict inbox as data: one sentence, both sides, and how it can be settled.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/command.hpp"
#include "app/state.hpp"
#include "ui/models/record_card.hpp"

namespace ui {

struct SettleButton {
    std::string words;  // "Keep A"
    app::Settle command;
    bool enabled = true;
};

// What one person did, and the button that says this is right.
struct SideCard {
    std::string letter;  // "A"; empty when there is only one side
    std::string what;
    std::vector<CardField> fields;  // Who, When, Device, Its clock
    std::vector<SettleButton> settle;
};

struct ConflictCard {
    app::Tone tone = app::Tone::Ask;
    std::string severity;  // "HIGH · not for sale until it is settled"
    std::string sentence;
    std::vector<SideCard> sides;
    std::vector<SettleButton> settle;  // what is neither side alone, such as two boxes
    bool asks_reason = false;
    bool asks_serial = false;  // of the second box
    std::string note;          // why it cannot be settled here; empty when it can
};

// `reason` and `serial` are what was typed; a choice that lacks what it needs is not enabled.
ConflictCard make_conflict_card(const app::Conflict& conflict, const std::string& reason,
                                const std::string& serial);

// The one that is shown beside the list; null = none.
const app::Conflict* shown_conflict(const app::State& state, bool wide);

// "50 of 312, the gravest first"; empty when all are in the list.
std::string conflicts_left_out(const app::State& state);

// On the symbol in the navigation: "3", "99+", empty for none.
std::string conflict_badge(std::int64_t count);

}  // namespace ui

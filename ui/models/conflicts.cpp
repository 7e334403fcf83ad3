#include "ui/models/conflicts.hpp"

namespace ui {
namespace {

// Which side a choice keeps: "a" the first, "b" the second.
constexpr std::string_view kSideIds[] = {"a", "b"};

SideCard make_side(const app::ConflictSide& side) {
    SideCard card;
    card.what = side.what;
    const auto field = [&](const char* name, const std::string& value, const char* otherwise) {
        card.fields.push_back({name, value.empty() ? otherwise : value, !value.empty()});
    };
    field("Who", side.who, "not named");
    field("When", side.at, "not named");
    field("Device", side.device, "not named");
    field("Its clock", side.clock, "never compared");
    return card;
}

}  // namespace

ConflictCard make_conflict_card(const app::Conflict& conflict, const std::string& reason,
                                const std::string& serial) {
    ConflictCard card;
    card.tone = conflict.sellable ? app::Tone::Ask : app::Tone::Stop;
    card.severity = conflict.severity + " \xC2\xB7 " +
                    (conflict.sellable ? "can be sold meanwhile" : "not for sale until settled");
    card.sentence = conflict.sentence;
    card.asks_reason = conflict.needs_reason && !conflict.choices.empty();
    const bool alone = conflict.sides.size() < 2;
    for (const app::ConflictSide& side : conflict.sides) card.sides.push_back(make_side(side));
    for (std::size_t i = 0; !alone && i < card.sides.size() && i < std::size(kSideIds); ++i)
        card.sides[i].letter = i == 0 ? "A" : "B";
    for (const app::ConflictChoice& choice : conflict.choices) {
        SettleButton button{
            choice.words,
            {conflict.id, choice.id, choice.needs_serial ? serial : std::string(), reason}};
        button.enabled =
            !(conflict.needs_reason && reason.empty()) && !(choice.needs_serial && serial.empty());
        card.asks_serial = card.asks_serial || choice.needs_serial;
        const bool second = choice.id == kSideIds[1];
        if (alone) {
            button.words = "Leave it out";
            card.settle.push_back(std::move(button));
        } else if (second || choice.id == kSideIds[0]) {
            SideCard& side = card.sides[second ? 1 : 0];
            button.words = "Keep " + side.letter;
            side.settle.push_back(std::move(button));
        } else {
            if (choice.needs_serial) button.words = "Two boxes: B gets its own serial";
            card.settle.push_back(std::move(button));
        }
    }
    if (conflict.choices.empty())
        card.note = "This version does not know these acts; a newer one settles them.";
    return card;
}

const app::Conflict* shown_conflict(const app::State& state, bool wide) {
    if (state.conflict) return &*state.conflict;
    return wide && !state.conflicts->empty() ? &state.conflicts->front() : nullptr;
}

std::string conflicts_left_out(const app::State& state) {
    const auto here = std::ssize(*state.conflicts);
    if (state.conflict_count <= here) return "";
    return std::to_string(here) + " of " + std::to_string(state.conflict_count) +
           ", the gravest first";
}

std::string conflict_badge(std::int64_t count) {
    if (count <= 0) return "";
    return count > 99 ? "99+" : std::to_string(count);
}

}  // namespace ui

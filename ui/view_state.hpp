// What belongs to the window alone: the text being typed, the open sheet, the flash. Everything
// else that a screen shows is in app::State.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/state.hpp"
#include "ui/window.hpp"

namespace ui {

// How long the right half shows the tone of a new feedback.
inline constexpr double kFlashSeconds = 0.6;

enum class ReferenceKind : std::uint8_t { Variant, Lot, Warehouse, Location };

// Who asked for a sheet and gets what is chosen.
enum class SheetOwner : std::uint8_t { ReceiveContext, AddForm, Profile };

// A list to choose reference data from, or (`adding`) the small form that adds one.
struct Sheet {
    ReferenceKind kind = ReferenceKind::Variant;
    SheetOwner owner = SheetOwner::ReceiveContext;
    bool adding = false;
    bool begun_adding = false;  // opened as a form: Back closes it instead of showing the list
    std::string search;
    std::array<std::string, 4> texts;  // of the form, in the order of form_fields()
    std::uint64_t added_before = 0;    // State::reference.added when the form was opened
    bool sent = false;                 // the form was sent and not yet answered
    std::uint64_t sent_revision = 0;   // State::revision when it was sent
};

// Where the list stood when it was last drawn.
struct ListPlace {
    app::List list;
    std::size_t top = 0;  // index of the row at the upper edge
    float hidden = 0;     // pixels of that row above the edge
    bool asked = false;   // rows before or behind these were asked for
};

// What is typed to settle one conflict.
struct Settling {
    std::string conflict;        // its id
    std::string reason, serial;  // serial: of the second box
};

// A label profile as it is typed; numbers as texts.
struct ProfileDraft {
    std::string variant;  // SKU
    std::string pattern, skip, take, strip, symbology;
    bool is_express = false;
    std::string sample;     // the code to try it on
    bool removing = false;  // asked whether it is to be removed
};

struct ViewState {
    Theme theme = Theme::Dark;
    std::string typed;          // the serial being typed at a station
    std::string client, order;  // of the dispatch station
    std::string reason;         // of a return
    std::string search;         // of the list
    bool only_once = false;     // the next choice of a serial is not to be remembered
    app::UnitDraft draft;       // the Add Serial Number form
    Settling settling;
    std::optional<ProfileDraft> profile;  // the one that is open
    std::optional<Sheet> sheet;

    // What of State the texts above were last taken from.
    std::uint64_t draft_number = 0;
    bool followed = false;  // true after the first State
    std::string seen_client, seen_order, seen_search;
    app::Screen seen_screen = app::Screen::Receive;
    std::uint64_t seen_profile_put = 0, seen_profile_scans = 0;

    ListPlace list_place;

    std::uint64_t flash_number = 0;
    double flash_began = -kFlashSeconds;  // seconds of the window's clock
};

// Takes over what `state` changed: a new draft, another client, an added reference, a new feedback.
// `typing`: a text field has the focus, whose text must not be changed under the fingers.
// Returns what is to be asked of the application: an added variant becomes the context's.
std::optional<app::Command> follow(ViewState& view, const app::State& state, double now,
                                   bool typing);

// 1 when the flash just began, 0 when it is over.
double flash_strength(const ViewState& view, double now);

}  // namespace ui

// What the stations say besides the record: hints, the verdict of a return, the first start.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/state.hpp"
#include "ui/view_state.hpp"

namespace ui {

// A sentence pair for a place where there is nothing to show yet: what is so, and what to do.
struct Hint {
    const char* icon = nullptr;
    std::string headline;
    std::string detail;
    app::Tone tone = app::Tone::None;
};

// In the middle of the live view when there is no picture. Never empty words.
Hint make_no_picture_hint(const scanner::CameraStatus& camera);

// A line at the foot of the picture: what would help to read the label, or over a frozen picture
// the camera's state.
Hint make_live_hint(const app::State& state, const scanner::LiveView& live);

// Where the record will be, before the first scan.
Hint make_waiting_hint(const app::State& state);

// The camera's state in the navigation.
struct CameraChip {
    const char* icon = nullptr;
    std::string words;
    bool well = true;  // false: it is not there when it should be
};
CameraChip make_camera_chip(const scanner::CameraStatus& camera);

// The steps of an empty database. Empty when there is a warehouse and a variant.
struct FirstStep {
    std::string words;
    std::string detail;
    bool done = false;
    bool next = false;   // the one to do now
    std::string button;  // "Add a warehouse"; empty where a scan is the step
    ReferenceKind adds = ReferenceKind::Warehouse;
};
std::vector<FirstStep> make_first_steps(const app::State& state);

// Whose unit it is and whether it is under warranty, for the returns counter.
struct Verdict {
    app::Tone tone = app::Tone::Note;
    std::string headline;  // "Ours, in warranty"
    std::string detail;    // "Sold to Client K on 3 Feb 2026, order 4711 · 463 days left"
};
Verdict make_verdict(const app::Record& record);

// The receiving context in one line: "Router X · L-22 · MAIN / A-03".
std::string receive_context_words(const app::State& state);

}  // namespace ui

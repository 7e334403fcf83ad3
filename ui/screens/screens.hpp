// Every screen of the program; start with draw_screens(). A screen is a function of the State and
// of the text being typed (canvas.view); what it asks for goes to canvas.commands.
#pragma once

#include "ui/canvas.hpp"
#include "ui/window.hpp"

namespace ui {

struct Scene {
    const app::State& state;
    const LiveView& live;
    bool wide = true;  // two halves beside each other; otherwise one column, as on a handheld
};

// The whole window: navigation, notices, the current screen and the sheet over it. Call between
// ImGui::NewFrame() and ImGui::Render().
void draw_screens(Canvas& canvas, const app::State& state, const LiveView& live, const Box& window);

}  // namespace ui

namespace ui::screens {

// The current screen, in the box that the shell leaves.
void receive(Canvas& canvas, const Scene& scene, const Box& box);
void dispatch(Canvas& canvas, const Scene& scene, const Box& box);
void returns(Canvas& canvas, const Scene& scene, const Box& box);
void units(Canvas& canvas, const Scene& scene, const Box& box);
void conflicts(Canvas& canvas, const Scene& scene, const Box& box);
void hardware_scanner(Canvas& canvas, const Scene& scene, const Box& box);
void profiles(Canvas& canvas, const Scene& scene, const Box& box);
void add_unit(Canvas& canvas, const Scene& scene, const Box& box);

// Parts that screens share.
void live_view(Canvas& canvas, const Scene& scene, const Box& box);
void candidates(Canvas& canvas, const Scene& scene, const Box& box);
void join_question(Canvas& canvas, const Box& box);
void first_steps(Canvas& canvas, const Scene& scene, const Box& box);
void record(Canvas& canvas, const Scene& scene, const app::Record& shown, const Box& box);
// How the last scan or act ended, taken from the top of the box; nothing when there was none.
void feedback(Canvas& canvas, const Scene& scene, Box& box);
// Feedback above; below it what the station has to say: candidates, a record, first steps, a hint.
void outcome(Canvas& canvas, const Scene& scene, Box box);

// A station: live view, outcome, and the context that stays set, whose part is drawn by `context`
// from the top of its box; it returns the height it used.
using ContextPart = float (*)(Canvas& canvas, const Scene& scene, const Box& box);
struct StationLook {
    ContextPart context;
    const char* summary_title;  // of the line that stands for the context where room is scarce
    std::string summary;        // "Router X · L-22 · MAIN / A-03"
    int count;
    const char* counted;  // "received"; null = nothing is counted
};
void station(Canvas& canvas, const Scene& scene, Box box, const StationLook& look);

// The sheet over the screen; nothing when none is open.
void sheet(Canvas& canvas, const Scene& scene, const Box& window);
void open_profile(Canvas& canvas, const app::State& state, const std::string& sku);
void open_sheet(Canvas& canvas, const Scene& scene, ReferenceKind kind, SheetOwner owner,
                bool adding);

}  // namespace ui::screens

#include <algorithm>
#include <string>
#include <vector>

#include "ui/icons.hpp"
#include "ui/models/conflicts.hpp"
#include "ui/screens/screens.hpp"
#include "ui/widgets/button.hpp"
#include "ui/widgets/pieces.hpp"

namespace ui {
namespace {

using app::Screen;

struct Destination {
    Screen screen;
    const char* words;
    const char* short_words;  // under the symbol of a handheld's bottom bar
    const char* icon;
};
constexpr Destination kDestinations[] = {
    {Screen::Receive, "Receive", "Receive", icon::kReceive},
    {Screen::Dispatch, "Dispatch", "Dispatch", icon::kTruck},
    {Screen::Returns, "Returns", "Returns", icon::kReturn},
    {Screen::Units, "Serial Numbers", "Serials", icon::kList},
    {Screen::Conflicts, "Conflicts", "Conflicts", icon::kConflict},
};

constexpr float kBarHeight = 64;
constexpr float kBottomBarHeight = 72;
constexpr float kWideFrom = 900;  // 96 dpi pixels; below it two halves are too narrow for gloves

// The form belongs to the list it was opened from.
bool leads_to(const Destination& place, Screen screen) {
    return place.screen == screen || (place.screen == Screen::Units && screen == Screen::Add);
}

// The sign of the program: bars that become a trail.
void brand(const Canvas& canvas, const Box& box) {
    constexpr float kBars[][3] = {{0, 20, 4}, {7, 26, 3}, {13, 14, 5}, {21, 22, 3}, {27, 9, 4}};
    for (const auto& bar : kBars) {
        const float height = canvas.px(bar[1]);
        fill(canvas,
             {box.x + canvas.px(bar[0]), box.middle_y() - height / 2, canvas.px(bar[2]), height},
             canvas.colours.accent, 1.5F);
    }
}

// What the bar says of the station.
struct Note {
    const char* icon;
    Colour colour;
    std::string words;  // "" = nothing to say
    std::string brief;  // where there is little room, "" = the icon says it
    float room;
};

float note_width(const Canvas& canvas, const std::string& words) {
    return canvas.px(words.empty() ? 22 : 28) + text_width(canvas.fonts.label, words);
}

void put_note(const Canvas& canvas, Box& bar, const Note& note, bool is_brief) {
    const std::string& words = is_brief ? note.brief : note.words;
    const float whole = note_width(canvas, words), room = std::min(note.room, bar.w);
    // A stump of a word says nothing.
    if (note.words.empty() || (room < whole && room < canvas.px(100))) return;
    const Box place = bar.take_right(std::min(room, whole), canvas.px(20));
    put_icon(canvas, canvas.fonts.icon, {place.x, place.y, canvas.px(22), place.h}, note.colour,
             note.icon);
    if (words.empty()) return;  // the icon says it
    fit_text(canvas, canvas.fonts.label,
             {place.x + canvas.px(28), place.y, place.w - canvas.px(28), place.h}, note.colour,
             words);
}

// What must not be missing first; what is wrong with the sync has a notice of its own.
std::vector<Note> notes_of(const Canvas& canvas, const app::State& state) {
    const Palette& c = canvas.colours;
    const CameraChip camera = make_camera_chip(state.camera);
    const std::string sync = state.synced ? state.sync : "";
    return {{camera.icon, camera.well ? c.muted : c.stop, camera.words,
             camera.well ? "" : camera.words, canvas.px(160)},
            {icon::kSync, c.muted, sync, sync.substr(sync.rfind(' ') + 1), canvas.px(150)},
            {icon::kPlace, c.muted, state.place, state.place, canvas.px(170)},
            {icon::kPerson, c.muted, state.operator_name, state.operator_name, canvas.px(150)}};
}

void go(Canvas& canvas, const app::State& state, Screen screen) {
    if (state.screen != screen) canvas.ask(app::ShowScreen{screen});
}

// Theme and scanner buttons and the notes, from the right end inwards.
void status_notes(Canvas& canvas, const app::State& state, Box& bar) {
    const Box button = bar.take_right(canvas.px(kTouchHeight), canvas.px(12));
    const float down = (button.h - canvas.px(kTouchHeight)) / 2;
    if (widgets::icon_button(canvas, button.inset(0, down), icon::kTheme, "Theme"))
        canvas.view.theme = next_theme(canvas.view.theme);
    const Box keys = bar.take_right(canvas.px(kTouchHeight), canvas.px(4));
    if (widgets::icon_button(canvas, keys.inset(0, down), icon::kKeyboard, "Hardware scanner"))
        go(canvas, state, Screen::HardwareScanner);
    const Box labels = bar.take_right(canvas.px(kTouchHeight), canvas.px(4));
    if (widgets::icon_button(canvas, labels.inset(0, down), icon::kLabel, "Label profiles"))
        go(canvas, state, Screen::Profiles);
    const std::vector<Note> notes = notes_of(canvas, state);
    float whole = 0;
    for (const Note& note : notes)
        if (!note.words.empty())
            whole += std::min(note.room, note_width(canvas, note.words)) + canvas.px(20);
    for (const Note& note : notes) put_note(canvas, bar, note, whole > bar.w);
}

std::string badge_of(const Destination& place, const app::State& state) {
    return place.screen == Screen::Conflicts ? conflict_badge(state.conflict_count) : "";
}

void top_bar_wide(Canvas& canvas, const app::State& state, Box bar) {
    fill(canvas, bar, canvas.colours.raised, 0);
    rule(canvas, bar.x, bar.bottom() - canvas.px(1), bar.w);
    bar = bar.inset(canvas.px(16), canvas.px(6));
    brand(canvas, bar.take_left(canvas.px(32), canvas.px(16)));
    for (const Destination& place : kDestinations) {
        const float width = text_width(canvas.fonts.strong, place.words) + canvas.px(14 + 34 + 16);
        const Box button = bar.take_left(width, canvas.px(4));
        if (widgets::nav_button(canvas, button,
                                {place.icon, place.words, badge_of(place, state),
                                 leads_to(place, state.screen), false}))
            go(canvas, state, place.screen);
    }
    bar.take_left(canvas.px(12));
    status_notes(canvas, state, bar);
}

void top_bar_tall(Canvas& canvas, const app::State& state, Box bar) {
    fill(canvas, bar, canvas.colours.raised, 0);
    rule(canvas, bar.x, bar.bottom() - canvas.px(1), bar.w);
    bar = bar.inset(canvas.px(16), canvas.px(4));
    brand(canvas, bar.take_left(canvas.px(32), canvas.px(12)));
    const auto* here = std::ranges::find_if(
        kDestinations, [&](const Destination& place) { return leads_to(place, state.screen); });
    const char* title = here != std::end(kDestinations) ? here->short_words : "Scanner";
    if (state.screen == Screen::Add) title = "Add";
    if (state.screen == Screen::Profiles) title = "Labels";
    const Box name = bar.take_left(text_width(canvas.fonts.heading, title), canvas.px(12));
    fit_text(canvas, canvas.fonts.heading, name, canvas.colours.text, title);
    status_notes(canvas, state, bar);
}

void bottom_bar(Canvas& canvas, const app::State& state, const Box& bar) {
    fill(canvas, bar, canvas.colours.raised, 0);
    rule(canvas, bar.x, bar.y, bar.w);
    int index = 0;
    for (const Destination& place : kDestinations) {
        const Box button = bar.column(index++, static_cast<int>(std::size(kDestinations)), 0);
        if (widgets::nav_button(canvas, button,
                                {place.icon, place.short_words, badge_of(place, state),
                                 leads_to(place, state.screen), true}))
            go(canvas, state, place.screen);
    }
}

void notices(const Canvas& canvas, const app::State& state, Box& room) {
    const auto say = [&](app::Tone tone, const std::string& words) {
        if (words.empty()) return;
        const float height = widgets::notice_height(canvas, room.w, words);
        widgets::notice(canvas, room.take_top(height), tone, words);
    };
    say(app::Tone::Stop, state.trouble);
    say(app::Tone::Ask, state.date_warning);
    if (!state.synced) say(app::Tone::Ask, state.sync);
}

void current_screen(Canvas& canvas, const Scene& scene, const Box& box) {
    switch (scene.state.screen) {
        case Screen::Receive: screens::receive(canvas, scene, box); return;
        case Screen::Dispatch: screens::dispatch(canvas, scene, box); return;
        case Screen::Returns: screens::returns(canvas, scene, box); return;
        case Screen::Units: screens::units(canvas, scene, box); return;
        case Screen::Add: screens::add_unit(canvas, scene, box); return;
        case Screen::Conflicts: screens::conflicts(canvas, scene, box); return;
        case Screen::HardwareScanner: screens::hardware_scanner(canvas, scene, box); return;
        case Screen::Profiles: screens::profiles(canvas, scene, box); return;
    }
}

}  // namespace

void draw_screens(Canvas& canvas, const app::State& state, const LiveView& live,
                  const Box& window) {
    const bool wide = window.w >= canvas.px(kWideFrom) && window.w > window.h;
    const Scene scene{state, live, wide};
    ImGui::SetNextWindowPos({window.x, window.y});
    ImGui::SetNextWindowSize({window.w, window.h});
    ImGui::Begin("screen", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBringToFrontOnFocus |
                     ImGuiWindowFlags_NoScrollWithMouse);
    canvas.layer = 0;
    Box room = window;
    fill(canvas, window, canvas.colours.ground, 0);
    const Box top = room.take_top(canvas.px(wide ? kBarHeight : 56));
    if (wide)
        top_bar_wide(canvas, state, top);
    else
        top_bar_tall(canvas, state, top);
    const Box bottom = wide ? Box{} : room.take_bottom(canvas.px(kBottomBarHeight));
    notices(canvas, state, room);
    current_screen(canvas, scene, room);
    if (!wide) bottom_bar(canvas, state, bottom);
    ImGui::End();
    screens::sheet(canvas, scene, window);
}

}  // namespace ui

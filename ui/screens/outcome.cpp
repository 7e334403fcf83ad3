#include "ui/icons.hpp"
#include "ui/models/record_card.hpp"
#include "ui/models/stations.hpp"
#include "ui/screens/screens.hpp"
#include "ui/widgets/button.hpp"
#include "ui/widgets/pieces.hpp"

namespace ui::screens {
namespace {

constexpr float kGap = 16;

// One big button: the text as it would become a serial, and what it seems to be.
bool candidate_button(Canvas& canvas, const Box& box, const app::Candidate& candidate) {
    const Palette& c = canvas.colours;
    const Touch touched =
        touch(canvas, candidate.text, box,
              {.kind = WidgetKind::Button, .words = candidate.text, .enabled = !canvas.busy});
    const Colour ground = tinted(c, c.surface, c.accent);
    fill(canvas, box, touched.held || touched.hovered ? mix(ground, c.accent, 0.15) : ground);
    edge(canvas, box, c.accent, 2);
    Box inside = box.inset(canvas.px(16), canvas.px(12));
    const Box arrow = inside.take_right(canvas.px(30), canvas.px(8));
    put_icon(canvas, canvas.fonts.icon_large, arrow, c.accent, icon::kNext);
    const float used = put_serial(canvas, canvas.fonts.heading, inside, c.text, candidate.text);
    put_words(canvas, canvas.fonts.body, {inside.x, inside.y + used, inside.w, 0}, c.muted,
              candidate.seems);
    if (touched.focused) focus_ring(canvas, box);
    return touched.pressed;
}

float candidate_height(const Canvas& canvas, float width, const app::Candidate& candidate) {
    const float room = width - canvas.px(32 + 38);
    return canvas.px(24) + serial_height(canvas.fonts.heading, room, candidate.text) +
           words_height(canvas.fonts.body, room, candidate.seems);
}

// Returns where the step ends.
float first_step(Canvas& canvas, const Scene& scene, const Box& box, int number,
                 const FirstStep& step) {
    const Palette& c = canvas.colours;
    const float indent = canvas.px(56);
    const Box disc{box.x, box.y, canvas.px(40), canvas.px(40)};
    const Colour colour = step.done ? c.done : step.next ? c.accent : c.field_line;
    if (step.done || step.next)
        fill(canvas, disc, colour, 20);
    else
        edge(canvas, disc, colour, 2, 20);
    if (step.done)
        put_icon(canvas, canvas.fonts.icon, disc, c.on_tone, icon::kCheck);
    else
        fit_text(canvas, canvas.fonts.strong, disc, step.next ? c.on_accent : c.muted,
                 std::to_string(number), Align::Centre);
    const Box words{box.x + indent, box.y, box.w - indent, 0};
    float used =
        put_words(canvas, canvas.fonts.heading, words, step.done ? c.muted : c.text, step.words);
    used += put_words(canvas, canvas.fonts.body, {words.x, words.y + used, words.w, 0}, c.muted,
                      step.detail);
    if (step.next && !step.button.empty()) {
        const Box place{words.x, box.y + used + canvas.px(12), std::min(words.w, canvas.px(320)),
                        canvas.px(kActHeight)};
        if (widgets::button(canvas, place, step.button,
                            {.style = widgets::Style::Accent, .icon = icon::kAdd}))
            open_sheet(canvas, scene, step.adds, SheetOwner::ReceiveContext, true);
        used += canvas.px(12 + kActHeight);
    }
    return box.y + std::max(used, disc.h) + canvas.px(24);
}

// Whether the choice becomes the product's label profile: a button that says which, and changes it.
// Returns the height used.
float remember_row(Canvas& canvas, const app::State& state, const Box& box) {
    if (state.may_learn.empty()) return 0;
    bool& only_once = canvas.view.only_once;
    const Box place{box.x, box.y, std::min(box.w, canvas.px(420)), canvas.px(kTouchHeight)};
    if (widgets::button(canvas, place, only_once ? "Only this once" : "Use this one from now on",
                        {.icon = only_once ? icon::kClose : icon::kCheck}))
        only_once = !only_once;
    const std::string words =
        only_once ? "The next label of " + state.may_learn + " is asked again."
                  : "Labels of " + state.may_learn + " are then read the same way, without asking.";
    const float used = place.h + canvas.px(8);
    return used + put_words(canvas, canvas.fonts.body, {box.x, box.y + used, box.w, 0},
                            canvas.colours.muted, words);
}

}  // namespace

void first_steps(Canvas& canvas, const Scene& scene, const Box& box) {
    card(canvas, box);
    ScrollArea scroll(canvas, "first steps", box.inset(canvas.px(24)));
    const Box room = scroll.room();
    float y = room.y;
    y += put_words(canvas, canvas.fonts.display, {room.x, y, room.w, 0}, canvas.colours.text,
                   "Three steps to begin");
    y += put_words(canvas, canvas.fonts.body, {room.x, y, room.w, 0}, canvas.colours.muted,
                   "Everything is kept on this device.") +
         canvas.px(28);
    int number = 0;
    for (const FirstStep& step : make_first_steps(scene.state))
        y = first_step(canvas, scene, {room.x, y, room.w, 0}, ++number, step);
    scroll.end_at(y);
}

void candidates(Canvas& canvas, const Scene& scene, const Box& box) {
    card(canvas, box);
    ScrollArea scroll(canvas, "candidates", box.inset(canvas.px(kGap)));
    const Box room = scroll.room();
    float y = room.y;
    y += put_words(canvas, canvas.fonts.heading, {room.x, y, room.w, 0}, canvas.colours.text,
                   "Tap the serial number") +
         canvas.px(12);
    for (const app::Candidate& candidate : scene.state.candidates) {
        const float height = candidate_height(canvas, room.w, candidate);
        if (candidate_button(canvas, {room.x, y, room.w, height}, candidate))
            canvas.ask(app::Choose{candidate.text,
                                   !scene.state.may_learn.empty() && !canvas.view.only_once});
        y += height + canvas.px(12);
    }
    y += remember_row(canvas, scene.state, {room.x, y, room.w, 0});
    scroll.end_at(y);
}

void join_question(Canvas& canvas, const Box& box) {
    card(canvas, box);
    ScrollArea scroll(canvas, "join", box.inset(canvas.px(24)));
    const Box room = scroll.room();
    float y = room.y;
    y += put_words(canvas, canvas.fonts.display, {room.x, y, room.w, 0}, canvas.colours.text,
                   "Join the hub?") +
         canvas.px(12);
    y += put_words(canvas, canvas.fonts.body, {room.x, y, room.w, 0}, canvas.colours.muted,
                   "This station then shares its units with all others of the organization, "
                   "by itself, whenever the hub can be reached.") +
         canvas.px(28);
    if (widgets::button(canvas,
                        {room.x, y, std::min(room.w, canvas.px(320)), canvas.px(kActHeight)},
                        "Join", {.style = widgets::Style::Accent, .icon = icon::kDone}))
        canvas.ask(app::JoinHub{});
    scroll.end_at(y + canvas.px(kActHeight));
}

void feedback(Canvas& canvas, const Scene& scene, Box& box) {
    const app::Feedback& said = scene.state.feedback;
    if (said.tone == app::Tone::None) return;
    const float height = widgets::feedback_height(canvas, box.w, said);
    widgets::feedback_band(canvas, box.take_top(height, canvas.px(scene.wide ? kGap : 8)), said,
                           flash_strength(canvas.view, canvas.now));
}

void outcome(Canvas& canvas, const Scene& scene, Box box) {
    const app::State& state = scene.state;
    // At the returns counter the verdict on the card says what a mere note would.
    const bool noted = state.screen == app::Screen::Returns && state.record &&
                       state.feedback.tone == app::Tone::Note;
    if (!noted) feedback(canvas, scene, box);
    if (state.asks_to_join) {
        join_question(canvas, box);
    } else if (!state.candidates.empty()) {
        candidates(canvas, scene, box);
    } else if (state.record) {
        record(canvas, scene, *state.record, box);
    } else if (!make_first_steps(state).empty() && state.screen == app::Screen::Receive) {
        first_steps(canvas, scene, box);
    } else {
        card(canvas, box);
        Box inside = box.inset(canvas.px(kGap));
        if (const auto undo = make_device_undo(state)) {
            const Box place = inside.take_bottom(canvas.px(kTouchHeight), canvas.px(8));
            if (widgets::button(canvas, place, undo->words, {.icon = icon::kUndo}))
                canvas.ask(undo->command);
        }
        widgets::empty_state(canvas, inside, make_waiting_hint(state));
    }
}

}  // namespace ui::screens

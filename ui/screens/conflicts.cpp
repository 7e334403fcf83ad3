#include <algorithm>
#include <cmath>

#include "ui/icons.hpp"
#include "ui/models/conflicts.hpp"
#include "ui/models/stations.hpp"
#include "ui/screens/screens.hpp"
#include "ui/widgets/button.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/pieces.hpp"

namespace ui::screens {
namespace {

constexpr float kGap = 16;
constexpr float kRowHeight = 72;

// What was typed belongs to one conflict and goes with it.
Settling& settling(Canvas& canvas, const app::Conflict& conflict) {
    Settling& typed = canvas.view.settling;
    if (typed.conflict != conflict.id) typed = {conflict.id, "", ""};
    return typed;
}

void row(Canvas& canvas, const app::Conflict& conflict, const Box& box, bool chosen) {
    const Palette& c = canvas.colours;
    const Touch touched =
        touch(canvas, conflict.id, box, {.kind = WidgetKind::Row, .words = conflict.serial});
    widgets::row_ground(canvas, box, touched, chosen);
    Box inside = box.inset(canvas.px(12), canvas.px(10));
    const app::Tone tone = conflict.sellable ? app::Tone::Ask : app::Tone::Stop;
    put_icon(canvas, canvas.fonts.icon, inside.take_left(canvas.px(24), canvas.px(12)),
             tone_colour(c, tone), icon::kConflict);
    Box head = inside.take_top(canvas.px(27));
    const Box severity =
        head.take_right(text_width(canvas.fonts.label, conflict.severity) + 1, canvas.px(8));
    fit_text(canvas, canvas.fonts.label, severity, c.muted, conflict.severity);
    fit_serial(canvas, canvas.fonts.strong, head, c.text, conflict.serial);
    fit_text(canvas, canvas.fonts.caption, inside, c.muted, conflict.sentence);
    if (touched.pressed) canvas.ask(app::OpenConflict{conflict.id});
}

void list(Canvas& canvas, const Scene& scene, const Box& box) {
    card(canvas, box);
    const app::Conflict* chosen = shown_conflict(scene.state, scene.wide);
    ScrollArea scroll(canvas, "conflicts", box.inset(canvas.px(8)));
    const Box room = scroll.room();
    float y = room.y;
    for (const app::Conflict& conflict : *scene.state.conflicts) {
        row(canvas, conflict, {room.x, y, room.w, canvas.px(kRowHeight)},
            chosen != nullptr && chosen->id == conflict.id);
        y += canvas.px(kRowHeight);
    }
    if (const std::string words = conflicts_left_out(scene.state); !words.empty())
        y += put_words(canvas, canvas.fonts.caption,
                       {room.x + canvas.px(12), y + canvas.px(8), room.w, 0}, canvas.colours.muted,
                       words) +
             canvas.px(16);
    scroll.end_at(y);
}

void settle_button(Canvas& canvas, const Box& box, const SettleButton& button) {
    // No side is the suggested one: none is drawn as the next act.
    if (widgets::button(canvas, box, button.words,
                        {.icon = icon::kCheck, .enabled = button.enabled}))
        canvas.ask(button.command);
}

// The card of one side from the top of the box, without its ground; returns where it ends.
float side_words(const Canvas& canvas, const SideCard& side, Box inside) {
    const Palette& c = canvas.colours;
    if (!side.letter.empty()) {
        const Box disc = inside.take_left(canvas.px(32), canvas.px(12));
        edge(canvas, {disc.x, disc.y, disc.w, disc.w}, c.accent, 2, 16);
        fit_text(canvas, canvas.fonts.strong, {disc.x, disc.y, disc.w, disc.w}, c.text, side.letter,
                 Align::Centre);
    }
    float y = inside.y + canvas.px(4);
    y += put_words(canvas, canvas.fonts.strong, {inside.x, y, inside.w, 0}, c.text, side.what) +
         canvas.px(12);
    for (const CardField& field : side.fields)
        y += widgets::labelled_value(canvas, {inside.x, y, inside.w, 0}, field) + canvas.px(8);
    return y;
}

// The height that side_words() and the button need in a card of this width.
float side_height(const Canvas& canvas, const SideCard& side, float width) {
    const float room = width - canvas.px(2 * kGap) - (side.letter.empty() ? 0 : canvas.px(44));
    float height =
        canvas.px(kGap + 4) + words_height(canvas.fonts.strong, room, side.what) + canvas.px(12);
    for (const CardField& field : side.fields)
        height +=
            canvas.px(22 + 8) +
            words_height(field.given ? canvas.fonts.strong : canvas.fonts.body, room, field.value);
    return height + canvas.px(side.settle.empty() ? 8.0F : kActHeight + 8 + kGap);
}

void side_card(Canvas& canvas, const SideCard& side, const Box& box) {
    const Palette& c = canvas.colours;
    fill(canvas, box, c.raised);
    edge(canvas, box, c.line, c.edge > 1 ? 2.0F : 1.0F);
    Box inside = box.inset(canvas.px(kGap));
    side_words(canvas, side, inside);
    for (const SettleButton& button : side.settle)
        settle_button(canvas, inside.take_bottom(canvas.px(kActHeight)), button);
}

// Beside each other where both have room; returns the height used.
float sides(Canvas& canvas, const ConflictCard& made, const Box& box) {
    const float gap = canvas.px(12);
    const bool beside = made.sides.size() == 2 && box.w >= canvas.px(520);
    const int columns = beside ? 2 : 1;
    float height = 0;
    for (const SideCard& side : made.sides)
        height = std::max(height, side_height(canvas, side, box.column(0, columns, gap).w));
    float y = box.y;
    int column = 0;
    for (const SideCard& side : made.sides) {
        Box place = box.column(beside ? column++ : 0, columns, gap);
        place.y = y;
        place.h = height;
        side_card(canvas, side, place);
        if (!beside) y += height + gap;
    }
    return beside ? height + gap : y - box.y;
}

// What has to be typed before it can be settled; returns the height used.
float asked_for(Canvas& canvas, const ConflictCard& made, Settling& typed, const Box& box) {
    const float height = widgets::field_height(canvas, true);
    float y = box.y;
    const auto field = [&](std::string& text, const char* label, const char* hint) {
        widgets::text_field(canvas, {box.x, y, box.w, height}, text,
                            {.label = label, .hint = hint});
        y += height + canvas.px(12);
    };
    if (made.asks_reason) field(typed.reason, "Reason", "Needed: how do you know?");
    if (made.asks_serial) field(typed.serial, "Serial of B", "Only if there are two boxes");
    return y - box.y;
}

// From the serial down to the last button; returns where it ends.
float contents(Canvas& canvas, const app::Conflict& conflict, const Box& room) {
    Settling& typed = settling(canvas, conflict);
    const ConflictCard made = make_conflict_card(conflict, typed.reason, typed.serial);
    const auto rest = [&](float y) { return Box{room.x, y, room.w, room.h}; };
    float y = room.y;
    y += put_serial(canvas, canvas.fonts.heading, rest(y), canvas.colours.text, conflict.serial) +
         canvas.px(10);
    y += widgets::stop_line(canvas, rest(y), {icon::kConflict, made.sentence, made.tone}) +
         canvas.px(8);
    y += put_words(canvas, canvas.fonts.label, rest(y), canvas.colours.muted, made.severity) +
         canvas.px(kGap);
    y += asked_for(canvas, made, typed, rest(y));
    y += sides(canvas, made, rest(y));
    for (const SettleButton& button : made.settle) {
        settle_button(canvas, {room.x, y, room.w, canvas.px(kActHeight)}, button);
        y += canvas.px(kActHeight + 12);
    }
    if (!made.note.empty())
        y += put_words(canvas, canvas.fonts.body, rest(y), canvas.colours.muted, made.note) +
             canvas.px(12);
    const Box unit{room.x, y, std::min(room.w, canvas.px(220)), canvas.px(kTouchHeight)};
    if (widgets::button(canvas, unit, "Show the unit", {.icon = icon::kList})) {
        canvas.ask(app::ShowScreen{app::Screen::Units});
        canvas.ask(app::OpenUnit{conflict.serial});
    }
    return unit.bottom();
}

void detail(Canvas& canvas, const Scene& scene, const app::Conflict& conflict, const Box& box) {
    card(canvas, box);
    Box inside = box.inset(canvas.px(kGap));
    if (!scene.wide) {
        const Box back = inside.take_top(canvas.px(kTouchHeight), canvas.px(8));
        if (widgets::button(canvas, {back.x, back.y, canvas.px(120), back.h}, "Back",
                            {.icon = icon::kBack}))
            canvas.ask(app::OpenConflict{});
    }
    ScrollArea scroll(canvas, "conflict", inside);
    scroll.end_at(contents(canvas, conflict, scroll.room()));
}

}  // namespace

void conflicts(Canvas& canvas, const Scene& scene, const Box& box) {
    Box room = box.inset(canvas.px(scene.wide ? kGap : 8));
    feedback(canvas, scene, room);
    const app::Conflict* shown = shown_conflict(scene.state, scene.wide);
    if (scene.state.conflicts->empty() && shown == nullptr) {
        card(canvas, room);
        widgets::empty_state(canvas, room.inset(canvas.px(kGap)), make_waiting_hint(scene.state));
        return;
    }
    if (shown == nullptr) return list(canvas, scene, room);
    if (scene.wide)
        list(canvas, scene, room.take_left(std::round(room.w * 0.36F), canvas.px(kGap)));
    detail(canvas, scene, *shown, room);
}

}  // namespace ui::screens

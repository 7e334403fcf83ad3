#include <algorithm>
#include <cmath>

#include "ui/icons.hpp"
#include "ui/models/record_card.hpp"
#include "ui/models/stations.hpp"
#include "ui/screens/screens.hpp"
#include "ui/widgets/button.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/pieces.hpp"

namespace ui::screens {
namespace {

constexpr float kGap = 16;

void send_typed(Canvas& canvas) {
    if (canvas.view.typed.empty()) return;
    canvas.ask(app::Typed{canvas.view.typed});
    canvas.view.typed.clear();
}

// The field for a serial entered by hand, with its button; returns the height used.
float typed_row(Canvas& canvas, Box row) {
    row.h = widgets::field_height(canvas, false);
    const Box button = row.take_right(canvas.px(112), canvas.px(8));
    const auto typing = widgets::text_field(
        canvas, row, canvas.view.typed,
        {.name = "Serial", .hint = "Type a serial", .icon = icon::kEnter, .serial = true});
    const bool pressed =
        widgets::button(canvas, button, "Enter", {.enabled = !canvas.view.typed.empty()});
    if (typing.entered || pressed) send_typed(canvas);
    return row.h;
}

// One of the last scans: tap it to see its record.
void recent_row(Canvas& canvas, const Box& box, const app::ScanNote& note, std::size_t index) {
    const Palette& c = canvas.colours;
    Touch touched;
    if (!note.key.empty())
        touched = touch(canvas, "recent" + std::to_string(index), box,
                        {.kind = WidgetKind::Row, .words = note.serial});
    if (touched.hovered || touched.held) fill(canvas, box, mix(c.surface, c.text, 0.07), 8);
    Box inside = box.inset(canvas.px(6), 0);
    put_icon(canvas, canvas.fonts.icon, inside.take_left(canvas.px(24), canvas.px(8)),
             tone_colour(c, note.tone), widgets::tone_icon(note.tone));
    const float half = inside.h / 2;
    fit_serial(canvas, canvas.fonts.label, {inside.x, inside.y + canvas.px(3), inside.w, half},
               c.text, note.serial);
    fit_text(canvas, canvas.fonts.caption,
             {inside.x, inside.y + half - canvas.px(2), inside.w, half}, c.muted, note.words);
    if (touched.focused) focus_ring(canvas, box, 8);
    if (touched.pressed) canvas.ask(app::OpenUnit{note.key});
}

// Returns the height used.
float recent_scans(Canvas& canvas, const Scene& scene, const Box& box, int columns) {
    const auto& notes = scene.state.recent;
    const float height = canvas.px(kTouchHeight);
    float y = box.y;
    for (std::size_t i = 0; i < notes.size(); ++i) {
        const int column = static_cast<int>(i) % columns;
        Box cell = box.column(column, columns, canvas.px(8));
        cell.y = y;
        cell.h = height;
        recent_row(canvas, cell, notes[i], i);
        if (column + 1 == columns || i + 1 == notes.size()) y += height + canvas.px(4);
    }
    return y - box.y;
}

// "14 received", the total large; returns the width used.
float count_width(const Canvas& canvas, const StationLook& look) {
    if (look.counted == nullptr) return 0;
    return text_width(canvas.fonts.display, std::to_string(look.count)) +
           text_width(canvas.fonts.body, look.counted) + canvas.px(8);
}

void put_count(const Canvas& canvas, Box box, const StationLook& look) {
    const std::string total = std::to_string(look.count);
    const float width = text_width(canvas.fonts.display, total);
    fit_text(canvas, canvas.fonts.display, box.take_left(width + 1, canvas.px(7)),
             canvas.colours.text, total);
    box.y += canvas.px(5);
    fit_text(canvas, canvas.fonts.body, box, canvas.colours.muted, look.counted);
}

// Context, typing and the last scans in one scrolling column.
void context_column(Canvas& canvas, const Scene& scene, const Box& box, const StationLook& look) {
    card(canvas, box);
    ScrollArea scroll(canvas, "context", box.inset(canvas.px(kGap)));
    const Box room = scroll.room();
    float y = room.y;
    const float context = look.context(canvas, scene, room);
    if (context > 0) y += context + canvas.px(12);
    Box row{room.x, y, room.w, canvas.px(kTouchHeight)};
    if (look.counted != nullptr && room.w < canvas.px(520)) {
        put_count(canvas, {row.x, y, row.w, canvas.px(40)}, look);
        row.y = y += canvas.px(40 + 8);
    } else if (look.counted != nullptr) {
        const Box count = row.take_right(count_width(canvas, look) + canvas.px(4), canvas.px(kGap));
        put_count(canvas, count, look);
    }
    y += typed_row(canvas, row) + canvas.px(12);
    // Beside the live view there is no second half to hold it.
    const auto undo = scene.wide ? std::nullopt : make_device_undo(scene.state);
    if (undo) {
        const Box place{room.x, y, room.w, canvas.px(kTouchHeight)};
        if (widgets::button(canvas, place, undo->words, {.icon = icon::kUndo}))
            canvas.ask(undo->command);
        y += canvas.px(kTouchHeight + 12);
    }
    y += recent_scans(canvas, scene, {room.x, y, room.w, 0}, room.w > canvas.px(420) ? 2 : 1);
    scroll.end_at(y - canvas.px(4));
}

// The whole half turns to the tone of a new feedback and calmly back.
void flash(const Canvas& canvas, const Scene& scene, const Box& half) {
    const double strength = flash_strength(canvas.view, canvas.now);
    if (strength <= 0) return;
    const Colour tone = tone_colour(canvas.colours, scene.state.feedback.tone);
    fill(canvas, half, mix(canvas.colours.ground, tone, 0.85 * strength), 0);
}

void station_wide(Canvas& canvas, const Scene& scene, Box box, const StationLook& look) {
    const float left_width = std::round(box.w * 0.52F);
    flash(canvas, scene, {box.x + left_width, box.y, box.w - left_width, box.h});
    box = box.inset(canvas.px(kGap));
    Box left = box.take_left(left_width - canvas.px(kGap * 1.5F), canvas.px(kGap));
    const float view = std::min(left.w * 9 / 16, left.h * 0.56F);
    live_view(canvas, scene, left.take_top(view, canvas.px(kGap)));
    context_column(canvas, scene, left, look);
    outcome(canvas, scene, box);
}

// The context as one line that leads back to it; it is where a record stands.
void summary_line(Canvas& canvas, const Box& box, const StationLook& look) {
    const Palette& c = canvas.colours;
    const Touch touched =
        touch(canvas, "summary", box, {.kind = WidgetKind::Row, .words = look.summary_title});
    fill(canvas, box, touched.held ? mix(c.raised, c.text, 0.1) : c.raised, 0);
    rule(canvas, box.x, box.bottom() - canvas.px(1), box.w);
    Box inside = box.inset(canvas.px(kGap), 0);
    put_icon(canvas, canvas.fonts.icon, inside.take_left(canvas.px(24), canvas.px(8)), c.muted,
             icon::kBack);
    if (look.counted != nullptr) {
        const std::string total = std::to_string(look.count) + " " + look.counted;
        const Box place = inside.take_right(text_width(canvas.fonts.strong, total), canvas.px(12));
        fit_text(canvas, canvas.fonts.strong, place, c.text, total);
    }
    fit_text(canvas, canvas.fonts.body, inside, c.text,
             look.summary.empty() ? std::string_view(look.summary_title) : look.summary);
    if (touched.focused) focus_ring(canvas, box.inset(canvas.px(4)));
    if (touched.pressed) canvas.ask(app::CloseRecord{});
}

void station_tall(Canvas& canvas, const Scene& scene, Box box, const StationLook& look) {
    const app::State& state = scene.state;
    const bool answered =
        state.record.has_value() || !state.candidates.empty() || state.asks_to_join;
    const float share = answered ? 0.22F : 0.36F;
    live_view(canvas, scene, box.take_top(std::min(box.w * 3 / 4, box.h * share)));
    if (state.record && look.counted != nullptr)
        summary_line(canvas, box.take_top(canvas.px(kTouchHeight)), look);
    flash(canvas, scene, box);
    box = box.inset(canvas.px(8));
    const bool steps = state.screen == app::Screen::Receive && !make_first_steps(state).empty();
    if (answered || steps) {
        outcome(canvas, scene, box);
        return;
    }
    feedback(canvas, scene, box);
    context_column(canvas, scene, box, look);
}

}  // namespace

void station(Canvas& canvas, const Scene& scene, Box box, const StationLook& look) {
    if (scene.wide)
        station_wide(canvas, scene, box, look);
    else
        station_tall(canvas, scene, box, look);
}

}  // namespace ui::screens

#include <algorithm>
#include <cmath>

#include "ui/icons.hpp"
#include "ui/models/list.hpp"
#include "ui/screens/screens.hpp"
#include "ui/widgets/button.hpp"
#include "ui/widgets/chip.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/pieces.hpp"

namespace ui::screens {
namespace {

constexpr float kGap = 16;
constexpr float kRowHeight = 60;

void set_list(Canvas& canvas, std::optional<inventory::Status> tab, const std::string& search) {
    canvas.ask(app::SetList{tab, search});
}

void search_row(Canvas& canvas, const Scene& scene, Box row) {
    const std::string_view words = scene.wide ? "Add Serial Number" : "Add";
    const float width = text_width(canvas.fonts.strong, words) + canvas.px(34 + 36);
    const Box add = row.take_right(width, canvas.px(12));
    const auto typing = widgets::text_field(
        canvas, row, canvas.view.search,
        {.name = "Search", .hint = "Search any part of a serial", .icon = icon::kSearch});
    if (typing.changed) set_list(canvas, scene.state.list.tab, canvas.view.search);
    if (widgets::button(canvas, add, words, {.style = widgets::Style::Accent, .icon = icon::kAdd}))
        canvas.ask(app::ShowScreen{app::Screen::Add});
}

// Six in a row, or three and three on a handheld: none is hidden behind an edge.
float tabs(Canvas& canvas, const Scene& scene, const Box& box) {
    const int columns = box.w < canvas.px(560) ? 3 : 6;
    const float height = canvas.px(kTouchHeight);
    const float gap = canvas.px(4);
    int index = 0;
    for (const StatusTab& tab : make_tabs(scene.state)) {
        const int line = index / columns;
        Box place = box.column(index % columns, columns, gap);
        place.y += static_cast<float>(line) * (height + gap);
        place.h = height;
        if (widgets::choice(canvas, place, {tab.words, tab.count, tab.chosen}))
            set_list(canvas, tab.status, canvas.view.search);
        ++index;
    }
    return columns == 6 ? height : 2 * height + gap;
}

void row(Canvas& canvas, const app::ListRow& shown, const Box& box, bool chosen) {
    const Palette& c = canvas.colours;
    const Touch touched =
        touch(canvas, shown.key, box, {.kind = WidgetKind::Row, .words = shown.serial});
    widgets::row_ground(canvas, box, touched, chosen);
    Box inside = box.inset(canvas.px(12), canvas.px(7));
    const float width = widgets::chip_width(canvas, shown.status);
    const Box place = inside.take_right(width, canvas.px(12));
    widgets::chip(canvas, place.x, box.middle_y() - widgets::chip_height(canvas) / 2, shown.status);
    const Box serial = inside.take_top(canvas.px(25));
    fit_serial(canvas, canvas.fonts.strong, serial, c.text, shown.serial);
    std::string words = shown.variant_name;
    for (const std::string& part : {shown.place, shown.detail})
        if (!part.empty()) words += (words.empty() ? "" : " \xC2\xB7 ") + part;
    fit_text(canvas, canvas.fonts.caption, {inside.x, inside.y, inside.w, canvas.px(20)}, c.muted,
             words);
    if (touched.pressed) canvas.ask(app::OpenUnit{shown.key});
}

// Asks for rows before less than two screens of them are left above or below.
void ask_for_rows(Canvas& canvas, const app::List& list, float above, float below, float screen) {
    ListPlace& place = canvas.view.list_place;
    const bool previous = list.before && above < 2 * screen;
    const bool next = list.more && below < 2 * screen;
    if (place.asked || (!previous && !next)) return;
    place.asked = true;  // once for these rows
    if (next)
        canvas.ask(app::LoadNextRows{});
    else
        canvas.ask(app::LoadPreviousRows{});
}

void rows(Canvas& canvas, const Scene& scene, const Box& box) {
    const app::List& list = scene.state.list;
    const auto& all = *list.rows;
    const float height = canvas.px(kRowHeight);
    const float content = static_cast<float>(all.size()) * height;
    ListPlace& place = canvas.view.list_place;
    ScrollArea scroll(canvas, "rows", box,
                      ScrollArea::Content{content, follow_list(place, list, height)});
    const Box room = scroll.room();
    const std::string open = scene.state.record ? scene.state.record->unit.key : std::string();
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(all.size()), height);
    while (clipper.Step()) {
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) {
            const app::ListRow& shown = all[static_cast<std::size_t>(i)];
            const Box at{room.x, room.y + static_cast<float>(i) * height, room.w, height};
            row(canvas, shown, at, shown.key == open);
        }
    }
    clipper.End();
    scroll.end_at(room.y + content);
    const float above = std::max(0.0F, box.y - room.y);
    place.top = static_cast<std::size_t>(above / height);
    place.hidden = above - static_cast<float>(place.top) * height;
    ask_for_rows(canvas, list, above, content - above - box.h, box.h);
}

void no_rows(Canvas& canvas, const Scene& scene, const Box& box) {
    const EmptyList empty = make_empty_list(scene.state);
    Box place = box;
    if (!empty.clear.empty()) {
        const float height = widgets::empty_state_height(canvas, box.w, empty.hint);
        const float button = canvas.px(kTouchHeight + kGap);
        place.y += std::max(0.0F, (box.h - height - button) / 2);
        place.h = std::min(height, box.h);
        const float width = std::min(box.w, canvas.px(240));
        const Box clear{
            box.middle_x() - width / 2,
            std::min(place.bottom() + canvas.px(kGap), box.bottom() - canvas.px(kTouchHeight)),
            width, canvas.px(kTouchHeight)};
        if (widgets::button(canvas, clear, empty.clear, {.style = widgets::Style::Plain})) {
            canvas.view.search.clear();
            const bool searching = !scene.state.list.search.empty();
            set_list(canvas, searching ? scene.state.list.tab : std::nullopt, "");
        }
    }
    widgets::empty_state(canvas, place, empty.hint);
}

void list(Canvas& canvas, const Scene& scene, const Box& box) {
    if (scene.wide)
        card(canvas, box);
    else
        fill(canvas, box, canvas.colours.surface, 0);
    Box inside = box.inset(canvas.px(scene.wide ? kGap : 12));
    search_row(canvas, scene, inside.take_top(canvas.px(kTouchHeight), canvas.px(12)));
    inside.take_top(tabs(canvas, scene, inside), canvas.px(8));
    rule(canvas, box.x, inside.y, box.w);
    inside.take_top(canvas.px(4));
    if (scene.state.list.rows->empty())
        no_rows(canvas, scene, inside);
    else
        rows(canvas, scene, inside);
}

}  // namespace

void units(Canvas& canvas, const Scene& scene, const Box& box) {
    Box room = box.inset(canvas.px(scene.wide ? kGap : 8));
    if (!scene.wide) {
        const bool answered = scene.state.record || !scene.state.candidates.empty();
        if (answered) return outcome(canvas, scene, room);
        feedback(canvas, scene, room);
        const bool said = scene.state.feedback.tone != app::Tone::None;
        const float top = said ? room.y : box.y;
        return list(canvas, scene, {box.x, top, box.w, box.bottom() - top});
    }
    list(canvas, scene,
         room.take_left(std::round(box.w * 0.52F) - canvas.px(kGap * 1.5F), canvas.px(kGap)));
    if (!scene.state.record && scene.state.candidates.empty())
        live_view(canvas, scene, room.take_top(room.w * 9 / 16, canvas.px(kGap)));
    outcome(canvas, scene, room);
}

}  // namespace ui::screens

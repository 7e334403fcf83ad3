#include <algorithm>

#include "ui/icons.hpp"
#include "ui/models/list.hpp"
#include "ui/models/record_card.hpp"
#include "ui/models/stations.hpp"
#include "ui/screens/screens.hpp"
#include "ui/widgets/button.hpp"
#include "ui/widgets/chip.hpp"
#include "ui/widgets/pieces.hpp"

namespace ui::screens {
namespace {

constexpr float kGap = 16;

const char* act_icon(const app::Command& command) {
    const auto* act = std::get_if<app::Act>(&command);
    if (act == nullptr) return icon::kWarning;
    switch (act->action) {
        case inventory::Action::Sell: return icon::kTruck;
        case inventory::Action::Reserve: return icon::kBookmark;
        case inventory::Action::Restock: return icon::kBox;
        case inventory::Action::Return: return icon::kReturn;
        case inventory::Action::MarkDefective: return icon::kWarning;
    }
    return nullptr;
}

widgets::Style style_of(ActStyle style) {
    switch (style) {
        case ActStyle::Accent: return widgets::Style::Accent;
        case ActStyle::Plain: return widgets::Style::Plain;
        case ActStyle::Danger: return widgets::Style::Danger;
    }
    return widgets::Style::Plain;
}

int rows_of(std::size_t acts) { return acts == 0 ? 0 : acts <= 2 ? 1 : 2; }

float acts_height(const Canvas& canvas, std::size_t acts) {
    const int rows = rows_of(acts);
    return rows == 0 ? 0 : canvas.px(static_cast<float>(rows) * (kActHeight + 12) - 12);
}

// One or two acts stand side by side; of three the first has a row to itself.
void acts(Canvas& canvas, const std::vector<ActButton>& buttons, Box box) {
    const bool first_alone = buttons.size() == 3;
    const int beside = static_cast<int>(first_alone ? 2 : buttons.size());
    const float half = box.column(0, beside, canvas.px(12)).w;
    const bool small = std::ranges::any_of(buttons, [&](const ActButton& act) {
        return !widgets::fits_large(canvas, half, act.words);  // one size for all of them
    });
    int column = 0;
    for (std::size_t i = 0; i < buttons.size(); ++i) {
        const ActButton& act = buttons[i];
        Box place = box;
        place.h = canvas.px(kActHeight);
        if (first_alone && i == 0)
            box.take_top(canvas.px(kActHeight), canvas.px(12));
        else
            place = place.column(column++, beside, canvas.px(12));
        const widgets::ButtonLook look{.style = style_of(act.style),
                                       .icon = act_icon(act.command),
                                       .small = small && !(first_alone && i == 0)};
        if (widgets::button(canvas, place, act.words, look)) canvas.ask(act.command);
    }
}

// Serial and close button; returns the height used.
float headline(Canvas& canvas, const Scene& scene, const RecordCard& card, Box box) {
    const bool list = scene.state.screen == app::Screen::Units;
    Box line = box;
    const Box close{line.right() - canvas.px(kTouchHeight), line.y, canvas.px(kTouchHeight),
                    canvas.px(kTouchHeight)};
    if (widgets::icon_button(canvas, close, icon::kClose, list ? "Back" : "Close"))
        canvas.ask(app::CloseRecord{});
    line.take_right(canvas.px(kTouchHeight), canvas.px(8));
    const Face& face =
        card.serial.size() > 48 ? canvas.fonts.heading : canvas.fonts.display;  // a very long one
    line.y += canvas.px(3);
    return std::max(
        canvas.px(kTouchHeight),
        canvas.px(3) + put_serial(canvas, face, line, canvas.colours.text, card.serial));
}

// Chip and undo on one line, apart from the acts, which are costly.
float chip_line(Canvas& canvas, const RecordCard& card, Box box,
                const std::optional<ActButton>& undo) {
    constexpr auto kSize = widgets::ChipSize::Record;
    const float height = canvas.px(kTouchHeight);
    widgets::chip(canvas, box.x, box.y + (height - widgets::chip_height(canvas, kSize)) / 2,
                  card.status, kSize);
    if (!undo) return height;
    box.take_left(widgets::chip_width(canvas, card.status, kSize), canvas.px(12));
    const float wanted = text_width(canvas.fonts.strong, undo->words) + canvas.px(34 + 34);
    Box place{0, box.y, std::min(wanted, box.w), height};
    place.x = box.right() - place.w;
    if (widgets::button(canvas, place, undo->words,
                        {.style = widgets::Style::Plain, .icon = icon::kUndo}))
        canvas.ask(undo->command);
    return height;
}

float variant_line(const Canvas& canvas, const RecordCard& card, const Box& box) {
    const float gap = canvas.px(10);
    const float name = text_width(canvas.fonts.heading, card.variant);
    const float sku = text_width(canvas.fonts.body, card.sku);
    float used = put_words(canvas, canvas.fonts.heading, box, canvas.colours.text, card.variant);
    if (!card.sku.empty() && name + gap + sku <= box.w)
        put_text(canvas, canvas.fonts.body, box.x + name + gap,
                 box.y + (used - canvas.fonts.body.size) / 2 + canvas.px(2), canvas.colours.muted,
                 card.sku);
    else if (!card.sku.empty())
        used += put_words(canvas, canvas.fonts.body, {box.x, box.y + used, box.w, 0},
                          canvas.colours.muted, card.sku);
    return used;
}

// Names over values in columns; a row is as high as its highest value. The warranty, where it is
// given, takes the cell after the last field.
float field_grid(const Canvas& canvas, const Box& box, const std::vector<CardField>& fields,
                 int columns, const WarrantyLine* warranty = nullptr) {
    const std::size_t cells = fields.size() + (warranty != nullptr ? 1 : 0);
    float y = box.y;
    for (std::size_t row = 0; row < cells; row += static_cast<std::size_t>(columns)) {
        float height = 0;
        for (int column = 0; column < columns; ++column) {
            const std::size_t i = row + static_cast<std::size_t>(column);
            if (i >= cells) break;
            Box cell = box.column(column, columns, canvas.px(kGap));
            cell.y = y;
            height = std::max(height, i < fields.size()
                                          ? widgets::labelled_value(canvas, cell, fields[i])
                                          : widgets::warranty_bar(canvas, cell, *warranty));
        }
        y += height + canvas.px(12);
    }
    return y - box.y;
}

float verdict(const Canvas& canvas, const app::Record& shown, const Box& box) {
    const Verdict said = make_verdict(shown);
    const app::Feedback band{0, said.tone, said.headline, said.detail};
    const float height = widgets::feedback_height(canvas, box.w, band);
    widgets::feedback_band(canvas, {box.x, box.y, box.w, height}, band, 0);
    return height + canvas.px(kGap);
}

float section(const Canvas& canvas, const Box& box, float y, const char* title) {
    rule(canvas, box.x, y, box.w);
    fit_text(canvas, canvas.fonts.label, {box.x, y + canvas.px(12), box.w, canvas.px(20)},
             canvas.colours.muted, title);
    return canvas.px(12 + 20 + 10);
}

// From the serial down to the oldest event; returns where it ends.
float contents(Canvas& canvas, const Scene& scene, const app::Record& shown, const RecordCard& card,
               const Box& room) {
    const auto rest = [&](float y) { return Box{room.x, y, room.w, room.h}; };
    float y = room.y;
    y += headline(canvas, scene, card, rest(y)) + canvas.px(2);
    const auto undo = card.undo ? card.undo : make_device_undo(scene.state);
    y += chip_line(canvas, card, rest(y), undo) + canvas.px(10);
    const bool counter = scene.state.screen == app::Screen::Returns;
    if (counter) y += verdict(canvas, shown, rest(y));
    for (const CardStop& stop : card.stops)
        y += widgets::stop_line(canvas, rest(y), stop) + canvas.px(10);
    if (card.settle) {
        const Box place{room.x, y, std::min(room.w, canvas.px(220)), canvas.px(kTouchHeight)};
        if (widgets::button(canvas, place, card.settle->words, {.icon = icon::kConflict}))
            canvas.ask(card.settle->command);
        y += place.h + canvas.px(10);
    }
    y += variant_line(canvas, card, rest(y)) + canvas.px(14);
    const bool narrow = room.w < canvas.px(420);
    y += field_grid(canvas, rest(y), card.fields, narrow ? 2 : 3, &card.warranty) + canvas.px(4);
    if (!card.sale.empty()) {
        y += section(canvas, room, y, "Sale and label");
        y += field_grid(canvas, rest(y), card.sale, 2) + canvas.px(4);
    }
    if (!card.timeline.empty()) {
        y += section(canvas, room, y, "History");
        y += widgets::timeline(canvas, rest(y), card.timeline);
    }
    return y;
}

}  // namespace

void record(Canvas& canvas, const Scene& scene, const app::Record& shown, const Box& box) {
    const RecordCard made =
        make_record_card(shown, scene.state.screen, scene.state.today, canvas.view.reason);
    card(canvas, box);
    Box inside = box.inset(canvas.px(kGap), canvas.px(kGap));
    const float height = acts_height(canvas, made.acts.size());
    if (height > 0) {
        const Box bar = inside.take_bottom(height, canvas.px(kGap));
        rule(canvas, box.x, bar.y - canvas.px(kGap), box.w);
        acts(canvas, made.acts, bar);
    }
    ScrollArea scroll(canvas, "record", inside);
    scroll.end_at(contents(canvas, scene, shown, made, scroll.room()));
}

}  // namespace ui::screens

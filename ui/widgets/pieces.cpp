#include "ui/widgets/pieces.hpp"

#include <algorithm>

#include "ui/icons.hpp"

namespace ui::widgets {
namespace {

constexpr float kBandPad = 16;
constexpr float kBandIcon = 46;  // symbol and the gap behind it

struct ToneIcon {
    app::Tone tone;
    const char* icon;
};
constexpr ToneIcon kToneIcons[] = {
    {app::Tone::None, icon::kNote}, {app::Tone::Done, icon::kDone}, {app::Tone::Note, icon::kNote},
    {app::Tone::Ask, icon::kAsk},   {app::Tone::Stop, icon::kStop},
};

Colour warranty_colour(const Palette& c, inventory::WarrantyState state) {
    switch (state) {
        case inventory::WarrantyState::Covered: return c.done;
        case inventory::WarrantyState::Over: return c.stop;
        case inventory::WarrantyState::CheckDate: return c.ask;
        case inventory::WarrantyState::None: break;
    }
    return c.muted;
}

const char* warranty_icon(inventory::WarrantyState state) {
    switch (state) {
        case inventory::WarrantyState::Covered: return icon::kWarranty;
        case inventory::WarrantyState::Over: return icon::kStop;
        case inventory::WarrantyState::CheckDate: return icon::kAsk;
        case inventory::WarrantyState::None: break;
    }
    return icon::kNote;
}

float timeline_entry(const Canvas& canvas, const Box& box, const app::TimelineEntry& entry,
                     bool newest, bool last) {
    const Palette& c = canvas.colours;
    const float indent = canvas.px(26);
    const Box words{box.x + indent, box.y, box.w - indent, box.h};
    const std::string what = entry.undone ? entry.what + " (undone)" : entry.what;
    const std::string when = entry.who.empty() ? entry.at : entry.at + " \xC2\xB7 " + entry.who;
    float used = put_words(canvas, newest ? canvas.fonts.strong : canvas.fonts.body, words,
                           entry.undone ? c.muted : c.text, what);
    used +=
        put_words(canvas, canvas.fonts.caption, {words.x, box.y + used, words.w, 0}, c.muted, when);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const ImVec2 dot{box.x + canvas.px(8), box.y + line_height(canvas.fonts.body) / 2};
    const float gap = canvas.px(12);
    if (!last)
        list.AddRectFilled({dot.x - canvas.px(1), dot.y + canvas.px(9)},
                           {dot.x + canvas.px(1), box.y + used + gap + canvas.px(2)}, ink(c.line));
    const Colour colour = newest ? c.accent : c.field_line;
    if (entry.undone)
        list.AddCircle(dot, canvas.px(5), ink(c.muted), 0, canvas.px(2));
    else
        list.AddCircleFilled(dot, canvas.px(newest ? 6.0F : 5.0F), ink(colour));
    return used + gap;
}

}  // namespace

void row_ground(const Canvas& canvas, const Box& box, const Touch& touched, bool chosen) {
    const Palette& c = canvas.colours;
    const Box ground = box.inset(0, canvas.px(1));
    if (chosen)
        fill(canvas, ground, tinted(c, c.surface, c.accent), 8);
    else if (touched.hovered || touched.held)
        fill(canvas, ground, mix(c.surface, c.text, 0.05), 8);
    if (chosen && c.tint <= 0) edge(canvas, ground, c.accent, 2, 8);
    if (touched.focused) focus_ring(canvas, ground.inset(canvas.px(3)), 8);
}

const char* tone_icon(app::Tone tone) {
    const auto* row = std::ranges::find(kToneIcons, tone, &ToneIcon::tone);
    return row == std::end(kToneIcons) ? icon::kNote : row->icon;
}

float feedback_height(const Canvas& canvas, float width, const app::Feedback& feedback) {
    const float room = width - canvas.px(2 * kBandPad + kBandIcon);
    float height = words_height(canvas.fonts.heading, room, feedback.headline);
    if (!feedback.detail.empty()) height += words_height(canvas.fonts.body, room, feedback.detail);
    return height + canvas.px(2 * 12);
}

void feedback_band(const Canvas& canvas, const Box& box, const app::Feedback& feedback,
                   double flash) {
    const Palette& c = canvas.colours;
    const Colour tone = tone_colour(c, feedback.tone);
    // Full colour or quiet tint, nothing between: words stay readable on both.
    const bool filled = flash > 0;
    fill(canvas, box, filled ? tone : tinted(c, c.surface, tone));
    if (c.edge > 1) edge(canvas, box, tone, 3);
    const Colour letters = filled ? c.on_tone : c.text;
    const Colour symbol = filled ? c.on_tone : tone;
    Box inside = box.inset(canvas.px(kBandPad), canvas.px(12));
    const Box place = inside.take_left(canvas.px(30), canvas.px(kBandIcon - 30));
    put_icon(canvas, canvas.fonts.icon_large,
             {place.x, place.y, place.w, line_height(canvas.fonts.heading)}, symbol,
             tone_icon(feedback.tone));
    const float used = put_words(canvas, canvas.fonts.heading, inside, letters, feedback.headline);
    if (feedback.detail.empty()) return;
    put_words(canvas, canvas.fonts.body, {inside.x, inside.y + used, inside.w, 0}, letters,
              feedback.detail);
}

float empty_state_height(const Canvas& canvas, float width, const Hint& hint) {
    const float room = std::min(width, canvas.px(420));
    return canvas.px(64 + 12 + 4) + words_height(canvas.fonts.heading, room, hint.headline) +
           (hint.detail.empty() ? 0 : words_height(canvas.fonts.body, room, hint.detail));
}

void empty_state(const Canvas& canvas, const Box& box, const Hint& hint) {
    const Palette& c = canvas.colours;
    const float room = std::min(box.w, canvas.px(420));
    const float height = empty_state_height(canvas, box.w, hint);
    // Where room is scarce the words matter, not the symbol.
    const bool with_icon = height <= box.h;
    Box place{box.middle_x() - room / 2, box.y + std::max(0.0F, (box.h - height) / 2), room,
              height};
    if (with_icon) {
        const Colour colour =
            hint.tone == app::Tone::None ? c.field_line : tone_colour(c, hint.tone);
        put_icon(canvas, canvas.fonts.icon_huge, place.take_top(canvas.px(64), canvas.px(12)),
                 colour, hint.icon);
    }
    const float used =
        put_words(canvas, canvas.fonts.heading, place, c.text, hint.headline, Align::Centre);
    place.take_top(used + canvas.px(4));
    if (!hint.detail.empty())
        put_words(canvas, canvas.fonts.body, place, c.muted, hint.detail, Align::Centre);
}

float labelled_value(const Canvas& canvas, const Box& box, const CardField& field) {
    const Palette& c = canvas.colours;
    fit_text(canvas, canvas.fonts.caption, {box.x, box.y, box.w, canvas.px(20)}, c.muted,
             field.name);
    const Face& face = field.given ? canvas.fonts.strong : canvas.fonts.body;
    return canvas.px(22) + put_words(canvas, face, {box.x, box.y + canvas.px(22), box.w, 0},
                                     field.given ? c.text : c.muted, field.value);
}

float stop_line(const Canvas& canvas, const Box& box, const CardStop& stop) {
    const Palette& c = canvas.colours;
    const Colour colour = tone_colour(c, stop.tone);
    const Face& face = canvas.fonts.strong;
    Box place = box;
    place.h = words_height(face, box.w - canvas.px(2 * 12 + 24 + 12), stop.words) + canvas.px(20);
    fill(canvas, place, tinted(c, c.surface, colour));
    if (c.edge > 1) edge(canvas, place, colour, 3);
    Box inside = place.inset(canvas.px(12), canvas.px(10));
    const Box symbol = inside.take_left(canvas.px(24), canvas.px(12));
    put_icon(canvas, canvas.fonts.icon, {symbol.x, symbol.y, symbol.w, line_height(face)}, colour,
             stop.icon);
    put_words(canvas, face, inside, c.text, stop.words);
    return place.h;
}

float warranty_bar(const Canvas& canvas, const Box& box, const WarrantyLine& line) {
    const Palette& c = canvas.colours;
    const Colour colour = warranty_colour(c, line.state);
    fit_text(canvas, canvas.fonts.caption, {box.x, box.y, box.w, canvas.px(20)}, c.muted,
             "Warranty");
    float used = canvas.px(22);
    const Box icon{box.x, box.y + used, canvas.px(22), line_height(canvas.fonts.body)};
    put_icon(canvas, canvas.fonts.icon, icon, colour, warranty_icon(line.state));
    const Box words{box.x + canvas.px(28), icon.y, box.w - canvas.px(28), 0};
    used += put_words(canvas, canvas.fonts.strong, words, c.text, line.words);
    if (line.has_bar) {
        const Box track{box.x, box.y + used + canvas.px(4), box.w, canvas.px(6)};
        if (c.edge > 1)
            edge(canvas, track, c.line, 1, 4);
        else
            fill(canvas, track, mix(c.surface, c.field_line, 0.35), 4);
        Box part = track;
        part.w = static_cast<float>(line.share) * track.w;
        if (part.w >= canvas.px(6)) fill(canvas, part, colour, 3);
        used += canvas.px(12);
    }
    return used;
}

float timeline(const Canvas& canvas, const Box& box,
               const std::vector<app::TimelineEntry>& entries) {
    float y = box.y;
    for (std::size_t i = 0; i < entries.size(); ++i)
        y += timeline_entry(canvas, {box.x, y, box.w, 0}, entries[i], i == 0,
                            i + 1 == entries.size());
    return y - box.y;
}

float notice_height(const Canvas& canvas, float width, std::string_view words) {
    return words_height(canvas.fonts.strong, width - canvas.px(32 + 36), words) + canvas.px(20);
}

void notice(const Canvas& canvas, const Box& box, app::Tone tone, std::string_view words) {
    const Palette& c = canvas.colours;
    const Colour colour = tone_colour(c, tone);
    fill(canvas, box, colour, 0);
    Box inside = box.inset(canvas.px(16), canvas.px(10));
    const Box place = inside.take_left(canvas.px(24), canvas.px(12));
    put_icon(canvas, canvas.fonts.icon,
             {place.x, place.y, place.w, line_height(canvas.fonts.strong)}, c.on_tone,
             tone == app::Tone::Stop ? icon::kStop : icon::kWarning);
    put_words(canvas, canvas.fonts.strong, inside, c.on_tone, words);
}

}  // namespace ui::widgets

#include "ui/widgets/button.hpp"

#include <algorithm>
#include <string>

namespace ui::widgets {
namespace {

constexpr float kPad = 12;
constexpr float kIconRoom = 32;

struct Paint {
    Colour ground, letters;
    bool filled = true;
};

Paint paint_of(const Canvas& canvas, Style style) {
    const Palette& c = canvas.colours;
    switch (style) {
        case Style::Accent: return {c.accent, c.on_accent};
        case Style::Plain: return {tinted(c, c.raised, c.text), c.text};
        case Style::Danger: return {tinted(c, c.surface, c.stop), c.stop};
        case Style::Bare: return {c.surface, c.accent, false};
    }
    return {c.raised, c.text};
}

// The largest face in which the words fit, or the smallest.
const Face& face_for(const Canvas& canvas, bool small, std::string_view words, float room) {
    const Fonts& f = canvas.fonts;
    if (!small && text_width(f.heading, words) <= room) return f.heading;
    return text_width(f.strong, words) <= room ? f.strong : f.label;
}

void paint_ground(const Canvas& canvas, const Box& box, const Paint& paint, const Touch& touched) {
    Colour ground = paint.ground;
    if (touched.held)
        ground = mix(ground, paint.letters, 0.18);
    else if (touched.hovered)
        ground = mix(ground, paint.letters, 0.07);
    if (paint.filled || touched.held || touched.hovered) fill(canvas, box, ground);
    if (canvas.colours.edge > 1 && paint.filled)
        edge(canvas, box, canvas.colours.line, static_cast<float>(canvas.colours.edge));
}

// A number in a disc, or in a pill where it is long, from the left end x.
void badge(const Canvas& canvas, float x, float y, const std::string& number) {
    if (number.empty()) return;
    const Face& face = canvas.fonts.caption;
    const float height = canvas.px(20);
    const Box disc{x, y, std::max(height, text_width(face, number) + canvas.px(10)), height};
    fill(canvas, disc, canvas.colours.stop, 10);
    fit_text(canvas, face, disc, canvas.colours.on_tone, number, Align::Centre);
}

}  // namespace

bool button(Canvas& canvas, const Box& box, std::string_view words, const ButtonLook& look) {
    const float pad = canvas.px(kPad);
    const float icon_room = look.icon != nullptr ? canvas.px(kIconRoom) : 0;
    const float room = box.w - 2 * pad - icon_room;
    const bool small = look.small || box.h < canvas.px(60);
    const Face& face = face_for(canvas, small, words, room);
    const bool fits = text_width(face, words) <= room;
    const bool enabled = look.enabled && !canvas.busy;
    const Touch touched = touch(canvas, look.id.empty() ? words : look.id, box,
                                {.kind = WidgetKind::Button,
                                 .words = std::string(words),
                                 .enabled = enabled,
                                 .words_fit = fits});
    Paint paint = paint_of(canvas, look.style);
    if (!enabled)
        paint = {tinted(canvas.colours, canvas.colours.surface, canvas.colours.muted),
                 canvas.colours.muted};
    paint_ground(canvas, box, paint, touched);
    const float width = icon_room + std::min(room, text_width(face, words));
    float x = box.x + (box.w - width) / 2;
    if (look.icon != nullptr) {
        put_icon(canvas, canvas.fonts.icon, {x, box.y, canvas.px(24), box.h}, paint.letters,
                 look.icon);
        x += icon_room;
    }
    fit_text(canvas, face, {x, box.y, room, box.h}, paint.letters, words);
    if (touched.focused) focus_ring(canvas, box);
    return touched.pressed;
}

bool fits_large(const Canvas& canvas, float width, std::string_view words) {
    return text_width(canvas.fonts.heading, words) <= width - canvas.px(2 * kPad + kIconRoom);
}

bool icon_button(Canvas& canvas, const Box& box, const char* icon, std::string_view words) {
    const Touch touched =
        touch(canvas, words, box, {.kind = WidgetKind::Button, .words = std::string(words)});
    if (touched.held || touched.hovered)
        fill(canvas, box,
             mix(canvas.colours.surface, canvas.colours.text, touched.held ? 0.18 : 0.07));
    put_icon(canvas, canvas.fonts.icon_large, box, canvas.colours.text, icon);
    if (touched.focused) focus_ring(canvas, box);
    return touched.pressed;
}

bool nav_button(Canvas& canvas, const Box& box, const NavLook& look) {
    const auto& [icon, words, waiting, current, stacked] = look;
    const Palette& c = canvas.colours;
    const Face& face = stacked ? canvas.fonts.label : canvas.fonts.strong;
    const float pad = canvas.px(stacked ? 2 : 14);
    const float icon_room = stacked ? 0 : canvas.px(34);
    const float room = box.w - 2 * pad - icon_room;
    const Touch touched = touch(canvas, words, box,
                                {.kind = WidgetKind::Tab,
                                 .words = std::string(words),
                                 .words_fit = text_width(face, words) <= room});
    const Colour letters = current ? c.accent : c.text;
    const Box pill = stacked ? Box{box.middle_x() - canvas.px(32), box.y + canvas.px(6),
                                   canvas.px(64), canvas.px(32)}
                             : box.inset(0, canvas.px(2));
    if (current)
        fill(canvas, pill, tinted(c, c.raised, c.accent), stacked ? 16.0F : kRadius);
    else if (touched.hovered)
        fill(canvas, pill, mix(c.raised, c.text, 0.06), stacked ? 16.0F : kRadius);
    if (current && c.tint <= 0) edge(canvas, pill, c.accent, 2, stacked ? 16.0F : kRadius);
    if (stacked) {
        put_icon(canvas, canvas.fonts.icon, pill, letters, icon);
        fit_text(canvas, face,
                 {box.x + pad, pill.bottom(), room, box.bottom() - pill.bottom() - canvas.px(4)},
                 letters, words, Align::Centre);
    } else {
        put_icon(canvas, canvas.fonts.icon, {box.x + pad, box.y, canvas.px(24), box.h}, letters,
                 icon);
        fit_text(canvas, face, {box.x + pad + icon_room, box.y, room, box.h}, letters, words);
    }
    const float corner = stacked ? pill.middle_x() + canvas.px(4) : box.x + pad + canvas.px(14);
    badge(canvas, corner, pill.y + canvas.px(stacked ? 0 : 1), waiting);
    if (touched.focused) focus_ring(canvas, box);
    return touched.pressed;
}

bool choice(Canvas& canvas, const Box& box, const ChoiceLook& look) {
    const Palette& c = canvas.colours;
    const Face& face = canvas.fonts.label;
    const float count = text_width(face, look.count);
    const float gap = look.count.empty() ? 0 : canvas.px(6);
    const float room = box.w - canvas.px(8);
    const float words = text_width(face, look.words);
    const Touch touched = touch(canvas, look.words, box,
                                {.kind = WidgetKind::Tab,
                                 .words = std::string(look.words),
                                 .words_fit = words + gap + count <= room});
    const Colour letters = look.chosen ? c.accent : c.text;
    if (look.chosen)
        fill(canvas, box, tinted(c, c.surface, c.accent));
    else if (touched.hovered)
        fill(canvas, box, mix(c.surface, c.text, 0.06));
    if (look.chosen)
        edge(canvas, box, c.accent, 2);
    else if (look.framed)
        edge(canvas, box, c.field_line, 1);
    float x = box.x + std::max(canvas.px(4), (box.w - words - gap - count) / 2);
    const float shown = std::min(words, room - gap - count);
    fit_text(canvas, face, {x, box.y, shown + 1, box.h}, letters, look.words);
    x += shown + gap;
    fit_text(canvas, face, {x, box.y, count + 1, box.h}, look.chosen ? c.accent : c.muted,
             look.count);
    if (touched.focused) focus_ring(canvas, box);
    return touched.pressed;
}

}  // namespace ui::widgets

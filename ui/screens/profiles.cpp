#include <algorithm>
#include <cmath>

#include "ui/icons.hpp"
#include "ui/models/profiles.hpp"
#include "ui/models/reference.hpp"
#include "ui/models/stations.hpp"
#include "ui/screens/screens.hpp"
#include "ui/widgets/button.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/pieces.hpp"

namespace ui::screens {
namespace {

constexpr float kGap = 16;
constexpr float kRowHeight = 60;

void try_out(Canvas& canvas, const ProfileDraft& draft) {
    if (auto command = try_profile(draft)) canvas.ask(std::move(*command));
}

void row(Canvas& canvas, const Scene& scene, const ProfileRow& shown, const Box& box) {
    const Palette& c = canvas.colours;
    const Touch touched =
        touch(canvas, shown.sku, box, {.kind = WidgetKind::Row, .words = shown.product});
    const auto& open = canvas.view.profile;
    widgets::row_ground(canvas, box, touched, open && open->variant == shown.sku);
    Box inside = box.inset(canvas.px(12), canvas.px(7));
    fit_text(canvas, canvas.fonts.strong, inside.take_top(canvas.px(25)), c.text, shown.product);
    fit_text(canvas, canvas.fonts.caption, {inside.x, inside.y, inside.w, canvas.px(20)}, c.muted,
             shown.words);
    if (touched.pressed) open_profile(canvas, scene.state, shown.sku);
}

void list(Canvas& canvas, const Scene& scene, const Box& box) {
    card(canvas, box);
    Box inside = box.inset(canvas.px(kGap));
    const Box add = inside.take_bottom(canvas.px(kActHeight), canvas.px(12));
    if (scene.wide)
        inside.take_top(
            put_words(canvas, canvas.fonts.heading, inside, canvas.colours.text, "Label profiles"),
            canvas.px(8));
    const bool is_open = scene.wide && canvas.view.profile;
    if (widgets::button(canvas, add, "New label profile",
                        {.style = is_open ? widgets::Style::Plain : widgets::Style::Accent,
                         .icon = icon::kAdd}))
        open_sheet(canvas, scene, ReferenceKind::Variant, SheetOwner::Profile, false);
    const auto all = make_profile_rows(*scene.state.catalog);
    if (all.empty())
        widgets::empty_state(canvas, inside,
                             {icon::kLabel, "No label profiles yet",
                              "One is made when you pick the serial at Receive and it is used from "
                              "then on, or here by hand.",
                              app::Tone::None});
    ScrollArea scroll(canvas, "profiles", inside);
    const Box room = scroll.room();
    float y = room.y;
    for (const ProfileRow& each : all) {
        row(canvas, scene, each, {room.x, y, room.w, canvas.px(kRowHeight)});
        y += canvas.px(kRowHeight);
    }
    scroll.end_at(y);
}

// The code to try it on, and what it reads; returns the height used.
float trial(Canvas& canvas, const Scene& scene, ProfileDraft& draft, const Box& box) {
    const float height = widgets::field_height(canvas, true);
    const auto typing = widgets::text_field(canvas, {box.x, box.y, box.w, height}, draft.sample,
                                            {.label = "Try a code of the label",
                                             .hint = "Scan it or type it",
                                             .icon = icon::kScan,
                                             .serial = true,
                                             .generation = canvas.view.seen_profile_scans});
    if (typing.changed) try_out(canvas, draft);
    const app::Feedback said = make_trial(draft, scene.state.profile);
    if (said.tone == app::Tone::None) return height;
    const float band = widgets::feedback_height(canvas, box.w, said);
    widgets::feedback_band(canvas, {box.x, box.y + height + canvas.px(8), box.w, band}, said, 0);
    return height + canvas.px(8) + band;
}

float symbologies(Canvas& canvas, ProfileDraft& draft, const Box& box) {
    fit_text(canvas, canvas.fonts.caption, {box.x, box.y, box.w, canvas.px(20)},
             canvas.colours.muted, "Kind of barcode");
    const int columns = box.w < canvas.px(560) ? 4 : 6;
    const float gap = canvas.px(4), height = canvas.px(kTouchHeight);
    int index = 0;
    for (const Symbology& each : profile_symbologies()) {
        const int line = index / columns;
        Box place = box.column(index % columns, columns, gap);
        place.y = box.y + canvas.px(24) + static_cast<float>(line) * (height + gap);
        place.h = height;
        ++index;
        if (!widgets::choice(canvas, place, {each.words, "", draft.symbology == each.id, true}))
            continue;
        draft.symbology = each.id;
        try_out(canvas, draft);
    }
    const int lines = (index + columns - 1) / columns;
    return canvas.px(24) + static_cast<float>(lines) * (height + gap) - gap;
}

// How the serial is found in the code; returns where it ends.
float rules(Canvas& canvas, ProfileDraft& draft, Box line) {
    const float gap = canvas.px(12);
    line.h = widgets::field_height(canvas, true);
    const auto field = [&](const Box& box, std::string& text, const char* label, const char* hint) {
        const auto typing = widgets::text_field(canvas, box, text, {.label = label, .hint = hint});
        if (typing.changed) try_out(canvas, draft);
    };
    field(line, draft.pattern, "Expression", "e.g. ^SN-(\\d{6})$; the group is the serial");
    line.y += line.h + gap;
    field(line.column(0, 3, gap), draft.strip, "Prefix to leave out", "none");
    field(line.column(1, 3, gap), draft.skip, "Characters to skip", "0");
    field(line.column(2, 3, gap), draft.take, "Characters to take", "all");
    line.y += line.h + gap;
    line.y += symbologies(canvas, draft, line) + gap;
    line.h = canvas.px(kTouchHeight);
    const Box express{line.x, line.y, std::min(line.w, canvas.px(300)), line.h};
    if (widgets::choice(canvas, express,
                        {"Dell express code (base 36)", "", draft.is_express, true})) {
        draft.is_express = !draft.is_express;
        try_out(canvas, draft);
    }
    return line.y + line.h;
}

// Removing is asked before it is done. True when the form is to close.
bool acts(Canvas& canvas, const Scene& scene, ProfileDraft& draft, Box bar) {
    if (draft.removing) {
        const Box keep = bar.take_left((bar.w - canvas.px(12)) / 2, canvas.px(12));
        if (widgets::button(canvas, keep, "Keep it", {.icon = icon::kBack})) draft.removing = false;
        if (widgets::button(canvas, bar, "Yes, remove", {.style = widgets::Style::Danger}))
            canvas.ask(app::RemoveProfile{draft.variant});
        return false;
    }
    const Box back = bar.take_left(canvas.px(120), canvas.px(12));
    const bool closes = widgets::button(canvas, back, "Back", {.icon = icon::kBack});
    if (has_profile(*scene.state.catalog, draft.variant)) {
        const Box remove = bar.take_left(canvas.px(130), canvas.px(12));
        if (widgets::button(canvas, remove, "Remove", {.style = widgets::Style::Danger}))
            draft.removing = true;
    }
    const auto profile = profile_in(draft);
    const bool ready = profile && make_trial(draft, scene.state.profile).tone != app::Tone::Stop;
    if (widgets::button(canvas, bar, "Save",
                        {.style = widgets::Style::Accent, .icon = icon::kCheck, .enabled = ready}))
        canvas.ask(app::PutProfile{*profile});
    return closes;
}

void form(Canvas& canvas, const Scene& scene, const Box& box) {
    ProfileDraft& draft = *canvas.view.profile;
    const Palette& c = canvas.colours;
    card(canvas, box);
    Box inside = box.inset(canvas.px(kGap));
    const Box bar = inside.take_bottom(canvas.px(kActHeight), canvas.px(kGap));
    rule(canvas, box.x, bar.y - canvas.px(kGap), box.w);
    const bool closes = acts(canvas, scene, draft, bar);
    ScrollArea scroll(canvas, "profile", inside);
    Box room = scroll.room();
    room.h = 10000;  // it scrolls
    room.take_top(put_words(canvas, canvas.fonts.heading, room, c.text,
                            variant_words(*scene.state.catalog, draft.variant)),
                  canvas.px(8));
    if (draft.removing) {
        const app::Feedback asked{
            0, app::Tone::Ask, "Remove this label profile?",
            "Where the label does not name its serial, it is asked for again."};
        const float height = widgets::feedback_height(canvas, room.w, asked);
        widgets::feedback_band(canvas, room.take_top(height, canvas.px(12)), asked, 0);
    }
    room.take_top(trial(canvas, scene, draft, room), canvas.px(kGap));
    scroll.end_at(rules(canvas, draft, room));
    if (closes) canvas.view.profile.reset();
}

}  // namespace

void open_profile(Canvas& canvas, const app::State& state, const std::string& sku) {
    canvas.view.profile = make_profile_draft(*state.catalog, sku);
    try_out(canvas, *canvas.view.profile);
}

void profiles(Canvas& canvas, const Scene& scene, const Box& box) {
    Box room = box.inset(canvas.px(scene.wide ? kGap : 8));
    if (!canvas.view.profile) feedback(canvas, scene, room);
    if (scene.wide) {
        Box left = room.take_left(std::round(room.w * 0.36F), canvas.px(kGap));
        live_view(canvas, scene, left.take_bottom(left.w * 9 / 16, canvas.px(kGap)));
        list(canvas, scene, left);
        if (canvas.view.profile) return form(canvas, scene, room);
        card(canvas, room);
        widgets::empty_state(canvas, room.inset(canvas.px(kGap)), make_waiting_hint(scene.state));
        return;
    }
    if (canvas.view.profile)
        form(canvas, scene, room);
    else
        list(canvas, scene, room);
}

}  // namespace ui::screens

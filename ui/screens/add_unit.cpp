#include <cmath>

#include "ui/icons.hpp"
#include "ui/models/reference.hpp"
#include "ui/screens/screens.hpp"
#include "ui/widgets/button.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/pieces.hpp"

namespace ui::screens {
namespace {

constexpr float kGap = 16;

void draft_picker(Canvas& canvas, const Scene& scene, const Box& box, ReferenceKind kind,
                  const std::string& code, const char* hint) {
    if (widgets::picker(canvas, box, kind_words(kind),
                        chosen_words(*scene.state.catalog, kind, code), hint))
        open_sheet(canvas, scene, kind, SheetOwner::AddForm, false);
}

// The seven fields; pairs stand side by side where there is room. Returns where they end.
float fields(Canvas& canvas, const Scene& scene, const Box& room) {
    app::UnitDraft& draft = canvas.view.draft;
    const std::uint64_t generation = canvas.view.draft_number;
    const float height = widgets::field_height(canvas, true);
    const float gap = canvas.px(12);
    Box line{room.x, room.y, room.w, height};
    const auto next = [&] { line.y += height + gap; };
    widgets::text_field(canvas, line, draft.serial,
                        {.label = "Serial Number",
                         .hint = "Scan the label or type",
                         .icon = icon::kScan,
                         .serial = true,
                         .generation = generation});
    next();
    draft_picker(canvas, scene, line.column(0, 2, gap), ReferenceKind::Variant, draft.variant,
                 "Choose");
    draft_picker(canvas, scene, line.column(1, 2, gap), ReferenceKind::Lot, draft.lot, "No lot");
    next();
    draft_picker(canvas, scene, line.column(0, 2, gap), ReferenceKind::Warehouse, draft.warehouse,
                 "Choose");
    draft_picker(canvas, scene, line.column(1, 2, gap), ReferenceKind::Location, draft.location,
                 "Choose");
    next();
    widgets::text_field(canvas, line.column(0, 2, gap), draft.purchase_date,
                        {.label = "Purchase Date",
                         .hint = "YYYY-MM-DD",
                         .icon = icon::kDate,
                         .generation = generation});
    widgets::text_field(canvas, line.column(1, 2, gap), draft.warranty_expiry,
                        {.label = "Warranty Expiry",
                         .hint = "YYYY-MM-DD",
                         .icon = icon::kWarranty,
                         .generation = generation});
    next();
    return line.y;
}

void form(Canvas& canvas, const Scene& scene, const Box& box) {
    card(canvas, box);
    Box inside = box.inset(canvas.px(kGap));
    Box bar = inside.take_bottom(canvas.px(kActHeight), canvas.px(kGap));
    rule(canvas, box.x, bar.y - canvas.px(kGap), box.w);
    const Box back = bar.take_left(canvas.px(150), canvas.px(12));
    if (widgets::button(canvas, back, "Back", {.icon = icon::kBack}))
        canvas.ask(app::ShowScreen{app::Screen::Units});
    if (widgets::button(canvas, bar, "Create",
                        {.style = widgets::Style::Accent, .icon = icon::kCheck}))
        canvas.ask(app::CreateUnit{canvas.view.draft});
    ScrollArea scroll(canvas, "form", inside);
    Box room = scroll.room();
    if (scene.wide)
        room.take_top(
            put_words(canvas, canvas.fonts.heading, room, canvas.colours.text, "Add Serial Number"),
            canvas.px(12));
    const std::string& error = scene.state.add.error;
    if (!error.empty()) {
        const app::Feedback said{0, app::Tone::Stop, "Not created", error};
        const float height = widgets::feedback_height(canvas, room.w, said);
        widgets::feedback_band(canvas, room.take_top(height, canvas.px(12)), said, 0);
    }
    room.h = 10000;  // it scrolls
    scroll.end_at(fields(canvas, scene, room));
}

}  // namespace

void add_unit(Canvas& canvas, const Scene& scene, const Box& box) {
    Box room = box;
    const bool refused = !scene.state.add.error.empty();  // the form says why
    if (!scene.wide) {
        live_view(canvas, scene, room.take_top(room.h * 0.22F));
        room = room.inset(canvas.px(8));
        if (!refused) feedback(canvas, scene, room);
        if (scene.state.candidates.empty())
            form(canvas, scene, room);
        else
            candidates(canvas, scene, room);
        return;
    }
    room = room.inset(canvas.px(kGap));
    Box left = room.take_left(std::round(box.w * 0.52F) - canvas.px(kGap * 1.5F), canvas.px(kGap));
    live_view(canvas, scene, left.take_top(left.w * 9 / 16, canvas.px(kGap)));
    if (!refused) feedback(canvas, scene, left);
    if (!scene.state.candidates.empty()) {
        candidates(canvas, scene, left);
    } else {
        card(canvas, left);
        widgets::empty_state(canvas, left.inset(canvas.px(kGap)), make_waiting_hint(scene.state));
    }
    form(canvas, scene, room);
}

}  // namespace ui::screens

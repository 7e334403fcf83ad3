#include <algorithm>

#include "ui/icons.hpp"
#include "ui/imgui_compat.hpp"
#include "ui/models/reference.hpp"
#include "ui/screens/screens.hpp"
#include "ui/widgets/button.hpp"
#include "ui/widgets/field.hpp"
#include "ui/widgets/pieces.hpp"

namespace ui::screens {
namespace {

constexpr float kGap = 16;
constexpr float kRowHeight = 56;

ChoiceContext context_of(const Canvas& canvas, const app::State& state, SheetOwner owner) {
    if (owner == SheetOwner::Profile) return {};
    if (owner == SheetOwner::AddForm)
        return {canvas.view.draft.variant, canvas.view.draft.warehouse};
    return {state.receive.variant, state.receive.warehouse};
}

std::string chosen_code(const Canvas& canvas, const app::State& state, const Sheet& open) {
    const app::UnitDraft& draft = canvas.view.draft;
    const app::ReceiveContext& context = state.receive;
    const bool form = open.owner == SheetOwner::AddForm;
    if (open.owner == SheetOwner::Profile)
        return canvas.view.profile ? canvas.view.profile->variant : "";
    switch (open.kind) {
        case ReferenceKind::Variant: return form ? draft.variant : context.variant;
        case ReferenceKind::Lot: return form ? draft.lot : context.lot;
        case ReferenceKind::Warehouse: return form ? draft.warehouse : context.warehouse;
        case ReferenceKind::Location: break;
    }
    return form ? draft.location : context.location;
}

void choose(Canvas& canvas, const app::State& state, const Sheet& open, const std::string& code) {
    if (open.owner == SheetOwner::AddForm)
        choose_in_draft(canvas.view.draft, open.kind, code);
    else if (open.owner == SheetOwner::Profile)
        open_profile(canvas, state, code);
    else
        canvas.ask(choose_in_context(state.receive, open.kind, code));
}

bool choice_row(Canvas& canvas, const Box& box, const Choice& choice, bool chosen) {
    const Palette& c = canvas.colours;
    const Touch touched = touch(canvas, "choice" + choice.code, box,
                                {.kind = WidgetKind::Row, .words = choice.words});
    if (chosen)
        fill(canvas, box, tinted(c, c.raised, c.accent), 8);
    else if (touched.hovered || touched.held)
        fill(canvas, box, mix(c.raised, c.text, 0.07), 8);
    Box inside = box.inset(canvas.px(12), 0);
    const Box mark = inside.take_right(canvas.px(24), canvas.px(8));
    if (chosen) put_icon(canvas, canvas.fonts.icon, mark, c.accent, icon::kCheck);
    if (!choice.detail.empty()) {
        const float width =
            std::min(inside.w * 0.45F, text_width(canvas.fonts.caption, choice.detail));
        const Box place = inside.take_right(width + 1, canvas.px(12));
        fit_text(canvas, canvas.fonts.caption, place, c.muted, choice.detail, Align::Right);
    }
    fit_text(canvas, canvas.fonts.strong, inside, c.text, choice.words);
    if (touched.focused) focus_ring(canvas, box.inset(canvas.px(3)), 8);
    return touched.pressed;
}

// True when something was chosen and the sheet closes.
bool choices(Canvas& canvas, const Scene& scene, const Sheet& open, const Box& box) {
    const auto context = context_of(canvas, scene.state, open.owner);
    const std::string missing = missing_words(open, context);
    const auto all = make_choices(*scene.state.catalog, open.kind, context, open.search);
    const std::string code = chosen_code(canvas, scene.state, open);
    ScrollArea scroll(canvas, "choices", box);
    const Box room = scroll.room();
    float y = room.y;
    bool closes = false;
    const std::string words = !missing.empty() ? missing : all.empty() ? "Nothing found." : "";
    if (!words.empty())
        y += put_words(canvas, canvas.fonts.body,
                       {room.x + canvas.px(12), y + canvas.px(12), room.w - canvas.px(24), 0},
                       canvas.colours.muted, words) +
             canvas.px(24);
    for (const Choice& choice : all) {
        const Box place{room.x, y, room.w, canvas.px(kRowHeight)};
        if (choice_row(canvas, place, choice, choice.code == code)) {
            choose(canvas, scene.state, open, choice.code);
            closes = true;
        }
        y += place.h + canvas.px(2);
    }
    scroll.end_at(y);
    return closes;
}

void send_form(Canvas& canvas, const Scene& scene, Sheet& open) {
    open.added_before = scene.state.reference.added;
    open.sent = true;
    open.sent_revision = scene.state.revision;
    canvas.ask(make_add_command(open, context_of(canvas, scene.state, open.owner)));
}

void adding_form(Canvas& canvas, const Scene& scene, Sheet& open, Box box) {
    const auto context = context_of(canvas, scene.state, open.owner);
    const std::string missing = missing_words(open, context);
    const Box bar = box.take_bottom(canvas.px(kActHeight), canvas.px(kGap));
    const bool ready = missing.empty() && !open.texts[0].empty() && !open.sent;
    bool entered =
        widgets::button(canvas, bar, "Add",
                        {.style = widgets::Style::Accent, .icon = icon::kCheck, .enabled = ready});
    ScrollArea scroll(canvas, "adding", box);
    Box room = scroll.room();
    float y = room.y;
    const std::string& error = missing.empty() ? scene.state.reference.error : missing;
    const bool answered = !missing.empty() || open.sent_revision > 0;
    if (!error.empty() && answered) {
        const app::Feedback said{0, app::Tone::Stop, missing.empty() ? "Not added" : "Not yet",
                                 error};
        const float height = widgets::feedback_height(canvas, room.w, said);
        widgets::feedback_band(canvas, {room.x, y, room.w, height}, said, 0);
        y += height + canvas.px(12);
    }
    std::size_t index = 0;
    const float height = widgets::field_height(canvas, true);
    for (const FormField& field : form_fields(open.kind)) {
        if (index == 0 && ImGui::IsWindowAppearing()) ImGui::SetKeyboardFocusHere();
        const auto typing =
            widgets::text_field(canvas, {room.x, y, room.w, height}, open.texts[index++],
                                {.label = field.name, .hint = field.hint});
        entered = entered || typing.entered;
        y += height + canvas.px(12);
    }
    scroll.end_at(y);
    if (entered && ready) send_form(canvas, scene, open);
}

// Title, back and close; true when the sheet is to close.
bool title_row(Canvas& canvas, Sheet& open, Box row) {
    bool closes = false;
    const Box close = row.take_right(canvas.px(kTouchHeight), canvas.px(8));
    if (widgets::icon_button(canvas, close, icon::kClose, "Close")) closes = true;
    if (open.adding && !open.begun_adding) {
        const Box back = row.take_left(canvas.px(kTouchHeight), canvas.px(8));
        if (widgets::icon_button(canvas, back, icon::kBack, "Back")) open.adding = false;
    }
    fit_text(canvas, canvas.fonts.heading, row, canvas.colours.text,
             open.adding ? new_words(open.kind) : kind_words(open.kind));
    return closes;
}

// Returns true when the sheet is to close.
bool contents(Canvas& canvas, const Scene& scene, Sheet& open, const Box& panel) {
    Box inside = panel.inset(canvas.px(kGap));
    if (title_row(canvas, open, inside.take_top(canvas.px(kTouchHeight), canvas.px(8))))
        return true;
    if (open.adding) {
        adding_form(canvas, scene, open, inside);
        return false;
    }
    const Box add = inside.take_bottom(canvas.px(kActHeight), canvas.px(12));
    widgets::text_field(canvas, inside.take_top(canvas.px(kTouchHeight), canvas.px(8)), open.search,
                        {.name = "Find", .hint = "Search", .icon = icon::kSearch});
    const bool closes = choices(canvas, scene, open, inside);
    if (widgets::button(canvas, add, new_words(open.kind), {.icon = icon::kAdd})) {
        open.adding = true;
        open.added_before = scene.state.reference.added;
        open.texts[0] = open.search;  // what was looked for and not found
    }
    return closes;
}

Box panel_box(const Canvas& canvas, const Scene& scene, const Box& window, const Sheet& open) {
    const float fields = static_cast<float>(form_fields(open.kind).size());
    const float wanted = open.adding
                             ? canvas.px(48 + 8 + 64 + 32 + 16 + 100) + fields * canvas.px(84)
                             : canvas.px(640);
    const float height = std::min(wanted, window.h - canvas.px(scene.wide ? 48.0F : 56.0F));
    if (!scene.wide) return {window.x, window.bottom() - height, window.w, height};
    const float width = std::min(canvas.px(520), window.w - canvas.px(32));
    return {window.middle_x() - width / 2, window.middle_y() - height / 2, width, height};
}

}  // namespace

void open_sheet(Canvas& canvas, const Scene& scene, ReferenceKind kind, SheetOwner owner,
                bool adding) {
    Sheet open;
    open.kind = kind;
    open.owner = owner;
    open.adding = adding;
    open.begun_adding = adding;
    open.added_before = scene.state.reference.added;
    canvas.view.sheet = open;
}

void sheet(Canvas& canvas, const Scene& scene, const Box& window) {
    if (!canvas.view.sheet) return;
    Sheet open = *canvas.view.sheet;
    ImGui::SetNextWindowPos({window.x, window.y});
    ImGui::SetNextWindowSize({window.w, window.h});
    ImGui::SetNextWindowFocus();
    ImGui::Begin("sheet", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                     ImGuiWindowFlags_NoScrollWithMouse);
    canvas.layer = 1;
    fill(canvas, window, with_alpha(rgb(0x05070A), 165), 0);
    const Box panel = panel_box(canvas, scene, window, open);
    fill(canvas, panel, canvas.colours.raised, 16);
    if (canvas.colours.edge > 1) edge(canvas, panel, canvas.colours.line, 2, 16);
    const ImVec2 pointer = ImGui::GetIO().MousePos;
    const bool beside =
        ImGui::IsMouseClicked(0) && overlap(panel, {pointer.x, pointer.y, 1, 1}).empty();
    const bool closes =
        contents(canvas, scene, open, panel) || beside || compat::key_pressed(ImGuiKey_Escape);
    ImGui::End();
    canvas.layer = 0;
    if (closes)
        canvas.view.sheet.reset();
    else
        canvas.view.sheet = open;
}

}  // namespace ui::screens

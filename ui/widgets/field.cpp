#include "ui/widgets/field.hpp"

#include "ui/icons.hpp"
#include "ui/imgui_compat.hpp"

namespace ui::widgets {
namespace {

constexpr float kLabelHeight = 24;
constexpr float kPad = 14;

// Draws the label and returns the box of the field below it.
Box label_above(const Canvas& canvas, Box box, std::string_view label) {
    if (label.empty()) return box;
    const Box line = box.take_top(canvas.px(kLabelHeight));
    fit_text(canvas, canvas.fonts.caption, {line.x, line.y, line.w, canvas.px(20)},
             canvas.colours.muted, label);
    return box;
}

void note_field(Canvas& canvas, const Box& box, std::string_view words) {
    const ImVec2 low = ImGui::GetWindowDrawList()->GetClipRectMin();
    const ImVec2 high = ImGui::GetWindowDrawList()->GetClipRectMax();
    canvas.log.note({.kind = WidgetKind::Field,
                     .words = std::string(words),
                     .box = box,
                     .visible = overlap(box, {low.x, low.y, high.x - low.x, high.y - low.y}),
                     .layer = canvas.layer});
}

struct InputStyle {
    InputStyle(const Canvas& canvas, const Face& face, float height) {
        ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                            ImVec2(canvas.px(kPad), (height - face.size) / 2));
        ImGui::PushStyleColor(ImGuiCol_FrameBg, 0);
        ImGui::PushStyleColor(ImGuiCol_NavHighlight, 0);
        ImGui::PushStyleColor(ImGuiCol_Text, ink(canvas.colours.text));
        ImGui::PushStyleColor(ImGuiCol_TextDisabled, ink(canvas.colours.muted));
        ImGui::PushStyleColor(ImGuiCol_TextSelectedBg,
                              ink(mix(canvas.colours.field, canvas.colours.accent, 0.35)));
        compat::push_font(face.font, face.size);
    }
    ~InputStyle() {
        ImGui::PopFont();
        ImGui::PopStyleColor(5);
        ImGui::PopStyleVar();
    }
    InputStyle(const InputStyle&) = delete;
    InputStyle& operator=(const InputStyle&) = delete;
};

}  // namespace

float field_height(const Canvas& canvas, bool labelled) {
    return canvas.px(kTouchHeight + (labelled ? kLabelHeight : 0));
}

Typing text_field(Canvas& canvas, const Box& box, std::string& text, const FieldLook& look) {
    const Box field = label_above(canvas, box, look.label);
    const std::string_view name = look.label.empty() ? look.name : look.label;
    const Palette& c = canvas.colours;
    fill(canvas, field, c.field);
    Box input = field;
    if (look.icon != nullptr) {
        const Box place = input.take_left(canvas.px(34));
        put_icon(canvas, canvas.fonts.icon,
                 {place.x + canvas.px(12), place.y, canvas.px(24), place.h}, c.muted, look.icon);
    }
    Typing typing;
    const std::string hint(look.hint);
    const std::string id = std::string(name) + std::to_string(look.generation);
    ImGui::SetCursorScreenPos({input.x, input.y});
    ImGui::SetNextItemWidth(input.w);
    ImGui::PushID(id.c_str());
    {
        const InputStyle style(
            canvas, look.serial && !text.empty() ? canvas.fonts.strong : canvas.fonts.body,
            input.h);
        typing.entered = ImGui::InputTextWithHint(
            "##text", hint.c_str(), &text,
            ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
    }
    ImGui::PopID();
    typing.changed = ImGui::IsItemEdited();
    typing.left = ImGui::IsItemDeactivatedAfterEdit();
    const bool active = ImGui::IsItemActive();
    canvas.typing = canvas.typing || active;
    const bool marked = active || (ImGui::IsItemFocused() && ImGui::GetIO().NavVisible);
    if (look.wrong)
        edge(canvas, field, c.stop, 2);
    else if (marked)
        edge(canvas, field, c.accent, 2);
    else
        edge(canvas, field, c.field_line, 1);
    note_field(canvas, field, name);
    return typing;
}

bool picker(Canvas& canvas, const Box& box, std::string_view label, std::string_view value,
            std::string_view hint, bool enabled) {
    const Box field = label_above(canvas, box, label);
    const Palette& c = canvas.colours;
    const Touch touched =
        touch(canvas, label, field,
              {.kind = WidgetKind::Picker, .words = std::string(label), .enabled = enabled});
    fill(canvas, field, touched.held || touched.hovered ? mix(c.field, c.text, 0.06) : c.field);
    edge(canvas, field, touched.focused ? c.accent : c.field_line, touched.focused ? 2.0F : 1.0F);
    Box inside = field.inset(canvas.px(kPad), 0);
    const Box chevron = inside.take_right(canvas.px(22), canvas.px(2));
    put_icon(canvas, canvas.fonts.icon, {chevron.x + canvas.px(4), chevron.y, chevron.w, chevron.h},
             c.muted, icon::kMore);
    const bool given = !value.empty();
    fit_text(canvas, given ? canvas.fonts.strong : canvas.fonts.body, inside,
             given ? c.text : c.muted, given ? value : hint);
    return touched.pressed;
}

}  // namespace ui::widgets

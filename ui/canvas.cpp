#include "ui/canvas.hpp"

#include <cmath>

#include "ui/imgui_compat.hpp"
#include "ui/text_layout.hpp"

namespace ui {
namespace {

ImDrawList& draw_list() { return *ImGui::GetWindowDrawList(); }
ImVec2 at(float x, float y) { return {std::floor(x), std::floor(y)}; }

Measure measure_with(const Face& face) {
    return [&face](std::string_view text) { return text_width(face, text); };
}

Measure measure_serial(const Face& face) {
    return [&face](std::string_view text) { return serial_width(face, text); };
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// How far the pen moves for one character of a serial: figures all take the width of a nought.
float serial_advance(const Face& face, std::string_view character) {
    const bool digit = character.size() == 1 && is_digit(character[0]);
    return text_width(face, digit ? std::string_view("0") : character) + face.size * 0.02F;
}

void put_serial_line(const Canvas& canvas, const Face& face, float x, float y, Colour colour,
                     std::string_view serial) {
    for (std::size_t i = 0; i < serial.size();) {
        const std::string_view character = serial.substr(i, character_size(serial, i));
        const float advance = serial_advance(face, character);
        const float slack = advance - face.size * 0.02F - text_width(face, character);
        put_text(canvas, face, x + slack / 2, y, colour, character);
        x += advance;
        i += character.size();
    }
}

}  // namespace

ImU32 ink(Colour colour) { return IM_COL32(colour.r, colour.g, colour.b, colour.a); }

void fill(const Canvas& canvas, const Box& box, Colour colour, float radius) {
    draw_list().AddRectFilled(at(box.x, box.y), at(box.right(), box.bottom()), ink(colour),
                              canvas.px(radius));
}

void edge(const Canvas& canvas, const Box& box, Colour colour, float width, float radius) {
    const float half = canvas.px(width) / 2;
    const Box inner = box.inset(half);
    draw_list().AddRect({inner.x, inner.y}, {inner.right(), inner.bottom()}, ink(colour),
                        canvas.px(radius), 0, canvas.px(width));
}

void card(const Canvas& canvas, const Box& box) {
    fill(canvas, box, canvas.colours.surface);
    if (canvas.colours.edge > 0)
        edge(canvas, box, canvas.colours.line, static_cast<float>(canvas.colours.edge));
}

void rule(const Canvas& canvas, float x, float y, float width) {
    draw_list().AddRectFilled(at(x, y), at(x + width, y + std::max(1.0F, canvas.px(1))),
                              ink(canvas.colours.line));
}

float text_width(const Face& face, std::string_view text) {
    if (text.empty()) return 0;
    return face.font->CalcTextSizeA(face.size, FLT_MAX, 0, text.data(), text.data() + text.size())
        .x;
}

float line_height(const Face& face) { return std::round(face.size * 1.32F); }

void put_text(const Canvas& canvas, const Face& face, float x, float y, Colour colour,
              std::string_view text) {
    static_cast<void>(canvas);
    if (text.empty()) return;
    draw_list().AddText(face.font, face.size, at(x, y + face.nudge), ink(colour), text.data(),
                        text.data() + text.size());
}

bool fit_text(const Canvas& canvas, const Face& face, const Box& box, Colour colour,
              std::string_view text, Align align) {
    const std::string shown = shorten_end(text, box.w, measure_with(face));
    const float width = text_width(face, shown);
    float x = box.x;
    if (align == Align::Centre) x += (box.w - width) / 2;
    if (align == Align::Right) x += box.w - width;
    put_text(canvas, face, x, box.y + (box.h - face.size) / 2, colour, shown);
    return shown.size() == text.size() && shown == text;
}

void put_icon(const Canvas& canvas, const Face& face, const Box& box, Colour colour,
              const char* icon) {
    put_text(canvas, face, box.x + (box.w - text_width(face, icon)) / 2,
             box.y + (box.h - face.size) / 2, colour, icon);
}

float put_words(const Canvas& canvas, const Face& face, const Box& box, Colour colour,
                std::string_view text, Align align) {
    const float height = line_height(face);
    float y = box.y;
    for (const std::string& line : wrap_words(text, box.w, measure_with(face))) {
        fit_text(canvas, face, {box.x, y, box.w, height}, colour, line, align);
        y += height;
    }
    return y - box.y;
}

float words_height(const Face& face, float width, std::string_view text) {
    return line_height(face) *
           static_cast<float>(wrap_words(text, width, measure_with(face)).size());
}

float serial_width(const Face& face, std::string_view serial) {
    float width = 0;
    for (std::size_t i = 0; i < serial.size();) {
        const std::string_view character = serial.substr(i, character_size(serial, i));
        width += serial_advance(face, character);
        i += character.size();
    }
    return width;
}

float put_serial(const Canvas& canvas, const Face& face, const Box& box, Colour colour,
                 std::string_view serial) {
    const float height = std::round(face.size * 1.2F);
    float y = box.y;
    for (const std::string& line : wrap_serial(serial, box.w, measure_serial(face))) {
        put_serial_line(canvas, face, box.x, y + (height - face.size) / 2, colour, line);
        y += height;
    }
    return y - box.y;
}

float serial_height(const Face& face, float width, std::string_view serial) {
    return std::round(face.size * 1.2F) *
           static_cast<float>(wrap_serial(serial, width, measure_serial(face)).size());
}

void fit_serial(const Canvas& canvas, const Face& face, const Box& box, Colour colour,
                std::string_view serial) {
    put_serial_line(canvas, face, box.x, box.y + (box.h - face.size) / 2, colour,
                    shorten_middle(serial, box.w, measure_serial(face)));
}

Touch touch(Canvas& canvas, std::string_view id, const Box& box, LoggedWidget widget) {
    Touch result;
    ImGui::SetCursorScreenPos({box.x, box.y});
    ImGui::PushID(id.data(), id.data() + id.size());
    const bool enabled = widget.enabled;
    if (!enabled) ImGui::BeginDisabled();
    result.pressed =
        ImGui::InvisibleButton("touch", {std::max(1.0F, box.w), std::max(1.0F, box.h)});
    if (!enabled) ImGui::EndDisabled();
    ImGui::PopID();
    const ImGuiIO& io = ImGui::GetIO();
    // A finger that wandered was scrolling, not pressing.
    const float slack = canvas.px(12);
    if (result.pressed && ImGui::IsMouseReleased(0) &&
        io.MouseDragMaxDistanceSqr[0] > slack * slack)
        result.pressed = false;
    result.hovered = ImGui::IsItemHovered();
    result.held = ImGui::IsItemActive();
    result.focused = ImGui::IsItemFocused() && io.NavVisible;
    const ImVec2 clip_min = draw_list().GetClipRectMin();
    const ImVec2 clip_max = draw_list().GetClipRectMax();
    widget.box = box;
    widget.visible =
        overlap(box, {clip_min.x, clip_min.y, clip_max.x - clip_min.x, clip_max.y - clip_min.y});
    widget.layer = canvas.layer;
    canvas.log.note(std::move(widget));
    return result;
}

void focus_ring(const Canvas& canvas, const Box& box, float radius) {
    edge(canvas, box.inset(-canvas.px(3)), canvas.colours.accent, 3, radius + 3);
}

ScrollArea::ScrollArea(Canvas& canvas, const char* id, const Box& box,
                       const std::optional<Content>& content)
    : canvas_(canvas) {
    if (content) ImGui::SetNextWindowContentSize({0, content->height});
    if (content && content->scroll_to) ImGui::SetNextWindowScroll({-1, *content->scroll_to});
    // The scroll bar stands in the padding to the right, and focus rings may reach over the left
    // edge.
    const float bleed = canvas.px(4);
    ImGui::SetCursorScreenPos({box.x - bleed, box.y});
    compat::begin_scroll(id,
                         {std::max(1.0F, box.w + bleed + canvas.px(11)), std::max(1.0F, box.h)});
    const ImVec2 start = ImGui::GetCursorScreenPos();
    room_ = {box.x, start.y, box.w, box.h};
    bottom_ = room_.y;
}

ScrollArea::~ScrollArea() {
    ImGui::SetCursorScreenPos({room_.x, std::max(bottom_ - 1, room_.y)});
    ImGui::Dummy({1, 1});
    const bool here = ImGui::IsWindowHovered(ImGuiHoveredFlags_ChildWindows |
                                             ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
    if (here && ImGui::IsMouseDragging(0, canvas_.px(12)))
        ImGui::SetScrollY(ImGui::GetScrollY() - ImGui::GetIO().MouseDelta.y);
    ImGui::EndChild();
}

}  // namespace ui

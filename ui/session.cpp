#include "ui/session.hpp"

#include <imgui.h>

#include "ui/screens/screens.hpp"

namespace ui {
namespace {

// Only what Dear ImGui draws by itself: scroll bars, the text cursor. Everything else is ours.
void apply_style(const Palette& colours, float scale) {
    ImGuiStyle& style = ImGui::GetStyle();
    style.WindowPadding = {0, 0};
    style.WindowBorderSize = 0;
    style.WindowRounding = 0;
    style.ChildBorderSize = 0;
    style.FrameBorderSize = 0;
    style.ItemSpacing = {0, 0};
    style.ScrollbarSize = 6 * scale;
    style.ScrollbarRounding = 3 * scale;
    style.WindowMinSize = {1, 1};
    style.AntiAliasedFill = true;
    style.DisabledAlpha = 1;  // disabled widgets have colours of their own
    style.Colors[ImGuiCol_WindowBg] = ImGui::ColorConvertU32ToFloat4(ink(colours.ground));
    style.Colors[ImGuiCol_ScrollbarBg] = {0, 0, 0, 0};
    style.Colors[ImGuiCol_ScrollbarGrab] = ImGui::ColorConvertU32ToFloat4(ink(colours.field_line));
    style.Colors[ImGuiCol_ScrollbarGrabHovered] =
        ImGui::ColorConvertU32ToFloat4(ink(colours.muted));
    style.Colors[ImGuiCol_ScrollbarGrabActive] = ImGui::ColorConvertU32ToFloat4(ink(colours.text));
    style.Colors[ImGuiCol_Text] = ImGui::ColorConvertU32ToFloat4(ink(colours.text));
}

}  // namespace

Session::Session(Theme theme, float scale) : context_(ImGui::CreateContext()), scale_(scale) {
    ImGui::SetCurrentContext(context_);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;  // nothing is remembered behind the operator's back
    io.LogFilename = nullptr;
    io.ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    io.ConfigWindowsMoveFromTitleBarOnly = true;
    fonts_ = load_fonts(scale);
    view_.theme = theme;
}

Session::~Session() { ImGui::DestroyContext(context_); }

void Session::draw(const app::State& state, const LiveView& live, const Picture& picture,
                   double now, bool busy, std::vector<app::Command>& commands) {
    if (auto command = follow(view_, state, now, typing_)) commands.push_back(std::move(*command));
    log_.clear();
    const Palette& colours = palette(view_.theme);
    apply_style(colours, scale_);
    Canvas canvas{colours, fonts_, log_, view_, commands};
    canvas.scale = scale_;
    canvas.now = now;
    canvas.busy = busy;
    canvas.picture = picture;
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    draw_screens(canvas, state, live, {0, 0, size.x, size.y});
    typing_ = canvas.typing;
}

}  // namespace ui

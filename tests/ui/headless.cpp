#include "headless.hpp"

#include <imgui.h>

#include "support/catch.hpp"
#include "ui/imgui_compat.hpp"

namespace {

constexpr int kFramesToRest = 4;

}  // namespace

Headless::Headless(int width, int height, ui::Theme theme, float scale)
    : width_(width), height_(height), session_(theme, scale) {
    ui::compat::prepare_headless(ImGui::GetIO());
}

void Headless::frame() {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(width_), static_cast<float>(height_)};
    io.DeltaTime = 0.05F;
    now_ += 0.05;
    finger_.apply(io);
    ImGui::NewFrame();
    session_.draw(state_, live_, {}, now_, false, commands_);
    ImGui::Render();
    ui::compat::settle_headless();
}

void Headless::show(const app::State& state, const ui::LiveView& live) {
    state_ = state;
    live_ = live;
    for (int i = 0; i < kFramesToRest; ++i) frame();
}

void Headless::click(std::string_view words) {
    const auto widget = log().find(words);
    INFO("to be clicked: " << words);
    REQUIRE(widget.has_value());
    REQUIRE(widget->enabled);
    finger_.tap(widget->visible);
    while (!finger_.idle()) frame();
    for (int i = 0; i < kFramesToRest; ++i) frame();
}

void Headless::type(std::string_view text) {
    finger_.type(text);
    while (!finger_.idle()) frame();
    for (int i = 0; i < kFramesToRest; ++i) frame();
}

void Headless::scroll_over(std::string_view words, float lines) {
    const auto widget = log().find(words);
    REQUIRE(widget.has_value());
    finger_.point(widget->visible);
    scroll_over_again(lines);
}

void Headless::scroll_over_again(float lines) {
    finger_.wheel(lines);
    while (!finger_.idle()) frame();
    for (int i = 0; i < kFramesToRest; ++i) frame();
}

bool Headless::shows(std::string_view words) const { return log().find(words).has_value(); }

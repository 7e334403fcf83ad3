// One Dear ImGui context with our type and style, and the frames drawn in it. The window, the
// off-screen renderer and the tests all draw through it, so they all draw the same.
#pragma once

#include <string>
#include <vector>

#include "app/command.hpp"
#include "app/state.hpp"
#include "ui/canvas.hpp"
#include "ui/fonts.hpp"
#include "ui/view_state.hpp"
#include "ui/widget_log.hpp"
#include "ui/window.hpp"

struct ImGuiContext;

namespace ui {

// Owns the current context; one at a time, on the main thread.
class Session {
 public:
    Session(Theme theme, float scale);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // Draws one frame between ImGui::NewFrame() and ImGui::Render(). `now` in seconds, never
    // backwards. The commands that came of it are appended to `commands`.
    void draw(const app::State& state, const LiveView& live, const Picture& picture, double now,
              bool busy, std::vector<app::Command>& commands);

    // Something is timed: draw again soon.
    [[nodiscard]] bool flashing(double now) const { return flash_strength(view_, now) > 0; }
    [[nodiscard]] bool typing() const { return typing_; }
    [[nodiscard]] const WidgetLog& log() const { return log_; }
    [[nodiscard]] ViewState& view() { return view_; }
    [[nodiscard]] const Fonts& fonts() const { return fonts_; }

 private:
    ImGuiContext* context_;
    float scale_;
    Fonts fonts_;
    WidgetLog log_;
    ViewState view_;
    bool typing_ = false;
};

}  // namespace ui

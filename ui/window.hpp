// The window, and the same screens drawn off-screen. Start here for everything that a person sees.
//
// All functions belong to the main thread, except wake_window(). The window draws only when an
// event, a new State or a new picture came, and never waits for anything but events.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/command.hpp"
#include "app/state.hpp"
#include "base/result.hpp"
#include "scanner/frame.hpp"
#include "scanner/pipeline.hpp"

namespace ui {

// Auto = Dark, until told otherwise.
enum class Theme : std::uint8_t { Auto, Light, Dark, HighContrast };

// "auto", "light", "dark", "high-contrast".
std::optional<Theme> theme_named(std::string_view name);

using LiveView = scanner::LiveView;

// What the window is connected to. Called on the main thread; none of them may wait.
struct Backend {
    std::function<std::shared_ptr<const app::State>()> newest_state;  // never null
    std::function<bool(app::Command)> send;                           // false: busy, ask again
    std::function<LiveView()> live_view;
    // After the first frame that shows `state` was presented (for the log and for measuring).
    std::function<void(const app::State& state)> on_drawn;
};

// One thing that an operator does; see WindowOptions::player.
struct Step {
    enum class Kind : std::uint8_t { Wait, Click, Type, Capture, Close, GiveUp } kind = Kind::Wait;
    // Click: the words on the widget; Type: the text; Capture: the PNG's path; GiveUp: why.
    std::string text;
};

struct WindowOptions {
    Theme theme = Theme::Auto;
    int width = 1280;
    int height = 800;
    double scale = 0;  // 0 = the display's own
    bool fullscreen = false;
    std::string title = "Unitrail";
    // Plays the operator (the demo without a display, end-to-end tests): asked after every frame
    // drawn what to do next. Clicks go through the same input events as a real finger's.
    std::function<Step(const app::State&)> player;
};

// Opens the window and runs it until it is closed. Device when there is no display or no OpenGL.
Result<void> run_window(const WindowOptions& options, const Backend& backend);

// Makes the window look for a new state or picture. Any thread, also when there is no window.
void wake_window();

// Asks the window to close as if its button had been pressed. Any thread.
void close_window();

struct PictureOptions {
    Theme theme = Theme::Dark;
    int width = 1280;
    int height = 800;
    double scale = 1;
    std::string profile{};  // the product whose label profile is open; "" = none
};

// Draws `state` as the window would, without a display, and writes a PNG. Storage when
// the file cannot be written, Device when there is no software OpenGL.
Result<void> draw_to_png(const app::State& state, const LiveView& view,
                         const PictureOptions& options, const std::string& path);

}  // namespace ui

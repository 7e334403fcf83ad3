// Plays the steps of WindowOptions::player in a window: finds widgets by their words, taps, types
// and takes pictures.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "ui/finger.hpp"
#include "ui/widget_log.hpp"
#include "ui/window.hpp"

namespace ui {

class Player {
 public:
    using Ask = std::function<Step(const app::State&)>;
    using Capture = std::function<Result<void>(const std::string& path)>;

    Player(Ask ask, Capture capture) : ask_(std::move(ask)), capture_(std::move(capture)) {}

    // Before ImGui::NewFrame().
    void before_frame(ImGuiIO& io);
    // After a frame was drawn: true when the window is to close. InvalidInput when a widget to
    // click is not on the screen for kPatienceSeconds.
    Result<bool> after_frame(const app::State& state, const WidgetLog& log, double now);

    static constexpr double kPatienceSeconds = 10;

 private:
    Result<bool> begin(const Step& step, const WidgetLog& log, double now);

    Ask ask_;
    Capture capture_;
    Finger finger_;
    std::optional<Step> waiting_;  // a click whose widget has not appeared yet
    double waiting_since_ = 0;
};

}  // namespace ui

// Draws the screens without a window and touches them as an operator would, by their words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/command.hpp"
#include "app/state.hpp"
#include "ui/finger.hpp"
#include "ui/session.hpp"
#include "ui/window.hpp"

class Headless {
 public:
    Headless(int width, int height, ui::Theme theme = ui::Theme::Dark, float scale = 1);

    // Draws frames until the layout rests (or until everything queued was done).
    void show(const app::State& state, const ui::LiveView& live = {});
    // Taps the widget with these words; fails the test when it is not on the screen.
    void click(std::string_view words);
    void type(std::string_view text);
    // Turns the wheel over a widget, or where the pointer is; negative = downwards.
    void scroll_over(std::string_view words, float lines);
    void scroll_over_again(float lines);

    [[nodiscard]] bool shows(std::string_view words) const;
    [[nodiscard]] ui::Session& session() { return session_; }
    [[nodiscard]] const ui::WidgetLog& log() const { return session_.log(); }

    // The commands of this kind asked for since forget().
    template <typename Command>
    std::vector<Command> asked() const {
        std::vector<Command> found;
        for (const app::Command& command : commands_)
            if (const auto* one = std::get_if<Command>(&command)) found.push_back(*one);
        return found;
    }
    [[nodiscard]] std::size_t command_count() const { return commands_.size(); }
    void forget() { commands_.clear(); }

 private:
    void frame();

    int width_, height_;
    ui::Session session_;
    ui::Finger finger_;
    app::State state_;
    ui::LiveView live_;
    std::vector<app::Command> commands_;
    double now_ = 0;
};

// What can be touched on the screen, written down while it is drawn: tests and the player find
// widgets by their words, as a person does. Cleared at the start of every frame.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ui/geometry.hpp"

namespace ui {

enum class WidgetKind : std::uint8_t { Button, Tab, Field, Picker, Row };

struct LoggedWidget {
    WidgetKind kind = WidgetKind::Button;
    std::string words{};  // as shown; for a field or picker its label
    Box box{};            // whole, also where it is scrolled out of sight
    Box visible{};        // the part of `box` that can be hit; empty when scrolled away
    int layer = 0;        // 0 the screen, 1 a sheet over it
    bool enabled = true;
    bool words_fit = true;  // false: the words were shortened to fit
};

class WidgetLog {
 public:
    void clear() { widgets_.clear(); }
    void note(LoggedWidget widget) { widgets_.push_back(std::move(widget)); }
    [[nodiscard]] const std::vector<LoggedWidget>& all() const { return widgets_; }

    // The topmost visible widget with these words; nothing when none is to be seen.
    [[nodiscard]] std::optional<LoggedWidget> find(std::string_view words) const {
        std::optional<LoggedWidget> found;
        for (const LoggedWidget& widget : widgets_) {
            if (widget.words != words || widget.visible.empty()) continue;
            if (!found || widget.layer > found->layer) found = widget;
        }
        if (found && found->layer < top_layer()) return std::nullopt;  // a sheet lies over it
        return found;
    }
    [[nodiscard]] int top_layer() const {
        int top = 0;
        for (const LoggedWidget& widget : widgets_) top = std::max(top, widget.layer);
        return top;
    }

 private:
    std::vector<LoggedWidget> widgets_;
};

}  // namespace ui

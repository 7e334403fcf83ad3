// What every screen and widget is drawn with: one value, made for each frame and passed along.
// All drawing is in framebuffer pixels; px() turns the design's 96 dpi pixels into them.
#pragma once

#include <imgui.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/command.hpp"
#include "ui/colour.hpp"
#include "ui/fonts.hpp"
#include "ui/geometry.hpp"
#include "ui/theme.hpp"
#include "ui/view_state.hpp"
#include "ui/widget_log.hpp"

namespace ui {

// The camera's picture as the graphics card has it; empty when there is none.
struct Picture {
    ImTextureID texture{};
    int width = 0;
    int height = 0;
};

struct Canvas {
    const Palette& colours;
    const Fonts& fonts;
    WidgetLog& log;
    ViewState& view;
    std::vector<app::Command>& commands;
    float scale = 1;
    double now = 0;     // seconds of the window's clock
    bool busy = false;  // the application has not yet taken the last command
    int layer = 0;      // 1 while a sheet is drawn
    Picture picture{};
    bool typing = false;  // out: a text field has the focus

    [[nodiscard]] float px(float design) const { return design * scale; }
    void ask(app::Command command) { commands.push_back(std::move(command)); }
};

inline constexpr float kRadius = 12;       // of cards and buttons, 96 dpi pixels
inline constexpr float kActHeight = 64;    // of an act
inline constexpr float kTouchHeight = 48;  // of everything else that is touched

ImU32 ink(Colour colour);

// Shapes.
void fill(const Canvas& canvas, const Box& box, Colour colour, float radius = kRadius);
void edge(const Canvas& canvas, const Box& box, Colour colour, float width, float radius = kRadius);
void card(const Canvas& canvas, const Box& box);  // a surface with the theme's elevation
void rule(const Canvas& canvas, float x, float y, float width);

// Text on one line. `place_text` puts its left end at x and centres it in the height of the box.
enum class Align : std::uint8_t { Left, Centre, Right };
float text_width(const Face& face, std::string_view text);
float line_height(const Face& face);
void put_text(const Canvas& canvas, const Face& face, float x, float y, Colour colour,
              std::string_view text);
// False when the text had to be shortened to the width of the box.
bool fit_text(const Canvas& canvas, const Face& face, const Box& box, Colour colour,
              std::string_view text, Align align = Align::Left);
void put_icon(const Canvas& canvas, const Face& face, const Box& box, Colour colour,
              const char* icon);

// Text over several lines from the top of the box; returns the height used.
float put_words(const Canvas& canvas, const Face& face, const Box& box, Colour colour,
                std::string_view text, Align align = Align::Left);
float words_height(const Face& face, float width, std::string_view text);

// A serial: figures of one width, spaced; broken at its hyphens by put_serial, shortened in the
// middle by fit_serial.
float serial_width(const Face& face, std::string_view serial);
float put_serial(const Canvas& canvas, const Face& face, const Box& box, Colour colour,
                 std::string_view serial);
float serial_height(const Face& face, float width, std::string_view serial);
void fit_serial(const Canvas& canvas, const Face& face, const Box& box, Colour colour,
                std::string_view serial);

// What a finger, the mouse or the keyboard does to a rectangle.
struct Touch {
    bool pressed = false;  // released over it after going down on it, or activated by key
    bool hovered = false;
    bool held = false;
    bool focused = false;  // reached by keyboard
};

// An invisible button at `box`, written into the log. `id` tells apart widgets with the same words.
Touch touch(Canvas& canvas, std::string_view id, const Box& box, LoggedWidget widget);
void focus_ring(const Canvas& canvas, const Box& box, float radius = kRadius);

// A part of the screen that scrolls when its content is higher. Draw from `top()` on, downwards,
// between begin and end.
class ScrollArea {
 public:
    // What is known before it is drawn: its height, and where it is to be scrolled to, in pixels.
    struct Content {
        float height;
        std::optional<float> scroll_to;
    };
    ScrollArea(Canvas& canvas, const char* id, const Box& box,
               const std::optional<Content>& content = {});
    ~ScrollArea();
    ScrollArea(const ScrollArea&) = delete;
    ScrollArea& operator=(const ScrollArea&) = delete;

    // The width to draw in; y moves with scrolling.
    [[nodiscard]] Box room() const { return room_; }
    void end_at(float y) { bottom_ = y; }  // where the content ends

 private:
    Canvas& canvas_;
    Box room_;
    float bottom_ = 0;
};

}  // namespace ui

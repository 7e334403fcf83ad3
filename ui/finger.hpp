// Does what an operator does, through the same input events as a real finger and keyboard, for the
// player and for tests. One event a frame, so that a press is seen going down before it comes up.
#pragma once

#include <deque>
#include <string_view>

#include "ui/geometry.hpp"

struct ImGuiIO;

namespace ui {

class Finger {
 public:
    // Queues a tap in the middle of `box`.
    void tap(const Box& box);
    // Moves to the middle of `box` without touching.
    void point(const Box& box);
    // Queues characters into whatever has the focus; a newline is the Enter key.
    void type(std::string_view text);
    void wheel(float lines);
    // Down at one point, up at another.
    void drag(float from_x, float from_y, float to_x, float to_y);

    [[nodiscard]] bool idle() const { return moves_.empty(); }

    // Applies the next event; call once a frame, just before ImGui::NewFrame().
    void apply(ImGuiIO& io);

 private:
    struct Move {
        enum class Kind { Point, Down, Up, Character, EnterDown, EnterUp, Wheel, Rest } kind;
        float x = 0, y = 0;
        char32_t character = 0;
    };
    std::deque<Move> moves_;
    float x_ = -1, y_ = -1;
    bool down_ = false;
};

}  // namespace ui

// Rectangles on the screen and the few cuts that all layouts are made of.
#pragma once

#include <algorithm>

namespace ui {

// Pixels of the framebuffer, from the left and from the top.
struct Box {
    float x = 0, y = 0, w = 0, h = 0;

    [[nodiscard]] float right() const { return x + w; }
    [[nodiscard]] float bottom() const { return y + h; }
    [[nodiscard]] float middle_x() const { return x + w / 2; }
    [[nodiscard]] float middle_y() const { return y + h / 2; }
    [[nodiscard]] bool empty() const { return w <= 0 || h <= 0; }
    [[nodiscard]] Box inset(float by) const { return inset(by, by); }
    [[nodiscard]] Box inset(float across, float down) const {
        return {x + across, y + down, std::max(0.0F, w - 2 * across), std::max(0.0F, h - 2 * down)};
    }
    // Cuts a strip off this box and returns it; `gap` is thrown away between the two.
    Box take_top(float height, float gap = 0) {
        const Box strip{x, y, w, std::min(height, h)};
        const float used = std::min(h, height + gap);
        y += used;
        h -= used;
        return strip;
    }
    Box take_bottom(float height, float gap = 0) {
        const float taken = std::min(height, h);
        const Box strip{x, bottom() - taken, w, taken};
        h = std::max(0.0F, h - height - gap);
        return strip;
    }
    Box take_left(float width, float gap = 0) {
        const Box strip{x, y, std::min(width, w), h};
        const float used = std::min(w, width + gap);
        x += used;
        w -= used;
        return strip;
    }
    Box take_right(float width, float gap = 0) {
        const float taken = std::min(width, w);
        const Box strip{right() - taken, y, taken, h};
        w = std::max(0.0F, w - width - gap);
        return strip;
    }
    // The column or row number `index` of `count` equal ones.
    [[nodiscard]] Box column(int index, int count, float gap) const {
        const float each = (w - gap * static_cast<float>(count - 1)) / static_cast<float>(count);
        return {x + static_cast<float>(index) * (each + gap), y, each, h};
    }
};

inline Box overlap(const Box& a, const Box& b) {
    const float left = std::max(a.x, b.x);
    const float top = std::max(a.y, b.y);
    return {left, top, std::max(0.0F, std::min(a.right(), b.right()) - left),
            std::max(0.0F, std::min(a.bottom(), b.bottom()) - top)};
}

// The largest box of the shape width:height in the middle of `room`.
inline Box letterbox(const Box& room, float width, float height) {
    if (width <= 0 || height <= 0) return room;
    const float scale = std::min(room.w / width, room.h / height);
    const float w = width * scale;
    const float h = height * scale;
    return {room.x + (room.w - w) / 2, room.y + (room.h - h) / 2, w, h};
}

}  // namespace ui

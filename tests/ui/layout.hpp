// What holds of every screen: all that can be touched is inside, apart and large enough.
#pragma once

#include "support/catch.hpp"
#include "ui/geometry.hpp"
#include "ui/widget_log.hpp"

struct Size {
    int width, height;
};
inline constexpr Size kSizes[] = {{1280, 800}, {480, 800}, {720, 1280}};

// Rounding of half pixels.
inline constexpr float kSlack = 1.5F;

inline bool inside(const ui::Box& box, const Size& size) {
    return box.x >= -kSlack && box.y >= -kSlack &&
           box.right() <= static_cast<float>(size.width) + kSlack &&
           box.bottom() <= static_cast<float>(size.height) + kSlack;
}

inline bool apart(const ui::Box& a, const ui::Box& b) {
    const ui::Box both = ui::overlap(a, b);
    return both.w <= kSlack || both.h <= kSlack;
}

inline void check_layout(const ui::WidgetLog& log, const Size& size) {
    const auto& all = log.all();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (all[i].visible.empty()) continue;
        INFO("widget: " << all[i].words);
        CHECK(inside(all[i].visible, size));
        CHECK(all[i].box.x >= -kSlack);
        CHECK(all[i].box.right() <= static_cast<float>(size.width) + kSlack);
        CHECK(all[i].box.h >= 48 - kSlack);
        CHECK(all[i].box.w >= 48 - kSlack);
        for (std::size_t j = i + 1; j < all.size(); ++j) {
            if (all[j].visible.empty() || all[j].layer != all[i].layer) continue;
            INFO("other: " << all[j].words);
            CHECK(apart(all[i].visible, all[j].visible));
        }
    }
}

// Every screen, State, size and theme is drawn once, without a window; what can be touched must be
// inside, apart and large enough.
#include <set>
#include <string>

#include "fixtures.hpp"
#include "headless.hpp"
#include "support/catch.hpp"

namespace {

struct Size {
    int width, height;
};
constexpr Size kSizes[] = {{1280, 800}, {480, 800}, {720, 1280}};

// Rounding of half pixels.
constexpr float kSlack = 1.5F;

bool inside(const ui::Box& box, const Size& size) {
    return box.x >= -kSlack && box.y >= -kSlack &&
           box.right() <= static_cast<float>(size.width) + kSlack &&
           box.bottom() <= static_cast<float>(size.height) + kSlack;
}

bool apart(const ui::Box& a, const ui::Box& b) {
    const ui::Box both = ui::overlap(a, b);
    return both.w <= kSlack || both.h <= kSlack;
}

void check_layout(const ui::WidgetLog& log, const Size& size) {
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

}  // namespace

TEST_CASE("nothing that can be touched overlaps, is too small or lies outside", "[ui][drawing]") {
    const Size size = GENERATE(from_range(std::begin(kSizes), std::end(kSizes)));
    const ui::Theme theme = GENERATE(ui::Theme::Light, ui::Theme::Dark, ui::Theme::HighContrast);
    Headless screen(size.width, size.height, theme);
    for (const fixtures::NamedState& each : fixtures::all_states()) {
        INFO(each.name << " at " << size.width << "x" << size.height);
        screen.show(each.state);
        CHECK(screen.log().all().size() > 4);
        check_layout(screen.log(), size);
        for (const ui::LoggedWidget& widget : screen.log().all()) {
            INFO("widget: " << widget.words);
            if (each.name != "long")
                CHECK(widget.words_fit);  // names without end are shortened there
        }
        CHECK(screen.command_count() == 0);  // looking at a screen asks for nothing
        screen.forget();
    }
}

TEST_CASE("twice the scale is the same layout on twice the pixels", "[ui][drawing]") {
    Headless screen(960, 1600, ui::Theme::Dark, 2);
    screen.show(fixtures::with_record(app::Screen::Dispatch, inventory::Status::InStock));
    const auto act = screen.log().find("Mark as Sold");
    REQUIRE(act);
    CHECK(act->box.h == Approx(128));
    check_layout(screen.log(), {960, 1600});
}

TEST_CASE("acts are 64 pixels high everywhere", "[ui][drawing]") {
    const Size size = GENERATE(from_range(std::begin(kSizes), std::end(kSizes)));
    Headless screen(size.width, size.height);
    for (const inventory::Status status : inventory::kStatuses) {
        screen.show(fixtures::with_record(app::Screen::Units, status));
        for (const inventory::Action action : inventory::actions_of(status)) {
            const auto act = screen.log().find(inventory::label(action));
            REQUIRE(act);
            CHECK(act->box.h == Approx(64));
            CHECK(act->visible.h == Approx(64));  // never scrolled half away
        }
    }
}

TEST_CASE("the five statuses show their lawful actions and none of the others",
          "[ui][drawing][lifecycle]") {
    const auto station = GENERATE(app::Screen::Receive, app::Screen::Dispatch, app::Screen::Returns,
                                  app::Screen::Units);
    const Size size = GENERATE(from_range(std::begin(kSizes), std::end(kSizes)));
    Headless screen(size.width, size.height);
    for (const inventory::Status status : inventory::kStatuses) {
        screen.show(fixtures::with_record(station, status));
        for (const inventory::Action action : inventory::kActions) {
            INFO(inventory::label(status) << ": " << inventory::label(action));
            CHECK(screen.shows(inventory::label(action)) ==
                  inventory::next_status(status, action).has_value());
        }
    }
}

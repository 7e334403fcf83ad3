// Every screen, State, size and theme is drawn once, without a window; what can be touched must be
// inside, apart and large enough.
#include <set>
#include <string>

#include "fixtures.hpp"
#include "headless.hpp"
#include "layout.hpp"
#include "support/catch.hpp"

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

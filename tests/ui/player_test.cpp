// The player's patience, on a clock of the test's own.
#include "ui/player.hpp"

#include "fixtures.hpp"
#include "headless.hpp"
#include "support/catch.hpp"

namespace {

ui::Player looking_for(const char* words) {
    return ui::Player(
        [words](const app::State&) {
            return ui::Step{ui::Step::Kind::Click, words};
        },
        [](const std::string&) { return Result<void>(); });
}

}  // namespace

TEST_CASE("the player waits for a widget to appear, and says what was there when it does not",
          "[ui][player]") {
    Headless screen(1280, 800);
    const app::State state =
        fixtures::with_record(app::Screen::Dispatch, inventory::Status::InStock);
    screen.show(state);
    ui::Player player = looking_for("Sell everything");
    CHECK(player.after_frame(state, screen.log(), 100));
    CHECK(player.after_frame(state, screen.log(), 100 + ui::Player::kPatienceSeconds));
    const auto given_up =
        player.after_frame(state, screen.log(), 101 + ui::Player::kPatienceSeconds);
    REQUIRE_FALSE(given_up);
    CHECK(given_up.error().kind == ErrorKind::InvalidInput);
    CHECK_THAT(given_up.error().message, ContainsSubstring("Sell everything"));
    CHECK_THAT(given_up.error().message, ContainsSubstring("Mark as Sold"));
}

// The demo's application: its past, and that it works on in the present.
#include "app/demo.hpp"

#include "support/catch.hpp"
#include "support/temporary.hpp"

using namespace app;

TEST_CASE("the demo begins with a past and goes on in the present", "[app][demo]") {
    const TemporaryFolder folder;
    const auto day = std::chrono::sys_days(std::chrono::year(2026) / 11 / 23);
    const base::Clock clock = [day] { return base::Moment{day + std::chrono::hours(9), {}}; };
    auto demo = make_demo_application(folder.file("demo.db"), clock);
    REQUIRE(demo);
    const auto state = demo->handle(ShowScreen{Screen::Units});
    CHECK(state->counts.all == 30);
    for (const inventory::Status status : inventory::kStatuses) CHECK(state->counts.of(status) > 0);
    CHECK(state->date_warning.empty());
    CHECK(state->receive.variant == "ROUTER-X");
    CHECK_FALSE(state->dispatch.client.empty());

    const auto record = demo->handle(OpenUnit{demo_labels().in_stock.caption})->record;
    REQUIRE(record);
    CHECK(record->timeline.front().at.find("Nov 2026") != std::string::npos);
    CHECK(record->timeline.front().at.find("23 Nov") == std::string::npos);
    const auto sold = demo->handle(Act{inventory::Action::Sell, record->unit.key, ""})->record;
    CHECK(sold->timeline.front().at == "23 Nov 2026, 09:00");
    CHECK(sold->timeline.front().who == "Alex \xC2\xB7 Dock 1");
}

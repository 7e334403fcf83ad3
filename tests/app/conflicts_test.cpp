// The conflict inbox: two stations worked apart and met; the first one's window is asked.
#include "app/application.hpp"
#include "support/catch.hpp"
#include "support/meeting.hpp"
#include "support/temporary.hpp"

using namespace app;
using inventory::Action;
using inventory::Status;

namespace {

struct Met : Meeting {
    Application window() {
        return {std::move(dock.store), {"Alex", "MAIN", "A-03"}, "Dock 1", [moment = dock.now] {
                    return *moment;
                }};
    }
};

}  // namespace

TEST_CASE("the inbox has the conflicts, and its count is known everywhere", "[app][conflict]") {
    Met met;
    met.sell_twice("SN-1");
    met.register_twice("SN-2");
    Application window = met.window();
    auto state = window.state();
    CHECK(state->conflict_count == 2);
    CHECK(state->conflicts->empty());  // not read before they are shown
    state = window.handle(ShowScreen{Screen::Conflicts});
    REQUIRE(state->conflicts->size() == 2);
    const Conflict& conflict = state->conflicts->front();
    CHECK(conflict.serial == "SN-1");
    CHECK(conflict.severity == "HIGH");
    CHECK(conflict.needs_reason);
    CHECK_FALSE(conflict.sellable);
    REQUIRE(conflict.sides.size() == 2);
    CHECK(conflict.choices.size() == 2);
    CHECK(state->conflicts->back().choices.back().needs_serial);

    CHECK(window.handle(OpenConflict{conflict.id})->conflict->serial == "SN-1");
    CHECK_FALSE(window.handle(OpenConflict{})->conflict);
    CHECK(window.handle(Typed{"SN-2"})->conflict->serial == "SN-2");
    CHECK(window.handle(Typed{"SN-7"})->feedback.headline == "Not registered");
}

TEST_CASE("a conflict is settled from the record of its unit", "[app][conflict]") {
    Met met;
    met.sell_twice("SN-1");
    Application window = met.window();
    window.handle(ShowScreen{Screen::Units});
    auto state = window.handle(OpenUnit{"SN-1"});
    REQUIRE(state->record);
    REQUIRE(state->record->conflict);
    CHECK_THAT(state->record->conflict->sentence, ContainsSubstring("Sold twice"));
    const std::string id = state->record->conflict->id;
    state = window.handle(OpenConflict{id});
    CHECK(state->screen == Screen::Conflicts);
    REQUIRE(state->conflict);

    state = window.handle(Settle{id, "a", "", ""});
    CHECK(state->feedback.tone == Tone::Stop);  // a reason is needed
    CHECK(state->conflict_count == 1);
    CHECK(state->conflict);
    const bool dock_first = state->conflict->sides[0].device == "Dock 1";
    state = window.handle(Settle{id, dock_first ? "a" : "b", "", "K has it"});
    CHECK(state->feedback.tone == Tone::Done);
    CHECK(state->conflict_count == 0);
    CHECK(state->conflicts->empty());
    CHECK_FALSE(state->conflict);
    CHECK(window.handle(OpenUnit{"SN-1"})->record->unit.client == std::string("Client K"));
}

TEST_CASE("dispatch stops a unit in conflict in words, and sells it once it is settled",
          "[app][conflict][dispatch]") {
    Met met;
    met.register_twice("SN-2");
    Application window = met.window();
    window.handle(ShowScreen{Screen::Dispatch});
    auto state = window.handle(Typed{"SN-2"});
    CHECK(state->feedback.tone == Tone::Stop);
    CHECK_THAT(state->feedback.detail, ContainsSubstring("One serial, two products"));
    REQUIRE(state->record);
    const std::string id = state->record->conflict->id;
    state = window.handle(Act{Action::Sell, "sn-2", ""});
    CHECK(state->feedback.tone == Tone::Stop);
    CHECK_THAT(state->feedback.detail, ContainsSubstring("settle it under Conflicts"));
    CHECK(state->counts.sold == 0);

    window.handle(OpenConflict{id});
    state = window.handle(Settle{id, "both", "SN-2-B", "two boxes on the shelf"});
    CHECK(state->feedback.tone == Tone::Done);
    CHECK(state->counts.in_stock == 2);
    window.handle(ShowScreen{Screen::Dispatch});
    CHECK(window.handle(Act{Action::Sell, "sn-2", ""})->feedback.tone == Tone::Done);
}

TEST_CASE("what other stations do to the unit on the screen is said there", "[app][conflict]") {
    const TemporaryFolder folder;
    Shop shop(folder.file("u.db"));
    REQUIRE(shop.receive("SN-1"));
    store::Store hub_side = shop.open(folder.file("u.db"));  // as the sync has one
    store::Store away = another_station(shop);
    Application window(std::move(shop.store), {"Alex", "MAIN", "A-03"}, "Dock 1",
                       [moment = shop.now] { return *moment; });
    window.handle(ShowScreen{Screen::Dispatch});
    auto state = window.handle(Typed{"SN-1"});
    CHECK(state->feedback.headline == "In Stock");
    CHECK(window.handle(Refresh{})->feedback.number ==
          state->feedback.number);  // nothing has changed

    Shop::must(away.act({journal::Kind::Sold, "SN-1", {{"client", "Client B"}}, "Kim", {}}));
    SECTION("one act") {
        send_all(away, hub_side);
        state = window.handle(Refresh{});
        CHECK(state->feedback.headline == "Changed at another station");
        CHECK_THAT(state->feedback.detail, ContainsSubstring("Sold"));
        CHECK(state->record->unit.status == Status::Sold);
    }
    SECTION("two that contradict each other, and how they were settled") {
        CHECK(window.handle(Act{Action::Sell, "sn-1", ""})->feedback.headline == "Sold");
        send_all(away, hub_side);
        state = window.handle(Refresh{});
        CHECK(state->feedback.tone == Tone::Stop);
        CHECK_THAT(state->feedback.detail, ContainsSubstring("Sold twice"));
        REQUIRE(hub_side.settle({state->record->conflict->id, "a", "", "A has it"}, "Robin"));
        state = window.handle(Refresh{});
        CHECK(state->feedback.headline == "Settled at another station");
        CHECK_THAT(state->feedback.detail, ContainsSubstring("A has it"));
    }
}

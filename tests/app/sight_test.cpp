// Goal: what a live camera shows acts when it is whole, held still and aimed at, and then once.
// Method: readings with the ages, places and unread bars that the scanner would tell.
#include "app/dock.hpp"
#include "support/catch.hpp"

using namespace app;
using inventory::Identifier;

namespace {

// What a live camera tells: every code has stood for `age`.
scanner::Reading seen(const std::vector<scanner::Symbol>& symbols, int age, bool aimed = true) {
    scanner::Reading reading;
    reading.symbols = symbols;
    for (std::size_t i = 0; i < symbols.size(); ++i) {
        if (age == 0) reading.fresh.push_back(i);
        reading.standing.push_back({std::chrono::milliseconds(age), aimed});
    }
    return reading;
}

}  // namespace

TEST_CASE("a label acts when it has stood for a moment, once as long as it stays in view",
          "[app][labels][gate]") {
    Dock dock(shop_with({"SN-0001"}));
    const std::vector<scanner::Symbol> label = {placed("SN-0002", 100, 100, 200, 40)};
    CHECK(dock.ask(Scanned{seen(label, 0)})->in_view.at(0).words == "serial SN-0002");
    auto state = dock.ask(Scanned{seen(label, 199)});
    CHECK(state->counts.all == 1);
    CHECK(state->feedback.tone == Tone::None);
    state = dock.ask(Scanned{seen(label, 200)});
    CHECK(state->counts.all == 2);
    const auto number = state->feedback.number;
    CHECK(dock.ask(Scanned{seen(label, 1200)})->feedback.number == number);
    // It has left and comes again: counted, without an alarm.
    dock.ask(Scanned{seen(label, 0)});
    state = dock.ask(Scanned{seen(label, 200)});
    CHECK(state->feedback.headline == "Counted already");
    CHECK(state->feedback.tone == Tone::Note);
}

TEST_CASE("a screen opened while a label stands in view shows its record, and does not act",
          "[app][labels]") {
    Dock dock(shop_with({"SN-0001"}));
    dock.ask(CameraChanged{{scanner::CameraState::Live, ""}});
    dock.ask(Scanned{seen({placed("SN-0001", 100, 100, 200, 40)}, 400)});
    for (const Screen screen : {Screen::Dispatch, Screen::Returns}) {
        const auto state = dock.ask(ShowScreen{screen});
        REQUIRE(state->record);
        CHECK(state->record->unit.serial == "SN-0001");
        CHECK(state->in_view.size() == 1);
        CHECK(state->record->unit.status == inventory::Status::InStock);
    }
    dock.ask(ShowScreen{Screen::Units});
    CHECK_FALSE(dock.ask(ShowScreen{Screen::Receive})->record);  // a scan there would register
    dock.ask(Scanned{});                                         // the label has left
    CHECK_FALSE(dock.ask(ShowScreen{Screen::Dispatch})->record);
}

TEST_CASE("a label that a lost camera showed last is not taken for one in view", "[app][labels]") {
    Dock dock(shop_with({"SN-0001"}));
    dock.ask(CameraChanged{{scanner::CameraState::Live, ""}});
    dock.ask(Scanned{seen({placed("SN-0001", 100, 100, 200, 40)}, 400)});
    dock.ask(CameraChanged{{scanner::CameraState::Lost, "The camera was unplugged."}});
    CHECK_FALSE(dock.ask(ShowScreen{Screen::Dispatch})->record);
}

TEST_CASE("what decodes later counts for the whole label", "[app][labels][gate]") {
    Dock dock(shop_with({"SN-0001"}));
    const auto imei = placed("356938035643809", 100, 100, 200, 40);
    auto both = seen({imei, placed("SN-0002", 100, 160, 200, 40)}, 0);
    both.fresh = {1};
    dock.ask(Scanned{seen({imei}, 0)});
    dock.ask(Scanned{seen({imei}, 190)});
    both.standing[0].age = std::chrono::milliseconds(220);
    auto state = dock.ask(Scanned{both});
    CHECK(state->feedback.tone == Tone::None);
    state = dock.ask(Scanned{seen(both.symbols, 400)});
    CHECK(state->record->unit.serial == "SN-0002");
    CHECK(state->record->unit.identifiers == std::vector<Identifier>{{"imei", "356938035643809"}});
    // A hand covers one of the two on the way out: still the same scan.
    const auto number = state->feedback.number;
    CHECK(dock.ask(Scanned{seen({imei}, 900)})->feedback.number == number);
}

TEST_CASE("bars beside a label are waited for, then asked about", "[app][labels][gate]") {
    Dock dock(shop_with({"SN-0001"}));
    auto label = seen({placed("SN-0002", 100, 100, 200, 40)}, 200);
    label.unread = {placed("", 100, 160, 180, 40).corners};
    auto state = dock.ask(Scanned{label});
    CHECK(state->counts.all == 1);
    CHECK(state->feedback.headline == "Hold still");
    const auto number = state->feedback.number;
    label.standing[0].age = std::chrono::milliseconds(999);
    CHECK(dock.ask(Scanned{label})->feedback.number == number);
    label.standing[0].age = std::chrono::milliseconds(1000);
    state = dock.ask(Scanned{label});
    CHECK(state->counts.all == 1);
    CHECK_THAT(state->feedback.detail, ContainsSubstring("could not be read"));
    CHECK(dock.ask(Choose{"SN-0002"})->counts.all == 2);
    // Bars of something else, far from it or across it, keep nothing waiting.
    auto next = seen({placed("SN-0003", 100, 100, 200, 40)}, 200);
    next.unread = {placed("", 100, 500, 180, 40).corners,
                   placed("", 100, 160, 180, 40, 40).corners};
    CHECK(dock.ask(Scanned{next})->counts.all == 3);
}

TEST_CASE("only what is in the aim box is meant", "[app][labels][gate]") {
    Dock dock(shop_with({"SN-0001"}));
    const auto left = placed("SN-0002", 100, 300, 200, 40);
    const auto right = placed("SN-0003", 900, 300, 200, 40);
    auto state = dock.ask(Scanned{seen({left}, 300, false)});
    CHECK(state->counts.all == 1);
    CHECK(state->feedback.tone == Tone::None);
    CHECK(state->in_view.at(0).words == "SN-0002");
    CHECK_FALSE(state->in_view.at(0).serial);
    // Beside one that is aimed at, another one is no matter.
    auto both = seen({left, right}, 300);
    both.standing[1].aimed = false;
    CHECK(dock.ask(Scanned{both})->record->unit.serial == "SN-0002");
    CHECK(dock.application.state()->counts.all == 2);
    // Both in the box: none, until one of them goes; that one was counted already.
    both.standing[1].aimed = true;
    state = dock.ask(Scanned{both});
    CHECK(state->feedback.headline == "One at a time");
    const auto number = state->feedback.number;
    CHECK(dock.ask(Scanned{both})->feedback.number == number);
    state = dock.ask(Scanned{seen({right}, 900)});
    CHECK(state->record->unit.serial == "SN-0003");
    CHECK(state->counts.all == 3);
}

TEST_CASE("a location label counts only in the aim box, and once", "[app][labels][gate]") {
    Dock dock;
    const std::vector<scanner::Symbol> label = {placed("BENCH", 100, 100, 200, 40)};
    CHECK(dock.ask(Scanned{seen(label, 300, false)})->receive.location == "A-03");
    auto state = dock.ask(Scanned{seen(label, 300)});
    CHECK(state->receive.location == "BENCH");
    dock.ask(SetReceiveContext{"ROUTER-X", "", "MAIN", "A-03"});
    CHECK(dock.ask(Scanned{seen(label, 600)})->receive.location == "A-03");
}

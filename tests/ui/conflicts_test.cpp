// The conflict inbox: what it says, as data, and what its taps ask for.
#include "ui/models/conflicts.hpp"
#include "fixtures.hpp"
#include "headless.hpp"
#include "support/catch.hpp"
#include "ui/models/record_card.hpp"

using app::Screen;
using inventory::Status;

namespace {

// By its place in the fixture: sold twice, registered twice, against the rules.
app::Conflict conflict(std::size_t index) {
    return fixtures::with_conflicts().conflicts->at(index);
}

struct Size {
    int width, height;
};
constexpr Size kKiosk{1280, 800};
constexpr Size kHandheld{480, 800};

}  // namespace

TEST_CASE("a grave conflict is settled only with a reason", "[ui][model][conflict]") {
    auto card = ui::make_conflict_card(conflict(0), "", "");
    CHECK(card.severity == "HIGH \xC2\xB7 not for sale until settled");
    CHECK(card.asks_reason);
    CHECK_FALSE(card.asks_serial);
    REQUIRE(card.sides.size() == 2);
    CHECK(card.sides[0].letter == "A");
    CHECK(card.sides[0].fields[0].value == "Jon");
    CHECK(card.sides[1].fields[1].value == "20 Nov 2026, 12:05");
    CHECK(card.sides[1].fields[2].value == "Shop");
    CHECK(card.sides[1].fields[3].value == "3 hours ahead");
    for (const ui::SideCard& side : card.sides) CHECK_FALSE(side.settle.at(0).enabled);
    card = ui::make_conflict_card(conflict(0), "Jon saw it leave", "");
    const ui::SettleButton& keep = card.sides[1].settle.at(0);
    CHECK(keep.enabled);
    CHECK(keep.words == "Keep B");
    CHECK(keep.command.choice == "b");
    CHECK(keep.command.conflict == "0a1b2c3d4e5f");
    CHECK(keep.command.reason == "Jon saw it leave");
}

TEST_CASE("two boxes need the second one's serial, one box does not", "[ui][model][conflict]") {
    auto card = ui::make_conflict_card(conflict(1), "", "");
    CHECK(card.asks_serial);
    CHECK_FALSE(card.asks_reason);
    CHECK(card.sides[0].settle.at(0).enabled);
    CHECK(card.sides[1].fields[0].value == "not named");
    CHECK(card.sides[1].fields[3].value == "never compared");
    REQUIRE(card.settle.size() == 1);
    CHECK_FALSE(card.settle[0].enabled);
    card = ui::make_conflict_card(conflict(1), "", "SW-48P-7730099");
    CHECK(card.settle[0].enabled);
    CHECK(card.settle[0].command.serial == "SW-48P-7730099");
    CHECK(card.sides[0].settle.at(0).command.serial.empty());
}

TEST_CASE("an act against the rules can be left out; what a newer version wrote waits for it",
          "[ui][model][conflict]") {
    app::Conflict alone = conflict(2);
    const auto card = ui::make_conflict_card(alone, "", "");
    CHECK(card.tone == app::Tone::Ask);
    REQUIRE(card.sides.size() == 1);
    CHECK(card.sides[0].letter.empty());
    CHECK(card.settle.at(0).words == "Leave it out");
    CHECK(card.note.empty());
    alone.choices.clear();
    CHECK_FALSE(ui::make_conflict_card(alone, "", "").note.empty());
}

TEST_CASE("the badge counts, and what is left out is said", "[ui][model][conflict]") {
    CHECK(ui::conflict_badge(0).empty());
    CHECK(ui::conflict_badge(3) == "3");
    CHECK(ui::conflict_badge(100) == "99+");
    app::State state = fixtures::with_conflicts();
    CHECK(ui::conflicts_left_out(state).empty());
    state.conflict_count = 312;
    CHECK(ui::conflicts_left_out(state) == "3 of 312, the gravest first");
    CHECK(ui::shown_conflict(state, true)->severity == "HIGH");
    CHECK(ui::shown_conflict(state, false) == nullptr);
}

TEST_CASE("the record says the conflict's sentence with a symbol of its own",
          "[ui][model][conflict]") {
    app::Record record = fixtures::record_in(Status::InStock);
    record.recall = "";
    record.conflict = app::ToSettle{"0a1b", "Sold twice", false};
    auto card = ui::make_record_card(record, Screen::Units, "2026-11-23", "");
    REQUIRE(card.stops.size() == 2);
    CHECK(card.stops[0].words == "Sold twice");
    CHECK(card.stops[0].tone == app::Tone::Stop);
    CHECK(std::string(card.stops[0].icon) != card.stops[1].icon);
    for (const ui::ActButton& act : card.acts) CHECK(act.style != ui::ActStyle::Accent);
    REQUIRE(card.settle);
    CHECK(std::get<app::OpenConflict>(card.settle->command).id == "0a1b");
    record.recall.reset();
    record.conflict->sellable = true;
    card = ui::make_record_card(record, Screen::Units, "2026-11-23", "");
    CHECK(card.stops[0].tone == app::Tone::Ask);
    CHECK(card.acts[0].style == ui::ActStyle::Accent);
}

TEST_CASE("a conflict is one tap, and a reason where it is grave", "[ui][click][conflict]") {
    const Size size = GENERATE(kKiosk, kHandheld);
    Headless screen(size.width, size.height);
    app::State state = fixtures::with_conflicts();
    screen.show(state);
    screen.click("SW-48P-7730012");
    REQUIRE(screen.asked<app::OpenConflict>().size() == 1);
    CHECK(screen.asked<app::OpenConflict>()[0].id == "112233445566");
    state.conflict = conflict(1);
    screen.show(state);
    screen.click("Keep A");
    REQUIRE(screen.asked<app::Settle>().size() == 1);
    CHECK(screen.asked<app::Settle>()[0].choice == "a");

    screen.forget();
    state.conflict = conflict(0);
    screen.show(state);
    CHECK_FALSE(screen.log().find("Keep A")->enabled);
    screen.click("Reason");
    screen.type("the client has it");
    screen.click("Keep A");
    REQUIRE(screen.asked<app::Settle>().size() == 1);
    CHECK(screen.asked<app::Settle>()[0].reason == "the client has it");
    state.conflict = conflict(1);  // what was typed belonged to the other one
    screen.show(state);
    screen.forget();
    screen.click("Keep A");
    CHECK(screen.asked<app::Settle>().at(0).reason.empty());
}

TEST_CASE("navigation and record lead to the inbox, a handheld leads back",
          "[ui][click][conflict]") {
    const Size size = GENERATE(kKiosk, kHandheld);
    Headless screen(size.width, size.height);
    app::State state = fixtures::with_record(Screen::Units, Status::InStock);
    state.record->conflict = app::ToSettle{"0a1b", "Sold twice", false};
    screen.show(state);
    screen.click("Conflicts");
    REQUIRE(screen.asked<app::ShowScreen>().size() == 1);
    CHECK(screen.asked<app::ShowScreen>()[0].screen == Screen::Conflicts);
    screen.click("Settle this");
    REQUIRE(screen.asked<app::OpenConflict>().size() == 1);
    screen.forget();
    state = fixtures::with_conflicts();
    state.conflict = conflict(2);
    screen.show(state);
    screen.click("Show the unit");
    CHECK(screen.asked<app::OpenUnit>().at(0).key == "Z7-000451-03");
    if (size.width < 900) {
        screen.click("Back");
        CHECK(screen.asked<app::OpenConflict>().at(0).id.empty());
    }
}

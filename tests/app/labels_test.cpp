// Goal: what is printed on a box is understood at the stations: without a tap where the label says
// enough, with one question otherwise, and never with the same question twice.
// Method: the application on a real database; frames as the scanner hands them over.

#include "app/dock.hpp"
#include "app/read_label.hpp"
#include "support/catch.hpp"

using namespace app;
using inventory::Action;
using inventory::Identifier;
using inventory::Status;

namespace {

const Codes kBox = {{"]E0", "9520123456788"},
                    {"]C0", "1PXAF4444"},
                    {"]C0", "00:1E:C9:47:D4:9B"},
                    {"]Q1", "SN=K7-00123;M=XAF4444"}};

}  // namespace

TEST_CASE("a box that names its serial registers without a tap and says why", "[app][labels]") {
    Dock dock(Shop(), "");  // not even the product is chosen: its code says it
    const auto state = dock.scan(kBox);
    CHECK(state->feedback.tone == Tone::Done);
    CHECK(state->candidates.empty());
    REQUIRE(state->record);
    const inventory::Unit& unit = state->record->unit;
    CHECK(unit.serial == "K7-00123");
    CHECK(unit.variant == "ROUTER-X");
    CHECK(unit.identifiers == std::vector<Identifier>{{"mac", "001EC947D49B"}});
    CHECK(unit.symbology == "]Q");
    CHECK_THAT(state->feedback.detail, ContainsSubstring("the field named serial (key SN)"));
    // Any number that was read finds it again.
    CHECK(dock.scan({{"]C0", "001EC947D49B"}})->record->unit.serial == "K7-00123");
}

TEST_CASE("a box without a named serial asks once and never again for that product",
          "[app][labels][profile]") {
    Dock dock;
    const auto box = [](const std::string& number) {
        return Codes{{"]E0", "9520123456788"},
                     {"]C0", "XAF-4444"},
                     {"]C0", "00:1E:C9:47:D4:" + number.substr(3)},
                     {"]C0", "K70" + number}};
    };
    auto state = dock.scan(box("00101"));
    CHECK(state->feedback.tone == Tone::Ask);
    CHECK(state->may_learn == "Router X");
    REQUIRE(state->candidates.size() == 2);
    state = dock.ask(Choose{"K7000101", true});
    CHECK(state->feedback.tone == Tone::Done);
    CHECK_THAT(state->feedback.detail,
               ContainsSubstring("Labels of Router X are read so from now on"));
    REQUIRE(state->catalog->profiles.size() == 1);
    for (const char* number : {"00102", "00103", "31977"}) {
        state = dock.scan(box(number));
        CAPTURE(number, state->feedback.headline, state->feedback.detail);
        CHECK(state->feedback.tone == Tone::Done);
        CHECK(state->candidates.empty());
        CHECK(state->record->unit.serial == "K70" + std::string(number));
        CHECK(state->record->unit.identifiers.size() == 1);
    }
    CHECK_THAT(state->feedback.detail, ContainsSubstring("the label profile of ROUTER-X"));
    CHECK(state->in_view.at(3).serial);
    CHECK(state->counts.all == 4);
}

TEST_CASE("a choice that is not to be remembered asks again", "[app][labels]") {
    Dock dock;
    dock.scan({{"]C0", "XAF-4444"}, {"]C0", "K7000101"}});
    auto state = dock.ask(Choose{"K7000101"});
    CHECK(state->catalog->profiles.empty());
    state = dock.scan({{"]C0", "XAF-4444"}, {"]C0", "K7000102"}});
    CHECK(state->candidates.size() == 2);
    // Two codes of one form cannot be told apart; that is said, and the unit registered all the
    // same.
    dock.scan({{"]C0", "K7000104"}, {"]C0", "K7000103"}});
    state = dock.ask(Choose{"K7000103", true});
    CHECK(state->catalog->profiles.empty());
    CHECK(state->record->unit.serial == "K7000103");
    CHECK_THAT(state->feedback.detail, ContainsSubstring("It will be asked again"));
}

TEST_CASE("the first plain code of a product is asked, those that look like it are not",
          "[app][labels][gate]") {
    Dock dock;
    auto state = dock.scan({{"]C0", "SN-0001"}});
    CHECK(state->feedback.tone == Tone::Ask);
    CHECK(state->counts.all == 0);
    CHECK(state->may_learn.empty());
    REQUIRE(state->candidates.size() == 1);
    CHECK(dock.ask(Choose{"SN-0001"})->counts.all == 1);
    CHECK(dock.scan({{"]C0", "SN-0002"}})->counts.all == 2);
    state = dock.scan({{"]C0", "1Z999AA10123456784"}});  // the parcel's
    CHECK(state->counts.all == 2);
    CHECK(state->feedback.headline == "Not a serial number");
    state = dock.scan({{"]C0", "XAF-4444"}});
    CHECK(state->counts.all == 2);
    CHECK(state->feedback.headline == "Is this the serial number?");
    CHECK_THAT(state->feedback.detail, ContainsSubstring("8 characters, the others have 7"));
}

TEST_CASE("a leading S is kept, offered without it, or decided by what is known", "[app][labels]") {
    Dock dock(shop_with({"442663A"}));
    // The database knows the form without.
    CHECK(dock.scan({{"]C0", "S442663A"}})->record->unit.serial == "442663A");
    const auto state = dock.scan({{"]C0", "S442664B"}});
    CHECK(state->feedback.tone == Tone::Ask);
    REQUIRE(state->candidates.size() == 2);
    CHECK(state->candidates[0].text == "S442664B");
    CHECK(state->candidates[1].text == "442664B");
    CHECK(state->may_learn == "Router X");
    CHECK(dock.ask(Choose{"442664B", true})->record->unit.serial == "442664B");
    CHECK(dock.scan({{"]C0", "S442665C"}})->record->unit.serial == "442665C");
}

TEST_CASE("a serial of another product is named as such, with what it can be registered as",
          "[app][labels]") {
    Dock dock(shop_with({"12345"}), "SWITCH-Y");
    auto state = dock.ask(Scanned{reading({{"]Q1", "SN=12345;M=Y"}})});
    CHECK(state->feedback.headline == "12345 is already a Router X");
    CHECK_THAT(state->feedback.detail, ContainsSubstring("Received is SWITCH-Y"));
    REQUIRE(state->candidates.size() == 1);
    CHECK(state->candidates[0].text == "SWITCH-Y-12345");
    CHECK(state->counts.all == 1);
    state = dock.ask(Choose{"SWITCH-Y-12345"});
    CHECK(state->counts.all == 2);
    CHECK(state->record->unit.variant == "SWITCH-Y");
    // The same box again is that unit, not the other one.
    state = dock.scan({{"]Q1", "SN=12345;M=Y"}});
    CHECK(state->candidates.empty());
    CHECK(state->record->unit.serial == "SWITCH-Y-12345");
}

TEST_CASE("the returns counter tells a suspected swap, and the return keeps it", "[app][labels]") {
    Dock dock;
    dock.scan({{"]Q1", "SN=K7-1;IMEI=356938035643809"}});
    dock.ask(Act{Action::Sell, "k7-1", ""});
    dock.ask(ShowScreen{Screen::Returns});
    auto state = dock.scan({{"]Q1", "SN=K7-1;IMEI=490154203237518"}});
    CHECK(state->feedback.headline == "Suspected swap");
    CHECK_THAT(state->feedback.detail,
               ContainsSubstring("IMEI is 490154203237518, registered is 356938035643809"));
    state = dock.ask(Act{Action::Return, "k7-1", ""});
    CHECK_THAT(state->record->timeline.front().what, ContainsSubstring("suspected swap"));
    CHECK(state->record->unit.identifiers == std::vector<Identifier>{{"imei", "356938035643809"}});
}

TEST_CASE("a number that is read later is kept with the unit", "[app][labels]") {
    Dock dock;
    dock.scan({{"]Q1", "SN=K7-1"}});
    dock.ask(ShowScreen{Screen::Dispatch});
    dock.scan({{"]Q1", "SN=K7-1"}, {"]C0", "00:1E:C9:47:D4:9B"}});
    const auto state = dock.ask(Act{Action::Sell, "k7-1", ""});
    CHECK(state->record->unit.identifiers == std::vector<Identifier>{{"mac", "001EC947D49B"}});
}

TEST_CASE("a near miss registers and is told", "[app][labels][near_miss]") {
    Dock dock(shop_with({"SN-20260301-A007", "SN-20260301-A008", "SN-20260301-A009"}));
    auto state = dock.ask(Typed{"SN-20260301-A0O8"});
    CHECK(state->feedback.tone == Tone::Ask);
    CHECK_THAT(
        state->feedback.detail,
        ContainsSubstring("looks like SN-20260301-A008, which is registered: O in place of 0"));
    CHECK(state->counts.all == 4);
    state = dock.ask(Typed{"SN-20260301-A010"});
    CHECK(state->feedback.tone == Tone::Done);
}

TEST_CASE("two boxes in view are two labels: one at a time", "[app][labels]") {
    Dock dock(shop_with({"SN-0001"}));
    scanner::Reading both;
    both.symbols = {placed("SN-0002", 100, 100, 200, 40), placed("SN-0003", 900, 600, 200, 40)};
    auto state = dock.ask(Scanned{both});
    CHECK(state->feedback.headline == "One at a time");
    CHECK(state->counts.all == 1);
    both.symbols = {placed("SN-0002", 100, 100, 200, 40), placed("SN-0002", 900, 600, 200, 40)};
    CHECK(dock.ask(Scanned{both})->counts.all == 2);  // one serial, printed twice
}

TEST_CASE("symbols near each other and in one direction are one label", "[app][labels]") {
    const auto groups = [](std::vector<scanner::Symbol> symbols) {
        return labels_in_view(symbols).size();
    };
    // A column of bars, as on most boxes, and the code beside it.
    CHECK(groups({placed("A", 100, 100, 300, 40), placed("B", 100, 180, 260, 40),
                  placed("C", 100, 270, 320, 40), placed("D", 450, 110, 90, 90)}) == 1);
    CHECK(groups({placed("A", 100, 100, 300, 40, 30), placed("B", 60, 170, 260, 40, 33)}) == 1);
    CHECK(groups({placed("A", 100, 100, 300, 40), placed("D", 150, 160, 80, 80, 90)}) == 1);
    // Far from each other, or one lies across the other.
    CHECK(groups({placed("A", 100, 100, 300, 40), placed("B", 100, 400, 300, 40)}) == 2);
    CHECK(groups({placed("A", 100, 100, 300, 40), placed("B", 100, 180, 300, 40, 30)}) == 2);
    CHECK(groups({symbol("]C0", "A"), symbol("]C0", "B")}) == 1);
    CHECK(groups({}) == 0);
    const auto two = labels_in_view({placed("A", 100, 100, 200, 40), placed("B", 900, 100, 200, 40),
                                     placed("C", 100, 160, 200, 40)});
    CHECK(two == std::vector<std::vector<std::size_t>>{{0, 2}, {1}});
}

TEST_CASE("the halves of a label join across two scans within three seconds", "[app][labels]") {
    const auto scan_twice = [](std::chrono::milliseconds apart) {
        Dock dock(Shop(), "");
        dock.scan({{"]C1", "0109520123456788"}});
        dock.ask(SetReceiveContext{"", "", "MAIN", "A-03"});
        dock.now->utc += apart;
        return dock.scan({{"]C1", "21ABC-1"}});
    };
    const auto joined = scan_twice(std::chrono::milliseconds(2900));
    REQUIRE(joined->record);
    CHECK(joined->record->unit.variant == "ROUTER-X");
    CHECK(joined->record->unit.serial == "ABC-1");
    CHECK(scan_twice(std::chrono::milliseconds(3100))->feedback.headline ==
          "Pick the product first");
    CHECK(scan_twice(std::chrono::milliseconds(-100))->counts.all == 0);  // the clock was put back
}

TEST_CASE("HIBC halves join only where the link says so", "[app][labels]") {
    const auto label_of = [](const std::string& text) {
        return read_label({symbol("]C0", text)}, {});
    };
    const auto primary = label_of("+A123BJC5D6E71G");
    CHECK(are_halves(primary, label_of("+$$+52001510X3GB")));
    CHECK(are_halves(label_of("+$$+52001510X3GB"), primary));
    CHECK_FALSE(are_halves(primary, primary));
    CHECK_FALSE(are_halves(primary, label_of("SN-1")));
    CHECK_FALSE(are_halves(label_of("SN-1"), label_of("SN-2")));
}

TEST_CASE("a profile is written, tried and removed from the window", "[app][labels][profile]") {
    Dock dock;
    const inventory::LabelProfile profile{.variant = "ROUTER-X", .strip = "S"};
    const auto tried = [&](const std::string& sample) {
        return dock.ask(TryProfile{profile, sample})->profile;
    };
    ProfileForm form = tried(" S442663A ");
    CHECK(form.tried);
    CHECK(form.by_profile);
    CHECK(form.serial == "442663A");
    CHECK(form.why == "The serial number, by this profile.");
    form = tried("X442663A");
    CHECK_FALSE(form.by_profile);
    CHECK(form.serial == "X442663A");  // a lone plain code
    CHECK(form.why == "Not by this profile: the code does not begin with the prefix.");
    form = tried("SN=S1;M=2");  // named, whatever the profile says
    CHECK(form.serial == "S1");
    CHECK_THAT(form.why, ContainsSubstring("the field named serial (key SN)"));
    CHECK_FALSE(tried("").tried);
    CHECK(dock.application.state()->catalog->profiles.empty());
    auto state = dock.ask(PutProfile{profile});
    CHECK(state->profile.put == 1);
    CHECK(state->feedback.headline == "Label profile saved");
    REQUIRE(state->catalog->profiles.size() == 1);
    for (const char* pattern : {"(", ""}) {
        const inventory::LabelProfile none{.variant = "ROUTER-X", .pattern = pattern};
        CHECK_FALSE(dock.ask(TryProfile{none, "S1"})->profile.error.empty());
        CHECK_FALSE(dock.ask(PutProfile{none})->profile.error.empty());
    }
    CHECK(dock.application.state()->profile.put == 1);
    state = dock.ask(RemoveProfile{"ROUTER-X"});
    CHECK(state->catalog->profiles.empty());
    CHECK_FALSE(dock.ask(RemoveProfile{"ROUTER-X"})->profile.error.empty());
}

TEST_CASE("on the profiles' screen a scanned code is the one that is tried", "[app][profile]") {
    Dock dock;
    dock.ask(ShowScreen{Screen::Profiles});
    auto state = dock.scan({{"]E0", "9520123456788"}, {"]C0", "S442663A"}});
    CHECK(state->profile.scanned == "S442663A");
    CHECK(state->profile.scans == 1);
    CHECK(state->counts.all == 0);
    CHECK(dock.scan({{"]E0", "9520123456788"}})->profile.scanned == "9520123456788");
    CHECK(dock.ask(ShowScreen{Screen::Receive})->profile.scanned.empty());
}

// Goal: a label profile is found, read, tried on a code, changed and removed in the window.
// Method: the model as data; the screen drawn without a window and touched by its words.
#include "ui/models/profiles.hpp"

#include "fixtures.hpp"
#include "headless.hpp"
#include "layout.hpp"
#include "support/catch.hpp"

namespace {

app::State tried(const app::ProfileForm& form) {
    app::State state = fixtures::with_profiles();
    state.profile = form;
    return state;
}

ui::ProfileDraft draft_with(const std::string& pattern) {
    ui::ProfileDraft draft;
    draft.variant = "ROUTER-X";
    draft.pattern = pattern;
    return draft;
}

}  // namespace

TEST_CASE("profiles are listed by product, in words", "[ui][profile]") {
    const auto rows = ui::make_profile_rows(*fixtures::with_profiles().catalog);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].product == "Router X");
    CHECK(rows[0].words == "Code 128, without S, ^\\d{6}[A-Z]$");
    CHECK(rows[1].product == "Switch Y");
    CHECK(rows[1].words == "Any barcode, 8 characters after 2");
}

TEST_CASE("the form of a product says what its profile says, and is it again", "[ui][profile]") {
    const auto state = fixtures::with_profiles();
    for (const auto& profile : state.catalog->profiles) {
        const auto again = ui::profile_in(ui::make_profile_draft(*state.catalog, profile.variant));
        REQUIRE(again);
        CHECK(*again == profile);
    }
    auto draft = ui::make_profile_draft(*state.catalog, "SENSOR-Z");
    CHECK(draft.variant == "SENSOR-Z");
    CHECK(draft.pattern.empty());
    for (const char* wrong : {"x", "8 ", "99999999999", "3.5"}) {
        draft.take = wrong;
        CHECK_FALSE(ui::profile_in(draft));
        CHECK_FALSE(ui::try_profile(draft));
        CHECK(ui::make_trial(draft, {}).tone == app::Tone::Stop);
    }
}

TEST_CASE("trying a profile says what is read and why", "[ui][profile]") {
    const auto draft = draft_with("^\\d+$");
    CHECK(ui::make_trial(draft_with(""), {.error = "it says nothing"}).tone == app::Tone::None);
    CHECK(ui::make_trial(draft, {}).tone == app::Tone::None);
    CHECK(ui::make_trial(draft, {.error = "missing )"}).detail == "missing )");
    const app::ProfileForm read{
        .tried = true, .serial = "12", .by_profile = true, .why = "By this profile."};
    CHECK(ui::make_trial(draft, read).tone == app::Tone::Done);
    CHECK(ui::make_trial(draft, read).headline == "12");
    const app::ProfileForm other{.tried = true, .why = "Not by this profile."};
    CHECK(ui::make_trial(draft, other).tone == app::Tone::Ask);
    CHECK(ui::make_trial(draft, other).headline == "No serial number");
}

TEST_CASE("every change of the form is tried at once, and saved by a tap", "[ui][profile][click]") {
    const Size size = GENERATE(from_range(std::begin(kSizes), std::end(kSizes)));
    Headless screen(size.width, size.height);
    screen.show(fixtures::with_profiles());
    screen.click("Router X");
    REQUIRE(screen.asked<app::TryProfile>().size() == 1);
    CHECK(screen.asked<app::TryProfile>()[0].profile.strip == "S");
    screen.click("Try a code of the label");
    screen.type("S442663A");
    CHECK(screen.asked<app::TryProfile>().back().sample == "S442663A");
    screen.click("Expression");
    screen.type("^X");
    CHECK(screen.asked<app::TryProfile>().back().profile.pattern == "^X");
    CHECK(screen.asked<app::TryProfile>().back().sample == "S442663A");
    screen.show(tried({.error = "missing )"}));
    CHECK_FALSE(screen.log().find("Save")->enabled);
    screen.show(fixtures::with_profiles());
    screen.click("Save");
    REQUIRE(screen.asked<app::PutProfile>().size() == 1);
    CHECK(screen.asked<app::PutProfile>()[0].profile.pattern == "^X");
    CHECK(screen.asked<app::PutProfile>()[0].profile.symbology == "]C");
    check_layout(screen.log(), size);
    screen.show(tried({.put = 1}));
    CHECK_FALSE(screen.shows("Save"));
}

TEST_CASE("a profile is removed by two taps and kept by another", "[ui][profile][click]") {
    const Size size = GENERATE(from_range(std::begin(kSizes), std::end(kSizes)));
    Headless screen(size.width, size.height);
    screen.show(fixtures::with_profiles());
    screen.click("Switch Y");
    screen.click("Remove");
    check_layout(screen.log(), size);
    screen.click("Keep it");
    CHECK(screen.asked<app::RemoveProfile>().empty());
    screen.click("Remove");
    screen.click("Yes, remove");
    REQUIRE(screen.asked<app::RemoveProfile>().size() == 1);
    CHECK(screen.asked<app::RemoveProfile>()[0].variant == "SWITCH-Y");
}

TEST_CASE("a new profile begins with its product, and a scanned code is tried",
          "[ui][profile][click]") {
    const Size size = GENERATE(from_range(std::begin(kSizes), std::end(kSizes)));
    Headless screen(size.width, size.height);
    screen.show(fixtures::working(app::Screen::Profiles));
    screen.click("New label profile");
    screen.click("Sensor Z");
    CHECK_FALSE(screen.shows("Remove"));
    screen.forget();
    app::State state = fixtures::working(app::Screen::Profiles);
    state.profile.scanned = "Z5-77-001";
    state.profile.scans = 1;
    screen.show(state);
    REQUIRE(screen.asked<app::TryProfile>().size() == 1);
    CHECK(screen.asked<app::TryProfile>()[0].sample == "Z5-77-001");
    CHECK(screen.asked<app::TryProfile>()[0].profile.variant == "SENSOR-Z");
    screen.click("Back");
    CHECK(screen.shows("New label profile"));
}

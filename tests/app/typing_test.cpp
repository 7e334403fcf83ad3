// Goal: a hardware scanner that types registers units as the camera does, once the test sheet was
// scanned also when it was set up for another keyboard; and what was learned is kept.
#include "app/application.hpp"
#include "settings/settings.hpp"
#include "support/catch.hpp"
#include "support/shop.hpp"
#include "support/temporary.hpp"

using namespace app;

namespace {

// Set up for a keyboard on which y and z change places, as the hyphen and the slash do.
std::string typed(std::string text) {
    for (char& c : text) {
        const std::string_view meant = "yzYZ-/", arrives = "zyZY/-";
        if (const auto at = meant.find(c); at != std::string_view::npos) c = arrives[at];
    }
    return text + "\r";
}

struct Desk {
    std::string kept;
    Application application;

    Desk() : application(make()) {
        application.read_typing_by("", [this](const std::string& sheet) -> Result<void> {
            kept = sheet;
            return {};
        });
        application.handle(SetReceiveContext{"ROUTER-X", "", "MAIN", "A-03"});
    }
    static Application make() {
        Shop shop;
        return {std::move(shop.store), {"Alex", "MAIN", "A-03"}, "Dock 1", [moment = shop.now] {
                    return *moment;
                }};
    }
    // What the scan is about: the unit that was registered.
    std::string scan(const std::string& text) {
        const auto state = application.handle(TypedByScanner{typed(text)});
        return state->record ? state->record->unit.serial : "";
    }
    std::shared_ptr<const State> learn(const std::string& sheet) {
        application.handle(ShowScreen{Screen::HardwareScanner});
        auto state = application.handle(TypedByScanner{sheet});
        application.handle(ShowScreen{Screen::Receive});
        return state;
    }
};

const std::string kNamed = "(01)09520123456788(21)SN-yZ/1";

}  // namespace

TEST_CASE("after the test sheet a scanner for another keyboard is read right", "[app][wedge]") {
    Desk desk;
    CHECK(desk.scan(kNamed) == "SN/zY-1");  // as it came
    const auto learned = desk.learn(typed(std::string(label::wedge_sheet())));
    CHECK(learned->feedback.tone == Tone::Done);
    CHECK(learned->hardware.words == "ends with Enter, 6 characters are put right");
    CHECK(desk.scan(kNamed) == "SN-yZ/1");
}

TEST_CASE("what is not the test sheet teaches nothing", "[app][wedge]") {
    Desk desk;
    const auto state = desk.learn("SN-20260301-A001\r");
    CHECK(state->feedback.headline == "Not learned");
    CHECK(state->hardware.words.empty());
    CHECK(desk.kept.empty());
}

TEST_CASE("what was learned is there after the next start", "[app][wedge]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("config/hardware-scanner");
    Desk first;
    first.learn(typed(std::string(label::wedge_sheet())));
    CHECK(settings::load_typed_sheet(file).empty());
    REQUIRE(settings::keep_typed_sheet(file, first.kept));
    Desk next;
    next.application.read_typing_by(settings::load_typed_sheet(file), {});
    CHECK(next.scan(kNamed) == "SN-yZ/1");
}

TEST_CASE("the test sheet is shown as a code that holds its text", "[app][wedge]") {
    Desk desk;
    CHECK_FALSE(desk.application.state()->hardware.sheet);
    const auto state = desk.application.handle(ShowScreen{Screen::HardwareScanner});
    REQUIRE(state->hardware.sheet);
    const auto size = static_cast<std::size_t>(state->hardware.sheet->size);
    CHECK(state->hardware.sheet->dark.size() == size * size);
}

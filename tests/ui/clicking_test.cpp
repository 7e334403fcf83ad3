// The operator's taps and typing become commands: through the same input events as in the window.
#include <string>

#include "fixtures.hpp"
#include "headless.hpp"
#include "support/catch.hpp"

using app::Screen;
using inventory::Status;

namespace {

struct Size {
    int width, height;
};
constexpr Size kKiosk{1280, 800};
constexpr Size kHandheld{480, 800};

Size any_size() { return GENERATE(kKiosk, kHandheld); }

}  // namespace

TEST_CASE("a tap on a lawful action asks for exactly that", "[ui][click][lifecycle]") {
    const Size size = any_size();
    Headless screen(size.width, size.height);
    for (const inventory::Transition& move : inventory::kTransitions) {
        screen.show(fixtures::with_record(Screen::Dispatch, move.from));
        screen.forget();
        screen.click(inventory::label(move.action));
        const auto acts = screen.asked<app::Act>();
        REQUIRE(acts.size() == 1);
        CHECK(acts[0].action == move.action);
        CHECK(acts[0].key == "sn-20260301-a001");
        CHECK(screen.command_count() == 1);
    }
}

TEST_CASE("Returned + Defective is one tap at the returns counter", "[ui][click]") {
    const Size size = any_size();
    Headless screen(size.width, size.height);
    screen.show(fixtures::with_record(Screen::Returns, Status::Sold));
    screen.click("Returned + Defective");
    REQUIRE(screen.asked<app::ReturnAsDefective>().size() == 1);
    CHECK(screen.asked<app::ReturnAsDefective>()[0].key == "sn-20260301-a001");
}

TEST_CASE("undo is one tap, for the record shown and for the last act", "[ui][click]") {
    const Size size = any_size();
    Headless screen(size.width, size.height);
    app::State state = fixtures::with_record(Screen::Dispatch, Status::Sold);
    state.record->undo = "Sold";
    screen.show(state);
    screen.click("Undo Sold");
    REQUIRE(screen.asked<app::Undo>().size() == 1);
    CHECK(screen.asked<app::Undo>()[0].key == "sn-20260301-a001");
    screen.forget();
    state = fixtures::working(Screen::Receive);
    state.undo = "Registered SN-1";
    screen.show(state);
    screen.click("Undo Registered SN-1");
    REQUIRE(screen.asked<app::Undo>().size() == 1);
    CHECK(screen.asked<app::Undo>()[0].key.empty());
}

TEST_CASE("the navigation leads to every place", "[ui][click]") {
    Headless screen(1280, 800);
    screen.show(fixtures::working(Screen::Receive));
    for (const char* place : {"Dispatch", "Returns", "Serial Numbers", "Receive"})
        screen.click(place);
    const auto asked = screen.asked<app::ShowScreen>();
    REQUIRE(asked.size() == 3);  // Receive is where we are
    CHECK(asked[0].screen == Screen::Dispatch);
    CHECK(asked[1].screen == Screen::Returns);
    CHECK(asked[2].screen == Screen::Units);
}

TEST_CASE("the bottom bar of a handheld leads to the same places", "[ui][click]") {
    Headless screen(480, 800);
    screen.show(fixtures::working(Screen::Units));
    for (const char* place : {"Receive", "Dispatch", "Returns", "Serials"}) screen.click(place);
    CHECK(screen.asked<app::ShowScreen>().size() == 3);
}

TEST_CASE("a serial typed at a station means what a scan means", "[ui][click]") {
    const Size size = any_size();
    const Screen station = GENERATE(Screen::Receive, Screen::Dispatch, Screen::Returns);
    Headless screen(size.width, size.height);
    screen.show(fixtures::working(station));
    screen.click("Serial");
    screen.type("SN-7\n");
    screen.click("Serial");
    screen.type("SN-8");
    screen.click("Enter");
    const auto typed = screen.asked<app::Typed>();
    REQUIRE(typed.size() == 2);
    CHECK(typed[0].text == "SN-7");
    CHECK(typed[1].text == "SN-8");
}

TEST_CASE("one of several candidates is chosen with a tap", "[ui][click]") {
    const Size size = any_size();
    Headless screen(size.width, size.height);
    app::State state = fixtures::working(Screen::Receive);
    state.candidates = {{"SN-1", "plain code"}, {"356938035643809", "like an IMEI"}};
    screen.show(state);
    screen.click("356938035643809");
    REQUIRE(screen.asked<app::Choose>().size() == 1);
    CHECK(screen.asked<app::Choose>()[0].text == "356938035643809");
}

TEST_CASE("a choice is remembered unless the operator says only this once", "[ui][click]") {
    const Size size = any_size();
    Headless screen(size.width, size.height);
    app::State state = fixtures::working(Screen::Receive);
    state.candidates = {{"SN-1", "plain code"}, {"PN-7", "plain code"}};
    state.may_learn = "Router X";
    screen.show(state);
    screen.click("SN-1");
    screen.click("Use this one from now on");
    screen.click("SN-1");
    screen.click("Only this once");
    screen.click("SN-1");
    state.may_learn.clear();  // nothing can be learned: nothing is
    screen.show(state);
    screen.click("SN-1");
    std::vector<bool> remembered;
    for (const app::Choose& choice : screen.asked<app::Choose>())
        remembered.push_back(choice.remember);
    CHECK(remembered == std::vector<bool>{true, false, true, false});
}

TEST_CASE("tabs and search set the list", "[ui][click]") {
    const Size size = any_size();
    Headless screen(size.width, size.height);
    app::State state = fixtures::working(Screen::Units);
    screen.show(state);
    for (const Status status : inventory::kStatuses) screen.click(inventory::label(status));
    screen.click("All");
    auto lists = screen.asked<app::SetList>();
    REQUIRE(lists.size() == 6);
    for (std::size_t i = 0; i < 5; ++i) CHECK(lists[i].tab == inventory::kStatuses[i]);
    CHECK_FALSE(lists[5].tab);
    screen.forget();
    state.list.tab = Status::Sold;
    screen.show(state);
    screen.click("Search");
    screen.type("A00");
    lists = screen.asked<app::SetList>();
    REQUIRE_FALSE(lists.empty());
    CHECK(lists.back().search == "A00");
    CHECK(lists.back().tab == Status::Sold);
}

TEST_CASE("a row opens its record, and Back closes it", "[ui][click]") {
    const Size size = any_size();
    Headless screen(size.width, size.height);
    screen.show(fixtures::working(Screen::Units));
    screen.click("SN-20260301-A004");
    REQUIRE(screen.asked<app::OpenUnit>().size() == 1);
    CHECK(screen.asked<app::OpenUnit>()[0].key == "key3");
    screen.show(fixtures::with_record(Screen::Units, Status::InStock));
    screen.click("Back");
    CHECK(screen.asked<app::CloseRecord>().size() == 1);
}

TEST_CASE("the rows behind and before are asked for once, near the ends of the list",
          "[ui][click][list]") {
    Headless screen(1280, 800);
    screen.show(fixtures::with_rows(200, 600));
    screen.forget();  // at the top of them: the rows before were asked for
    screen.show(fixtures::with_rows(100, 600));
    CHECK(screen.command_count() == 0);  // both ends are far
    screen.scroll_over("SN-200", -400);
    CHECK(screen.asked<app::LoadNextRows>().size() == 1);
    screen.scroll_over_again(-10);
    CHECK(screen.asked<app::LoadNextRows>().size() == 1);
    CHECK(screen.asked<app::LoadPreviousRows>().empty());
    CHECK(screen.log().all().size() < 60);  // only rows in sight are drawn
    screen.forget();
    screen.show(fixtures::with_rows(200, 600));
    CHECK(screen.command_count() == 0);
    screen.scroll_over("SN-690", 400);
    CHECK(screen.asked<app::LoadPreviousRows>().size() == 1);
    CHECK(screen.asked<app::LoadNextRows>().empty());
}

TEST_CASE("a row stays under the eye when the rows around it are others", "[ui][click][list]") {
    const Size size = any_size();
    Headless screen(size.width, size.height);
    screen.show(fixtures::with_rows(0, 400));
    screen.scroll_over("SN-1", -31.3F);
    const auto in_view = [&](const std::string& serial) { return screen.log().find(serial); };
    std::string seen;
    for (int i = 0; i < 400 && seen.empty(); ++i)
        if (const auto row = in_view("SN-" + std::to_string(i)); row && row->visible.h > 50)
            seen = row->words;
    INFO(seen);
    REQUIRE_FALSE(seen.empty());
    REQUIRE(seen != "SN-0");
    const float at = in_view(seen)->box.y;
    for (const int first : {40, 5, 30, 0}) {
        screen.show(fixtures::with_rows(first, 600));
        REQUIRE(in_view(seen));
        CHECK(in_view(seen)->box.y == Approx(at).margin(1));
    }
}

TEST_CASE("another tab begins at its top", "[ui][click][list]") {
    Headless screen(1280, 800);
    app::State state = fixtures::with_rows(0, 400);
    screen.show(state);
    screen.scroll_over("SN-1", -100);
    CHECK_FALSE(screen.shows("SN-0"));
    state.list.tab = Status::InStock;
    state.list.rows = std::make_shared<const std::vector<app::ListRow>>(*state.list.rows);
    screen.show(state);
    CHECK(screen.shows("SN-0"));
}

TEST_CASE("an empty filter is cleared with its button", "[ui][click]") {
    const Size size = any_size();
    Headless screen(size.width, size.height);
    app::State state = fixtures::working(Screen::Units);
    state.list.rows = std::make_shared<const std::vector<app::ListRow>>();
    state.list.tab = Status::Reserved;
    screen.show(state);
    screen.click("Show all");
    REQUIRE(screen.asked<app::SetList>().size() == 1);
    CHECK_FALSE(screen.asked<app::SetList>()[0].tab);
}

TEST_CASE("the form sends all seven fields", "[ui][click][add]") {
    const Size size = any_size();
    Headless screen(size.width, size.height);
    app::State state = fixtures::working(Screen::Add);
    state.add.draft = {};
    state.add.number = 1;
    screen.show(state);
    screen.click("Serial Number");
    screen.type("SN-20260301-A099");
    for (const auto& [label, choice] : {std::pair{"Product Variant", "Router X"},
                                        {"Lot", "L-22"},
                                        {"Warehouse", "Main warehouse"},
                                        {"Location", "A-02"}}) {
        screen.click(label);
        screen.click(choice);
    }
    screen.click("Purchase Date");
    screen.type("2026-03-01");
    screen.click("Warranty Expiry");
    screen.type("2028-02-29");
    screen.click("Create");
    const auto created = screen.asked<app::CreateUnit>();
    REQUIRE(created.size() == 1);
    CHECK(created[0].draft.serial == "SN-20260301-A099");
    CHECK(created[0].draft.variant == "ROUTER-X");
    CHECK(created[0].draft.lot == "L-22");
    CHECK(created[0].draft.warehouse == "MAIN");
    CHECK(created[0].draft.location == "A-02");
    CHECK(created[0].draft.purchase_date == "2026-03-01");
    CHECK(created[0].draft.warranty_expiry == "2028-02-29");
}

TEST_CASE("a scan fills the serial of the form even while it is being typed", "[ui][click][add]") {
    Headless screen(1280, 800);
    app::State state = fixtures::working(Screen::Add);
    screen.show(state);
    screen.click("Serial Number");
    screen.type("half");
    state.add.draft.serial = "SN-SCANNED";
    state.add.number = 2;
    screen.show(state);
    screen.click("Create");
    REQUIRE(screen.asked<app::CreateUnit>().size() == 1);
    CHECK(screen.asked<app::CreateUnit>()[0].draft.serial == "SN-SCANNED");
}

TEST_CASE("a picker sets the context that stays", "[ui][click]") {
    const Size size = any_size();
    Headless screen(size.width, size.height);
    screen.show(fixtures::working(Screen::Receive));
    screen.click("Product Variant");
    CHECK_FALSE(screen.shows("Dispatch"));  // a sheet lies over the navigation
    screen.click("Find");
    screen.type("switch");
    CHECK_FALSE(screen.shows("Router X"));
    screen.click("Switch Y");
    const auto contexts = screen.asked<app::SetReceiveContext>();
    REQUIRE(contexts.size() == 1);
    CHECK(contexts[0].variant == "SWITCH-Y");
    CHECK(contexts[0].lot.empty());  // L-22 belongs to another variant
    CHECK(screen.shows("Dispatch"));
}

TEST_CASE("a new variant is added, chosen and the form closes, a refusal stays in it",
          "[ui][click]") {
    const Size size = any_size();
    Headless screen(size.width, size.height);
    app::State state = fixtures::working(Screen::Receive);
    screen.show(state);
    screen.click("Product Variant");
    screen.click("New product variant");
    screen.click("SKU");
    screen.type("AP-9");
    screen.click("Warranty in months");
    screen.type("24");
    screen.click("Add");
    const auto added = screen.asked<app::AddVariant>();
    REQUIRE(added.size() == 1);
    CHECK(added[0].sku == "AP-9");
    CHECK(added[0].warranty_months == "24");
    state.revision += 1;
    state.reference.error = "AP-9 exists already.";
    screen.show(state);
    CHECK(screen.shows("SKU"));
    screen.click("Add");  // corrected or not, it may be sent again
    CHECK(screen.asked<app::AddVariant>().size() == 2);
    state.revision += 1;
    state.reference = {"", 1, "AP-9"};
    screen.show(state);
    CHECK_FALSE(screen.shows("SKU"));
    REQUIRE(screen.asked<app::SetReceiveContext>().size() == 1);
    CHECK(screen.asked<app::SetReceiveContext>()[0].variant == "AP-9");
}

TEST_CASE("the first start leads to the warehouse form", "[ui][click]") {
    const Size size = any_size();
    Headless screen(size.width, size.height);
    screen.show(fixtures::first_start());
    screen.click("Add a warehouse");
    screen.click("Warehouse code");
    screen.type("MAIN");
    screen.click("Add");
    REQUIRE(screen.asked<app::AddWarehouse>().size() == 1);
    CHECK(screen.asked<app::AddWarehouse>()[0].code == "MAIN");
}

TEST_CASE("client and order are sent when the field is left", "[ui][click]") {
    Headless screen(1280, 800);
    app::State state = fixtures::working(Screen::Dispatch);
    state.dispatch = {};
    screen.show(state);
    screen.click("Client");
    screen.type("Client K");
    CHECK(screen.asked<app::SetDispatchContext>().empty());
    screen.type("\n");
    REQUIRE(screen.asked<app::SetDispatchContext>().size() == 1);
    CHECK(screen.asked<app::SetDispatchContext>()[0].client == "Client K");
}

TEST_CASE("a recent scan leads to its record", "[ui][click]") {
    Headless screen(1280, 800);
    screen.show(fixtures::working(Screen::Receive));
    screen.click("SN-20260301-A013");
    REQUIRE(screen.asked<app::OpenUnit>().size() == 1);
    CHECK(screen.asked<app::OpenUnit>()[0].key == "k13");
    CHECK_FALSE(screen.shows("4012345678901"));  // no unit, so nothing to open
}

TEST_CASE("the theme button changes the theme at once", "[ui][click]") {
    Headless screen(1280, 800);
    screen.show(fixtures::working(Screen::Units));
    screen.click("Theme");
    CHECK(screen.session().view().theme == ui::Theme::HighContrast);
    screen.click("Theme");
    CHECK(screen.session().view().theme == ui::Theme::Light);
    CHECK(screen.command_count() == 0);
}

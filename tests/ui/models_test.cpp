// What the screens say, as data, without drawing.
#include <algorithm>

#include "fixtures.hpp"
#include "support/catch.hpp"
#include "ui/models/list.hpp"
#include "ui/models/record_card.hpp"
#include "ui/models/reference.hpp"
#include "ui/models/stations.hpp"
#include "ui/view_state.hpp"

using app::Screen;
using inventory::Status;

namespace {

ui::RecordCard card_of(Status status, Screen screen) {
    return ui::make_record_card(fixtures::record_in(status), screen, "2026-11-23", "");
}

std::string accent_of(const ui::RecordCard& card) {
    for (const ui::ActButton& act : card.acts)
        if (act.style == ui::ActStyle::Accent) return act.words;
    return {};
}

}  // namespace

TEST_CASE("a record offers exactly the lawful actions, in the order of the lifecycle",
          "[ui][model]") {
    const Status status =
        GENERATE(from_range(std::begin(inventory::kStatuses), std::end(inventory::kStatuses)));
    const ui::RecordCard card = card_of(status, Screen::Units);
    const auto lawful = inventory::actions_of(status);
    REQUIRE(card.acts.size() == lawful.size());
    for (std::size_t i = 0; i < lawful.size(); ++i) {
        CHECK(card.acts[i].words == inventory::label(lawful[i]));
        const auto* act = std::get_if<app::Act>(&card.acts[i].command);
        REQUIRE(act != nullptr);
        CHECK(act->action == lawful[i]);
        CHECK(act->key == "sn-20260301-a001");
    }
}

TEST_CASE("each station has its own next act", "[ui][model]") {
    struct Row {
        Screen screen;
        Status status;
        const char* accent;
    };
    const Row row = GENERATE(values<Row>({{Screen::Dispatch, Status::InStock, "Mark as Sold"},
                                          {Screen::Dispatch, Status::Reserved, "Mark as Sold"},
                                          {Screen::Dispatch, Status::Defective, ""},
                                          {Screen::Returns, Status::Sold, "Mark as Returned"},
                                          {Screen::Returns, Status::InStock, ""},
                                          {Screen::Receive, Status::Returned, "Return to Stock"},
                                          {Screen::Receive, Status::InStock, ""},
                                          {Screen::Units, Status::InStock, "Mark as Sold"}}));
    CHECK(accent_of(card_of(row.status, row.screen)) == row.accent);
}

TEST_CASE("a sold unit at the returns counter can come back as defective in one tap",
          "[ui][model]") {
    const ui::RecordCard card = card_of(Status::Sold, Screen::Returns);
    REQUIRE(card.acts.size() == 3);
    CHECK(card.acts[1].words == "Returned + Defective");
    CHECK(std::get<app::ReturnAsDefective>(card.acts[1].command).key == "sn-20260301-a001");
    CHECK(card_of(Status::Sold, Screen::Units).acts.size() == 2);
    CHECK(card_of(Status::InStock, Screen::Returns).acts.size() == 2);
}

TEST_CASE("the reason typed goes with the act", "[ui][model]") {
    const auto card = ui::make_record_card(fixtures::record_in(Status::Sold), Screen::Returns,
                                           "2026-11-23", "wet");
    CHECK(std::get<app::Act>(card.acts[0].command).reason == "wet");
    CHECK(std::get<app::ReturnAsDefective>(card.acts[1].command).reason == "wet");
}

TEST_CASE("a record says all seven fields and the sale", "[ui][model]") {
    const ui::RecordCard card = card_of(Status::Reserved, Screen::Units);
    CHECK(card.serial == "SN-20260301-A001");
    CHECK(card.variant == "Router X");
    CHECK(card.sku == "ROUTER-X");
    REQUIRE(card.fields.size() == 5);
    const char* const names[] = {"Lot", "Warehouse", "Location", "Purchase Date",
                                 "Warranty Expiry"};
    const char* const values[] = {"L-22", "MAIN", "A-03", "1 Mar 2026", "29 Feb 2028"};
    for (std::size_t i = 0; i < 5; ++i) {
        CHECK(card.fields[i].name == names[i]);
        CHECK(card.fields[i].value == values[i]);
        CHECK(card.fields[i].given);
    }
    CHECK(card.sale[0].value == "Kestrel Logistics");
    CHECK(card.sale[1].value == "4711");
}

TEST_CASE("what is not recorded says so", "[ui][model]") {
    app::Record record = fixtures::record_in(Status::Sold);
    record.unit.warranty_expiry.reset();
    record.warranty = {};
    const auto card = ui::make_record_card(record, Screen::Units, "2026-11-23", "");
    CHECK_FALSE(card.fields[1].given);
    CHECK(card.fields[1].value == "none");
    CHECK_FALSE(card.warranty.has_bar);
    CHECK_FALSE(card.warranty.words.empty());
}

TEST_CASE("the warranty bar shows the share that is left", "[ui][model]") {
    struct Row {
        const char* today;
        double share;
    };
    const Row row = GENERATE(
        values<Row>({{"2026-03-01", 1}, {"2028-02-29", 0}, {"2030-01-01", 0}, {"2020-01-01", 1}}));
    const auto card =
        ui::make_record_card(fixtures::record_in(Status::Sold), Screen::Units, row.today, "");
    CHECK(card.warranty.has_bar);
    CHECK(card.warranty.share == Approx(row.share));
}

TEST_CASE("undo names what it takes back", "[ui][model]") {
    app::Record record = fixtures::record_in(Status::Sold);
    CHECK_FALSE(ui::make_record_card(record, Screen::Dispatch, "2026-11-23", "").undo);
    record.undo = "Sold";
    const auto card = ui::make_record_card(record, Screen::Dispatch, "2026-11-23", "");
    REQUIRE(card.undo);
    CHECK(card.undo->words == "Undo Sold");
    CHECK(std::get<app::Undo>(card.undo->command).key == "sn-20260301-a001");
    app::State state = fixtures::working(Screen::Receive);
    CHECK_FALSE(ui::make_device_undo(state));
    state.undo = "Registered SN-1";
    CHECK(ui::make_device_undo(state)->words == "Undo Registered SN-1");
    CHECK(std::get<app::Undo>(ui::make_device_undo(state)->command).key.empty());
}

TEST_CASE("a hold and a recall are said in words, each with its own symbol", "[ui][model]") {
    app::Record record = fixtures::record_in(Status::InStock);
    CHECK(ui::make_record_card(record, Screen::Units, "2026-11-23", "").stops.empty());
    record.unit.hold = "wet carton";
    record.recall = "";
    const auto card = ui::make_record_card(record, Screen::Units, "2026-11-23", "");
    REQUIRE(card.stops.size() == 2);
    CHECK(card.stops[0].words == "Recalled");
    CHECK(card.stops[1].words == "On hold: wet carton");
    CHECK(std::string(card.stops[0].icon) != card.stops[1].icon);
    CHECK(accent_of(card).empty());  // nothing invites to sell it
}

TEST_CASE("an expired lot is said with its day, and the unit is not offered for sale",
          "[ui][model]") {
    app::Record record = fixtures::record_in(Status::InStock);
    record.lot_expired = inventory::parse_date("2026-03-03");
    const auto card = ui::make_record_card(record, Screen::Units, "2026-11-23", "");
    REQUIRE(card.stops.size() == 1);
    CHECK(card.stops[0].words == "Lot expired 3 Mar 2026");
    CHECK(card.stops[0].tone == app::Tone::Stop);
    CHECK(accent_of(card).empty());
}

TEST_CASE("the list has six tabs with their counts", "[ui][model]") {
    app::State state = fixtures::working(Screen::Units);
    state.list.tab = Status::Sold;
    const auto tabs = ui::make_tabs(state);
    REQUIRE(tabs.size() == 6);
    const char* const words[] = {"All", "In Stock", "Reserved", "Sold", "Returned", "Defective"};
    const char* const counts[] = {"30", "15", "3", "6", "3", "3"};
    for (std::size_t i = 0; i < 6; ++i) {
        CHECK(tabs[i].words == words[i]);
        CHECK(tabs[i].count == counts[i]);
        CHECK(tabs[i].chosen == (i == 3));
    }
}

TEST_CASE("an empty list says how to see something again", "[ui][model]") {
    app::State state = fixtures::working(Screen::Units);
    state.list.tab = Status::Reserved;
    CHECK(ui::make_empty_list(state).clear == "Show all");
    state.list.search = "A99";
    CHECK(ui::make_empty_list(state).clear == "Clear the search");
    CHECK_THAT(ui::make_empty_list(state).hint.detail, ContainsSubstring("A99"));
    CHECK(ui::make_empty_list(fixtures::first_start()).clear.empty());
    state.list_awaited = true;  // whether it is empty is not known yet
    CHECK(ui::make_empty_list(state).hint.headline == "Reading the list");
}

TEST_CASE("the first start asks for a warehouse, then a variant, then a scan", "[ui][model]") {
    app::State state = fixtures::first_start();
    auto steps = ui::make_first_steps(state);
    REQUIRE(steps.size() == 3);
    CHECK(steps[0].next);
    CHECK(steps[0].button == "Add a warehouse");
    app::Catalog with_warehouse;
    with_warehouse.warehouses = {{"MAIN", ""}};
    state.catalog = std::make_shared<const app::Catalog>(with_warehouse);
    steps = ui::make_first_steps(state);
    CHECK(steps[0].done);
    CHECK(steps[1].next);
    CHECK(steps[1].adds == ui::ReferenceKind::Variant);
    CHECK(ui::make_first_steps(fixtures::working(Screen::Receive)).empty());
}

TEST_CASE("every state of the camera says what is so and what to do", "[ui][model]") {
    using scanner::CameraState;
    const auto state = GENERATE(CameraState::Off, CameraState::Opening, CameraState::Live,
                                CameraState::Lost, CameraState::Busy, CameraState::Ended);
    const ui::Hint hint = ui::make_no_picture_hint({state, ""});
    CHECK(hint.icon != nullptr);
    CHECK_FALSE(hint.headline.empty());
    CHECK_FALSE(hint.detail.empty());
    CHECK(ui::make_no_picture_hint({state, "said by the camera"}).detail == "said by the camera");
    CHECK_FALSE(ui::make_camera_chip({state, ""}).words.empty());
}

TEST_CASE("the verdict of a return says whose, when and whether it is covered", "[ui][model]") {
    app::Record record = fixtures::record_in(Status::Sold);
    ui::Verdict verdict = ui::make_verdict(record);
    CHECK(verdict.tone == app::Tone::Done);
    CHECK(verdict.headline == "Ours, in warranty");
    CHECK_THAT(verdict.detail,
               ContainsSubstring("Sold to Kestrel Logistics on 3 Feb 2026, order 4711"));
    CHECK_THAT(verdict.detail, ContainsSubstring("463 days left"));
    record.warranty = {inventory::WarrantyState::Over, 12};
    verdict = ui::make_verdict(record);
    CHECK(verdict.tone == app::Tone::Ask);
    CHECK(verdict.headline == "Ours, out of warranty");
    verdict = ui::make_verdict(fixtures::record_in(Status::InStock));
    CHECK_THAT(verdict.headline, ContainsSubstring("In Stock"));
    CHECK(ui::make_verdict(fixtures::record_in(Status::Returned)).headline == "It is back");
    CHECK(ui::make_verdict(fixtures::record_in(Status::Defective)).tone == app::Tone::Note);
}

TEST_CASE("another variant takes the lot out of the context, another warehouse the location",
          "[ui][model]") {
    const app::ReceiveContext context{"ROUTER-X", "L-22", "MAIN", "A-03", 14};
    auto next = ui::choose_in_context(context, ui::ReferenceKind::Variant, "SWITCH-Y");
    CHECK(next.variant == "SWITCH-Y");
    CHECK(next.lot.empty());
    CHECK(next.location == "A-03");
    next = ui::choose_in_context(context, ui::ReferenceKind::Warehouse, "NORTH");
    CHECK(next.location.empty());
    CHECK(next.lot == "L-22");
    next = ui::choose_in_context(context, ui::ReferenceKind::Variant, "ROUTER-X");
    CHECK(next.lot == "L-22");
}

TEST_CASE("choices are those that fit the context and the search", "[ui][model]") {
    const app::State state = fixtures::working(Screen::Receive);
    const auto codes = [&](ui::ReferenceKind kind, const std::string& search) {
        std::string all;
        for (const auto& choice :
             ui::make_choices(*state.catalog, kind, {"ROUTER-X", "MAIN"}, search))
            all += "[" + choice.code + "]";
        return all;
    };
    CHECK(codes(ui::ReferenceKind::Variant, "") == "[ROUTER-X][SENSOR-Z][SWITCH-Y]");
    CHECK(codes(ui::ReferenceKind::Variant, "sensor") == "[SENSOR-Z]");
    CHECK(codes(ui::ReferenceKind::Lot, "") == "[][L-22][L-23]");
    CHECK(codes(ui::ReferenceKind::Location, "a-0") == "[A-01][A-02][A-03]");
    CHECK(codes(ui::ReferenceKind::Location, "zzz").empty());
}

TEST_CASE("a typed text is not changed under the fingers", "[ui][model]") {
    ui::ViewState view;
    app::State state = fixtures::working(Screen::Units);
    ui::follow(view, state, 0, false);
    CHECK(view.client == "Kestrel Logistics");
    view.search = "A00";
    state.list.search = "A0";  // the answer to what was typed a moment ago
    ui::follow(view, state, 1, true);
    CHECK(view.search == "A00");
    state.list.search = "";
    view.seen_search = "A0";
    ui::follow(view, state, 2, false);
    CHECK(view.search.empty());
}

TEST_CASE("a reason typed before the scan is kept until an act has taken it", "[ui][model]") {
    ui::ViewState view;
    app::State state = fixtures::working(Screen::Returns);
    ui::follow(view, state, 0, false);
    view.reason = "wet";
    state.feedback = {2, app::Tone::Note, "Ours", ""};
    ui::follow(view, state, 1, false);
    CHECK(view.reason == "wet");
    state.feedback = {3, app::Tone::Done, "Returned", ""};
    ui::follow(view, state, 2, false);
    CHECK(view.reason.empty());
}

TEST_CASE("a scan fills the form once, and what is typed afterwards stays", "[ui][model]") {
    ui::ViewState view;
    app::State state = fixtures::working(Screen::Add);
    ui::follow(view, state, 0, false);
    state.add.draft.serial = "SN-1";
    state.add.number = 1;
    ui::follow(view, state, 1, false);
    CHECK(view.draft.serial == "SN-1");
    view.draft.serial = "SN-1B";
    ui::follow(view, state, 2, false);
    CHECK(view.draft.serial == "SN-1B");
}

TEST_CASE("a new feedback flashes once, for 600 ms", "[ui][model]") {
    ui::ViewState view;
    app::State state = fixtures::working(Screen::Receive);
    ui::follow(view, state, 0, false);
    CHECK(ui::flash_strength(view, 0) == 0);  // what was said before the window opened is not news
    state.feedback = {5, app::Tone::Done, "Registered", ""};
    ui::follow(view, state, 10, false);
    CHECK(ui::flash_strength(view, 10) == Approx(1));
    CHECK(ui::flash_strength(view, 10.5) > 0);
    CHECK(ui::flash_strength(view, 10.61) == 0);
    ui::follow(view, state, 11, false);
    CHECK(ui::flash_strength(view, 11) == 0);
}

TEST_CASE("a sale from another warehouse is confirmed by the same button in other words",
          "[ui][record]") {
    app::Record record = fixtures::record_in(Status::InStock);
    record.asked = "SHOP";
    const auto card = ui::make_record_card(record, Screen::Dispatch, "2026-11-23", "");
    REQUIRE_FALSE(card.acts.empty());
    const auto sell = std::ranges::find(card.acts, "Sell from SHOP", &ui::ActButton::words);
    REQUIRE(sell != card.acts.end());
    CHECK(std::get<app::Act>(sell->command).confirmed);
    for (const ui::ActButton& act : card.acts)
        if (const auto* other = std::get_if<app::Act>(&act.command);
            other != nullptr && other->action != inventory::Action::Sell)
            CHECK_FALSE(other->confirmed);
    REQUIRE(card.stops.size() == 1);
    CHECK(card.stops.front().tone == app::Tone::Ask);
}

TEST_CASE("when nothing is read, the live view says what would help", "[ui]") {
    app::State state;
    state.camera.state = scanner::CameraState::Live;
    scanner::LiveView live;
    CHECK(ui::make_live_hint(state, live).headline == "Hold a label before the camera");
    live.hint = scanner::Hint::Closer;
    CHECK(ui::make_live_hint(state, live).headline == "Closer");
    live.hint = scanner::Hint::HoldStill;
    CHECK(ui::make_live_hint(state, live).headline == "Hold still");
    live.hint = scanner::Hint::ItfLength;
    CHECK_THAT(ui::make_live_hint(state, live).headline, ContainsSubstring("ITF's length"));
    live.sighting.symbols.resize(1);
    CHECK(ui::make_live_hint(state, live).headline.empty());
    live.sighting.aimed = false;
    CHECK(ui::make_live_hint(state, live).headline == "Bring the label into the frame");
    scanner::Frame still;
    still.still = true;
    live.frame = std::make_shared<const scanner::Frame>(std::move(still));
    state.camera.state = scanner::CameraState::Ended;  // it has no other one
    CHECK(ui::make_live_hint(state, live).headline.empty());
    live.sighting.symbols.clear();
    CHECK_THAT(ui::make_live_hint(state, live).headline, ContainsSubstring("in this picture"));
}

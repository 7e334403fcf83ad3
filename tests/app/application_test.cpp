// The window's logic: commands in, states out, on a real database.
#include "app/application.hpp"

#include "support/catch.hpp"
#include "support/shop.hpp"
#include "support/temporary.hpp"

using namespace app;
using inventory::Action;
using inventory::Status;

namespace {

scanner::Reading reading(const std::vector<std::pair<std::string, std::string>>& codes) {
    scanner::Reading reading;
    for (const auto& [id, text] : codes) {
        scanner::Symbol symbol;
        symbol.symbology_id = id;
        symbol.text = text;
        symbol.bytes.assign(text.begin(), text.end());
        reading.fresh.push_back(reading.symbols.size());
        reading.symbols.push_back(std::move(symbol));
    }
    return reading;
}

// An application on the shop's data, at one station.
struct Desk {
    std::shared_ptr<base::Moment> now;
    Application application;

    explicit Desk(Shop shop, Screen screen = Screen::Receive)
        : now(shop.now),
          application(std::move(shop.store), {"Alex", "MAIN", "A-03"}, "Dock 1",
                      [moment = shop.now] { return *moment; }) {
        ask(SetReceiveContext{"ROUTER-X", "L-22", "MAIN", "A-03"});
        ask(ShowScreen{screen});
    }
    std::shared_ptr<const State> ask(const Command& command) { return application.handle(command); }
    // Says yes to the question that the first unit of a product is.
    std::shared_ptr<const State> scan(const std::string& text, const std::string& id = "]C0") {
        return confirmed(ask(Scanned{reading({{id, text}})}));
    }
    std::shared_ptr<const State> confirmed(std::shared_ptr<const State> state) {
        const bool asks = state->feedback.headline == "Is this the serial number?";
        return asks ? ask(Choose{state->candidates.at(0).text}) : state;
    }
};

Shop shop_with(const std::string& serial, Status status) {
    Shop shop;
    shop.bring(serial, status);
    return shop;
}

}  // namespace

TEST_CASE("receiving dock: one scan, no tap, and the unit is registered", "[app][receive]") {
    Desk desk{shop_with("SN-0", Status::InStock)};
    const auto state = desk.ask(Scanned{reading({{"]C0", "SN-1"}})});
    CHECK(state->feedback.tone == Tone::Done);
    REQUIRE(state->record);
    CHECK(state->record->unit.status == Status::InStock);
    CHECK(state->record->unit.lot == std::string("L-22"));
    CHECK(state->record->unit.location == std::string("A-03"));
    CHECK(state->record->unit.warranty_expiry == inventory::parse_date("2028-03-01"));
    CHECK(state->counts.in_stock == 2);
    CHECK(state->receive.received == 1);
    REQUIRE(state->recent.size() == 1);
    CHECK(state->undo == "registered SN-1");
    REQUIRE(state->in_view.size() == 1);
    CHECK(state->in_view[0].serial);
    CHECK(state->timing);
}

TEST_CASE("receiving dock: the same box twice is counted once", "[app][receive]") {
    Desk desk{Shop()};
    desk.scan("SN-1");
    const auto state = desk.scan("SN-1");
    CHECK(state->feedback.tone == Tone::Note);
    CHECK(state->receive.received == 1);
    CHECK(state->counts.all == 1);
}

TEST_CASE("receiving dock: product code and serial on one box", "[app][receive]") {
    Desk desk{Shop()};
    auto state =
        desk.confirmed(desk.ask(Scanned{reading({{"]E0", "9520123456788"}, {"]C0", "SN-1"}})}));
    CHECK(state->feedback.tone == Tone::Done);
    CHECK(state->in_view[0].words == "product code 09520123456788");
    CHECK_FALSE(state->in_view[0].serial);
    state = desk.ask(Scanned{reading({{"]E0", "0036000291452"}, {"]C0", "SN-2"}})});
    CHECK(state->feedback.tone == Tone::Stop);
    CHECK(state->counts.all == 1);
}

TEST_CASE("receiving dock: the operator's choice between two codes registers", "[app][receive]") {
    Desk desk{Shop()};
    auto state = desk.ask(Scanned{reading({{"]C0", "SN-1"}, {"]C0", "PN-7"}})});
    REQUIRE(state->candidates.size() == 2);
    CHECK(state->counts.all == 0);
    state = desk.ask(Choose{"SN-1"});
    CHECK(state->candidates.empty());
    CHECK(state->record->unit.serial == "SN-1");
}

TEST_CASE("receiving dock: a location label and a SKU change the context, nothing else",
          "[app][receive]") {
    Desk desk{Shop()};
    auto state = desk.scan("SHELF");
    CHECK(state->receive.warehouse == "SHOP");
    CHECK(state->receive.location == "SHELF");
    state = desk.scan("SWITCH-Y");
    CHECK(state->receive.variant == "SWITCH-Y");
    CHECK(state->counts.all == 0);
    CHECK(desk.scan("SN-1")->record->unit.warehouse == std::string("SHOP"));
}

TEST_CASE("a product code in any dress picks the product and is never a serial", "[app][receive]") {
    Desk desk{Shop()};
    desk.ask(SetReceiveContext{"SWITCH-Y", "", "MAIN", "A-03"});
    const std::string id = GENERATE("]E0", "]C0", "]Q1");
    const auto state = desk.scan("9520123456788", id);
    CHECK(state->receive.variant == "ROUTER-X");
    CHECK(state->counts.all == 0);
    desk.ask(SetReceiveContext{"SWITCH-Y", "", "MAIN", "A-03"});
    CHECK(desk.ask(Typed{"9520123456788"})->receive.variant == "ROUTER-X");
}

TEST_CASE("a MAC is registered only when the operator picks it", "[app][receive]") {
    Desk desk{Shop()};
    const auto state = desk.scan("001EC947D49B");
    CHECK(state->counts.all == 0);
    REQUIRE(state->candidates.size() == 1);
    CHECK(state->candidates[0].seems == "MAC address");
    CHECK(desk.ask(Choose{"001EC947D49B"})->counts.all == 1);
}

TEST_CASE("typed digits that only look like a product code can be a serial", "[app][receive]") {
    Desk desk{Shop()};
    const auto state = desk.ask(Typed{"4006381333931"});
    CHECK(state->counts.all == 0);
    REQUIRE(state->candidates.size() == 1);
    CHECK(desk.ask(Choose{"4006381333931"})->counts.all == 1);
}

TEST_CASE("every lawful action is offered, and only those, and each does what it says",
          "[app][lifecycle]") {
    const Status from =
        GENERATE(from_range(std::begin(inventory::kStatuses), std::end(inventory::kStatuses)));
    const Action action =
        GENERATE(from_range(std::begin(inventory::kActions), std::end(inventory::kActions)));
    CAPTURE(inventory::label(from), inventory::label(action));
    Desk desk(shop_with("SN-1", from), Screen::Units);
    auto state = desk.ask(OpenUnit{"sn-1"});
    REQUIRE(state->record);
    const auto& offered = state->record->actions;
    const auto to = inventory::next_status(from, action);
    CHECK((std::ranges::find(offered, action) != offered.end()) == to.has_value());
    // Also when it is asked for without being offered (a stale screen).
    state = desk.ask(Act{action, "sn-1", ""});
    CHECK(state->record->unit.status == to.value_or(from));
    CHECK((state->feedback.tone == Tone::Done) == to.has_value());
    if (!to)
        CHECK_THAT(state->feedback.detail,
                   ContainsSubstring("is " + std::string(inventory::label(from))) &&
                       ContainsSubstring("possible now"));
}

TEST_CASE("dispatch: the sale carries client and order that stay set", "[app][dispatch]") {
    Shop shop;
    REQUIRE(shop.receive("SN-1"));
    REQUIRE(shop.receive("SN-2"));
    Desk desk(std::move(shop), Screen::Dispatch);
    desk.ask(SetDispatchContext{"Client K", "4711"});
    for (const char* serial : {"SN-1", "SN-2"}) {
        auto state = desk.scan(serial);
        CHECK(state->record->unit.status == Status::InStock);  // a scan alone sells nothing here
        state = desk.ask(Act{Action::Sell, state->record->unit.key, ""});
        CHECK(state->record->unit.client == std::string("Client K"));
        CHECK(state->record->unit.order == std::string("4711"));
    }
    for (int again = 0; again < 2; ++again) {  // still before the camera: no alarm
        const auto state = desk.scan("SN-2");
        CHECK(state->feedback.tone == Tone::Note);
        CHECK(state->feedback.headline == "Counted already");
    }
    CHECK(desk.application.state()->dispatch.dispatched == 2);
    CHECK(desk.ask(SetDispatchContext{"Client L", "1"})->dispatch.dispatched == 0);
}

TEST_CASE("the record says that its unit is recalled or on hold", "[app][hold]") {
    Shop shop;
    REQUIRE(shop.receive("SN-1"));
    Desk desk(std::move(shop), Screen::Units);
    CHECK_FALSE(desk.ask(OpenUnit{"sn-1"})->record->recall);
    Shop recalled;
    REQUIRE(recalled.receive("SN-1"));
    Shop::must(recalled.store.put(store::Recall{"ROUTER-X", "", "burns", true}, ""));
    Shop::must(recalled.store.act({journal::Kind::Held, "SN-1", {{"reason", "wet"}}, "", {}}));
    Desk other(std::move(recalled), Screen::Units);
    const auto state = other.ask(OpenUnit{"sn-1"});
    CHECK(state->record->recall == std::string("burns"));
    CHECK(state->record->unit.hold == std::string("wet"));
}

TEST_CASE("an expired lot is on the record and stops a scan at dispatch", "[app][expiry]") {
    Shop shop;
    const auto expiry = inventory::parse_date("2026-03-01");
    Shop::must(
        shop.store.put(inventory::Lot{"L-22", "ROUTER-X", expiry, ""}, store::Write::Edit, ""));
    Shop::must(shop.store.act(
        {journal::Kind::Registered, "SN-1", {{"variant", "ROUTER-X"}, {"lot", "L-22"}}, "", {}}));
    const auto now = shop.now;
    Desk desk(std::move(shop), Screen::Dispatch);
    CHECK(desk.scan("SN-1")->feedback.tone == Tone::Note);  // the day itself is still good
    CHECK_FALSE(desk.ask(OpenUnit{"sn-1"})->record->lot_expired);
    now->utc += std::chrono::hours(24);
    const auto state = desk.scan("SN-1");
    CHECK(state->feedback.headline == "Lot expired");
    REQUIRE(state->record);
    CHECK(state->record->lot_expired == expiry);
}

TEST_CASE("returns: record, verdict, one tap", "[app][returns]") {
    Desk desk(shop_with("SN-1", Status::Sold), Screen::Returns);
    auto state = desk.scan("SN-1");
    CHECK(state->feedback.headline == "Ours · sold 1 Mar 2026 to Client K");
    state = desk.ask(Act{Action::Return, "sn-1", ""});
    CHECK(state->record->unit.status == Status::Returned);
    CHECK(state->record->unit.location == std::string("A-03"));  // the station's bench
}

TEST_CASE("returns: Returned and Defective in one tap are two lawful events", "[app][returns]") {
    Desk desk(shop_with("SN-1", Status::Sold), Screen::Returns);
    const auto state = desk.ask(ReturnAsDefective{"sn-1", "no power"});
    CHECK(state->record->unit.status == Status::Defective);
    CHECK(state->record->timeline.size() == 4);
    CHECK(state->record->timeline[0].what == "Marked as defective: no power");
}

TEST_CASE("what lies in another warehouse is sold by a second tap, which the event says",
          "[app][dispatch][custody]") {
    Shop shop = shop_with("SN-1", Status::InStock);
    Shop::must(shop.store.act(
        {journal::Kind::Moved, "SN-1", {{"warehouse", "SHOP"}, {"location", "SHELF"}}, "", {}}));
    Desk desk(std::move(shop), Screen::Dispatch);
    CHECK(desk.scan("SN-1")->feedback.tone == Tone::Ask);
    const std::string reason = GENERATE("", "fetched by the client");
    auto state = desk.ask(Act{Action::Sell, "sn-1", reason});
    CHECK(state->feedback.tone == Tone::Ask);
    CHECK(state->record->unit.status == Status::InStock);
    CHECK(state->record->asked == std::string("SHOP"));
    CHECK(state->record->timeline[0].what != "Sold");
    SECTION("looking at it again forgets the question") {
        CHECK_FALSE(desk.scan("SN-1")->record->asked);
        CHECK(desk.ask(Act{Action::Sell, "sn-1", reason})->record->asked);
    }
    SECTION("the second tap") {
        state = desk.ask(Act{Action::Sell, "sn-1", reason, true});
        CHECK(state->feedback.tone == Tone::Done);
        CHECK(state->record->unit.status == Status::Sold);
        CHECK_FALSE(state->record->asked);
        CHECK(state->record->timeline[0].what ==
              "Sold, although from another warehouse: " +
                  (reason.empty() ? "confirmed at the station" : reason));
        CHECK(state->dispatch.dispatched == 1);
    }
}

TEST_CASE("undo takes back the last act and stays in the timeline", "[app][undo]") {
    Desk desk(shop_with("SN-1", Status::InStock), Screen::Units);
    desk.ask(Act{Action::Sell, "sn-1", ""});
    auto state = desk.ask(Undo{""});
    CHECK(state->feedback.headline == "Undone: sold");
    CHECK(state->record->unit.status == Status::InStock);
    CHECK(state->record->timeline[0].what == "Undone: sold");
    CHECK(state->record->timeline[1].undone);
}

TEST_CASE("an undo takes an act off the station's count only when the station counted it",
          "[app][undo]") {
    Shop shop;
    REQUIRE(shop.receive("OLD-1"));
    shop.bring("OLD-2", Status::Sold);
    Desk desk(std::move(shop), Screen::Receive);
    CHECK(desk.scan("SN-1")->receive.received == 1);
    CHECK(desk.ask(Undo{"old-1"})->receive.received == 1);
    CHECK(desk.ask(Undo{"sn-1"})->receive.received == 0);
    CHECK(desk.scan("SN-1")->receive.received == 1);

    desk.ask(ShowScreen{Screen::Dispatch});
    desk.ask(SetDispatchContext{"Client K", "4711"});
    CHECK(desk.ask(Act{Action::Sell, "sn-1", ""})->dispatch.dispatched == 1);
    CHECK(desk.ask(Undo{"old-2"})->dispatch.dispatched == 1);  // sold before this order
    desk.ask(Act{Action::Return, "sn-1", ""});
    desk.ask(Act{Action::Restock, "sn-1", ""});
    desk.ask(ShowScreen{Screen::Units});
    desk.ask(Act{Action::Sell, "sn-1", ""});  // not at the station
    CHECK(desk.ask(Undo{"sn-1"})->dispatch.dispatched == 1);
    desk.ask(Undo{"sn-1"});
    desk.ask(Undo{"sn-1"});
    const auto state = desk.ask(Undo{"sn-1"});
    CHECK(state->feedback.headline == "Undone: sold");
    CHECK(state->dispatch.dispatched == 0);
    CHECK(state->receive.received == 1);
}

TEST_CASE("an undo that cannot be done says why", "[app][undo]") {
    Shop shop;
    REQUIRE(shop.receive("SN-1"));
    Shop::must(shop.store.act({journal::Kind::Renamed, "SN-1", {{"serial", "SN-2"}}, "", {}}));
    REQUIRE(shop.receive("SN-1"));
    Desk desk(std::move(shop), Screen::Units);
    const auto shown = desk.ask(OpenUnit{"sn-2"});
    CHECK(shown->record->undo == "renamed");
    const auto state = desk.ask(Undo{"sn-2"});
    CHECK(state->feedback.tone == Tone::Stop);
    CHECK(state->feedback.headline == "Not undone");
    CHECK_THAT(state->feedback.detail, ContainsSubstring("SN-1 is already registered"));
    CHECK(state->record->unit.serial == "SN-2");
}

TEST_CASE("the form registers a unit with all seven fields", "[app][form]") {
    Desk desk{Shop(), Screen::Add};
    auto state = desk.application.state();
    CHECK(state->add.draft.warehouse == "MAIN");
    CHECK(state->add.draft.purchase_date == "2026-03-01");
    UnitDraft draft{"SN-1", "ROUTER-X", "L-22", "SHOP", "SHELF", "2026-02-01", "2030-01-01"};
    state = desk.ask(CreateUnit{draft});
    REQUIRE(state->record);
    const inventory::Unit& unit = state->record->unit;
    CHECK(unit.serial == "SN-1");
    CHECK(unit.variant == "ROUTER-X");
    CHECK(unit.lot == std::string("L-22"));
    CHECK(unit.warehouse == std::string("SHOP"));
    CHECK(unit.location == std::string("SHELF"));
    CHECK(unit.purchase_date == inventory::parse_date("2026-02-01"));
    CHECK(unit.warranty_expiry == inventory::parse_date("2030-01-01"));
    CHECK(state->add.draft.serial.empty());
    CHECK(state->add.draft.variant == "ROUTER-X");
}

TEST_CASE("the form says what is wrong and keeps what was typed", "[app][form]") {
    struct Row {
        UnitDraft draft;
        const char* error;
    };
    const auto row = GENERATE(values<Row>({
        {{"", "ROUTER-X", "", "MAIN", "A-03", "", ""}, "the serial number is empty"},
        {{"SN-9", "", "", "MAIN", "A-03", "", ""}, "pick the product variant"},
        {{"SN-9", "ROUTER-X", "", "", "A-03", "", ""}, "pick the warehouse"},
        {{"SN-9", "ROUTER-X", "", "MAIN", "", "", ""}, "pick the location"},
        {{"SN-9", "ROUTER-X", "", "MAIN", "A-03", "2026-02-30", ""}, "is no date"},
        {{"SN-9", "ROUTER-X", "", "MAIN", "A-03", "2026-03-01", "2026-02-01"},
         "before the purchase"},
        {{"sn-1", "ROUTER-X", "", "MAIN", "A-03", "", ""}, "already registered"},
        {{"SN-9", "ROUTER-X", "L-07", "MAIN", "A-03", "", ""}, "no lot L-07"},
    }));
    Desk desk(shop_with("SN-1", Status::Sold), Screen::Add);
    const auto state = desk.ask(CreateUnit{row.draft});
    CHECK_THAT(state->add.error, ContainsSubstring(row.error));
    CHECK(state->add.draft.serial == row.draft.serial);
    CHECK(state->counts.all == 1);
}

TEST_CASE("a scan fills the form", "[app][form]") {
    Desk desk{Shop(), Screen::Add};
    const auto number = desk.application.state()->add.number;
    const auto state = desk.ask(Scanned{reading({{"]d2",
                                                  "0109520123456788"
                                                  "10L-22\x1d"
                                                  "21SN-5"}})});
    CHECK(state->add.number > number);
    CHECK(state->add.draft.serial == "SN-5");
    CHECK(state->add.draft.variant == "ROUTER-X");
    CHECK(state->add.draft.lot == "L-22");
    CHECK(state->counts.all == 0);
}

TEST_CASE("reference data can be added from the window", "[app][reference]") {
    Desk desk{Shop()};
    auto state = desk.ask(AddVariant{"NEW", "New", "", "12"});
    CHECK(state->reference.added == 1);
    CHECK(state->reference.code == "NEW");
    CHECK(state->catalog->variants.size() == 3);
    state = desk.ask(AddVariant{"NEW2", "", "", "a year"});
    CHECK_THAT(state->reference.error, ContainsSubstring("number of months"));
    state = desk.ask(AddLot{"L-1", "NEW", "2026-13-01", ""});
    CHECK_THAT(state->reference.error, ContainsSubstring("is no date"));
    CHECK(state->reference.added == 1);
    desk.ask(AddWarehouse{"NORTH", ""});
    state = desk.ask(AddLocation{"N-1", "NORTH"});
    CHECK(state->reference.added == 3);
}

TEST_CASE("what another program wrote is shown after a refresh", "[app]") {
    const TemporaryFolder folder;
    Shop shop(folder.file("u.db"));
    store::Store other = shop.open(folder.file("u.db"));
    Desk desk(std::move(shop), Screen::Units);
    CHECK_FALSE(desk.application.is_stale());
    REQUIRE(other.act({journal::Kind::Registered, "C-1", {{"variant", "ROUTER-X"}}, "", {}}));
    CHECK(desk.application.is_stale());
    CHECK(desk.ask(Refresh{})->list.rows->size() == 1);
    CHECK_FALSE(desk.application.is_stale());
}

TEST_CASE("a clock that is behind is said and the warranty is not judged", "[app][clock]") {
    Desk desk(shop_with("SN-1", Status::Sold), Screen::Returns);
    desk.now->utc -= std::chrono::hours(48);
    CHECK(desk.application.is_stale() == false);  // today stays the newest date seen
    desk.ask(Refresh{});
    const auto state = desk.scan("SN-1");
    CHECK_FALSE(state->date_warning.empty());
    CHECK_THAT(state->feedback.detail, ContainsSubstring("check the date"));
}

TEST_CASE("what is scanned that is no serial is said in words", "[app]") {
    Desk desk{Shop()};
    CHECK(desk.scan("ab\tcd")->feedback.headline == "Not a serial number");
    CHECK(desk.scan(std::string(4096, 'x'))->feedback.tone == Tone::Stop);
    CHECK(desk.application.state()->counts.all == 0);
}

TEST_CASE("an enrolment code joins its hub only when the operator says so", "[app][sync]") {
    const std::string code = "UT1" + std::string(300, 'x');
    std::vector<std::string> joined;
    const auto join = [&](store::Store&, const std::string& text) -> Result<void> {
        if (joined.size() == 1) return fail(ErrorKind::Refused, "another organization");
        joined.push_back(text);
        return {};
    };
    Desk desk{Shop()};
    desk.application.join_hubs_by(join);
    CHECK(desk.scan("UT1-SN-4711")->record);  // a serial that only begins like one
    auto state = desk.scan(code, "]Q1");
    CHECK(state->asks_to_join);
    CHECK_FALSE(state->record);
    CHECK(joined.empty());

    SECTION("yes") {
        state = desk.ask(JoinHub{});
        CHECK(state->feedback.tone == Tone::Done);
        CHECK(joined == std::vector<std::string>{code});
        CHECK_FALSE(desk.ask(JoinHub{})->asks_to_join);  // a second tap does nothing
        CHECK(joined.size() == 1);
        desk.scan(code, "]Q1");
        CHECK(desk.ask(JoinHub{})->feedback.tone == Tone::Stop);
    }
    SECTION("the next box is scanned instead") {
        CHECK_FALSE(desk.scan("SN-2")->asks_to_join);
        desk.ask(JoinHub{});
        CHECK(joined.empty());
    }
    CHECK(desk.application.state()->counts.all >= 1);
}

TEST_CASE("a unit's card says as of when it is true, and whether the hub has confirmed it",
          "[app][sync]") {
    Shop shop;
    REQUIRE(shop.receive("SN-1"));
    const auto head = shop.store.own_head();
    REQUIRE(head);
    SECTION("never synced") {
        Desk desk{std::move(shop)};
        const auto state = desk.ask(OpenUnit{"SN-1"});
        CHECK(state->record->as_of.empty());
        CHECK_FALSE(state->record->confirmed);
    }
    SECTION("a folder confirms nothing") {
        REQUIRE(shop.store.keep_synced({head->seq, {}, 0}));
        Desk desk{std::move(shop)};
        const auto state = desk.ask(OpenUnit{"SN-1"});
        CHECK(state->record->as_of == "1 Mar 2026, 11:00");
        CHECK_FALSE(state->record->confirmed);
    }
    SECTION("a hub confirms what it had before its feed was read") {
        REQUIRE(shop.store.keep_sent(head->writer, head->seq));
        REQUIRE(shop.store.keep_synced({head->seq, shop.now->utc, 0}));
        Desk desk{std::move(shop)};
        CHECK(desk.ask(OpenUnit{"SN-1"})->record->confirmed);
        desk.ask(Act{Action::Sell, "SN-1", "", false});
        CHECK_FALSE(desk.application.state()->record->confirmed);  // the sale is not there yet
    }
}

// What stops a unit from leaving: quarantine, recalls, expired lots.
#include "support/catch.hpp"
#include "support/shop.hpp"

using inventory::Action;
using inventory::Status;
using journal::Kind;

namespace {

Result<store::UnitRecord> hold(Shop& shop, Kind kind, const std::string& reason = "") {
    journal::Body body;
    if (!reason.empty()) body["reason"] = reason;
    return shop.store.act({kind, "SN-1", body, "Alex", {}});
}

void receive_in_lot(Shop& shop, const std::string& serial, const std::string& variant,
                    const std::string& lot) {
    app::Receipt receipt;
    receipt.serial = serial;
    receipt.variant = variant;
    receipt.lot = lot;
    Shop::must(app::receive(shop.store, receipt, {}, shop.variants, base::civil_date(*shop.now)));
}

}  // namespace

TEST_CASE("a unit on hold is neither sold nor reserved until it is released", "[store][hold]") {
    Shop shop;
    Shop::must(shop.receive("SN-1"));
    REQUIRE(hold(shop, Kind::Held, "water damage"));
    for (const Action action : {Action::Sell, Action::Reserve}) {
        const auto refused = shop.act(action, "SN-1");
        REQUIRE_FALSE(refused);
        CHECK(refused.error().message ==
              "SN-1 is on hold (water damage); release it first with: unitrail release");
    }
    CHECK_FALSE(hold(shop, Kind::Held));
    REQUIRE(hold(shop, Kind::Released));
    CHECK_FALSE(hold(shop, Kind::Released));
    CHECK(shop.act(Action::Sell, "SN-1"));
}

TEST_CASE("a hold does not keep a sold unit from coming back", "[store][hold]") {
    Shop shop;
    shop.bring("SN-1", Status::Sold);
    REQUIRE(hold(shop, Kind::Held));
    CHECK(shop.act(Action::Return, "SN-1"));
    CHECK((*shop.store.find("SN-1"))->unit.hold);
}

TEST_CASE("a hold can be undone", "[store][hold][undo]") {
    Shop shop;
    Shop::must(shop.receive("SN-1"));
    REQUIRE(hold(shop, Kind::Held, "x"));
    CHECK_FALSE(shop.store.undo("SN-1", "")->unit->unit.hold);
}

TEST_CASE("a recall stops the units of its lot or variant, and no others", "[store][recall]") {
    Shop shop;
    receive_in_lot(shop, "R1", "ROUTER-X", "L-22");
    receive_in_lot(shop, "S1", "SWITCH-Y", "L-07");
    Shop::must(shop.receive("R2"));
    struct Row {
        store::Recall recall;
        bool r1, r2, s1;  // recalled?
    };
    const auto row = GENERATE(values<Row>({
        {{"", "l-22", "burns", true}, true, false, false},
        {{"router-x", "", "burns", true}, true, true, false},
        {{"ROUTER-X", "L-22", "burns", true}, true, false, false},
        {{"SWITCH-Y", "", "burns", true}, false, false, true},
    }));
    REQUIRE(shop.store.put(row.recall, "Alex"));
    const auto stopped = [&](const char* serial) {
        const auto sold = shop.act(Action::Sell, serial);
        if (!sold)
            CHECK(sold.error().message == std::string(serial) +
                                              " is recalled (burns); set it aside and tell your "
                                              "supervisor");
        CHECK((*shop.store.find(serial))->recall.has_value() == !sold);
        return !sold;
    };
    CHECK(stopped("R1") == row.r1);
    CHECK(stopped("R2") == row.r2);
    CHECK(stopped("S1") == row.s1);
    store::Filter filter;
    filter.recalled = true;
    CHECK(shop.store.list(filter, 10, "")->units.size() ==
          static_cast<std::size_t>(row.r1 + row.r2 + row.s1));

    CHECK_FALSE(shop.store.put(row.recall, ""));  // it is open already
    store::Recall end = row.recall;
    end.open = false;
    REQUIRE(shop.store.put(end, ""));
    CHECK_FALSE(shop.store.put(end, ""));
    CHECK(shop.store.list(filter, 10, "")->units.empty());
}

TEST_CASE("a recall needs a lot or variant that exists", "[store][recall]") {
    Shop shop;
    CHECK_FALSE(shop.store.put(store::Recall{"", "", "", true}, ""));
    CHECK_FALSE(shop.store.put(store::Recall{"NOPE", "", "", true}, ""));
    CHECK_FALSE(shop.store.put(store::Recall{"", "NOPE", "", true}, ""));
    CHECK_FALSE(shop.store.put(store::Recall{"SWITCH-Y", "L-22", "", true}, ""));
    CHECK(shop.store.recalls()->empty());
}

TEST_CASE("a unit of an expired lot is not sold, the day itself is still good", "[store][expiry]") {
    Shop shop;
    Shop::must(
        shop.store.put(inventory::Lot{"L-22", "ROUTER-X", inventory::parse_date("2026-03-01"), ""},
                       store::Write::Edit, ""));
    receive_in_lot(shop, "R1", "ROUTER-X", "L-22");
    receive_in_lot(shop, "R2", "ROUTER-X", "L-22");
    CHECK(shop.act(Action::Sell, "R1"));
    shop.now->utc += std::chrono::hours(24);
    const auto refused = shop.act(Action::Reserve, "R2");
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().message, ContainsSubstring("expired on 2026-03-01"));
}

TEST_CASE("a clock that was set back does not make an expired lot good again", "[store][expiry]") {
    Shop shop;
    Shop::must(
        shop.store.put(inventory::Lot{"L-22", "ROUTER-X", inventory::parse_date("2026-03-01"), ""},
                       store::Write::Edit, ""));
    receive_in_lot(shop, "R1", "ROUTER-X", "L-22");
    shop.now->utc += std::chrono::hours(48);
    Shop::must(shop.receive("R2"));  // seen: it is 3 March
    shop.now->utc -= std::chrono::hours(48);
    CHECK_FALSE(shop.act(Action::Sell, "R1"));
}

#include "store/store.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "base/text.hpp"
#include "journal/record.hpp"
#include "store/database.hpp"
#include "support/catch.hpp"
#include "support/shop.hpp"
#include "support/temporary.hpp"

using inventory::Action;
using inventory::Status;

TEST_CASE("a received unit is there with all seven fields", "[store]") {
    Shop shop;
    app::Receipt receipt{"SN-1",  "router-x",   "l-22",       "shop",
                         "shelf", "2026-02-01", "2027-01-31", {}};
    const auto unit =
        app::receive(shop.store, receipt, {}, shop.variants, base::civil_date(*shop.now));
    REQUIRE(unit);
    const auto found = shop.store.find("sn-1");
    REQUIRE((found && *found));
    const inventory::Unit& u = (*found)->unit;
    CHECK(u.serial == "SN-1");
    CHECK(u.variant == "ROUTER-X");
    CHECK(u.lot == std::string("L-22"));
    CHECK(u.warehouse == std::string("SHOP"));
    CHECK(u.location == std::string("SHELF"));
    CHECK(u.purchase_date == inventory::parse_date("2026-02-01"));
    CHECK(u.warranty_expiry == inventory::parse_date("2027-01-31"));
    CHECK(u.status == Status::InStock);
}

TEST_CASE("the warranty follows the variant's months unless it is given", "[store]") {
    Shop shop;
    CHECK(shop.receive("SN-1")->unit.warranty_expiry == inventory::parse_date("2028-03-01"));
    app::Receipt none{"SN-2", "ROUTER-X", {}, {}, {}, {}, "", {}};
    CHECK_FALSE(app::receive(shop.store, none, {}, shop.variants, base::civil_date(*shop.now))
                    ->unit.warranty_expiry);
}

TEST_CASE("a duplicate names the existing unit, its status and its last event",
          "[store][refusal]") {
    Shop shop;
    shop.bring("SN-1", Status::Sold);
    const auto again = shop.receive("sn - 1");  // the same key
    REQUIRE_FALSE(again);
    CHECK(again.error().kind == ErrorKind::Refused);
    CHECK(again.error().message ==
          "SN-1 is already registered: Router X, Sold at MAIN; last event: Sold to Client K, order "
          "4711, 1 Mar 2026, 11:00 by Alex");
    CHECK(shop.store.counts()->at(0) == 1);
}

TEST_CASE("what does not exist is named with the command that adds it", "[store][refusal]") {
    Shop shop;
    struct Row {
        journal::Body body;
        const char* message;
    };
    const auto row = GENERATE(values<Row>({
        {{{"variant", "NOPE"}}, "no product variant NOPE; add it with: unitrail variant add NOPE"},
        {{{"variant", "ROUTER-X"}, {"lot", "L-99"}},
         "no lot L-99 of ROUTER-X; add it with: unitrail lot add L-99 --variant ROUTER-X"},
        {{{"variant", "ROUTER-X"}, {"lot", "L-07"}},
         "no lot L-07 of ROUTER-X; add it with: unitrail lot add L-07 --variant ROUTER-X"},
        {{{"variant", "ROUTER-X"}, {"warehouse", "X"}},
         "no warehouse X; add it with: unitrail warehouse add X"},
        {{{"variant", "ROUTER-X"}, {"warehouse", "SHOP"}, {"location", "A-03"}},
         "no location A-03 in SHOP; add it with: unitrail location add A-03 --warehouse SHOP"},
    }));
    const auto refused = shop.store.act({journal::Kind::Registered, "SN-1", row.body, "", {}});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::NotFound);
    CHECK(refused.error().message == row.message);
    CHECK(shop.store.history("SN-1")->empty());
}

TEST_CASE("a location alone names its warehouse", "[store]") {
    Shop shop;
    app::Receipt receipt{"SN-1", "ROUTER-X", {}, {}, "shelf", {}, {}, {}};
    CHECK(app::receive(shop.store, receipt, {}, shop.variants, base::civil_date(*shop.now))
              ->unit.warehouse == std::string("SHOP"));
}

TEST_CASE("another warehouse clears the location, the same one keeps it", "[store]") {
    Shop shop;
    REQUIRE(shop.receive("SN-1"));
    const auto move = [&](const char* warehouse) {
        return shop.store.act({journal::Kind::Moved, "SN-1", {{"warehouse", warehouse}}, "", {}})
            ->unit;
    };
    CHECK(move("main").location == std::string("A-03"));
    CHECK_FALSE(move("SHOP").location);
}

TEST_CASE("another variant needs another lot", "[store][refusal]") {
    Shop shop;
    app::Receipt receipt{"SN-1", "ROUTER-X", "L-22", {}, {}, {}, {}, {}};
    REQUIRE(app::receive(shop.store, receipt, {}, shop.variants, base::civil_date(*shop.now)));
    const auto edit = [&](journal::Body body) {
        return shop.store.act({journal::Kind::Edited, "SN-1", std::move(body), "", {}});
    };
    CHECK_FALSE(edit({{"variant", "SWITCH-Y"}}));
    CHECK(edit({{"variant", "SWITCH-Y"}, {"lot", "L-07"}}));
}

TEST_CASE("the nine lawful moves are written, the sixteen others are refused in words",
          "[store][lifecycle]") {
    const Status from =
        GENERATE(from_range(std::begin(inventory::kStatuses), std::end(inventory::kStatuses)));
    const Action action =
        GENERATE(from_range(std::begin(inventory::kActions), std::end(inventory::kActions)));
    CAPTURE(inventory::label(from), inventory::label(action));
    Shop shop;
    shop.bring("SN-1", from);
    const auto events = shop.store.history("SN-1")->size();
    const auto result = shop.act(action, "SN-1");
    const auto expected = inventory::next_status(from, action);
    REQUIRE(result.has_value() == expected.has_value());
    if (expected) {
        CHECK(result->unit.status == *expected);
        CHECK(shop.store.history("SN-1")->size() == events + 1);
    } else {
        CHECK(result.error().message == "SN-1 " + inventory::refusal(from, action));
        CHECK(shop.store.history("SN-1")->size() == events);
        CHECK((*shop.store.find("SN-1"))->unit.status == from);
    }
}

TEST_CASE("every act is an event, chained to the one before it", "[store][journal]") {
    Shop shop;
    shop.bring("SN-1", Status::Returned);
    const auto history = *shop.store.history("SN-1");
    REQUIRE(history.size() == 3);
    const auto& ids = history;
    CHECK(ids[0].event.parents.empty());
    CHECK(ids[1].event.parents == std::vector{ids[0].event.id});
    CHECK(ids[2].event.parents == std::vector{ids[1].event.id});
    CHECK(ids[2].event.root == ids[0].event.id);
    for (std::size_t i = 1; i < history.size(); ++i) {
        // These three were written one after the other by one writer.
        base::Sha256 previous{};
        for (std::size_t k = 0; k < previous.size(); ++k)
            previous[k] = static_cast<std::uint8_t>(
                std::stoi(history[i - 1].hash.substr(2 * k, 2), nullptr, 16));
        CHECK(history[i].hash == base::to_hex(journal::chain_hash(previous, history[i].record)));
    }
}

TEST_CASE("clients' names stay out of the journal", "[store][journal]") {
    Shop shop;
    shop.bring("SN-1", Status::Sold);
    const auto history = *shop.store.history("SN-1");
    CHECK(history[1].record.find("Client K") == std::string::npos);
    CHECK(history[1].client == "Client K");
    CHECK((*shop.store.find("SN-1"))->unit.client == std::string("Client K"));
}

TEST_CASE("undo takes back the latest standing act, one after the other", "[store][undo]") {
    Shop shop;
    shop.bring("SN-1", Status::Returned);
    CHECK(shop.store.undo("SN-1", "")->unit->unit.status == Status::Sold);
    CHECK(shop.store.undo("", "")->unit->unit.location == std::string("A-03"));
    CHECK_FALSE(shop.store.undo("", "")->unit);
    CHECK(*shop.store.counts() == std::array<std::int64_t, 6>{});
    const auto nothing = shop.store.undo("", "");
    REQUIRE_FALSE(nothing);
    CHECK(nothing.error().message == "there is no act to undo");
    CHECK(shop.store.history("SN-1")->size() == 6);
}

TEST_CASE("a serial freed by an undo can be registered again", "[store][undo]") {
    Shop shop;
    REQUIRE(shop.receive("SN-1"));
    REQUIRE(shop.store.undo("SN-1", ""));
    REQUIRE(shop.receive("SN-1"));
    CHECK(shop.store.history("SN-1")->size() == 1);
    CHECK(shop.store.counts()->at(0) == 1);
}

TEST_CASE("an undo does not take a serial that another unit has by now", "[store][undo]") {
    Shop shop;
    REQUIRE(shop.receive("SN-1"));
    REQUIRE(shop.store.act({journal::Kind::Renamed, "SN-1", {{"serial", "SN-2"}}, "", {}}));
    REQUIRE(shop.receive("SN-1"));
    const auto undone = shop.store.undo("SN-2", "");
    REQUIRE_FALSE(undone);
    CHECK_THAT(undone.error().message, ContainsSubstring("already registered"));
}

TEST_CASE("the database itself refuses a second unit with a serial and any change of the journal",
          "[store][journal]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db");
    {
        Shop shop(file);
        REQUIRE(shop.receive("SN-1"));
    }
    store::Database database(file);
    CHECK_THROWS_AS(database.execute("INSERT INTO unit (id, key, serial, status, variant, tip)"
                                     " SELECT id + 1, key, serial, 1, variant, tip FROM unit"),
                    store::SqlError);
    CHECK_THROWS_AS(database.execute("UPDATE event SET seq = seq + 100"), store::SqlError);
    CHECK_THROWS_AS(database.execute("DELETE FROM event"), store::SqlError);
}

TEST_CASE("counts are those of the units", "[store][search]") {
    Shop shop;
    int n = 0;
    for (const Status status : inventory::kStatuses)
        for (int i = 0; i <= static_cast<int>(status); ++i)
            shop.bring("SN-" + std::to_string(n++), status);
    const auto counts = *shop.store.counts();
    CHECK(counts == std::array<std::int64_t, 6>{20, 2, 3, 4, 5, 6});
    for (const Status status : inventory::kStatuses) {
        store::Filter filter;
        filter.status = status;
        CHECK(shop.store.list(filter, 100, "")->units.size() ==
              static_cast<std::size_t>(counts[static_cast<std::size_t>(status)]));
    }
}

TEST_CASE("the list is read page by page without gaps or repeats", "[store][search]") {
    Shop shop;
    for (int i = 0; i < 25; ++i) REQUIRE(shop.receive("SN-" + std::to_string(100 + i)));
    std::vector<std::string> seen;
    for (std::string after;;) {
        const auto page = *shop.store.list({}, 10, after);
        for (const auto& unit : page.units) seen.push_back(unit.unit.serial);
        if (!page.more) break;
        REQUIRE(seen.size() < 100);
        after = seen.back();
    }
    CHECK(seen.size() == 25);
    CHECK(std::is_sorted(seen.begin(), seen.end()));
}

TEST_CASE("search finds any part of a serial, and only as text", "[store][search]") {
    Shop shop;
    for (const char* serial : {"SN-20260301-A001", "SN-20260301-A002", "x%y", "x_y"})
        REQUIRE(shop.receive(serial));
    const auto found = [&](const std::string& text) {
        store::Filter filter;
        filter.search = text;
        return shop.store.list(filter, 50, "")->units.size();
    };
    CHECK(found("a00") == 2);
    CHECK(found("A002") == 1);
    CHECK(found("%") == 1);
    CHECK(found("_") == 1);
    CHECK(found("'; DROP TABLE unit;--") == 0);
    CHECK(found("") == 4);
}

TEST_CASE("in a search the endings come first, and pages neither skip nor repeat",
          "[store][search]") {
    Shop shop;
    for (const char* serial : {"12-A", "A-12", "B-12", "12-12", "x12y", "12", "ü12", "a-1"})
        Shop::must(shop.receive(serial));
    store::Filter filter;
    filter.search = "12";
    const std::int64_t limit = GENERATE(1, 2, 3, 50);
    std::vector<std::string> seen;
    for (std::string after;;) {
        const auto page = *shop.store.list(filter, limit, after);
        for (const auto& unit : page.units) seen.push_back(unit.unit.serial);
        if (!page.more) break;
        REQUIRE(seen.size() < 100);
        after = page.units.back().unit.key;
    }
    CHECK(seen == std::vector<std::string>{"12", "12-12", "A-12", "B-12", "ü12", "12-A", "x12y"});
}

TEST_CASE("filters name what they look for, and a mistyped one is no empty list",
          "[store][search]") {
    Shop shop;
    shop.bring("SN-1", Status::Sold);
    REQUIRE(shop.receive("SN-2"));
    store::Filter filter;
    filter.client = "client k";
    CHECK(shop.store.list(filter, 50, "")->units.size() == 1);
    filter = {};
    filter.variant = "router-x";
    filter.warehouse = "main";
    CHECK(shop.store.list(filter, 50, "")->units.size() == 2);
    filter.warehouse = "nowhere";
    CHECK_FALSE(shop.store.list(filter, 50, ""));
}

TEST_CASE("a clock that is behind is noticed, and today is the newest date seen",
          "[store][clock]") {
    Shop shop;
    REQUIRE(shop.receive("SN-1"));
    CHECK_FALSE(shop.store.today()->clock_behind);
    shop.now->utc -= std::chrono::hours(24 * 400);
    CHECK(shop.store.today()->clock_behind);
    CHECK(shop.store.today()->date == inventory::Date(std::chrono::year(2026) / 3 / 1));
    REQUIRE(shop.receive("SN-2"));  // accepted all the same
}

TEST_CASE("reference data is unique, checked, and changed by edit only", "[store][reference]") {
    Shop shop;
    using store::Write;
    CHECK_FALSE(shop.store.put(inventory::Variant{"router-x", "", {}, {}}, Write::Add, ""));
    CHECK_FALSE(shop.store.put(inventory::Variant{"NEW", "", "9520123456788", {}}, Write::Add, ""));
    CHECK_FALSE(shop.store.put(inventory::Variant{"NEW", "", "123", {}}, Write::Add, ""));
    CHECK_FALSE(shop.store.put(inventory::Variant{"", "", {}, {}}, Write::Add, ""));
    CHECK_FALSE(shop.store.put(inventory::Variant{"NEW", "a\nb", {}, {}}, Write::Add, ""));
    CHECK_FALSE(shop.store.put(inventory::Variant{"NEW", "\xFF", {}, {}}, Write::Add, ""));
    CHECK_FALSE(shop.store.put(inventory::Variant{"NEW", "", {}, {}}, Write::Edit, ""));
    CHECK_FALSE(shop.store.put(inventory::Lot{"L", "NOPE", {}, ""}, Write::Add, ""));
    CHECK_FALSE(shop.store.put(inventory::Location{"B", "NOPE"}, Write::Add, ""));
    REQUIRE(shop.store.put(inventory::Variant{"ROUTER-X", "Router 10", {}, 12}, Write::Edit, ""));
    CHECK(shop.store.variants()->size() == 2);
    CHECK(shop.store.variants()->front().name == "Router 10");
    REQUIRE(shop.store.put(inventory::Lot{"L-22", "SWITCH-Y", {}, ""}, Write::Add, ""));
    CHECK(shop.store.lots()->size() == 3);
}

TEST_CASE("texts that cannot be shown are refused everywhere", "[store][refusal]") {
    Shop shop;
    REQUIRE(shop.receive("SN-1"));
    CHECK_FALSE(shop.act(Action::Sell, "SN-1", {{"client", "a\nb"}}));
    CHECK_FALSE(shop.act(Action::Sell, "SN-1", {{"client", "\xC3\x28"}}));
    CHECK_FALSE(shop.act(Action::Sell, "SN-1", {{"order", std::string(501, 'x')}}));
    CHECK_FALSE(shop.store.act({journal::Kind::Sold, "SN-1", {}, "\xFF", {}}));
    CHECK(shop.store.history("SN-1")->size() == 1);
}

// Goal: every number that was read off a unit finds it, at every station, also after undo, rename
// and a rebuild.
// Method: a shop; the tables beside the units are compared with the journal by verify.
#include "inventory/identifiers.hpp"

#include "support/catch.hpp"
#include "support/meeting.hpp"
#include "support/shop.hpp"
#include "support/temporary.hpp"

using inventory::Identifier;

namespace {

const Identifier kImei{"imei", "356938035643809"}, kMac{"mac", "001EC947D49B"};

app::Receipt receipt(const std::string& serial, std::vector<Identifier> identifiers) {
    app::Receipt made;
    made.serial = serial;
    made.variant = "ROUTER-X";
    made.identifiers = std::move(identifiers);
    return made;
}

Result<store::UnitRecord> receive(store::Store& store, const app::Receipt& receipt) {
    return app::receive(store, receipt, {"Alex", "MAIN", "A-03"}, {},
                        *inventory::parse_date("2026-03-01"));
}

std::vector<std::string> found(store::Store& store, const std::string& text) {
    std::vector<std::string> serials;
    const auto units = store.find_by_identifier(text);
    REQUIRE(units);
    for (const store::UnitRecord& unit : *units) serials.push_back(unit.unit.serial);
    return serials;
}

std::vector<std::string> searched(store::Store& store, const std::string& text,
                                  std::int64_t limit = 50, const std::string& from = "",
                                  store::Direction direction = store::Direction::Forward) {
    store::Filter filter;
    filter.search = text;
    std::vector<std::string> serials;
    const auto page = store.list(filter, limit, from, direction);
    REQUIRE(page);
    for (const store::UnitRecord& unit : page->units) serials.push_back(unit.unit.serial);
    return serials;
}

void check_sound(store::Store& store) {
    const auto verified = store.verify(true);
    REQUIRE(verified);
    for (const store::Damage& damage : verified->damages) UNSCOPED_INFO(damage.what);
    CHECK(verified->damage_count == 0);
}

using Serials = std::vector<std::string>;

}  // namespace

TEST_CASE("identifiers are kept in order, each once, as text and back", "[store][identifiers]") {
    const std::vector<Identifier> mixed = {
        kMac, {"asset_tag", "IT 100%"}, kImei, kMac, {"imei", ""}};
    const std::string text = inventory::to_text(mixed);
    CHECK(text == "asset_tag:IT%20100%25 imei:356938035643809 mac:001EC947D49B");
    const auto read = inventory::parse_identifiers(text);
    CHECK(read == std::vector<Identifier>{{"asset_tag", "IT 100%"}, kImei, kMac});
    CHECK(inventory::to_text({}).empty());
    CHECK(inventory::parse_identifiers("a: :b c d:e") == std::vector<Identifier>{{"d", "e"}});
    CHECK(inventory::to_text(std::vector<Identifier>(100, kImei)) == "imei:356938035643809");
}

TEST_CASE("another number of a kind that is for life is a suspected swap", "[store][identifiers]") {
    const Identifier other{"imei", "490154203237518"};
    CHECK(inventory::differing({kImei, kMac}, {other, kMac}) ==
          "its IMEI is 490154203237518, registered is 356938035643809");
    CHECK_FALSE(inventory::differing({kImei, other}, {other}));  // two cards, one was read
    CHECK_FALSE(inventory::differing({kImei}, {kMac}));
    CHECK_FALSE(inventory::differing({}, {kImei}));
    CHECK_FALSE(
        inventory::differing({{"asset_tag", "1"}}, {{"asset_tag", "2"}}));  // it was relabelled
}

TEST_CASE("a unit is found by every number that was read off it", "[store][identifiers]") {
    Shop shop;
    Shop::must(receive(shop.store, receipt("SN-1", {kMac, kImei, {"asset_tag", "IT 7"}})));
    Shop::must(receive(shop.store, receipt("SN-2", {})));
    for (const char* text : {"356938035643809", "001ec947d49b", "00:1E:C9:47:D4:9B",
                             "00-1E-C9-47-D4-9B", "001e.c947.d49b", "it7", " IT 7 "}) {
        CAPTURE(text);
        CHECK(found(shop.store, text) == Serials{"SN-1"});
        CHECK(searched(shop.store, text) == Serials{"SN-1"});
    }
    CHECK(found(shop.store, "356938035643808").empty());
    CHECK(found(shop.store, "").empty());
    CHECK(found(shop.store, "\xff").empty());
    CHECK((*shop.store.find("SN-1"))->unit.identifiers.size() == 3);
    Shop::must(shop.store.undo("SN-1", ""));
    CHECK(found(shop.store, "356938035643809").empty());
    check_sound(shop.store);
}

TEST_CASE("the list shows units by identifier before those that hold the text",
          "[store][identifiers]") {
    Shop shop;
    Shop::must(receive(shop.store, receipt("A-4711-B", {})));
    Shop::must(receive(shop.store, receipt("C-4711", {{"asset_tag", "4711"}})));
    for (const char* serial : {"X-1", "X-2", "X-3"})
        Shop::must(receive(shop.store, receipt(serial, {{"asset_tag", "4711"}})));
    const Serials all = {"X-1", "X-2", "X-3", "C-4711", "A-4711-B"};
    CHECK(searched(shop.store, "4711") == all);
    // Page by page, in both directions, whatever the size of a page.
    for (const std::int64_t limit : {1, 2, 3, 4, 5}) {
        CAPTURE(limit);
        Serials forward, backward;
        std::string from;
        for (Serials page; !(page = searched(shop.store, "4711", limit, from)).empty();) {
            forward.insert(forward.end(), page.begin(), page.end());
            from = page.back();
        }
        CHECK(forward == all);
        from.clear();
        for (Serials page;
             !(page = searched(shop.store, "4711", limit, from, store::Direction::Backward))
                  .empty();) {
            backward.insert(backward.begin(), page.begin(), page.end());
            from = page.front();
        }
        CHECK(backward == all);
    }
}

TEST_CASE("what two stations read off one box is kept from both", "[store][identifiers]") {
    Meeting meeting;
    Shop::must(receive(meeting.dock.store, receipt("SN-1", {kImei})));
    Shop::must(receive(meeting.desk, receipt("SN-1", {kMac})));
    meet(meeting.dock.store, meeting.desk);
    for (store::Store* store : {&meeting.dock.store, &meeting.desk}) {
        CHECK(found(*store, kImei.value) == Serials{"SN-1"});
        CHECK(found(*store, kMac.value) == Serials{"SN-1"});
        check_sound(*store);
    }
    CHECK(*meeting.dock.store.digest() == *meeting.desk.digest());
}

TEST_CASE("an undone registration, a correction and a rebuild leave the tables as the units say",
          "[store][identifiers][shape]") {
    const TemporaryFolder folder;
    Shop shop(folder.file("shop.db"));
    for (int i = 0; i < 20; ++i) {
        app::Receipt one =
            receipt("SN-" + std::to_string(100 + i), {{"asset_tag", "T" + std::to_string(i)}});
        if (i % 2 == 0) one.scan = journal::Evidence{"U04=", "]C0", "the only plain code"};
        Shop::must(receive(shop.store, one));
    }
    Shop::must(shop.store.undo("SN-103", ""));
    Shop::must(shop.store.act({journal::Kind::Renamed, "SN-104", {{"serial", "SNX-104"}}, "", {}}));
    Shop::must(
        shop.store.act({journal::Kind::Edited, "SN-105", {{"variant", "SWITCH-Y"}}, "", {}}));
    Shop::must(shop.store.act(
        {journal::Kind::Edited, "SN-106", {{"identifiers", "asset_tag:NEW"}}, "", {}}));
    CHECK(found(shop.store, "NEW") == Serials{"SN-106"});
    CHECK(found(shop.store, "T6").empty());
    check_sound(shop.store);
    const auto shape = *shop.store.shape_of("ROUTER-X");
    CHECK(shape.units() == 18);
    CHECK(shape.rows.size() == 3);  // scanned, typed, and the corrected one, which is longer
    CHECK(shape.prefix == "sn");
    Shop::must(shop.store.rebuild());
    check_sound(shop.store);
    const auto again = *shop.store.shape_of("ROUTER-X");
    CHECK(again.rows == shape.rows);
    CHECK(found(shop.store, "NEW") == Serials{"SN-106"});
}

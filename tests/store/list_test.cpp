// The list, read page by page in both directions.
#include <algorithm>

#include "support/catch.hpp"
#include "support/shop.hpp"

using inventory::Status;
using store::Direction;

namespace {

using Serials = std::vector<std::string>;

Serials all_forward(store::Store& store, const store::Filter& filter, std::int64_t limit) {
    Serials seen;
    for (std::string from;;) {
        const auto page = *store.list(filter, limit, from);
        for (const auto& unit : page.units) seen.push_back(unit.unit.serial);
        if (!page.more) return seen;
        REQUIRE(seen.size() < 100);
        from = page.units.back().unit.key;
    }
}

Serials all_backward(store::Store& store, const store::Filter& filter, std::int64_t limit) {
    Serials seen;
    for (std::string from;;) {
        const auto page = *store.list(filter, limit, from, Direction::Backward);
        for (auto unit = page.units.rbegin(); unit != page.units.rend(); ++unit)
            seen.push_back(unit->unit.serial);
        if (!page.more) {
            std::ranges::reverse(seen);
            return seen;
        }
        REQUIRE(seen.size() < 100);
        from = page.units.front().unit.key;
    }
}

}  // namespace

TEST_CASE("read backward the list is the same as forward, whatever the filter and the page",
          "[store][list]") {
    Shop shop;
    for (const char* serial : {"12-A", "A-12", "B-12", "12-12", "x12y", "12", "ü12", "a-1"})
        shop.bring(serial, serial[0] == 'A' || serial[0] == 'x' ? Status::Sold : Status::InStock);
    store::Filter filter;
    filter.search = GENERATE("", "1", "12", "2-", "nowhere");
    if (GENERATE(false, true)) filter.status = Status::Sold;
    const std::int64_t limit = GENERATE(1, 2, 3, 50);
    CAPTURE(filter.search, filter.status.has_value(), limit);
    const Serials forward = all_forward(shop.store, filter, limit);
    CHECK(all_backward(shop.store, filter, limit) == forward);
    CHECK(forward.empty() ==
          (filter.search == "nowhere" || (filter.search == "2-" && filter.status.has_value())));
}

TEST_CASE("in a search read backward the endings still come first", "[store][list]") {
    Shop shop;
    for (const char* serial : {"12-A", "A-12", "B-12", "x12y"}) REQUIRE(shop.receive(serial));
    store::Filter filter;
    filter.search = "12";
    CHECK(all_backward(shop.store, filter, 2) == Serials{"A-12", "B-12", "12-A", "x12y"});
    // The page before the first of the rest is the end of the endings.
    const auto page = *shop.store.list(filter, 1, "12-a", Direction::Backward);
    REQUIRE(page.units.size() == 1);
    CHECK(page.units[0].unit.serial == "B-12");
    CHECK(page.more);
}

TEST_CASE("a page can begin at a key that no unit has", "[store][list]") {
    Shop shop;
    for (const char* serial : {"A", "C", "E"}) REQUIRE(shop.receive(serial));
    CHECK(shop.store.list({}, 1, "d")->units.at(0).unit.serial == "E");
    CHECK(shop.store.list({}, 1, "d", Direction::Backward)->units.at(0).unit.serial == "C");
    const auto nothing = *shop.store.list({}, 1, "a", Direction::Backward);
    CHECK(nothing.units.empty());
    CHECK_FALSE(nothing.more);
}

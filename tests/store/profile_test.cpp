// Goal: a label profile is reference data: kept, replaced, removed, and the same at every station.
// Method: a shop of two variants, and a second station that takes in what the first one wrote.
#include "store/exchange.hpp"
#include "support/catch.hpp"
#include "support/meeting.hpp"
#include "support/shop.hpp"

using inventory::LabelProfile;

namespace {

LabelProfile profile(const std::string& variant, const std::string& pattern) {
    return {.variant = variant, .symbology = "]C", .strip = "S", .pattern = pattern};
}

}  // namespace

TEST_CASE("the profile of a variant is kept, replaced and removed", "[store][profile]") {
    Shop shop;
    Shop::must(shop.store.put(profile("router-x", "K\\d+"), "Alex"));
    auto all = shop.store.profiles();
    REQUIRE(all);
    REQUIRE(all->size() == 1);
    CHECK(all->front() == profile("ROUTER-X", "K\\d+"));
    const LabelProfile other{.variant = "ROUTER-X", .from = 3, .length = 8, .is_express = true};
    Shop::must(shop.store.put(other, "Alex"));
    all = shop.store.profiles();
    REQUIRE(all);
    REQUIRE(all->size() == 1);
    CHECK(all->front() == other);
    Shop::must(shop.store.remove_profile("Router-X", "Alex"));
    CHECK(shop.store.profiles()->empty());
    CHECK(shop.store.remove_profile("ROUTER-X", "").error().kind == ErrorKind::NotFound);
    CHECK(shop.store.put(profile("NOPE", "a"), "").error().kind == ErrorKind::NotFound);
    Shop::must(shop.store.put(profile("ROUTER-X", "K"), ""));
    CHECK(shop.store.profiles()->size() == 1);
    CHECK(shop.store.verify(true)->damage_count == 0);
}

TEST_CASE("a profile goes to the other stations", "[store][profile]") {
    Meeting meeting;
    Shop::must(meeting.dock.store.put(profile("ROUTER-X", "K\\d+"), "Alex"));
    Shop::must(meeting.desk.put(profile("SWITCH-Y", "Y\\d+"), "Kim"));
    Shop::must(meeting.desk.put(profile("ROUTER-X", "M\\d+"), "Kim"));  // both: one counts
    meet(meeting.dock.store, meeting.desk);
    const auto here = meeting.dock.store.profiles(), there = meeting.desk.profiles();
    REQUIRE(here);
    REQUIRE(there);
    CHECK(*here == *there);
    CHECK(here->size() == 2);
    for (store::Store* store : {&meeting.dock.store, &meeting.desk})
        CHECK(store->verify(true)->damage_count == 0);
}

// Goal: any part of a serial finds its units, all of them and no other, in a shop of any size.
// Method: serials drawn from a small alphabet with a printed seed, in numbers that reach past the
// trigram index's steps; every search is compared with a look at all serials.
#include <algorithm>
#include <random>
#include <set>

#include "base/text.hpp"
#include "support/catch.hpp"
#include "support/shop.hpp"

namespace {

std::string random_serial(std::mt19937& random) {
    static const std::vector<std::string> kCharacters = {"A", "b",  "0", "1", "2",
                                                         "-", "\"", "é", "%", "_"};
    std::string serial = "S";
    for (std::size_t length = 4 + random() % 8; length > 0; --length)
        serial += kCharacters[random() % kCharacters.size()];
    return serial;
}

void receive_many(store::Store& store, std::mt19937& random, int count,
                  std::set<std::string>& keys) {
    std::vector<store::Act> acts;
    for (int i = 0; i < count; ++i) {
        const std::string serial = random_serial(random);
        if (!keys.insert(base::comparison_key(serial)).second) continue;
        acts.push_back({journal::Kind::Registered, serial, {{"variant", "ROUTER-X"}}, "", {}});
    }
    const auto done = store.act_all(acts, false);
    REQUIRE(done);
    REQUIRE(std::ranges::all_of(*done, [](const auto& error) { return !error; }));
}

// Page by page; fails on a unit that is there twice.
std::set<std::string> found(store::Store& store, const std::string& text) {
    store::Filter filter;
    filter.search = text;
    std::set<std::string> keys;
    std::string after;
    for (bool more = true; more;) {
        const auto page = store.list(filter, 7, after);
        REQUIRE(page);
        for (const auto& record : page->units) CHECK(keys.insert(record.unit.key).second);
        more = page->more;
        if (more) after = page->units.back().unit.key;
    }
    return keys;
}

std::set<std::string> holding(const std::set<std::string>& keys, const std::string& text) {
    std::set<std::string> some;
    for (const std::string& key : keys)
        if (key.find(base::comparison_key(text)) != std::string::npos) some.insert(key);
    return some;
}

}  // namespace

TEST_CASE("any part of a serial finds all units that hold it", "[store][search]") {
    const auto seed = GENERATE(1U, 2U, 3U);
    CAPTURE(seed);
    std::mt19937 random(seed);
    Shop shop;
    std::set<std::string> keys;
    receive_many(shop.store, random, 1500, keys);  // more than wait for the index
    receive_many(shop.store, random, 300, keys);   // these wait
    for (int i = 0; i < 60; ++i) {
        std::string text = random_serial(random);
        text = text.substr(1, 1 + random() % 5);
        if (!base::is_utf8(text)) continue;
        CAPTURE(text);
        CHECK(found(shop.store, text) == holding(keys, text));
    }
}

TEST_CASE("a corrected serial is found by its new form only, also after undo", "[store][search]") {
    std::mt19937 random(7);
    Shop shop;
    REQUIRE(shop.receive("WRONG-SERIAL-1"));
    std::set<std::string> others;
    receive_many(shop.store, random, 1200, others);
    REQUIRE(shop.store.act(
        {journal::Kind::Renamed, "WRONG-SERIAL-1", {{"serial", "RIGHT-NUMBER-2"}}, "", {}}));
    CHECK(found(shop.store, "ng-ser").empty());
    CHECK(found(shop.store, "al-1").empty());
    CHECK(found(shop.store, "ht-num") == std::set<std::string>{"right-number-2"});
    REQUIRE(shop.store.undo("RIGHT-NUMBER-2", ""));
    CHECK(found(shop.store, "ht-num").empty());
    CHECK(found(shop.store, "ng-ser") == std::set<std::string>{"wrong-serial-1"});
    CHECK(found(shop.store, "al-1") == std::set<std::string>{"wrong-serial-1"});
    REQUIRE(shop.store.rebuild());
    CHECK(found(shop.store, "ng-ser") == std::set<std::string>{"wrong-serial-1"});
    const auto verified = shop.store.verify(true);
    REQUIRE(verified);
    CHECK(verified->damage_count == 0);
}

TEST_CASE("a search that nobody waits for any more is given up, and the next one is whole",
          "[store][search]") {
    Shop shop;
    shop.receive_many(8000);
    store::Filter filter;
    filter.held = true;  // none is, so all have to be looked at
    filter.search = "0";
    int asked = 0;
    shop.store.give_up_when([&] { return ++asked > 0; });
    const auto given_up = shop.store.list(filter, 50, "");
    REQUIRE_FALSE(given_up);
    CHECK(given_up.error().kind == ErrorKind::Storage);
    CHECK(asked == 1);
    shop.store.give_up_when({});
    CHECK(shop.store.list(filter, 50, "")->units.empty());
    filter.held = false;
    CHECK(shop.store.list(filter, 50, "")->units.size() == 50);
}

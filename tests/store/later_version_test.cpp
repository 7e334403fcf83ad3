// Goal: what a later version wrote about a unit is kept, said, and stands in nobody's way, whatever
// its fields mean there.
#include "journal/record.hpp"
#include "support/meeting.hpp"

using journal::Kind;

namespace {

// The latest event of the unit.
journal::Event latest(store::Store& store, const std::string& serial) {
    const auto history = store.history(serial);
    REQUIRE(history);
    REQUIRE_FALSE(history->empty());
    return history->back().event;
}

// A device of a later version calibrates the unit, at a place that is no warehouse here.
void calibrate(store::Store& store, const std::string& serial) {
    const journal::Event before = latest(store, serial);
    journal::Event event;
    event.id = {base::RandomId{0xFE}, 1};
    event.kind_text = "calibrated";
    event.serial = before.serial;
    event.key = before.key;
    event.parents = {before.id};
    event.root = before.root ? before.root : std::optional(before.id);
    event.at = before.at;
    event.device = "Bench 1";
    event.app_version = "9.0";
    event.body = {{"warehouse", "CALIBRATION BENCH"}, {"variant", "of oscillation"}};
    const auto received = store.receive({event.id.writer, 1, {}, {journal::to_record(event)}});
    REQUIRE(received);
    REQUIRE(store.take_waiting() == 0);
}

std::string sentence(store::Store& store, const std::string& serial) {
    const auto unit = store.find(serial);
    REQUIRE(unit);
    REQUIRE(*unit);
    REQUIRE((*unit)->conflict);
    return (*unit)->conflict->sentence;
}

}  // namespace

TEST_CASE("what a later version wrote is said, and stops sales only", "[store][versions]") {
    Shop shop;
    Shop::must(shop.receive("SN-1"));
    calibrate(shop.store, "SN-1");
    CHECK(latest(shop.store, "SN-1").kind_text == "calibrated");
    const auto sold = shop.act(inventory::Action::Sell, "SN-1", {{"order", "4711"}});
    REQUIRE_FALSE(sold);
    CHECK_THAT(sold.error().message, Catch::Matchers::EndsWith("update this device"));
    Shop::must(shop.store.act({Kind::Moved, "SN-1", {{"location", "BENCH"}}, "Alex", {}}));
    CHECK((*shop.store.find("SN-1"))->unit.location == "BENCH");
    CHECK_THAT(sentence(shop.store, "SN-1"), Catch::Matchers::EndsWith("update this device"));
    CHECK(shop.store.verify(true)->damage_count == 0);
}

TEST_CASE("a repaired database still says what a later version wrote", "[store][versions]") {
    Shop shop;
    Shop::must(shop.receive("SN-1"));
    calibrate(shop.store, "SN-1");
    const std::string before = sentence(shop.store, "SN-1");
    const std::string digest = *shop.store.digest();
    REQUIRE(shop.store.rebuild());
    CHECK(sentence(shop.store, "SN-1") == before);
    CHECK(*shop.store.digest() == digest);
}

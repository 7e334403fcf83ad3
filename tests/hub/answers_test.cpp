// Goal: the hub takes exactly what continues a writer's records, and says what it has otherwise.
#include <algorithm>

#include "support/hub_server.hpp"

using hubs::check_agree;
using hubs::check_whole;
using hubs::Station;
using syncing::PushAnswer;

namespace {

// A device that pushes what it likes.
struct Device {
    Station station;
    std::unique_ptr<syncing::Hub> hub;
    base::RandomId writer = base::random_id();
    base::SigningKey key;

    Device(const hubs::FreshHub& there, const std::string& name)
        : station(there, name), hub(station.hub()), key(station.enrolment().signing_key) {}

    syncing::SignedRecords records(std::int64_t first, std::vector<std::string> texts,
                                   const base::Sha256& previous = {}) const {
        store::Records records{writer, first, previous, std::move(texts)};
        const std::string text =
            syncing::signed_text(station.enrolment().organization, syncing::head_after(records));
        return {std::move(records),
                syncing::HeadSignature{base::public_key(key), base::sign(key, text)}};
    }
    syncing::Pushed push(const syncing::SignedRecords& records) const {
        return hubs::must(hub->push(records));
    }
};

bool has_alarm(const hubs::FreshHub& hub, const std::string& words) {
    const auto alarms = hub.status().alarms;
    return std::ranges::any_of(
        alarms, [&](const std::string& alarm) { return alarm.find(words) != std::string::npos; });
}

}  // namespace

TEST_CASE("the hub answers a gap, a copy, a foreign writer and too much with what it has",
          "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    const Device dock(*hub, "Dock 1");
    Device other(*hub, "Desk");
    const auto first = dock.records(1, {"one", "two"});
    REQUIRE(dock.push(first).answer == PushAnswer::Ok);
    const base::Sha256 hash = syncing::head_after(first.records).hash;
    const auto check = [&](const syncing::Pushed& pushed, PushAnswer answer) {
        CHECK(pushed.answer == answer);
        CHECK(pushed.seq == 2);
        CHECK(pushed.hash == hash);
    };
    SECTION("the same again, in whole or in part") {
        check(dock.push(first), PushAnswer::Ok);
        check(dock.push(dock.records(1, {"one"})), PushAnswer::Ok);
    }
    SECTION("a gap") { check(dock.push(dock.records(4, {"four"}, hash)), PushAnswer::Gap); }
    SECTION("another record of a number") {
        check(dock.push(dock.records(2, {"other"}, hash)), PushAnswer::Fork);
        CHECK(has_alarm(*hub, "Dock 1: its database was copied"));
    }
    SECTION("another history before") {
        check(dock.push(dock.records(3, {"three"}, {1})), PushAnswer::Fork);
    }
    SECTION("somebody else's writer") {
        other.writer = dock.writer;
        check(other.push(other.records(3, {"three"}, hash)), PushAnswer::Foreign);
        CHECK(has_alarm(*hub, "Desk: it wrote under the name of another device's database"));
    }
    SECTION("another key than before") {
        auto three = dock.records(3, {"three"}, hash);
        three.signature->key = base::public_key(base::new_signing_key());
        check(dock.push(three), PushAnswer::Foreign);
        three.signature.reset();
        check(dock.push(three), PushAnswer::Foreign);
    }
    CHECK(hub->number("SELECT count(*) FROM unitrail.record") == 2);
    check_whole(*hub);
}

TEST_CASE("the hub takes 2000 records of 64 KiB and 16 MiB at once and no more", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    const Device dock(*hub, "Dock 1");
    const std::size_t largest = 64 * 1024;
    const std::vector<std::string> many(2000, "r"), too_many(2001, "r"),
        large{std::string(largest, 'r')}, too_large{std::string(largest + 1, 'r')},
        all_large(257, std::string(largest, 'r'));
    for (const auto& texts : {too_many, too_large, all_large, {}})
        CHECK(dock.push(dock.records(1, texts)).answer == PushAnswer::Limit);
    CHECK(hub->number("SELECT count(*) FROM unitrail.record") == 0);
    const auto first = dock.records(1, many);
    CHECK(dock.push(first).answer == PushAnswer::Ok);
    const auto second = dock.records(2001, large, syncing::head_after(first.records).hash);
    CHECK(dock.push(second).seq == 2001);
    check_whole(*hub);
}

TEST_CASE("a device that pushes too much in an hour is stopped, said, and goes on later", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1"), desk(*hub, "Desk");
    dock.add_variant();
    for (int i = 0; i < 20; ++i) dock.receive("SN-" + std::to_string(i));
    dock.sync();
    hub->change("UPDATE unitrail.device SET events_an_hour = 25 WHERE name = 'Dock 1'");
    for (int i = 20; i < 40; ++i) dock.receive("SN-" + std::to_string(i));
    const auto flooded = dock.try_sync();
    REQUIRE_FALSE(flooded);
    CHECK(flooded.error().kind == ErrorKind::Network);
    CHECK(flooded.error().retry_helps);
    CHECK_THAT(flooded.error().message, ContainsSubstring("what waits here is kept"));
    CHECK(has_alarm(*hub, "Dock 1: it pushed more than it may in an hour"));
    CHECK(dock.units() == 40);
    // The next hour.
    hub->change("UPDATE unitrail.device SET hour = hour - interval '1 hour' WHERE name = 'Dock 1'");
    dock.sync();
    desk.sync();
    check_agree({&dock, &desk}, 40);
    check_whole(*hub);
}

TEST_CASE("a hub of another version stops the sync and not the work", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1");
    dock.add_variant();
    auto device = hubs::must(
        syncing::Postgres::connect(syncing::parameters_of(dock.enrolment(), dock.path), {}));
    const auto answer =
        hubs::must(device.call("SELECT answer FROM unitrail.push(2, $1, 1, $1, '{}', NULL, NULL)",
                               {syncing::bytes(std::string(16, 'w'))}));
    CHECK(answer.text(0, 0) == "version");
    const auto pull = device.call("SELECT unitrail.pull(2, 0, '', 1, '', 0)", {});
    REQUIRE_FALSE(pull);
    CHECK_THAT(pull.error().message, ContainsSubstring("different versions"));

    auto admin = hub->admin();
    const std::string body =
        hubs::must(admin.call("SELECT pg_get_functiondef('unitrail.hello'::regproc)", {}))
            .text(0, 0);
    std::string newer = body;
    newer.replace(newer.find("SELECT 1, 1, c.org"), 11, "SELECT 2, 3");
    hubs::must(admin.call(newer, {}));
    dock.receive("SN-1");
    const auto synced = dock.try_sync();
    REQUIRE_FALSE(synced);
    CHECK(synced.error().kind == ErrorKind::Refused);
    CHECK_THAT(synced.error().message, ContainsSubstring("another version"));
    dock.receive("SN-2");
    CHECK(dock.units() == 2);
    hubs::must(admin.call(body, {}));
    dock.sync();
    CHECK(hub->number("SELECT count(*) FROM unitrail.record") == 3);
}

TEST_CASE("two organizations on one hub never see each other", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    const std::string other = base::to_hex(base::random_id());
    CHECK(hubs::must(syncing::install_hub(hub->parameters(), other)).organization == other);
    Station dock(*hub, "Dock 1"), theirs("Dock 1"), late("Late");
    hubs::enter(theirs.store, hub->enroll("Dock 1", other));
    hubs::enter(late.store, hub->enroll("Late", other));
    dock.add_variant();
    dock.receive("SN-OURS");
    dock.act(journal::Kind::Sold, "SN-OURS", {{"client", "Client K"}});
    theirs.add_variant();
    theirs.receive("SN-THEIRS");
    theirs.receive("SN-OTHER");
    for (int round = 0; round < 2; ++round)
        for (Station* station : {&dock, &theirs, &late}) station->sync();
    check_agree({&dock}, 1);
    check_agree({&theirs, &late}, 2);
    CHECK(late.store.client_names("", 10)->empty());
    // Asked for by its name, too.
    const auto ours = hubs::must(dock.store.own_head());
    const auto their_hub = theirs.hub();
    CHECK_FALSE(their_hub->segment(ours.writer, 1));
    for (const auto& head : hubs::must(their_hub->heads(0, 1000)))
        CHECK(head.head.writer != ours.writer);
    // A writer of the same name there is another one.
    const auto records = hubs::must(dock.store.records(ours.writer, 1, 10));
    CHECK(hubs::must(their_hub->push({records, std::nullopt})).answer == PushAnswer::Ok);
    CHECK(hub->number("SELECT count(DISTINCT role) FROM unitrail.writer WHERE seq > 0") == 2);
    CHECK(dock.sync().received == 0);
    const auto moved = theirs.store.join(hub->organization());
    REQUIRE_FALSE(moved);
    CHECK(moved.error().kind == ErrorKind::Refused);
}

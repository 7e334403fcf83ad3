// Goal: who can write to the hub's tables cannot make a station believe what no device wrote.
#include "support/hub_server.hpp"

using hubs::check_agree;
using hubs::Station;

namespace {

// Two stations' acts on the hub, in several pushes each.
struct Busy {
    std::unique_ptr<hubs::FreshHub> hub;
    Station dock, desk;

    explicit Busy(std::unique_ptr<hubs::FreshHub> there)
        : hub(std::move(there)), dock(*hub, "Dock 1"), desk(*hub, "Desk") {
        desk.add_variant();
        desk.sync();
        dock.sync();
        for (int push = 0; push < 3; ++push) {
            for (int i = 0; i < 3; ++i)
                dock.receive("SN-" + std::to_string(push) + std::to_string(i));
            dock.sync();
            desk.receive("DESK-" + std::to_string(push));
            desk.sync();
        }
        dock.sync();
    }
    [[nodiscard]] std::string of_dock() {
        return "writer = decode('" + base::to_hex(dock.store.own_head()->writer) + "', 'hex')";
    }
};

}  // namespace

TEST_CASE("a record that was changed on the hub is said, and nothing of it is applied", "[hub]") {
    auto there = hubs::fresh_hub();
    if (!there) return;
    Busy busy(std::move(there));
    const auto seq = GENERATE(1, 2, 5, 9);
    CAPTURE(seq);
    const std::string record =
        " FROM unitrail.record WHERE " + busy.of_dock() + " AND seq = " + std::to_string(seq);
    auto admin = busy.hub->admin();
    const std::string bytes = hubs::must(admin.call("SELECT record" + record, {})).text(0, 0);
    std::string changed = bytes;
    changed.replace(changed.find("Kim"), 3, "Bob");
    const auto put = [&](const std::string& text) {
        hubs::must(admin.call("UPDATE unitrail.record SET record = $1 WHERE " + busy.of_dock() +
                                  " AND seq = " + std::to_string(seq),
                              {syncing::bytes(text)}));
    };
    put(changed);
    SECTION("the record alone") {}
    SECTION("with all that follows from it, but the key") {
        hubs::must(admin.call("UPDATE unitrail.writer SET hash = sha256(hash)", {}));
    }
    SECTION("and the signatures taken away") {
        hubs::must(admin.call(
            "UPDATE unitrail.feed SET signature = NULL WHERE position > " + std::to_string(seq),
            {}));
    }
    Station late(*busy.hub, "Late");
    for (int i = 0; i < 2; ++i) {
        const auto synced = late.try_sync();
        REQUIRE_FALSE(synced);
        CHECK(synced.error().kind == ErrorKind::Refused);
        CHECK_THAT(synced.error().message, ContainsSubstring("the hub"));
    }
    const auto page = hubs::must(late.store.list({}, 100, ""));
    for (const store::UnitRecord& unit : page.units) {
        const auto history = hubs::must(late.store.history(unit.unit.serial));
        for (const store::EventRecord& event : history) CHECK(event.event.operator_name == "Kim");
    }
    CHECK(late.store.verify(true)->damage_count == 0);
    CHECK_FALSE(late.store.synced_at()->has_value());
}

TEST_CASE("a changed record that was put right again comes in, and the others' came before",
          "[hub]") {
    auto there = hubs::fresh_hub();
    if (!there) return;
    Busy busy(std::move(there));
    auto admin = busy.hub->admin();
    hubs::must(admin.call("CREATE TABLE kept AS SELECT * FROM unitrail.record", {}));
    hubs::must(admin.call(
        "UPDATE unitrail.record SET record = 'x' WHERE seq = 5 AND " + busy.of_dock(), {}));
    Station late(*busy.hub, "Late");
    const auto refused = late.try_sync();
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().message, ContainsSubstring("not signed by the device that wrote"));
    CHECK(late.units() == 3 + 3);  // all of the desk's, and the dock's first push
    hubs::must(
        admin.call("UPDATE unitrail.record r SET record = k.record FROM kept k WHERE "
                   "k.writer = r.writer AND k.seq = r.seq",
                   {}));
    late.sync();
    check_agree({&busy.dock, &late}, 12);
}

TEST_CASE("a writer's public key that was replaced on the hub is noticed", "[hub]") {
    auto there = hubs::fresh_hub();
    if (!there) return;
    Busy busy(std::move(there));
    busy.dock.receive("SN-NEW");
    busy.dock.sync();
    busy.hub->change("UPDATE unitrail.writer SET public_key = sha256('mine') WHERE " +
                     busy.of_dock());
    const auto refused = [](Station& station, const char* words) {
        const auto synced = station.try_sync();
        REQUIRE_FALSE(synced);
        CHECK(synced.error().kind == ErrorKind::Refused);
        CHECK_THAT(synced.error().message, ContainsSubstring(words));
    };
    Station late(*busy.hub, "Late");
    refused(late, "not signed by the device that wrote");
    CHECK(late.units() == 3);  // the desk's
    refused(busy.desk, "another key");
    CHECK_FALSE(busy.desk.store.find("SN-NEW")->has_value());
    refused(busy.dock, "another key");
}

// Goal: stations that share nothing but a hub end with the same units, whatever happened to a push,
// an answer or a name on the way.
#include <optional>
#include <thread>

#include "support/hub_server.hpp"
#include "sync/signed_records.hpp"

using hubs::check_agree;
using hubs::check_whole;
using hubs::Station;
using journal::Kind;

namespace {

std::string client_of(Station& station, const std::string& serial) {
    const auto unit = station.store.find(serial);
    REQUIRE(unit);
    REQUIRE(*unit);
    return (*unit)->unit.client.value_or("");
}

}  // namespace

TEST_CASE("three stations sell one unit apart, see it, and one settles it for all", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1"), desk(*hub, "Desk"), van(*hub, "Van");
    dock.add_variant();
    dock.receive("SN-1");
    for (Station* station : {&dock, &desk, &van}) station->sync();
    check_agree({&dock, &desk, &van}, 1);
    dock.act(Kind::Sold, "SN-1", {{"order", "1"}});
    desk.act(Kind::Sold, "SN-1", {{"order", "2"}});
    van.act(Kind::Sold, "SN-1", {{"order", "3"}});
    for (int round = 0; round < 2; ++round)
        for (Station* station : {&van, &dock, &desk}) station->sync();
    for (Station* station : {&dock, &desk, &van}) {
        const auto conflicts = hubs::must(station->store.conflicts(10));
        REQUIRE(conflicts.size() == 1);
        CHECK_THAT(conflicts[0].conflict.sentence, ContainsSubstring("Sold twice"));
    }
    check_agree({&dock, &desk, &van}, 1);
    for (int left = 3; desk.store.conflict_count() != 0; --left) {
        REQUIRE(left > 0);  // three sales: two are voided
        const auto conflict = hubs::must(desk.store.conflicts(1)).front();
        Shop::must(
            desk.store.settle({conflict.conflict.id, "a", "", "the others were cancelled"}, "Kim"));
    }
    for (Station* station : {&desk, &van, &dock}) station->sync();
    for (Station* station : {&dock, &desk, &van}) CHECK(station->store.conflict_count() == 0);
    check_agree({&dock, &desk, &van}, 1);
    const auto again = dock.sync();
    CHECK(again.sent + again.received == 0);
    check_whole(*hub);
}

TEST_CASE("a reply lost after the commit adds nothing when the push comes again", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1"), desk(*hub, "Desk");
    dock.add_variant();
    dock.sync();
    const auto before = dock.store.own_head()->seq;
    for (int i = 0; i < 5; ++i) dock.receive("SN-" + std::to_string(i));
    dock.sync();
    // The station never heard of the commit.
    Shop::must(dock.store.keep_sent(dock.store.own_head()->writer, before));
    const auto feed = hub->number("SELECT count(*) FROM unitrail.feed");
    SECTION("the same again") {}
    SECTION("and more that was done meanwhile") { dock.receive("SN-9"); }
    const std::int64_t more = dock.store.own_head()->seq - before - 5;
    dock.sync();
    CHECK(hub->number("SELECT count(*) FROM unitrail.feed") == feed + more);
    desk.sync();
    check_agree({&dock, &desk}, 5 + more);
    check_whole(*hub);
}

TEST_CASE("a push that was cut off goes on where the hub ends", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1"), desk(*hub, "Desk");
    dock.add_variant();
    for (int i = 0; i < 9; ++i) dock.receive("SN-" + std::to_string(i));
    // Three records arrived; the station knows of none, of two, or believes in more than there are.
    const auto own = hubs::must(dock.store.own_head());
    const auto three = hubs::must(
        syncing::signed_records(dock.store, hub->organization(), dock.enrolment().signing_key,
                                hubs::must(dock.store.records(own.writer, 1, 3))));
    const auto pushed = hubs::must(dock.hub()->push(three));
    CHECK(pushed.answer == syncing::PushAnswer::Ok);
    CHECK(pushed.seq == 3);
    const auto believed = GENERATE(0, 2, 3, 7);
    CAPTURE(believed);
    Shop::must(dock.store.keep_sent(own.writer, believed));
    dock.sync();
    desk.sync();
    check_agree({&dock, &desk}, 9);
    check_whole(*hub);
}

TEST_CASE("clients' names travel by the hub, and an erased one stays erased", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1"), desk(*hub, "Desk"), late(*hub, "Late");
    dock.add_variant();
    dock.receive("SN-1");
    dock.act(Kind::Sold, "SN-1", {{"client", "Client K"}});
    dock.sync();
    desk.sync();
    CHECK(client_of(desk, "SN-1") == "Client K");
    const auto names = hubs::must(desk.store.client_names("", 10));
    REQUIRE(names.size() == 1);
    const store::ClientName erased[] = {{names[0].ref, ""}};
    Shop::must(desk.store.take_client_names(erased));
    for (Station* station : {&desk, &dock, &desk}) station->sync();
    CHECK(client_of(dock, "SN-1") == "(name erased)");
    CHECK(hub->number("SELECT count(*) FROM unitrail.client WHERE name <> ''") == 0);
    // Who has the name still cannot bring it back.
    hubs::must(dock.hub()->put_client_names(names));
    late.sync();
    CHECK(client_of(late, "SN-1") == "(name erased)");
    CHECK(hub->number("SELECT count(*) FROM unitrail.client WHERE name <> ''") == 0);
    CHECK(hub->number("SELECT count(*) FROM unitrail.record WHERE position('Client K'::bytea IN "
                      "record) > 0") == 0);
}

TEST_CASE("two processes sync one database at once", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1"), desk(*hub, "Desk");
    dock.add_variant();
    for (int i = 0; i < 300; ++i) dock.receive("SN-" + std::to_string(i));
    desk.sync();
    for (int i = 0; i < 50; ++i)
        Shop::must(desk.store.put(inventory::Warehouse{"W-" + std::to_string(i), ""},
                                  store::Write::Add, ""));
    desk.sync();
    const std::string path = dock.path;
    std::vector<std::optional<Error>> failures(4);
    std::vector<std::jthread> threads;
    for (auto& failure : failures)
        threads.emplace_back([&failure, &path] {
            auto other = store::Store::open(path, {});
            if (!other) {
                failure = other.error();
                return;
            }
            const auto synced = syncing::synchronize_all(*other, {"", true}, {});
            if (!synced) failure = synced.error();
        });
    threads.clear();
    for (const auto& failure : failures) {
        INFO((failure ? failure->message : ""));
        CHECK_FALSE(failure);
    }
    dock.sync();
    desk.sync();
    check_agree({&dock, &desk}, 300);
    check_whole(*hub);
}

TEST_CASE("a long transaction of somebody else does not stop the feed", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1"), desk(*hub, "Desk");
    auto other = hub->admin();
    hubs::must(other.call("CREATE TABLE something (n int)", {}));
    hubs::must(other.call("BEGIN ISOLATION LEVEL REPEATABLE READ", {}));
    hubs::must(other.call("INSERT INTO something SELECT 1", {}));
    hubs::must(other.call("SELECT count(*) FROM unitrail.feed", {}));
    dock.add_variant();
    dock.receive("SN-1");
    dock.sync();
    desk.sync();
    check_agree({&dock, &desk}, 1);
    CHECK(hub->number("SELECT count(*) FROM something") == 0);  // it is still going on
    hubs::must(other.call("COMMIT", {}));
}

// Goal: what a restored hub lost and nobody but its author may bring back is said, and not forged.
#include "support/hub_server.hpp"
#include "support/program.hpp"

using hubs::check_agree;
using hubs::Station;
using syncing::PushAnswer;

TEST_CASE("what a restored hub lost is shown until its author comes back", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1"), desk(*hub, "Desk"), late(*hub, "Late");
    dock.add_variant();
    dock.sync();
    desk.sync();
    const std::string backup = hub->back_up();
    for (int i = 0; i < 3; ++i) dock.receive("SN-" + std::to_string(i));
    dock.sync();
    desk.sync();
    hub->restore(backup);
    CHECK(hub->status().lost.empty());  // nobody came yet
    desk.sync();
    const std::string writer = base::to_hex(hubs::must(dock.store.own_head()).writer).substr(0, 8);
    CHECK(hub->status().lost == std::vector{writer + ":2 to 4, Desk has them"});
    const Program program;
    CHECK_THAT(
        program.ok({"hub", "status", hub->address()}).out,
        ContainsSubstring("lost by a restored hub") && ContainsSubstring(writer + ":2 to 4"));
    late.sync();
    CHECK(late.units() == 0);
    CHECK(desk.units() == 3);

    // Nobody else can bring them, or others in their place.
    const auto head = hubs::must(dock.store.own_head());
    const auto records = hubs::must(desk.store.records(head.writer, 2, 10));
    const auto by_desk = desk.hub();
    CHECK(hubs::must(by_desk->push({records, std::nullopt})).answer == PushAnswer::Foreign);
    CHECK(hub->status().alarms.size() == 1);

    for (Station* station : {&dock, &desk, &late}) station->sync();
    CHECK(hub->status().lost.empty());
    check_agree({&dock, &desk, &late}, 3);
}

TEST_CASE("a device cannot report too much, and another hub is told what it has not", "[hub]") {
    const auto hub = hubs::fresh_hub(), other = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1"), desk(*hub, "Desk");
    dock.add_variant();
    dock.sync();
    desk.sync();
    CHECK_FALSE(desk.hub()->report_lost(std::vector<store::WriterHead>(2001)));
    CHECK(hub->status().lost.empty());
    hubs::must(syncing::install_hub(other->parameters(), hub->organization()));
    const auto code = other->enroll("Desk", hub->organization());
    Shop::must(syncing::enroll(desk.store, syncing::to_code(code)));
    desk.sync();
    const auto lost =
        hubs::must(syncing::hub_status(other->parameters(), hub->organization())).lost;
    REQUIRE(lost.size() == 1);
    CHECK_THAT(lost[0], ContainsSubstring(":1 to 1, Desk has them"));
}

// Goal: a device that lost its enrolment, or goes to another hub, goes on with all it has.
#include <filesystem>

#include "support/hub_server.hpp"

using hubs::check_agree;
using hubs::check_whole;
using hubs::Station;

TEST_CASE("a device whose enrolment was deleted goes on under a new key", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1"), desk(*hub, "Desk"), late(*hub, "Late");
    dock.add_variant();
    dock.receive("SN-1");
    dock.sync();
    desk.sync();
    const auto writer = hubs::must(dock.store.own_head()).writer;
    const bool is_revoked = GENERATE(true, false);  // else somebody enrols it by another name
    CAPTURE(is_revoked);
    std::filesystem::remove(syncing::enrolment_path(dock.path));
    dock.receive("SN-2");
    const auto nowhere = dock.try_sync();
    REQUIRE_FALSE(nowhere);
    CHECK_THAT(nowhere.error().message, ContainsSubstring("unitrail enroll CODE"));
    if (is_revoked)
        hubs::must(syncing::revoke_device(hub->parameters(), hub->organization(), "Dock 1"));
    hubs::enter(dock.store, hub->enroll(is_revoked ? "Dock 1" : "Dock 1 again"));
    CHECK(dock.sync().reissued == 1);
    CHECK(hubs::must(dock.store.own_head()).writer != writer);
    dock.receive("SN-3");
    for (Station* station : {&dock, &desk, &late, &dock}) station->sync();
    check_agree({&dock, &desk, &late}, 3);
    check_whole(*hub);
}

TEST_CASE("stations that move to another hub of their organization bring all", "[hub]") {
    const auto hub = hubs::fresh_hub(), other = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1"), desk(*hub, "Desk"), theirs(*other, "Theirs");
    dock.add_variant();
    dock.receive("SN-1");
    dock.sync();
    desk.sync();
    desk.receive("SN-2");
    hubs::must(syncing::install_hub(other->parameters(), hub->organization()));
    const auto move = [&](Station& station, const char* name) {
        const auto code = other->enroll(name, hub->organization());
        return syncing::enroll(station.store, syncing::to_code(code));
    };
    Shop::must(move(desk, "Desk"));
    Shop::must(move(dock, "Dock 1"));
    for (Station* station : {&desk, &dock, &desk}) station->sync();
    check_agree({&dock, &desk}, 2);
    check_whole(*other);
    const auto refused = syncing::enroll(
        dock.store, syncing::to_code(other->enroll("Dock 1", other->organization())));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::Refused);
    CHECK_THAT(refused.error().message, ContainsSubstring("another organization"));
    dock.sync();  // it is where it was
}

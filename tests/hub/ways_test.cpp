// Goal: whatever is wrong between a station and its hub is said, loses nothing, and the next sync
// goes on as if nothing had been.
#include <filesystem>

#include "support/hub_server.hpp"
#include "support/program.hpp"
#include "support/tcp_proxy.hpp"
#include "sync/hub_step.hpp"

using hubs::check_agree;
using hubs::check_whole;
using hubs::Station;

namespace {

Result<syncing::Synced> sync_by(Station& station, const TcpProxy& proxy,
                                const syncing::Waiting& waiting = {}) {
    auto enrolment = station.enrolment();
    enrolment.port = proxy.port();
    const auto hub = syncing::connect_hub(enrolment, station.path, waiting);
    if (!hub) return fail(hub.error());
    return syncing::synchronize(station.store, **hub, enrolment.signing_key);
}

int port_of(const Station& station) { return std::stoi(station.enrolment().port); }

// A failure that says what it is, after which all is here still.
void check_fails(Station& station, ErrorKind kind, const std::string& words) {
    const auto before = station.units();
    const auto synced = station.try_sync();
    REQUIRE_FALSE(synced);
    INFO(synced.error().message);
    CHECK(synced.error().kind == kind);
    CHECK_THAT(synced.error().message, ContainsSubstring(words));
    CHECK(station.units() == before);
}

}  // namespace

TEST_CASE("a way that breaks after any number of bytes costs nothing", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1"), desk(*hub, "Desk");
    dock.add_variant();
    dock.sync();
    int units = 0;
    const auto do_some = [&] {
        dock.receive("SN-" + std::to_string(units++));
        dock.act(journal::Kind::Sold, "SN-" + std::to_string(units - 1),
                 {{"client", "Client " + std::to_string(units)}});
        desk.receive("SN-" + std::to_string(units++));
        desk.sync();
    };
    desk.sync();
    do_some();
    const TcpProxy whole(port_of(dock), {});
    hubs::must(sync_by(dock, whole));
    constexpr int kCuts = 48;
    int failed = 0;
    for (int cut = 0; cut <= kCuts; ++cut) {
        do_some();
        TcpProxy::Way way;
        way.cut_after = whole.bytes() * cut / kCuts + cut % 7;
        CAPTURE(cut, way.cut_after);
        {
            const TcpProxy proxy(port_of(dock), way);
            const auto synced = sync_by(dock, proxy);
            if (!synced) {
                ++failed;
                INFO(synced.error().message);
                CHECK(synced.error().kind == ErrorKind::Network);
            }
        }
        if (cut % 3 == 0) dock.sync();
    }
    CHECK(failed > kCuts / 2);
    dock.sync();
    desk.sync();
    check_agree({&dock, &desk}, units);
    check_whole(*hub);
    CHECK(hub->status().alarms.empty());
}

TEST_CASE("a slow way is waited for, and one that never answers is given up", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1"), desk(*hub, "Desk");
    dock.add_variant();
    for (int i = 0; i < 20; ++i) dock.receive("SN-" + std::to_string(i));
    TcpProxy::Way slow;
    slow.piece = 100;
    slow.pause_ms = 1;
    const TcpProxy by_slow(port_of(dock), slow);
    hubs::must(sync_by(dock, by_slow));
    hubs::must(sync_by(desk, by_slow));
    check_agree({&dock, &desk}, 20);
    TcpProxy::Way stuck;
    stuck.piece = 1;
    stuck.pause_ms = 100;
    const TcpProxy by_stuck(port_of(dock), stuck);
    syncing::Waiting waiting;
    waiting.connect = waiting.answer = std::chrono::milliseconds(300);
    const auto given_up = sync_by(dock, by_stuck, waiting);
    REQUIRE_FALSE(given_up);
    CHECK(given_up.error().kind == ErrorKind::Network);
    CHECK(given_up.error().retry_helps);
    waiting.connect = std::chrono::minutes(1);
    waiting.ended = [] { return true; };  // the program is to end
    CHECK_FALSE(sync_by(dock, by_stuck, waiting));
}

TEST_CASE("a wrong password, a wrong certificate and a hub that is not there are said", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1");
    dock.add_variant();
    dock.receive("SN-1");
    const auto good = dock.enrolment();
    const auto with = [&](const auto& change) {
        auto enrolment = good;
        change(enrolment);
        Shop::must(syncing::write_enrolment(dock.path, enrolment));
    };
    with([](auto& one) { one.secret = "wrong"; });
    check_fails(dock, ErrorKind::Refused, "enrol the device again");
    with([&](auto& one) { one.ca = hubs::text_of(hub->server().other_ca()); });
    check_fails(dock, ErrorKind::Network, "certificate is not the one that was promised");
    with([](auto& one) { one.host = "127.0.0.2"; });
    check_fails(dock, ErrorKind::Network, "");
    with([](auto& one) { one.port = "1"; });
    check_fails(dock, ErrorKind::Network, "cannot be reached");
    const Program program;
    const Ran ran = program.run({"sync", "--db", dock.path});
    CHECK(ran.status == 3);
    CHECK_THAT(ran.err, ContainsSubstring("cannot be reached"));
    with([](auto&) {});
    CHECK(dock.sync().sent == 2);
    const auto elsewhere = syncing::admin_parameters("postgresql://admin@hub.example.org/hub");
    REQUIRE_FALSE(elsewhere);
    CHECK(elsewhere.error().kind == ErrorKind::InvalidInput);
    CHECK_THAT(elsewhere.error().message, ContainsSubstring("sslrootcert"));
    CHECK_FALSE(syncing::admin_parameters("host=x hostaddr=192.0.2.1"));
    CHECK_FALSE(syncing::admin_parameters("postgresql://localhost,hub.example.org/hub"));
}

TEST_CASE("a revoked device is told so, keeps its acts, and what is missing is listed", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1"), desk(*hub, "Desk");
    dock.add_variant();
    dock.receive("SN-1");
    dock.sync();
    for (int i = 2; i < 5; ++i) dock.receive("SN-" + std::to_string(i));
    // It says hello, and then its way breaks.
    const auto own = hubs::must(dock.store.own_head());
    const auto connection = dock.hub();
    hubs::must(connection->hello(own, hubs::must(dock.store.hub_cursor())));
    const auto revoked =
        hubs::must(syncing::revoke_device(hub->parameters(), hub->organization(), "Dock 1"));
    CHECK(revoked.acts == std::vector{base::to_hex(own.writer).substr(0, 8) + ":3 to 5"});
    CHECK_FALSE(revoked.seen_at.empty());
    CHECK_FALSE(connection->hello(own, {}));  // it was thrown out
    check_fails(dock, ErrorKind::Refused, "was revoked at the hub");
    CHECK(dock.units() == 4);
    const auto status = hub->status();
    REQUIRE(status.devices.size() == 2);
    CHECK(status.devices[1].revoked);
    CHECK(status.devices[1].missing == 3);
    const auto again = syncing::revoke_device(hub->parameters(), hub->organization(), "Dock 1");
    REQUIRE_FALSE(again);
    CHECK(again.error().kind == ErrorKind::NotFound);
    // Enrolled again it brings what was missing.
    hubs::enter(dock.store, hub->enroll("Dock 1"));
    dock.sync();
    desk.sync();
    dock.sync();
    check_agree({&dock, &desk}, 4);
    check_whole(*hub);
}

TEST_CASE("a hub whose disk is full takes nothing half, says it, and goes on when it has room",
          "[hub]") {
    if (!hubs::fresh_hub()) return;
    const hubs::OwnServer server(UNITRAIL_FULL_DISK);
    const hubs::FreshHub hub(hubs::server_of(server.file));
    Station dock(hub, "Dock 1"), desk(hub, "Desk");
    dock.add_variant();
    dock.sync();
    desk.sync();

    server.fill_disk();
    constexpr int kUnits = 400;  // more than what free pages take
    for (int i = 0; i < kUnits; ++i) dock.receive("SN-" + std::to_string(i));
    check_fails(dock, ErrorKind::Network, "the hub's disk is full");
    dock.receive("SN-LATE");  // the work goes on
    CHECK(dock.try_sync().error().retry_helps);
    desk.sync();  // whoever only reads is served
    check_whole(hub);

    server.free_disk();
    dock.sync();
    desk.sync();
    check_agree({&dock, &desk}, kUnits + 1);
    check_whole(hub);
}

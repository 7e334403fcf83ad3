// Goal: a device's role can call the hub's functions and do nothing else.
// Method: the statements that an intruder with a device's secret would try, each with the device's
// own connection; then the same on what the functions take.
#include <algorithm>

#include "support/hub_server.hpp"

using hubs::Station;

namespace {

syncing::Postgres connect(const Station& station) {
    return hubs::must(
        syncing::Postgres::connect(syncing::parameters_of(station.enrolment(), station.path), {}));
}

}  // namespace

TEST_CASE("a device may call the hub's functions and nothing else", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1");
    dock.add_variant();
    dock.receive("SN-1");
    dock.sync();
    auto device = connect(dock);
    const std::vector<std::string> tables = {"hub",    "organization", "device", "writer",
                                             "record", "feed",         "client", "alarm"};
    std::vector<std::string> attempts;
    for (const std::string& table : tables)
        for (const char* words : {"SELECT * FROM unitrail.", "DELETE FROM unitrail.",
                                  "TRUNCATE unitrail.", "DROP TABLE unitrail."})
            attempts.push_back(words + table);
    attempts.insert(
        attempts.end(),
        {"INSERT INTO unitrail.alarm (organization, role, what) VALUES ('', '', '')",
         "UPDATE unitrail.device SET events_an_hour = 1000000000",
         "UPDATE unitrail.record SET record = ''",
         "SELECT unitrail.caller()",
         "SELECT unitrail.raise_alarm(NULL, 'x')",
         "DROP FUNCTION unitrail.hello",
         "CREATE OR REPLACE FUNCTION unitrail.caller() RETURNS int LANGUAGE sql AS 'SELECT 1'",
         "SELECT * FROM pg_catalog.pg_authid",
         "SELECT * FROM pg_catalog.pg_shadow",
         "CREATE TABLE public.mine (n int)",
         "CREATE TABLE unitrail.mine (n int)",
         "CREATE TEMP TABLE mine (n int)",
         "CREATE SCHEMA mine",
         "CREATE DATABASE mine",
         "CREATE ROLE mine",
         "CREATE EXTENSION dblink SCHEMA public",
         "SELECT lo_create(0)",
         "SELECT lo_from_bytea(0, 'x')",
         "SELECT lo_import('/etc/passwd')",
         "SELECT pg_sleep(1)",
         "SELECT pg_sleep_until(now())",
         "SELECT pg_advisory_lock(1)",
         "SELECT pg_try_advisory_lock_shared(1)",
         "SELECT pg_notify('all', 'x')",
         "DO 'BEGIN END'",
         "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
         "COPY (SELECT 1) TO PROGRAM 'cat'",
         "COPY (SELECT 1) TO '/tmp/unitrail-out'",
         "SELECT pg_read_file('postgresql.conf')",
         "SELECT pg_ls_dir('.')",
         "SELECT pg_reload_conf()",
         "SET ROLE unitrail_hub",
         "SET ROLE admin",
         "SET SESSION AUTHORIZATION admin",
         "ALTER ROLE unitrail_device SUPERUSER",
         "GRANT unitrail_hub TO unitrail_device",
         "ALTER SYSTEM SET port = 1",
         "SET log_min_messages = 'debug5'",
         "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'admin'",
         "SELECT query_to_xml('SELECT 1', true, true, '')",
         "COPY unitrail.feed TO STDOUT"});
    for (const std::string& attempt : attempts) {
        CAPTURE(attempt);
        const auto done = device.call(attempt, {});
        REQUIRE_FALSE(done);
        CHECK_THAT(done.error().message, ContainsSubstring("permission denied") ||
                                             ContainsSubstring("must be") ||
                                             ContainsSubstring("must have"));
    }
    CHECK(dock.sync().sent == 0);
    hubs::check_whole(*hub);
}

TEST_CASE("what another device's role would tell the functions does not count", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1"), desk(*hub, "Desk");
    dock.add_variant();
    dock.sync();
    const auto own = hubs::must(dock.store.own_head());
    auto intruder = connect(desk);
    // The announcement of another's writer is not believed.
    hubs::must(intruder.call(
        "SELECT unitrail.hello($1, 1000000, 0)",
        {syncing::bytes({reinterpret_cast<const char*>(own.writer.data()), own.writer.size()})}));
    CHECK(hub->number("SELECT max(announced) FROM unitrail.writer") == own.seq);
    // A key or a signature that nobody could read would stop all the others.
    for (const char* by : {"'k', 's'", "repeat('k', 32)::bytea, NULL", "NULL, 'signature'"}) {
        const auto answer = hubs::must(
            intruder.call("SELECT answer FROM unitrail.push(1, repeat('w', 16)::bytea, 1, "
                          "decode(repeat('00', 32), 'hex'), '{record}', " +
                              std::string(by) + ")",
                          {}));
        CHECK(answer.text(0, 0) == "limit");
    }
    for (const char* call :
         {"SELECT unitrail.push(1, NULL, NULL, NULL, NULL, NULL, NULL)",
          "SELECT unitrail.push(1, NULL, 1, decode(repeat('00', 32), 'hex'), '{r}', NULL, NULL)",
          "SELECT unitrail.push(NULL, NULL, NULL, NULL, '{NULL}', NULL, NULL)",
          "SELECT unitrail.hello(NULL, NULL, NULL)",
          "SELECT unitrail.pull(1, NULL, NULL, NULL, NULL, NULL)",
          "SELECT unitrail.pull(1, -5, NULL, 9223372036854775807, NULL, -1)",
          "SELECT unitrail.heads(NULL, NULL)", "SELECT unitrail.segment(NULL, NULL)",
          "SELECT unitrail.client_names(NULL)", "SELECT unitrail.put_client_names(NULL, NULL)",
          "SELECT unitrail.put_client_names('{a,b}', '{a}')",
          "SELECT unitrail.put_client_names('{NULL}', '{NULL}')"}) {
        CAPTURE(call);
        static_cast<void>(intruder.call(call, {}));  // whatever it says
    }
    CHECK(hub->number("SELECT count(*) FROM unitrail.record") == own.seq);
    Station late(*hub, "Late");
    late.sync();
    desk.sync();
    hubs::check_agree({&dock, &desk, &late}, 0);
}

TEST_CASE("a record that is no record is passed over and said, and the rest comes", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1"), desk(*hub, "Desk");
    auto intruder = connect(desk);
    hubs::must(intruder.call(
        "SELECT unitrail.push(1, repeat('w', 16)::bytea, 1, decode(repeat('00', 32), 'hex'), "
        "'{no record}', NULL, NULL)",
        {}));
    CHECK_FALSE(intruder.call("SELECT unitrail.put_client_names('{x}', '{Client K}')", {}));
    dock.add_variant();
    dock.receive("SN-1");
    const auto synced = dock.sync();
    CHECK(synced.copied.size() == 1);
    Station late(*hub, "Late");
    late.sync();
    hubs::check_agree({&dock, &late}, 1);
    CHECK(late.store.synced_at()->has_value());
}

TEST_CASE("hub init twice changes nothing, and says what stays open to devices", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1"), desk(*hub, "Desk");
    dock.add_variant();
    dock.sync();
    const auto again = hubs::must(syncing::install_hub(hub->parameters(), ""));
    CHECK_FALSE(again.is_new);
    CHECK(again.organization == hub->organization());
    CHECK(again.open.empty());
    desk.sync();
    hubs::check_agree({&dock, &desk}, 0);
    hub->change("UPDATE unitrail.hub SET version = 99");
    const auto newer = syncing::install_hub(hub->parameters(), "");
    REQUIRE_FALSE(newer);
    CHECK_THAT(newer.error().message, ContainsSubstring("newer version"));
}

TEST_CASE("an owner who is no superuser installs the hub and hears what stays open", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    const std::string name = hub->database() + "_plain", owner = name + "_owner";
    auto admin = hub->admin();
    hubs::must(admin.call("SELECT pg_advisory_lock(1)", {}));
    hubs::must(admin.call("CREATE ROLE " + owner + " LOGIN CREATEROLE PASSWORD 'secret'", {}));
    hubs::must(admin.call("CREATE DATABASE " + name + " OWNER " + owner, {}));
    auto plain = hub->server().to(name);
    const auto superuser = plain;
    for (auto& [parameter, value] : plain)
        if (parameter == "user") value = owner;
    // The roles are there from other hubs on this server, and its owner must be let in.
    hubs::must(
        admin.call("GRANT unitrail_hub, unitrail_device TO " + owner + " WITH ADMIN OPTION", {}));
    const auto installed = hubs::must(syncing::install_hub(plain, ""));
    CHECK(installed.is_new);
    CHECK(std::ranges::count(installed.open, "sleep") == 1);
    CHECK(std::ranges::count(installed.open, "make temporary tables") == 0);
    const auto closed = hubs::must(syncing::install_hub(superuser, ""));
    CHECK(closed.open.empty());
    CHECK(closed.organization == installed.organization);
    const auto again = hubs::must(syncing::install_hub(plain, ""));
    CHECK_FALSE(again.is_new);
    CHECK(again.open.empty());
    Station dock("Dock 1");
    hubs::enter(dock.store, hubs::must(syncing::enroll_device(plain, "", "Dock 1")));
    dock.add_variant();
    CHECK(dock.sync().sent == 1);
    hubs::must(syncing::revoke_device(plain, "", "Dock 1"));
    CHECK_FALSE(dock.try_sync());
    hubs::must(admin.call("DROP DATABASE " + name + " WITH (FORCE)", {}));
}

// Goal: a hub or a database that is not what it was (restored, copied, a lost tail) is found out,
// and every act that was acknowledged anywhere is there in the end, once.
#include <sqlite3.h>

#include <filesystem>

#include "store/backup.hpp"
#include "support/hub_server.hpp"

namespace fs = std::filesystem;
using hubs::check_agree;
using hubs::check_whole;
using hubs::Station;
using journal::Kind;

namespace {

void receive_some(Station& station, const std::string& prefix, int count) {
    for (int i = 0; i < count; ++i) station.receive(prefix + std::to_string(i));
}

// Each of them knows of all the others' acts after two rounds.
void sync_all(const std::vector<Station*>& stations) {
    for (int round = 0; round < 2; ++round)
        for (Station* station : stations) station->sync();
}

// What lies on the disk of the station now, as the program finds it after a crash.
void copy_files(const std::string& from, const std::string& to) {
    for (const char* ending : {"", "-wal", ".hub"})
        if (fs::exists(from + ending))
            fs::copy_file(from + ending, to + ending, fs::copy_options::overwrite_existing);
}

// The journal's rows up to which all is confirmed.
std::int64_t confirmed_to(const std::string& path) {
    sqlite3* file = nullptr;
    sqlite3_stmt* select = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &file) == SQLITE_OK);
    REQUIRE(sqlite3_prepare_v2(file, "SELECT confirmed_to FROM meta", -1, &select, nullptr) ==
            SQLITE_OK);
    REQUIRE(sqlite3_step(select) == SQLITE_ROW);
    const std::int64_t row = sqlite3_column_int64(select, 0);
    sqlite3_finalize(select);
    sqlite3_close(file);
    return row;
}

}  // namespace

TEST_CASE("a hub restored from a backup is found out and gets back what it lost", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1"), desk(*hub, "Desk"), van(*hub, "Van"), late(*hub, "Late");
    dock.add_variant();
    receive_some(dock, "SN-D", 3);
    sync_all({&dock, &desk, &van, &late});
    const std::string backup = hub->back_up();
    receive_some(dock, "SN-E", 4);
    receive_some(desk, "SN-F", 2);
    dock.act(Kind::Sold, "SN-D0", {{"client", "Client K"}});
    sync_all({&dock, &desk});
    receive_some(van, "SN-V", 2);  // it did not sync since before the backup
    hub->restore(backup);
    SECTION("before anybody else came") {}
    SECTION("after it had gone on with others' pushes") {
        receive_some(late, "SN-L", 3);
        sync_all({&van, &late});
    }
    SECTION("after just as many pushes of others as it lost") {
        for (int i = 0; i < 3; ++i) {
            van.receive("SN-W" + std::to_string(i));
            van.sync();
        }
    }
    sync_all({&desk, &late, &dock, &van});
    sync_all({&desk});
    CHECK(desk.units() >= 11);
    check_agree({&dock, &desk, &van, &late}, desk.units());
    check_whole(*hub);
    CHECK(hub->number("SELECT count(*) FROM unitrail.client WHERE name = 'Client K'") == 1);
    for (Station* station : {&dock, &desk, &van, &late}) {
        const auto again = station->sync();
        CHECK(again.sent + again.received + again.reissued == 0);
    }
}

TEST_CASE("a hub restored before its answer was read again is found out by its heads", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1"), desk(*hub, "Desk");
    dock.add_variant();
    const bool had_synced = GENERATE(false, true);
    CAPTURE(had_synced);
    if (had_synced) dock.sync();
    const std::string backup = hub->back_up();
    const auto cursor = hubs::must(dock.store.hub_cursor());
    receive_some(dock, "SN-", 3);
    dock.sync();
    Shop::must(dock.store.keep_hub_cursor(cursor));  // the way was cut after the push
    hub->restore(backup);
    const auto failed = dock.try_sync();
    REQUIRE_FALSE(failed);
    CHECK(failed.error().retry_helps);
    CHECK_THAT(failed.error().message, ContainsSubstring("has lost what it had taken"));
    sync_all({&dock, &desk});
    check_agree({&dock, &desk}, 3);
    check_whole(*hub);
}

TEST_CASE("two lives of a copied database are told apart at the hub, with an alarm", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1"), clone("Dock 1"), desk(*hub, "Desk");
    dock.add_variant();
    dock.receive("SN-1");
    dock.sync();
    dock.store = hubs::opened(":memory:", "");
    copy_files(dock.path, clone.path + "2");
    dock.store = hubs::opened(dock.path, "Dock 1");
    clone.path += "2";
    clone.store = hubs::opened(clone.path, "Dock 1");
    const auto [of_dock, of_clone] =
        GENERATE(std::pair(1, 1), std::pair(3, 1), std::pair(1, 3), std::pair(0, 2));
    const bool clone_first = GENERATE(false, true);
    CAPTURE(of_dock, of_clone, clone_first);
    receive_some(dock, "SN-O", of_dock);
    receive_some(clone, "SN-C", of_clone);
    Station &first = clone_first ? clone : dock, &second = clone_first ? dock : clone;
    CHECK(first.sync().reissued == 0);
    const auto synced = second.sync();
    CHECK(synced.reissued == (of_dock == 0 ? 0 : clone_first ? of_dock : of_clone));
    if (of_dock > 0) {
        const auto alarms = hub->status().alarms;
        REQUIRE(alarms.size() == 1);
        CHECK_THAT(alarms[0], ContainsSubstring("Dock 1: its database was copied"));
    }
    sync_all({&dock, &clone, &desk});
    check_agree({&dock, &clone, &desk}, 1 + of_dock + of_clone);
    receive_some(dock, "SN-P", 2);
    receive_some(clone, "SN-Q", 2);
    sync_all({&clone, &dock, &desk});
    check_agree({&dock, &clone, &desk}, 5 + of_dock + of_clone);
    CHECK(dock.store.own_head()->writer != clone.store.own_head()->writer);
    check_whole(*hub);
}

TEST_CASE("a backup put back on a device gets its acts since then from the hub", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1"), desk(*hub, "Desk");
    dock.add_variant();
    receive_some(dock, "SN-A", 2);
    dock.sync();
    const std::string backup = dock.folder.file("backup.db");
    Shop::must(store::back_up(dock.path, backup));
    receive_some(dock, "SN-B", 3);
    dock.sync();
    dock.store = hubs::opened(":memory:", "");
    Shop::must(store::restore(backup, dock.path, {}));
    dock.store = hubs::opened(dock.path, "Dock 1");
    CHECK(dock.units() == 2);
    receive_some(dock, "SN-C", 2);
    CHECK(dock.sync().received == 3);
    desk.sync();
    check_agree({&dock, &desk}, 7);
    check_whole(*hub);
    CHECK(hub->status().alarms.empty());
}

TEST_CASE("a database that lost its tail after a push gets its own events back", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1"), desk(*hub, "Desk");
    dock.add_variant();
    receive_some(dock, "SN-A", 2);
    dock.sync();
    const std::string old = dock.folder.file("old.db");
    copy_files(dock.path, old);
    receive_some(dock, "SN-B", 3);
    dock.sync();
    // A disk that lied: after the power cut the file is as it was then.
    dock.store = hubs::opened(":memory:", "");
    fs::remove(dock.path + "-wal");
    fs::remove(dock.path + "-shm");
    copy_files(old, dock.path);
    dock.store = hubs::opened(dock.path, "Dock 1");
    CHECK(dock.units() == 2);
    const auto before = dock.store.own_head()->writer;
    SECTION("and did nothing since") {
        const auto synced = dock.sync();
        CHECK(synced.received == 3);
        CHECK(synced.new_writer);
        CHECK(synced.reissued == 0);
    }
    SECTION("and went on") {
        receive_some(dock, "SN-C", 4);
        CHECK(dock.sync().reissued == 4);
    }
    CHECK(dock.store.own_head()->writer != before);
    sync_all({&desk, &dock});
    check_agree({&dock, &desk}, dock.units());
    CHECK(dock.units() >= 5);
    receive_some(dock, "SN-D", 1);
    sync_all({&dock, &desk});
    check_agree({&dock, &desk}, dock.units());
    check_whole(*hub);
}

TEST_CASE("what a device brought by a folder is handed on, and its owner still comes", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    const TemporaryFolder folder;
    const syncing::Places by_folder{"folder:" + folder.path(), false};
    Station dock(*hub, "Dock 1"), van("Van"), desk(*hub, "Desk");
    dock.add_variant();
    dock.sync();
    Shop::must(syncing::synchronize_all(dock.store, by_folder, {}));
    Shop::must(syncing::synchronize_all(van.store, by_folder, {}));
    receive_some(van, "SN-V", 2);
    Shop::must(syncing::synchronize_all(van.store, by_folder, {}));
    Shop::must(syncing::synchronize_all(dock.store, by_folder, {}));
    sync_all({&dock, &desk});
    check_agree({&dock, &van, &desk}, 2);
    hubs::enter(van.store, hub->enroll("Van"));
    receive_some(van, "SN-W", 2);
    sync_all({&van, &dock, &desk});
    check_agree({&dock, &van, &desk}, 4);
    check_whole(*hub);
}

TEST_CASE("events are confirmed only after a sync that went through to its end", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Station dock(*hub, "Dock 1");
    dock.add_variant();
    CHECK_FALSE(dock.store.synced_at()->has_value());
    dock.sync();
    const auto before = *dock.store.synced_at();
    REQUIRE(before.has_value());
    const auto confirmed = [&] { return confirmed_to(dock.path); };
    const auto was = confirmed();
    CHECK(was == 1);
    dock.receive("SN-1");
    // The push goes through; what is read of the feed then does not.
    hub->change("REVOKE EXECUTE ON FUNCTION unitrail.pull FROM unitrail_device");
    CHECK_FALSE(dock.try_sync());
    CHECK(hub->number("SELECT count(*) FROM unitrail.record") == 2);
    CHECK(confirmed() == was);
    CHECK(*dock.store.synced_at() == before);
    hub->change("GRANT EXECUTE ON FUNCTION unitrail.pull TO unitrail_device");
    dock.sync();
    CHECK(confirmed() == 2);
    dock.receive("SN-2");
    CHECK(confirmed() == 2);
}

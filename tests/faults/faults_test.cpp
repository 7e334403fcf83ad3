// Goal: whatever call of the disk fails, at whatever moment, nothing that was acknowledged is lost,
// nothing is half there, the file opens afterwards, and the message is one clear line.
// Method: exhaustive. The same work is done again and again; the first time its first call of a
// kind fails, then its second, and so on, until it runs through without meeting the fault.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <set>
#include <utility>
#include <vector>

#include "store/backup.hpp"
#include "store/database.hpp"
#include "store/migrate.hpp"
#include "support/catch.hpp"
#include "support/disk_calls.hpp"
#include "support/fault_vfs.hpp"
#include "support/shop.hpp"
#include "support/sound.hpp"
#include "support/temporary.hpp"

namespace fs = std::filesystem;
using Call = Fault::Call;
using inventory::Status;

namespace {

const std::vector<Fault> kFaults = {
    {Call::Write, 0, SQLITE_IOERR_WRITE, 0, false, false},
    {Call::Write, 0, SQLITE_FULL, 0, true, false},
    {Call::Write, 0, SQLITE_IOERR_WRITE, 512, true, false},
    {Call::Write, 0, SQLITE_IOERR_WRITE, 4096, true, false},
    {Call::Sync, 0, SQLITE_IOERR_FSYNC, 0, false, false},
    {Call::Sync, 0, SQLITE_IOERR_FSYNC, 0, true, false},
    {Call::Sync, 0, SQLITE_OK, 0, false, true},
    {Call::Rename, 0, SQLITE_IOERR, 0, false, false},
    {Call::Read, 0, SQLITE_IOERR_READ, 0, false, false},
    {Call::Open, 0, SQLITE_CANTOPEN, 0, false, false},
    {Call::Truncate, 0, SQLITE_IOERR_TRUNCATE, 0, false, false},
    {Call::Lock, 0, SQLITE_IOERR_LOCK, 0, false, false},
    {Call::FileSize, 0, SQLITE_IOERR_FSTAT, 0, false, false},
};

constexpr int kCallsMax = 3000;  // no work here makes more calls of one kind

void check_message(const Error& error) {
    CHECK(error.kind == ErrorKind::Storage);
    CHECK_FALSE(error.message.empty());
    CHECK(error.message.find('\n') == std::string::npos);
}

// Copies a prepared folder, runs `work` there with the n-th call failing, then lets `check` look at
// what is left on a sound disk, once for each different state. Says how many faults were injected.
int exhaust(const std::string& prepared, const std::function<bool(const std::string&)>& work,
            const std::function<void(const std::string&, bool)>& check) {
    int injected = 0;
    std::set<std::pair<std::size_t, bool>> seen;  // what was left, by hash; acknowledged
    for (Fault fault : kFaults) {
        for (fault.nth = 1; fault.nth < kCallsMax; ++fault.nth) {
            CAPTURE(static_cast<int>(fault.call), fault.nth, fault.code, fault.torn_bytes,
                    fault.lasting);
            const TemporaryFolder folder;
            fs::copy(prepared, folder.path(), fs::copy_options::recursive);
            bool acknowledged = false, struck = false;
            {
                const FaultVfs disk(fault);
                acknowledged = work(folder.path());
                struck = disk.struck();
            }
            if (seen.emplace(hash_of(files_in(folder.path())), acknowledged).second)
                check(folder.path(), acknowledged);
            if (!struck) {
                REQUIRE(acknowledged);
                break;
            }
            ++injected;
        }
    }
    return injected;
}

std::string bytes_of(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator(stream), {}};
}

const store::Act kSale = {journal::Kind::Sold, "SN-1", {{"client", "Client K"}}, "", {}};

}  // namespace

TEST_CASE("a commit survives every failing call of the disk", "[faults]") {
    const TemporaryFolder prepared;
    Shop::make(prepared.file("u.db"), {{"SN-1", Status::InStock}});
    const int injected = exhaust(
        prepared.path(),
        [](const std::string& folder) {
            auto store = store::Store::open(folder + "/u.db", {});
            if (!store) {
                check_message(store.error());
                return false;
            }
            const auto sold = store->act(kSale);
            if (!sold) check_message(sold.error());
            return sold.has_value();
        },
        [](const std::string& folder, bool acknowledged) {
            store::Store store = sound(folder + "/u.db");
            const auto unit = *store.find("SN-1");
            REQUIRE(unit);
            const bool sold = unit->unit.status == Status::Sold;
            // An act that was not acknowledged may still be there (its answer was lost), but whole.
            if (acknowledged) REQUIRE(sold);
            REQUIRE(store.history("SN-1")->size() == (sold ? 2U : 1U));
            REQUIRE(store.counts()->at(0) == 1);
        });
    WARN("faults injected into a commit: " << injected);
    CHECK(injected > 50);
}

TEST_CASE("a new database survives every failing call while it is made", "[faults]") {
    const TemporaryFolder prepared;
    const int injected = exhaust(
        prepared.path(),
        [](const std::string& folder) {
            const auto store = store::Store::open(folder + "/u.db", {});
            if (!store) check_message(store.error());
            return store.has_value();
        },
        [](const std::string& folder, bool) { sound(folder + "/u.db"); });
    WARN("faults injected into the making of a database: " << injected);
    CHECK(injected > 50);
}

TEST_CASE("a migration survives every failing call: all of it or nothing", "[faults]") {
    const TemporaryFolder prepared;
    Shop::make(prepared.file("u.db"), {{"SN-1", Status::InStock}});
    std::vector<std::string_view> newer(store::migrations().begin(), store::migrations().end());
    newer.emplace_back("ALTER TABLE unit ADD COLUMN colour TEXT; CREATE TABLE extra (a);");
    const auto version = static_cast<std::int64_t>(newer.size());
    const int injected = exhaust(
        prepared.path(),
        [&](const std::string& folder) {
            const auto done = store::guarded("u.db", [&]() -> Result<void> {
                store::Database database(folder + "/u.db");
                return store::migrate(database, newer);
            });
            if (!done) check_message(done.error());
            return done.has_value();
        },
        [&](const std::string& folder, bool acknowledged) {
            store::Database database(folder + "/u.db");
            const bool migrated = database.integer("PRAGMA user_version") == version;
            if (acknowledged) REQUIRE(migrated);
            REQUIRE(database.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'") ==
                    (migrated ? 1 : 0));
            REQUIRE(database.integer("SELECT count(*) FROM unit") == 1);
        });
    WARN("faults injected into a migration: " << injected);
    CHECK(injected > 50);
}

TEST_CASE("a backup survives every failing call: whole or not there", "[faults]") {
    const TemporaryFolder prepared;
    Shop::make(prepared.file("u.db"), {{"SN-1", Status::InStock}});
    const int injected = exhaust(
        prepared.path(),
        [](const std::string& folder) {
            const auto done = store::back_up(folder + "/u.db", folder + "/b.db");
            if (!done) check_message(done.error());
            return done.has_value();
        },
        [&](const std::string& folder, bool acknowledged) {
            if (acknowledged) REQUIRE(fs::exists(folder + "/b.db"));
            if (fs::exists(folder + "/b.db")) REQUIRE(*sound(folder + "/b.db").find("SN-1"));
            REQUIRE(bytes_of(folder + "/u.db") == bytes_of(prepared.file("u.db")));
        });
    WARN("faults injected into a backup: " << injected);
    CHECK(injected > 50);
}

TEST_CASE("a restore survives every failing call: the old or the new, never a mixture",
          "[faults]") {
    const TemporaryFolder prepared;
    Shop::make(prepared.file("u.db"), {{"SN-1", Status::InStock}});
    Shop::must(store::back_up(prepared.file("u.db"), prepared.file("b.db")));
    {
        auto store = store::Store::open(prepared.file("u.db"), {});
        Shop::must(store->act(kSale));
    }
    const int injected = exhaust(
        prepared.path(),
        [](const std::string& folder) {
            const auto done = store::restore(folder + "/b.db", folder + "/u.db", {});
            if (!done) check_message(done.error());
            return done.has_value();
        },
        [&](const std::string& folder, bool acknowledged) {
            store::Store store = sound(folder + "/u.db");
            const auto unit = *store.find("SN-1");
            REQUIRE(unit);
            if (acknowledged) REQUIRE(unit->unit.status == Status::InStock);
            REQUIRE(store.history("SN-1")->size() == (unit->unit.status == Status::Sold ? 2U : 1U));
            REQUIRE(bytes_of(folder + "/b.db") == bytes_of(prepared.file("b.db")));
        });
    WARN("faults injected into a restore: " << injected);
    CHECK(injected > 50);
}

TEST_CASE("a rebuild survives every failing call", "[faults]") {
    const TemporaryFolder prepared;
    Shop::make(prepared.file("u.db"), {{"SN-1", Status::Returned}, {"SN-2", Status::Reserved}});
    const int injected = exhaust(
        prepared.path(),
        [](const std::string& folder) {
            auto store = store::Store::open(folder + "/u.db", {});
            if (!store) return false;
            const auto done = store->rebuild();
            if (!done) check_message(done.error());
            return done.has_value();
        },
        [](const std::string& folder, bool) {
            REQUIRE(sound(folder + "/u.db").counts()->at(0) == 2);
        });
    WARN("faults injected into a rebuild: " << injected);
    CHECK(injected > 50);
}

// The database file: what it may be, who may use it, and what survives.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include "store/database.hpp"
#include "store/migrate.hpp"
#include "store/store.hpp"
#include "support/catch.hpp"
#include "support/shop.hpp"
#include "support/temporary.hpp"

using store::Database;

namespace {

std::string refused(const std::string& path) {
    const auto opened = store::Store::open(path, {});
    REQUIRE_FALSE(opened);
    CHECK(opened.error().kind == ErrorKind::Storage);
    CHECK(opened.error().message.find('\n') == std::string::npos);
    return opened.error().message;
}

}  // namespace

TEST_CASE("a missing database is made", "[store][file]") {
    const TemporaryFolder folder;
    REQUIRE(store::Store::open(folder.file("new.db"), {}));
    CHECK(std::filesystem::exists(folder.file("new.db")));
}

TEST_CASE("what is no database of ours is named and left as it is", "[store][file]") {
    const TemporaryFolder folder;
    const std::string text = folder.file("text.db");
    std::ofstream(text) << "dear diary, this is no database but long enough to be read as one";
    CHECK_THAT(refused(text), ContainsSubstring("no Unitrail database"));
    CHECK(std::filesystem::file_size(text) == 65);

    const std::string other = folder.file("other.db");
    Database(other).execute("CREATE TABLE song (name TEXT)");
    CHECK_THAT(refused(other), ContainsSubstring("another program"));

    CHECK_THAT(refused(folder.path()), ContainsSubstring("is a folder"));
    CHECK_THAT(refused(folder.file("no/such/folder.db")), ContainsSubstring("cannot open"));
}

TEST_CASE("a database of a newer version is not touched", "[store][file]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db");
    REQUIRE(store::Store::open(file, {}));
    Database(file).execute("PRAGMA user_version = 999");
    CHECK_THAT(refused(file), ContainsSubstring("newer Unitrail"));
}

TEST_CASE("a database cut in half is refused, not a crash", "[store][file]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db");
    { Shop shop(file); }
    const auto size = std::filesystem::file_size(file);
    std::filesystem::resize_file(file, size / 2 + 17);
    const auto opened = store::Store::open(file, {});
    if (opened) {
        auto store = std::move(const_cast<Result<store::Store>&>(opened).value());
        CHECK_FALSE(store.variants());
    } else {
        CHECK_THAT(opened.error().message, ContainsSubstring("damaged"));
    }
}

TEST_CASE("a migration copies the file first and keeps what is in it", "[store][migration]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db");
    {
        Shop shop(file);
        REQUIRE(shop.receive("SN-1"));
    }
    std::vector<std::string_view> newer(store::migrations().begin(), store::migrations().end());
    newer.emplace_back("ALTER TABLE unit ADD COLUMN colour TEXT;");
    Database database(file);
    REQUIRE(store::migrate(database, newer));
    CHECK(database.integer("SELECT count(*) FROM unit WHERE colour IS NULL") == 1);
    const std::string copy = file + ".before-v" + std::to_string(newer.size());
    REQUIRE(std::filesystem::exists(copy));
    Database before(copy);
    CHECK(before.integer("PRAGMA user_version") == static_cast<std::int64_t>(newer.size()) - 1);
    CHECK(before.integer("SELECT count(*) FROM unit") == 1);
}

TEST_CASE("a migration that fails leaves the file as it was", "[store][migration]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db");
    { Shop shop(file); }
    std::vector<std::string_view> newer(store::migrations().begin(), store::migrations().end());
    newer.emplace_back("CREATE TABLE half (a); CREATE TABLE half (a);");
    Database database(file);
    CHECK_THROWS_AS(store::migrate(database, newer), store::SqlError);
    CHECK(database.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'half'") == 0);
    CHECK(store::Store::open(file, {}));
}

TEST_CASE("two programs work on one file at the same time", "[store][threads]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db");
    Shop shop(file);
    auto work = [&](const std::string& prefix) {
        store::Store own = shop.open(file);
        for (int i = 0; i < 40; ++i) {
            const auto done = own.act({journal::Kind::Registered,
                                       prefix + std::to_string(i),
                                       {{"variant", "ROUTER-X"}},
                                       "",
                                       {}});
            if (!done) return done.error().message;
        }
        return std::string();
    };
    std::string first, second;
    {
        std::jthread one([&] { first = work("A-"); });
        std::jthread two([&] { second = work("B-"); });
    }
    CHECK(first.empty());
    CHECK(second.empty());
    CHECK(shop.store.counts()->at(0) == 80);
    // One serial, two hands: exactly one of them gets it.
    store::Store other = shop.open(file);
    const store::Act act{journal::Kind::Registered, "C-1", {{"variant", "ROUTER-X"}}, "", {}};
    CHECK(shop.store.act(act));
    CHECK_FALSE(other.act(act));
}

TEST_CASE("another program's act is noticed", "[store]") {
    const TemporaryFolder folder;
    Shop shop(folder.file("u.db"));
    const auto before = *shop.store.data_version();
    store::Store other = shop.open(folder.file("u.db"));
    REQUIRE(other.act({journal::Kind::Registered, "C-1", {{"variant", "ROUTER-X"}}, "", {}}));
    CHECK(*shop.store.data_version() != before);
}

TEST_CASE("a database without write permission says so", "[store][file]") {
    if (geteuid() == 0) {
        WARN("skipped: root may write everywhere");
        return;
    }
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db");
    { Shop shop(file); }
    std::filesystem::permissions(file, std::filesystem::perms::owner_read);
    CHECK_THAT(refused(file), ContainsSubstring("no permission"));
}

TEST_CASE("a nearly full disk is said before anything is written", "[store][file]") {
    const TemporaryFolder folder;
    Shop shop(folder.path() + "/u.db");
    std::uintmax_t free_bytes = store::kDiskReserve;
    store::Options options = shop.options();
    options.free_bytes = [&](const std::string&) { return free_bytes; };
    shop.store = *store::Store::open(folder.path() + "/u.db", options);
    REQUIRE(shop.receive("SN-1"));

    free_bytes = 9'400'000;
    const auto refused = shop.receive("SN-2");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::Storage);
    CHECK(refused.error().retry_helps);
    CHECK(
        refused.error().message ==
        "the disk is nearly full (9 MB free), nothing was written; free some space and try again");
    CHECK_FALSE(shop.store.undo("SN-1", ""));
    CHECK_FALSE(shop.store.act_all({}, false));
    CHECK(shop.store.find("SN-1")->has_value());  // what is there can be looked at

    free_bytes = store::kDiskReserve;
    CHECK(shop.receive("SN-2"));
}

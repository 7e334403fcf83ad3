// Goal: two lives of one database file that both went on are told apart by a sync, whoever comes
// first, and every act of both is kept.
#include <filesystem>

#include "support/catch.hpp"
#include "support/place.hpp"
#include "support/shop.hpp"
#include "support/temporary.hpp"
#include "sync/folder_transport.hpp"
#include "sync/sync_step.hpp"

namespace fs = std::filesystem;
using inventory::Status;
using journal::Kind;

namespace {

store::Store opened(const std::string& path) {
    auto store = store::Store::open(path, {});
    REQUIRE(store);
    return std::move(*store);
}

void receive(store::Store& store, const std::string& serial) {
    Shop::must(store.act({Kind::Registered, serial, {{"variant", "ROUTER-X"}}, "Kim", {}}));
}

// A database that has synced, and its copy.
struct Copies {
    TemporaryFolder files;
    Place place;
    std::string path = files.file("u.db"), copy = files.file("copy.db");

    Copies() {
        {
            Shop shop(path);
            Shop::must(shop.receive("SN-1"));
            REQUIRE(sync(shop.store));
        }
        fs::copy_file(path, copy);
    }
    Result<syncing::Synced> sync(store::Store& store, std::int64_t pull_max = 1000) {
        WayTo way(place);
        way.pull_max = pull_max;
        return syncing::synchronize(store, way);
    }
};

void check_agree(std::vector<store::Store*> stores, std::int64_t units) {
    for (store::Store* store : stores) {
        CHECK(*store->digest() == *stores.front()->digest());
        CHECK((*store->counts())[0] == units);
        CHECK(store->verify(true)->damage_count == 0);
    }
}

}  // namespace

TEST_CASE("two lives of one database both go on, and all they did is kept", "[sync]") {
    Copies copies;
    store::Store original = opened(copies.path), clone = opened(copies.copy),
                 third = opened(":memory:");
    const auto [of_original, of_clone] =
        GENERATE(std::pair(1, 1), std::pair(3, 1), std::pair(1, 3), std::pair(20, 30));
    const auto pull_max = GENERATE(std::int64_t{1}, std::int64_t{7}, std::int64_t{1000});
    const bool clone_first = GENERATE(false, true);
    CAPTURE(of_original, of_clone, pull_max, clone_first);
    for (int i = 0; i < of_original; ++i) receive(original, "SN-O" + std::to_string(i));
    for (int i = 0; i < of_clone; ++i) receive(clone, "SN-C" + std::to_string(i));
    store::Store &first = clone_first ? clone : original, &second = clone_first ? original : clone;

    const auto of_first = copies.sync(first, pull_max);
    REQUIRE(of_first);
    CHECK(of_first->reissued == 0);
    const auto of_second = copies.sync(second, pull_max);
    REQUIRE(of_second);
    CHECK(of_second->reissued == (clone_first ? of_original : of_clone));
    CHECK_FALSE(of_second->new_writer);
    REQUIRE(copies.sync(first, pull_max));
    REQUIRE(copies.sync(third, pull_max));
    check_agree({&original, &clone, &third}, 1 + of_original + of_clone);
    const auto again = copies.sync(second);
    REQUIRE(again);
    CHECK(again->reissued + again->sent + again->received == 0);
}

TEST_CASE("an old copy that was put back and went on keeps what it did and gets what it lost",
          "[sync]") {
    Copies copies;
    {
        store::Store original = opened(copies.path);
        for (int i = 0; i < 5; ++i) receive(original, "SN-O" + std::to_string(i));
        REQUIRE(copies.sync(original));
    }
    store::Store restored = opened(copies.copy);
    receive(restored, "SN-C1");
    Shop::must(restored.act({Kind::Sold, "SN-C1", {{"order", "1"}}, "Kim", {}}));
    const auto synced = copies.sync(restored);
    REQUIRE(synced);
    CHECK(synced->reissued == 2);
    CHECK(synced->received == 5);
    CHECK((*restored.find("SN-C1"))->unit.status == Status::Sold);
    check_agree({&restored}, 7);
}

TEST_CASE("a station that knows another copy leaves that writer out and says it", "[sync]") {
    Copies copies;
    store::Store original = opened(copies.path), clone = opened(copies.copy),
                 third = opened(":memory:");
    receive(original, "SN-O");
    receive(clone, "SN-C");
    receive(clone, "SN-D");
    const auto writer = clone.own_head()->writer;
    Place elsewhere;
    elsewhere.organization = copies.place.organization;
    WayTo way(elsewhere);
    REQUIRE(syncing::synchronize(clone, way));
    REQUIRE(syncing::synchronize(third, way));
    REQUIRE(copies.sync(original));
    auto other = opened(":memory:");
    REQUIRE(copies.sync(other));
    receive(other, "SN-X");
    REQUIRE(copies.sync(other));

    const auto synced = copies.sync(third);
    REQUIRE(synced);
    CHECK(synced->copied == std::vector{writer});
    CHECK((*third.find("SN-X")).has_value());
    CHECK_FALSE((*third.find("SN-O")).has_value());
    CHECK(third.verify(true)->damage_count == 0);
    // what the other copy did goes to nobody under the name of this one
    CHECK(copies.place.hash_at(writer, original.own_head()->seq) == original.own_head()->hash);
    CHECK(copies.place.records[writer].size() ==
          static_cast<std::size_t>(original.own_head()->seq));
}

TEST_CASE("copies that wrote into one folder at once are told apart", "[sync]") {
    const TemporaryFolder files, one, two;
    const std::string path = files.file("u.db"), copy = files.file("copy.db");
    const auto sync = [](store::Store& store, const TemporaryFolder& folder) {
        return syncing::synchronize(store, *syncing::make_folder_transport(folder.path()));
    };
    {
        Shop shop(path);
        REQUIRE(sync(shop.store, one));
    }
    fs::copy_file(path, copy);
    fs::copy(one.path(), two.path(), fs::copy_options::recursive);
    store::Store original = opened(path), clone = opened(copy), third = opened(":memory:");
    for (int i = 0; i < 3; ++i) receive(original, "SN-O" + std::to_string(i));
    receive(clone, "SN-C");
    REQUIRE(sync(original, one));
    REQUIRE(sync(clone, two));
    // a program that synchronizes folders brings both together
    fs::copy(two.path(), one.path(), fs::copy_options::recursive | fs::copy_options::skip_existing);
    const auto synced = sync(clone, one);
    REQUIRE(synced);
    CHECK(synced->reissued == 1);
    REQUIRE(sync(original, one));
    REQUIRE(sync(third, one));
    check_agree({&original, &clone, &third}, 4);
}

#include "sync/background.hpp"

#include <filesystem>

#include "support/catch.hpp"
#include "support/shop.hpp"
#include "support/temporary.hpp"
#include "sync/folder_transport.hpp"

namespace {

// The seconds of a working day pass as fast as they are counted.
struct Day {
    Shop shop;
    std::vector<syncing::SyncState> states;
    int seconds = 0;

    void run(const std::string& folder, int until, const std::function<void(int)>& at_second) {
        const auto transport = syncing::make_folder_transport(folder);
        syncing::Background background;
        background.clock = [this] { return *shop.now; };
        background.report = [this](const syncing::SyncState& state) { states.push_back(state); };
        background.random = [] { return std::uint8_t{0}; };
        background.synchronize = [&](store::Store& store) {
            return std::optional(syncing::synchronize(store, *transport));
        };
        background.pause = [&](std::chrono::seconds) {
            shop.now->utc += std::chrono::seconds(1);
            at_second(++seconds);
            return seconds < until;
        };
        syncing::keep_synced(shop.store, background);
    }
};

}  // namespace

TEST_CASE("an act is synced at once, otherwise now and then", "[sync]") {
    const TemporaryFolder folder;
    Day day;
    day.run(folder.path(), 100, [&](int second) {
        if (second == 10) REQUIRE(day.shop.receive("SN-1"));
    });
    REQUIRE(day.states.size() == 4);  // at 0, 10, 40 and 70 seconds
    for (const auto& state : day.states) CHECK(state.good);
    CHECK_THAT(day.states.front().words, ContainsSubstring("Synced "));
    auto other = store::Store::open(":memory:", {});
    REQUIRE(syncing::synchronize(*other, *syncing::make_folder_transport(folder.path())));
    CHECK(other->find("SN-1")->has_value());
}

TEST_CASE("a stick that is pulled out is said, and tried less and less often", "[sync]") {
    const TemporaryFolder folder;
    const std::string stick = folder.path() + "/media/stick";
    std::filesystem::create_directories(stick);
    Day day;
    day.run(stick, 2000, [&](int second) {
        if (second == 5) std::filesystem::remove_all(folder.path() + "/media");
        if (second == 6) REQUIRE(day.shop.receive("SN-1"));
        if (second == 1900) std::filesystem::create_directories(stick);
    });
    CHECK(day.states.front().good);
    CHECK_FALSE(day.states[1].good);
    CHECK_THAT(day.states[1].words, ContainsSubstring("connect the disk"));
    CHECK_THAT(day.states[1].words, ContainsSubstring("last complete"));
    CHECK_THAT(day.states[1].words, ContainsSubstring("acts waiting here: 1"));
    CHECK(day.states.size() < 15);
    CHECK(day.states.back().good);  // found again by itself
}

TEST_CASE("what waits while a hub is away is counted at once, and tried soon after an act",
          "[sync]") {
    const TemporaryFolder folder;
    const std::string stick = folder.path() + "/media/stick";
    Day day;
    std::vector<std::size_t> reports;  // so many at each second
    day.run(stick, 400, [&](int second) {
        if (second == 10) REQUIRE(day.shop.receive("SN-1"));
        if (second == 95) std::filesystem::create_directories(stick);
        if (second == 100) REQUIRE(day.shop.receive("SN-2"));
        reports.push_back(day.states.size());
    });
    CHECK_THAT(day.states[0].words, ContainsSubstring("acts waiting here: 9"));
    CHECK(reports[9] == 1);
    CHECK(reports[10] == 2);
    CHECK_FALSE(day.states[1].good);
    CHECK_THAT(day.states[1].words, ContainsSubstring("acts waiting here: 10"));
    CHECK(day.states[2].words == day.states[1].words);  // at 60 s it failed again
    CHECK(day.states[3].good);                          // at 100, not at 180 s
    CHECK(reports[101] == 4);
}

TEST_CASE("a database that syncs nowhere yet says nothing, and syncs as soon as it may", "[sync]") {
    const TemporaryFolder folder;
    const auto transport = syncing::make_folder_transport(folder.path());
    Shop shop;
    std::vector<syncing::SyncState> states;
    int seconds = 0;
    syncing::Background background;
    background.clock = [&] { return *shop.now; };
    background.synchronize = [&](store::Store& store) -> std::optional<Result<syncing::Synced>> {
        if (seconds < 50) return std::nullopt;  // enrolled then
        return syncing::synchronize(store, *transport);
    };
    background.report = [&](const syncing::SyncState& state) { states.push_back(state); };
    background.pause = [&](std::chrono::seconds) { return ++seconds < 70; };
    syncing::keep_synced(shop.store, background);
    REQUIRE(states.size() == 1);
    CHECK(states[0].good);
    CHECK(shop.store.synced_at()->value() == shop.now->utc);
}

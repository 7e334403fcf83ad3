// Goal: whatever is done to the files of stations (a card cloned, an old copy put back), all
// stations end with the same units and no act that was acknowledged is lost.
// Method: real files, copied at random moments and started again at later ones, both lives going
// on; syncs that are cut at random calls. UNITRAIL_SIMULATION_SEEDS and UNITRAIL_SIMULATION_FIRST
// as in the other simulation.
#include <filesystem>

#include "simulation/replay.hpp"
#include "simulation/station.hpp"
#include "support/place.hpp"
#include "support/temporary.hpp"
#include "sync/sync_step.hpp"

namespace fs = std::filesystem;
using simulation::events_of;
using simulation::Station;

namespace {

constexpr int kActs = 60;
constexpr std::size_t kStationsMax = 7;

struct World {
    TemporaryFolder folder;
    Place place;
    std::mt19937_64 random;
    std::vector<Station> stations;
    std::vector<std::pair<std::string, std::size_t>> copies;  // file, and whose it is
    std::int64_t reissued = 0;

    explicit World(std::uint64_t seed) : random(seed) {
        for (int i = 0; i < 3; ++i) add(folder.file("station-" + std::to_string(i)));
        begin(stations[0]);
        for (Station& station : stations) REQUIRE(sync(station));
    }
    void add(const std::string& path) {
        stations.push_back(simulation::make_station(static_cast<int>(stations.size()) + 1, path));
    }
    Station& any() { return stations[random() % stations.size()]; }

    bool sync(Station& station, bool may_be_cut = false) {
        WayTo way(place);
        way.pull_max = 1 + static_cast<std::int64_t>(random() % 9);
        if (may_be_cut) way.is_cut = [&] { return random() % 4 == 0; };
        const auto synced = syncing::synchronize(*station.store, way);
        if (!synced) {
            INFO(synced.error().message);
            REQUIRE(synced.error().kind == ErrorKind::Network);
            return false;
        }
        REQUIRE(synced->copied.empty());
        reissued += synced->reissued;
        return true;
    }
    void copy() {
        const std::size_t of = random() % stations.size();
        Station& station = stations[of];
        const std::string file = folder.file("copy-" + std::to_string(copies.size()));
        station.store.reset();  // so that the file is whole without its log
        fs::copy_file(station.path, file);
        reopen(station);
        copies.emplace_back(file, of);
    }
    void reopen(Station& station) {
        Station again = simulation::make_station(static_cast<int>(&station - stations.data()) + 1,
                                                 station.path);
        station.store = std::move(again.store);
        station.now = std::move(again.now);
        station.now->utc += std::chrono::milliseconds(random() % 1'000'000'000);
    }
    // An old copy is started beside the station it was taken from, or put in its place after that
    // one has handed over all it did.
    void start_a_copy() {
        if (copies.empty()) return;
        const auto [file, of] = copies[random() % copies.size()];
        if (random() % 2 == 0 && stations.size() < kStationsMax) {
            const std::string path = folder.file("life-" + std::to_string(stations.size()));
            fs::copy_file(file, path);
            add(path);
            reopen(stations.back());
            return;
        }
        Station& station = stations[of];
        REQUIRE(sync(station));
        station.store.reset();
        fs::copy_file(file, station.path, fs::copy_options::overwrite_existing);
        reopen(station);
    }
    void step() {
        act(any(), random);
        if (random() % 5 == 0) sync(any(), true);
        if (random() % 12 == 0) copy();
        if (random() % 15 == 0) start_a_copy();
    }
};

void simulate(std::uint64_t seed, std::int64_t& reissued) {
    CAPTURE(seed);
    const simulation::Replay replay(seed);
    World world(seed);
    for (int i = 0; i < kActs; ++i) world.step();
    for (int round = 0; round < 2; ++round)
        for (Station& station : world.stations) REQUIRE(world.sync(station));
    std::int64_t acknowledged = 0;
    for (const Station& station : world.stations) acknowledged += station.acknowledged;
    const auto digest = world.stations[0].store->digest();
    REQUIRE(digest);
    for (Station& station : world.stations) {
        REQUIRE(station.store->take_waiting() == 0);
        CHECK(events_of(*station.store) >= acknowledged);
        CHECK(station.store->digest() == *digest);
        const auto verified = station.store->verify(true);
        REQUIRE(verified);
        if (verified->damage_count > 0)
            UNSCOPED_INFO(verified->damages.front().serial + ": " + verified->damages.front().what);
        REQUIRE(verified->damage_count == 0);
    }
    REQUIRE(world.stations.back().store->rebuild());
    REQUIRE(world.stations.back().store->digest() == *digest);
    reissued += world.reissued;
}

}  // namespace

TEST_CASE("copies of databases that all went on agree after they met", "[simulation]") {
    const int seeds = simulation::seeds(15);
    const std::uint64_t first = simulation::first_seed();
    INFO("first seed " << first);
    std::int64_t reissued = 0;
    for (int i = 0; i < seeds; ++i) simulate(first + static_cast<std::uint64_t>(i), reissued);
    CHECK(reissued > seeds);
}

// Goal: stations that work apart for days and meet in any order end with the same units, lose no
// act that was acknowledged, and leave no contradiction unsaid.
// Method: the real store, in memory, on several stations; one seed decides every act, every meeting
// and every clock. UNITRAIL_SIMULATION_SEEDS asks for more seeds than the
// test's share, UNITRAIL_SIMULATION_FIRST for the first one of a run that failed.
#include <random>

#include "simulation/replay.hpp"
#include "simulation/station.hpp"
#include "store/store.hpp"
#include "support/catch.hpp"
#include "support/meeting.hpp"

namespace {

using journal::Kind;
using simulation::events_of;
using simulation::make_station;
using simulation::Station;

constexpr int kStations = 4;
constexpr int kActs = 60;

// Hands over what the other does not have, now and then only a part of it, and some of it twice.
void exchange(Station& from, Station& to, std::mt19937_64& random, bool all) {
    for (News part : news(*from.store, *to.store)) {
        if (!all && random() % 3 == 0) continue;                   // lost
        if (part.first > 1 && random() % 4 == 0) part.first -= 1;  // sent twice
        if (!all)
            part.last = std::min(part.last, part.first + static_cast<std::int64_t>(random() % 8));
        send(*from.store, *to.store, part);
    }
    REQUIRE(to.store->take_waiting());
}

// What the seeds came upon; a run that never met a conflict would prove nothing.
struct Met {
    int conflicts = 0, settled = 0, joined = 0;
};

void simulate(std::uint64_t seed, Met& met) {
    CAPTURE(seed);
    const simulation::Replay replay(seed);
    std::mt19937_64 random(seed);
    std::vector<Station> stations;
    for (int i = 0; i < kStations; ++i) stations.push_back(make_station(i + 1));
    begin(stations[0]);
    for (int i = 1; i < kStations; ++i) exchange(stations[0], stations[i], random, true);
    for (int i = 0; i < kActs; ++i) {
        act(stations[random() % kStations], random);
        if (random() % 6 == 0)
            exchange(stations[random() % kStations], stations[random() % kStations], random, false);
    }
    for (int round = 0; round < 2; ++round)
        for (Station& from : stations)
            for (Station& to : stations)
                if (&from != &to) exchange(from, to, random, true);

    std::int64_t acknowledged = 0;
    for (const Station& station : stations) acknowledged += station.acknowledged;
    const auto digest = stations[0].store->digest();
    REQUIRE(digest);
    for (Station& station : stations) {
        REQUIRE(station.store->take_waiting() == 0);
        CHECK(events_of(*station.store) >= acknowledged);  // a parting writes two events
        CHECK(station.store->digest() == *digest);
        simulation::check_shown(*station.store);
        const auto verified = station.store->verify(&station == &stations.front());
        REQUIRE(verified);
        if (verified->damage_count > 0)
            UNSCOPED_INFO(verified->damages.front().serial + ": " + verified->damages.front().what);
        REQUIRE(verified->damage_count == 0);
    }
    met.conflicts += static_cast<int>(stations[0].store->conflicts(100)->size());
    const auto page = stations[0].store->list({}, 100, "");
    REQUIRE(page);
    for (const store::UnitRecord& unit : page->units) {
        const auto history = stations[0].store->history(unit.unit.serial);
        REQUIRE(history);
        int registrations = 0;
        for (const store::EventRecord& event : *history) {
            registrations += event.event.kind == Kind::Registered;
            met.settled += event.event.kind == Kind::Resolved;
        }
        met.joined += registrations > 1;
    }
    REQUIRE(stations[1].store->rebuild());
    REQUIRE(stations[1].store->digest() == *digest);
}

}  // namespace

TEST_CASE("stations that worked apart agree after they met", "[simulation]") {
    const int seeds = simulation::seeds(1000);
    const std::uint64_t first = simulation::first_seed();
    INFO("first seed " << first);
    Met met;
    for (int i = 0; i < seeds; ++i) simulate(first + static_cast<std::uint64_t>(i), met);
    CAPTURE(met.conflicts, met.settled, met.joined);
    CHECK(met.conflicts > seeds / 2);
    CHECK(met.settled > seeds / 10);
    CHECK(met.joined > seeds / 2);
}

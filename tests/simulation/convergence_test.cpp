// Goal: stations that work apart for days and meet in any order end with the same units, lose no
// act that was acknowledged, and leave no contradiction unsaid.
// Method: the real store, in memory, on several stations; one seed decides every act, every meeting
// and every clock. UNITRAIL_SIMULATION_SEEDS asks for more seeds than the
// test's share, UNITRAIL_SIMULATION_FIRST for the first one of a run that failed.
#include <algorithm>
#include <cstdlib>
#include <random>

#include "inventory/lifecycle.hpp"
#include "store/store.hpp"
#include "support/catch.hpp"
#include "support/meeting.hpp"

namespace {

using journal::Kind;

constexpr int kStations = 4;
constexpr int kActs = 60;
constexpr int kSerials = 6;

struct Station {
    std::shared_ptr<base::Moment> now;
    std::unique_ptr<store::Store> store;
    int acknowledged = 0;
};

Station make_station(int number) {
    Station station;
    station.now = std::make_shared<base::Moment>(base::Moment{
        std::chrono::sys_days(std::chrono::year(2026) / 3 / 1), std::chrono::minutes(60)});
    store::Options options;
    options.device = "Station " + std::to_string(number);
    options.clock = [now = station.now] { return *now; };
    auto opened = store::Store::open(":memory:", options);
    REQUIRE(opened);
    station.store = std::make_unique<store::Store>(std::move(*opened));
    return station;
}

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

std::string serial(std::mt19937_64& random) { return "SN-" + std::to_string(random() % kSerials); }

void act(Station& station, std::mt19937_64& random) {
    store::Store& store = *station.store;
    // Clocks of stations may be wrong by ten years; nothing may depend on them.
    station.now->utc += std::chrono::minutes(random() % 300);
    if (random() % 40 == 0)
        station.now->utc += std::chrono::days(365 * (static_cast<int>(random() % 21) - 10));
    const std::string number = std::to_string(random() % 3);
    bool done = false;
    const auto write = [&](Kind kind, journal::Body body) {
        done = store.act({kind, serial(random), std::move(body), "Alex", {}}).has_value();
    };
    switch (random() % 16) {
        case 0:
        case 1:
        case 2:
            write(Kind::Registered, {{"variant", random() % 5 == 0 ? "SWITCH-Y" : "ROUTER-X"},
                                     {"warehouse", random() % 5 == 0 ? "SHOP" : "MAIN"}});
            break;
        case 3:
        case 4: write(Kind::Sold, {{"order", number}}); break;
        case 5: write(Kind::Reserved, {{"order", number}}); break;
        case 6: write(Kind::ReturnedToStock, {}); break;
        case 7: write(Kind::Returned, {{"rma", number}}); break;
        case 8: write(Kind::MarkedDefective, {}); break;
        case 9: write(Kind::Moved, {{"warehouse", random() % 2 == 0 ? "MAIN" : "SHOP"}}); break;
        case 10:
            write(Kind::Edited,
                  {{"warranty_expiry", "2030-01-0" + std::to_string(1 + random() % 3)}});
            break;
        case 11:
            write(random() % 2 == 0 ? Kind::Held : Kind::Released, {{"reason", "check " + number}});
            break;
        case 12: write(Kind::Renamed, {{"serial", serial(random)}}); break;
        case 13: done = store.undo(serial(random), "Alex").has_value(); break;
        case 14:
            done = store
                       .put(inventory::Variant{"ROUTER-X", "Router " + number, {}, 12},
                            store::Write::Edit, "")
                       .has_value();
            break;
        case 15: {
            const auto conflicts = store.conflicts(10);
            REQUIRE(conflicts);
            if (conflicts->empty()) break;
            const auto& conflict = (*conflicts)[random() % conflicts->size()];
            if (conflict.choices.empty()) break;
            const auto& choice = conflict.choices[random() % conflict.choices.size()];
            done = store
                       .settle({conflict.conflict.id, choice.id, serial(random) + "-B", "looked"},
                               "Kim")
                       .has_value();
            break;
        }
    }
    station.acknowledged += done;
}

std::int64_t events_of(store::Store& store) {
    std::int64_t events = 0;
    const auto heads = store.heads();
    REQUIRE(heads);
    for (const store::WriterHead& head : *heads) events += head.seq;
    return events;
}

// What the seeds came upon; a run that never met a conflict would prove nothing.
struct Met {
    int conflicts = 0, settled = 0, joined = 0;
};

void simulate(std::uint64_t seed, Met& met) {
    CAPTURE(seed);
    std::mt19937_64 random(seed);
    std::vector<Station> stations;
    for (int i = 0; i < kStations; ++i) stations.push_back(make_station(i + 1));
    {
        store::Store& first = *stations[0].store;
        Shop::must(first.put(inventory::Warehouse{"MAIN", ""}, store::Write::Add, ""));
        Shop::must(first.put(inventory::Warehouse{"SHOP", ""}, store::Write::Add, ""));
        Shop::must(first.put(inventory::Variant{"ROUTER-X", "", {}, {}}, store::Write::Add, ""));
        Shop::must(first.put(inventory::Variant{"SWITCH-Y", "", {}, {}}, store::Write::Add, ""));
        stations[0].acknowledged += 4;
    }
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
        const auto verified = station.store->verify(true);
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
    const char* wanted = std::getenv("UNITRAIL_SIMULATION_SEEDS");
    const int seeds = wanted != nullptr ? std::atoi(wanted) : 1000;
    const auto first = std::random_device{}();
    INFO("first seed " << first);
    Met met;
    for (int i = 0; i < seeds; ++i) simulate(first + static_cast<std::uint64_t>(i), met);
    CAPTURE(met.conflicts, met.settled, met.joined);
    CHECK(met.conflicts > seeds / 2);
    CHECK(met.settled > seeds / 10);
    CHECK(met.joined > seeds / 2);
}

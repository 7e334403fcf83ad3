// A station of the simulations: a real store, whose acts and clock the seed decides.
#pragma once

#include <cstdlib>
#include <memory>
#include <random>
#include <string>

#include "inventory/lifecycle.hpp"
#include "inventory/serial_number.hpp"
#include "store/store.hpp"
#include "support/catch.hpp"
#include "support/shop.hpp"

namespace simulation {

using journal::Kind;

constexpr int kSerials = 6;

inline std::uint64_t number_in(const char* variable, std::uint64_t otherwise) {
    const char* text = std::getenv(variable);
    return text != nullptr ? std::strtoull(text, nullptr, 10) : otherwise;
}
inline int seeds(int share) {
    return static_cast<int>(
        number_in("UNITRAIL_SIMULATION_SEEDS", static_cast<std::uint64_t>(share)));
}
inline std::uint64_t first_seed() {
    return number_in("UNITRAIL_SIMULATION_FIRST", std::random_device{}());
}

struct Station {
    std::string path;
    std::shared_ptr<base::Moment> now;
    std::unique_ptr<store::Store> store;
    int acknowledged = 0;
};

inline Station make_station(int number, const std::string& path = ":memory:") {
    Station station;
    station.path = path;
    station.now = std::make_shared<base::Moment>(base::Moment{
        std::chrono::sys_days(std::chrono::year(2026) / 3 / 1), std::chrono::minutes(60)});
    store::Options options;
    options.device = "Station " + std::to_string(number);
    options.clock = [now = station.now] { return *now; };
    auto opened = store::Store::open(path, options);
    REQUIRE(opened);
    station.store = std::make_unique<store::Store>(std::move(*opened));
    return station;
}

// The reference data of all.
inline void begin(Station& station) {
    store::Store& first = *station.store;
    Shop::must(first.put(inventory::Warehouse{"MAIN", ""}, store::Write::Add, ""));
    Shop::must(first.put(inventory::Warehouse{"SHOP", ""}, store::Write::Add, ""));
    Shop::must(first.put(inventory::Variant{"ROUTER-X", "", {}, {}}, store::Write::Add, ""));
    Shop::must(first.put(inventory::Variant{"SWITCH-Y", "", {}, {}}, store::Write::Add, ""));
    station.acknowledged += 4;
}

inline std::string serial(std::mt19937_64& random) {
    return "SN-" + std::to_string(random() % kSerials);
}

// The answer is what is then there.
inline bool undo(store::Store& store, const std::string& serial) {
    const auto undone = store.undo(serial, "Alex");
    if (!undone) return false;
    if (!undone->unit) return true;
    const auto found = store.find(undone->unit->unit.serial);
    REQUIRE(found);
    REQUIRE(*found);
    CHECK((*found)->unit == undone->unit->unit);
    return true;
}

// One act of the station, whichever the numbers say; refused ones count for nothing.
inline void act(Station& station, std::mt19937_64& random) {
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
    const auto sell_provisionally = [&] {
        const std::string sold = serial(random);
        const store::Act acts[] = {
            {Kind::Registered, sold, {{"variant", "ROUTER-X"}, {"provisional", "yes"}}, "Alex", {}},
            {Kind::Sold, sold, {{"order", number}, {"provisional", "yes"}}, "Alex", {}}};
        done = store.act_as_one(acts).has_value();
    };
    switch (random() % 17) {
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
        case 13: done = undo(store, serial(random)); break;
        case 14:
            done = store
                       .put(inventory::Variant{"ROUTER-X", "Router " + number, {}, 12},
                            store::Write::Edit, "")
                       .has_value();
            break;
        case 15: sell_provisionally(); break;
        case 16: {
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

// Every unit is listed under the serial that it shows.
inline void check_shown(store::Store& store) {
    const auto page = store.list({}, 1000, "");
    REQUIRE(page);
    for (const store::UnitRecord& unit : page->units) {
        const auto serial = inventory::parse_serial(unit.unit.serial);
        REQUIRE(serial);
        CHECK(serial->key == unit.unit.key);
    }
}

inline std::int64_t events_of(store::Store& store) {
    std::int64_t events = 0;
    const auto heads = store.heads();
    REQUIRE(heads);
    for (const store::WriterHead& head : *heads) events += head.seq;
    return events;
}

}  // namespace simulation

// Goal: what stations did apart comes out the same by the hub as by a folder.
// Method: the program itself on three databases; every grave pair of acts, every order of meeting.
#include <algorithm>
#include <cstddef>

#include "support/clashes.hpp"
#include "support/hub_server.hpp"
#include "support/program.hpp"

namespace {

// Three databases, enrolled.
struct Stations {
    Program program;

    explicit Stations(const hubs::FreshHub& hub) {
        for (const int station : {1, 2, 3})
            at(station, {"enroll", syncing::to_code(hub.enroll(std::to_string(station)))});
        for (const Words& words : std::vector<Words>{{"warehouse", "add", "MAIN"},
                                                     {"warehouse", "add", "SHOP"},
                                                     {"variant", "add", "ROUTER-X"},
                                                     {"variant", "add", "SWITCH-Y"}})
            at(1, words);
    }
    Ran at(int station, Words words) const {
        words.insert(words.end(), {"--db", program.folder().file(std::to_string(station) + ".db"),
                                   "--operator", "Station " + std::to_string(station)});
        return program.ok(std::move(words));
    }
};

}  // namespace

TEST_CASE("stations that worked apart show the same after they met at the hub, in any order",
          "[hub]") {
    const auto index = GENERATE(range(std::size_t{0}, kClashes.size()));
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    const Clash& clash = kClashes[index];
    CAPTURE(clash.what);
    const Stations stations(*hub);
    meet_after(
        clash, index, [&](int station, const Words& words) { return stations.at(station, words); },
        [&](int station) { return stations.at(station, {"sync"}); });
    hubs::check_whole(*hub);
}

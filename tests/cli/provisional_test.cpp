// Goal: what is sold before the dock's registration has come is not refused and not lost; the two
// join quietly when they agree, and are told when they do not.
#include <nlohmann/json.hpp>

#include "support/catch.hpp"
#include "support/program.hpp"

using nlohmann::json;

namespace {

using Words = std::vector<std::string>;

// A dock and a shop that met before the boxes came.
struct Stations {
    Program program;

    [[nodiscard]] Words at(const std::string& station, Words words) const {
        words.insert(words.end(), {"--db", program.folder().path() + "/" + station + ".db",
                                   "--operator", station});
        return words;
    }
    Ran ok(const std::string& station, Words words) const {
        return program.ok(at(station, std::move(words)));
    }
    void sync(const std::string& station) const {
        ok(station, {"sync", "--to", "folder:" + program.folder().path() + "/share"});
    }
    void meet() const {
        for (const char* station : {"dock", "shop", "dock"}) sync(station);
    }
    [[nodiscard]] json unit(const std::string& station) const {
        return json::parse(ok(station, {"show", "SN-1", "--json"}).out);
    }
    Stations() {
        ok("dock", {"warehouse", "add", "MAIN"});
        ok("dock", {"variant", "add", "ROUTER-X"});
        ok("dock", {"variant", "add", "SWITCH-Y"});
        meet();
    }
};

const Words kSell = {"sell", "SN-1", "--order", "1", "--provisional", "--variant", "ROUTER-X"};
const Words kReceive = {"receive",     "SN-1", "--variant",       "ROUTER-X",
                        "--warehouse", "MAIN", "--purchase-date", "2026-03-01"};

}  // namespace

TEST_CASE("a box that is not known here is sold provisionally until its registration comes",
          "[cli][provisional]") {
    const Stations stations;
    const Ran refused = stations.program.run(stations.at("shop", {"sell", "SN-1"}));
    CHECK(refused.status == 1);
    CHECK(stations.program.run(stations.at("shop", {"sell", "SN-1", "--provisional"})).status == 2);

    stations.ok("shop", kSell);
    CHECK(stations.unit("shop")["status"] == "sold");
    CHECK(stations.unit("shop")["provisional"] == true);
    CHECK_THAT(stations.ok("shop", {"history", "SN-1"}).out,
               ContainsSubstring("Registered provisionally as ROUTER-X") &&
                   ContainsSubstring("Sold provisionally, order 1"));
    const bool synced_before = GENERATE(false, true);
    if (synced_before) stations.meet();
    stations.ok("dock", kReceive);
    stations.meet();
    for (const char* station : {"dock", "shop"}) {
        const json unit = stations.unit(station);
        CHECK(unit["provisional"] == false);
        CHECK(unit["status"] == "sold");
        CHECK(unit["order"] == "1");
        CHECK(unit["warehouse"] == "MAIN");
        CHECK(unit["purchase_date"] == "2026-03-01");
        CHECK(unit["conflicts"] == json::array());
        stations.ok(station, {"verify"});
    }
    CHECK(stations.ok("dock", {"export"}).out == stations.ok("shop", {"export"}).out);
    // registered once and for all
    CHECK(stations.program.run(stations.at("dock", kReceive)).status == 1);
    stations.ok("shop", {"return", "SN-1"});
}

TEST_CASE("a provisional sale of another product than was registered is a conflict",
          "[cli][provisional]") {
    const Stations stations;
    stations.ok("shop", kSell);
    stations.ok("dock", {"receive", "SN-1", "--variant", "SWITCH-Y", "--warehouse", "MAIN"});
    stations.meet();
    for (const char* station : {"dock", "shop"}) {
        CHECK(stations.unit(station)["conflicts"].size() == 1);
        CHECK_THAT(stations.ok(station, {"conflicts"}).out,
                   ContainsSubstring("One serial, two products"));
        stations.ok(station, {"verify"});
    }
}

TEST_CASE("a station that knows of the provisional sale refuses another product",
          "[cli][provisional]") {
    const Stations stations;
    stations.ok("shop", kSell);
    stations.meet();
    const Ran refused =
        stations.program.run(stations.at("dock", {"receive", "SN-1", "--variant", "SWITCH-Y"}));
    CHECK(refused.status == 1);
    CHECK_THAT(refused.err, ContainsSubstring("already registered"));
    CHECK(stations.unit("dock")["provisional"] == true);
}

TEST_CASE("a box sold provisionally by two stations is sold twice", "[cli][provisional]") {
    const Stations stations;
    stations.ok("shop", kSell);
    Words other = kSell;
    other[3] = "2";
    stations.ok("dock", other);
    stations.meet();
    CHECK_THAT(stations.ok("dock", {"conflicts"}).out, ContainsSubstring("Sold twice"));
    CHECK(stations.unit("dock")["provisional"] == true);
}

TEST_CASE("of a provisional sale that is refused nothing is written", "[cli][provisional]") {
    const Stations stations;
    stations.ok("shop", {"recall", "start", "--variant", "ROUTER-X"});
    const Ran refused = stations.program.run(stations.at("shop", kSell));
    CHECK(refused.status == 1);
    CHECK_THAT(refused.err, ContainsSubstring("recalled"));
    CHECK(stations.program.run(stations.at("shop", {"show", "SN-1"})).status == 1);
    CHECK(stations.program.run(stations.at("shop", {"history", "SN-1"})).status == 1);
    // one that is known is simply sold
    stations.ok("shop", {"recall", "end", "--variant", "ROUTER-X"});
    stations.ok("shop", kReceive);
    stations.ok("shop", kSell);
    CHECK(stations.unit("shop")["provisional"] == false);
}

// Goal: a station sells what lies in its own warehouse; another one's only when somebody says why.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "support/catch.hpp"
#include "support/program.hpp"

using nlohmann::json;

namespace {

// A station in MAIN, with a unit in SHOP.
struct Station : Program {
    Station() {
        std::filesystem::create_directories(folder().file("XDG_CONFIG_HOME/unitrail"));
        std::ofstream(folder().file("XDG_CONFIG_HOME/unitrail/unitrail.toml"))
            << "[place]\nwarehouse = \"main\"\n";
        ok({"warehouse", "add", "MAIN"});
        ok({"warehouse", "add", "SHOP"});
        ok({"variant", "add", "ROUTER-X"});
        ok({"receive", "SN-1", "--variant", "ROUTER-X", "--warehouse", "SHOP"});
    }
    [[nodiscard]] json last_event(const std::string& serial) const {
        const std::string all = ok({"history", serial, "--json"}).out;
        return json::parse(all.substr(all.rfind('\n', all.size() - 2) + 1));
    }
};

}  // namespace

TEST_CASE("what lies in another warehouse is not sold without a reason", "[cli][custody]") {
    const Station station;
    const Ran refused = station.run({"sell", "SN-1", "--order", "1", "--json"});
    CHECK(refused.status == 1);
    CHECK_THAT(refused.err,
               ContainsSubstring("is in warehouse SHOP, this station sells from main"));
    CHECK_THAT(refused.err, ContainsSubstring("--override --reason R"));
    CHECK(std::ranges::count(refused.err, '\n') == 1);
    CHECK(json::parse(refused.out)["unit"]["status"] == "in_stock");
    CHECK(station.run({"sell", "SN-1", "--override"}).status == 2);
    CHECK(station.run({"sell", "SN-1", "--override", "--reason", " "}).status == 1);

    station.ok({"sell", "SN-1", "--order", "1", "--override", "--reason", "fetched by the client"});
    const json event = station.last_event("SN-1");
    CHECK(event["body"]["override"] == "other warehouse");
    CHECK(event["body"]["reason"] == "fetched by the client");
    CHECK(event["words"] ==
          "Sold, order 1, although from another warehouse: fetched by the client");
    station.ok({"verify"});
}

TEST_CASE("custody asks nothing of what lies here or nowhere, and only of sales",
          "[cli][custody]") {
    const Station station;
    station.ok({"receive", "SN-2", "--variant", "ROUTER-X"});
    station.ok({"sell", "SN-2", "--override", "--reason", "not needed"});
    CHECK_FALSE(station.last_event("SN-2")["body"].contains("override"));
    station.ok({"receive", "SN-3", "--variant", "ROUTER-X", "--warehouse", ""});
    station.ok({"sell", "SN-3"});
    station.ok({"reserve", "SN-1"});
    station.ok({"move", "SN-1", "--warehouse", "MAIN"});
    station.ok({"sell", "SN-1"});
}

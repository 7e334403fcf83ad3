// conflicts, resolve: two stations worked apart and met; the program is run on what came of it.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "support/catch.hpp"
#include "support/meeting.hpp"
#include "support/program.hpp"

using nlohmann::json;

namespace {

// The program's own database is the first station's.
struct Stations : Program, Meeting {
    std::string db = dock.store.path();
    Stations() : Meeting(folder().file("dock.db"), folder().file("desk.db")) {}
    json line(std::vector<std::string> words, int status = 0) const {
        words.insert(words.end(), {"--db", db, "--json"});
        const Ran ran = run(std::move(words));
        INFO(ran.out << ran.err);
        REQUIRE(ran.status == status);
        return json::parse(ran.out);
    }
};

}  // namespace

TEST_CASE("a conflict is shown with both sides and its choices", "[cli][conflict]") {
    Stations stations;
    stations.sell_twice("SN-1");
    const json conflict = stations.line({"conflicts"});
    CHECK(conflict["serial"] == "SN-1");
    CHECK(conflict["severity"] == "HIGH");
    CHECK(conflict["sellable"] == false);
    const std::string sentence = conflict["sentence"];
    CHECK(sentence.starts_with("Sold twice, at "));
    REQUIRE(conflict["sides"].size() == 2);
    std::set<std::string> devices, operators;
    for (const json& side : conflict["sides"]) {
        CHECK(side["at"] == "2026-03-01T10:00:00.000Z");
        CHECK(side["summary"].get<std::string>().starts_with("Sold"));
        CHECK(side["event"].get<std::string>().find(':') != std::string::npos);
        devices.insert(side["device"].get<std::string>());
        operators.insert(side["operator"].get<std::string>());
    }
    CHECK(devices == std::set<std::string>{"Desk", "Dock 1"});
    CHECK(operators == std::set<std::string>{"Alex", "Kim"});
    REQUIRE(conflict["choices"].size() == 2);
    CHECK(conflict["choices"][0]["id"] == "a");
    CHECK(conflict["choices"][1]["label"].get<std::string>().starts_with("Sold"));

    CHECK(stations.line({"show", "SN-1"})["conflicts"] == json({conflict["id"]}));
    const Ran shown = stations.ok({"show", "SN-1", "--db", stations.db});
    CHECK_THAT(shown.out, ContainsSubstring("To settle         " + sentence));
    const Ran text = stations.ok({"conflicts", "--db", stations.db});
    CHECK_THAT(text.out, ContainsSubstring("Severity          HIGH, not for sale until settled\n"));
    CHECK_THAT(text.out, ContainsSubstring(", by Kim, on Desk\n"));
    CHECK_THAT(text.out, ContainsSubstring("--keep b"));
}

TEST_CASE("a conflict is settled once, with a reason where it is grave", "[cli][conflict]") {
    Stations stations;
    stations.sell_twice("SN-1");
    const json conflict = stations.line({"conflicts"});
    const std::string id = conflict["id"];

    const json bare = stations.line({"resolve", id, "--keep", "a"}, 1);
    CHECK(bare["ok"] == false);
    CHECK(bare["serial"] == "SN-1");
    CHECK(bare["unit"]["conflicts"] == json({id}));
    CHECK_THAT(bare["error"]["message"].get<std::string>(), ContainsSubstring("--reason"));
    CHECK(stations.line({"resolve", id, "--keep", "c", "--reason", "looked"}, 1)["ok"] == false);
    CHECK(stations.run({"resolve", id, "--db", stations.db}).status == 2);  // no --keep

    const bool dock_first = conflict["sides"][0]["device"] == "Dock 1";
    const json settled = stations.line({"resolve", id, "--keep", dock_first ? "a" : "b", "--reason",
                                        "K has it", "--operator", "Kim"});
    CHECK(settled["ok"] == true);
    CHECK(settled["serial"] == "SN-1");
    CHECK(settled["unit"]["client"] == "Client K");
    CHECK(settled["unit"]["conflicts"] == json::array());

    const json again = stations.line({"resolve", id, "--keep", "a", "--reason", "again"}, 1);
    CHECK(again["error"]["kind"] == "not_found");
    CHECK(again["serial"].is_null());  // nothing says any more whose it was
    CHECK(again["unit"].is_null());
    CHECK(stations.ok({"conflicts", "--db", stations.db}).out == "nothing to settle\n");
    CHECK(stations.ok({"conflicts", "--db", stations.db, "--json"}).out.empty());
    CHECK_THAT(stations.ok({"history", "SN-1", "--db", stations.db}).out,
               ContainsSubstring("by Kim"));
}

TEST_CASE("two boxes under one serial part, and nothing is sold before", "[cli][conflict]") {
    Stations stations;
    stations.register_twice("SN-2");
    const std::string id = stations.line({"conflicts"})["id"];
    const json refused = stations.line({"sell", "SN-2"}, 1);
    CHECK_THAT(refused["error"]["message"].get<std::string>(),
               ContainsSubstring("waits to be settled"));
    const auto keep_both = [&](const std::string& serial, int status) {
        return stations.line(
            {"resolve", id, "--keep", "both", "--reason", "two boxes", "--serial", serial}, status);
    };
    CHECK(keep_both("", 1)["ok"] == false);
    CHECK(keep_both("SN-2", 1)["ok"] == false);
    CHECK(keep_both("SN-2-B", 0)["unit"]["serial"] == "SN-2");
    CHECK(stations.line({"show", "SN-2-B"})["status"] == "in_stock");
    CHECK(stations.line({"sell", "SN-2"})["ok"] == true);
}

TEST_CASE("the list of conflicts has a limit", "[cli][conflict]") {
    Stations stations;
    stations.sell_twice("SN-1");
    stations.sell_twice("SN-2");
    CHECK(stations.dock.store.conflict_count() == 2);
    CHECK(stations.line({"conflicts", "--limit", "1"})["serial"] == "SN-1");
    CHECK(stations.run({"conflicts", "--limit", "0", "--db", stations.db}).status == 2);
}

TEST_CASE("the units that wait to be settled are listed and exported alone", "[cli][conflict]") {
    Stations stations;
    Shop::must(stations.dock.receive("SN-1"));
    stations.sell_twice("SN-2");
    stations.register_twice("SN-3");
    Shop::must(stations.dock.receive("SN-22"));
    const auto list = [&](std::vector<std::string> filter) {
        filter.insert(filter.begin(), {"list", "--conflicts", "--json", "--db", stations.db});
        std::string serials;
        std::istringstream lines(stations.ok(std::move(filter)).out);
        for (std::string line; std::getline(lines, line);)
            serials += json::parse(line)["serial"].get<std::string>() + " ";
        return serials;
    };
    CHECK(list({}) == "SN-2 SN-3 ");
    CHECK(list({"--limit", "1"}) == "SN-2 ");
    CHECK(list({"--after", "sn-2"}) == "SN-3 ");
    CHECK(list({"--status", "sold"}) == "SN-2 ");
    CHECK(list({"--search", "2"}) == "SN-2 ");
    const Ran csv = stations.ok({"export", "--conflicts", "--db", stations.db});
    CHECK(std::ranges::count(csv.out, '\n') == 3);
}

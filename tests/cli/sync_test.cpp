// Goal: three stations that worked apart show the same, in whatever order they meet, and say what
// two people did to one box.
// Method: the program itself on three databases; every grave pair of acts, every order of meeting.
#include <algorithm>
#include <filesystem>

#include "support/clashes.hpp"
#include "support/program.hpp"

namespace {

struct Stations {
    Program program;

    Ran at(int station, Words words) {
        words.insert(words.end(),
                     {"--db", program.folder().path() + "/" + std::to_string(station) + ".db",
                      "--operator", "Station " + std::to_string(station)});
        return program.ok(std::move(words));
    }
    Ran sync(int station) {
        return at(station, {"sync", "--to", "folder:" + program.folder().path() + "/share"});
    }
    Stations() {
        for (const Words& words : std::vector<Words>{{"warehouse", "add", "MAIN"},
                                                     {"warehouse", "add", "SHOP"},
                                                     {"variant", "add", "ROUTER-X"},
                                                     {"variant", "add", "SWITCH-Y"}})
            at(1, words);
    }
};

}  // namespace

TEST_CASE("stations that worked apart show the same after they met, in any order", "[cli][sync]") {
    const auto index = GENERATE(range(std::size_t{0}, kClashes.size()));
    const Clash& clash = kClashes[index];
    CAPTURE(clash.what);
    Stations stations;
    meet_after(
        clash, index, [&](int station, const Words& words) { return stations.at(station, words); },
        [&](int station) { return stations.sync(station); });
    // held back everywhere until it is settled
    const Ran sold =
        stations.program.run({"sell", "SN-1", "--db", stations.program.folder().path() + "/3.db"});
    CHECK(sold.status == 1);
}

TEST_CASE("sync says what to do when it does not know where to", "[cli][sync]") {
    Stations stations;
    const Ran ran =
        stations.program.run({"sync", "--db", stations.program.folder().path() + "/1.db"});
    CHECK(ran.status == 2);
    CHECK_THAT(ran.err, ContainsSubstring("--to folder:DIR"));
    const Ran missing = stations.program.run({"sync", "--to", "folder:/no/such/place", "--db",
                                              stations.program.folder().path() + "/1.db"});
    CHECK(missing.status == 3);
}

TEST_CASE("a copied database says that it was copied and keeps its acts", "[cli][sync]") {
    Stations stations;
    const auto file = [&](int station) {
        return stations.program.folder().path() + "/" + std::to_string(station) + ".db";
    };
    stations.at(1, kReceive);
    stations.sync(1);
    std::filesystem::copy_file(file(1), file(2));
    stations.at(1, kSell1);
    stations.at(2, kSell2);
    stations.at(2, {"receive", "SN-2", "--variant", "ROUTER-X"});
    const Ran sold = stations.sync(1);
    CHECK(sold.out.find("was copied") == std::string::npos);
    const Ran copied = stations.sync(2);
    CHECK_THAT(copied.out, ContainsSubstring("this database was copied: its 2 acts since then are "
                                             "kept under a new name"));
    CHECK_THAT(copied.out, ContainsSubstring("1 to settle"));
    CHECK_THAT(stations.at(2, {"history", "SN-2", "--json"}).out,
               ContainsSubstring("\"reissue_of\":\""));
    stations.sync(1);
    for (const int station : {1, 2}) {
        CHECK(stations.at(station, {"export"}).out == stations.at(1, {"export"}).out);
        stations.at(station, {"verify"});
    }
    CHECK(stations.sync(2).out.find("was copied") == std::string::npos);
}

TEST_CASE("a station that knows another copy of a writer says so and syncs the rest",
          "[cli][sync]") {
    Stations stations;
    const auto file = [&](int station) {
        return stations.program.folder().path() + "/" + std::to_string(station) + ".db";
    };
    stations.sync(1);
    std::filesystem::copy_file(file(1), file(2));
    const std::string share = stations.program.folder().path() + "/share";
    std::filesystem::copy(share, share + "2", std::filesystem::copy_options::recursive);
    stations.at(1, kReceive);
    stations.at(2, {"receive", "SN-2", "--variant", "ROUTER-X"});
    stations.at(2, {"sync", "--to", "folder:" + share + "2"});
    stations.at(3, {"sync", "--to", "folder:" + share + "2"});
    stations.sync(1);
    const Ran left_out = stations.program.run({"sync", "--to", "folder:" + share, "--db", file(3)});
    CHECK(left_out.status == 1);
    CHECK_THAT(left_out.err, ContainsSubstring("one is a copy of the other"));
    CHECK_THAT(left_out.out, ContainsSubstring("sent 0, received 0 events"));
}

TEST_CASE("clients are found by name at every station, a damaged name is said", "[cli][sync]") {
    Stations stations;
    stations.at(1, {"receive", "SN-1", "SN-2", "--variant", "ROUTER-X"});
    for (const int station : {1, 2}) stations.sync(station);
    stations.at(1, {"sell", "SN-1", "--client", "Client K"});
    stations.at(2, {"sell", "SN-2", "--client", "client k"});
    for (const int station : {1, 2, 1}) stations.sync(station);
    for (const int station : {1, 2}) {
        const Ran listed = stations.at(station, {"list", "--client", "CLIENT K"});
        CHECK_THAT(listed.out, ContainsSubstring("SN-1") && ContainsSubstring("SN-2"));
        CHECK_THAT(listed.out, ContainsSubstring("Client K"));
    }
    const std::filesystem::path share = stations.program.folder().path() + "/share/clients";
    for (const auto& file : std::filesystem::directory_iterator(share))
        std::ofstream(file.path()) << "no end of line";
    const Ran said = stations.program.run({"sync", "--to", "folder:" + share.parent_path().string(),
                                           "--db", stations.program.folder().path() + "/3.db"});
    CHECK(said.status == 2);
    CHECK_THAT(said.err, ContainsSubstring("is damaged; delete it"));
    CHECK_THAT(said.out, ContainsSubstring("sent 0, received"));
    CHECK_THAT(stations.at(3, {"show", "SN-1"}).out, ContainsSubstring("(name not known here)"));
}

// Goal: a station that joins a hub with a long history gets it once and whole, however often it is
// cut on the way, and each try goes on where the one before ended.
#include "support/hub_server.hpp"
#include "support/tcp_proxy.hpp"
#include "sync/hub_step.hpp"

using hubs::check_agree;
using hubs::check_whole;
using hubs::Station;

namespace {

constexpr int kPages = 5, kUnitsAPage = 600;  // two pushes of that do not fit into one page

// A station whose history takes several pages to read.
struct Author : Station {
    explicit Author(const hubs::FreshHub& hub) : Station(hub, "Dock 1") {
        add_variant();
        for (int page = 0; page < kPages; ++page) {
            receive_many(page * kUnitsAPage);
            sync();
        }
    }
    void receive_many(int first) {
        std::vector<store::Act> acts;
        for (int i = 0; i < kUnitsAPage; ++i)
            acts.push_back({journal::Kind::Registered,
                            "SN-" + std::to_string(10'000 + first + i),
                            {{"variant", "ROUTER-X"}},
                            "Kim",
                            {}});
        hubs::must(store.act_all(acts, false));
    }
};

Result<syncing::Synced> sync_by(Station& station, const TcpProxy& proxy,
                                std::vector<std::int64_t>& progress) {
    auto enrolment = station.enrolment();
    enrolment.port = proxy.port();
    const auto hub = syncing::connect_hub(enrolment, station.path, {});
    if (!hub) return fail(hub.error());
    return syncing::synchronize(station.store, **hub, enrolment.signing_key,
                                [&](std::int64_t done, std::int64_t) { progress.push_back(done); });
}

}  // namespace

TEST_CASE("a join that is cut anywhere keeps its pages and goes on behind them", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    Author author(*hub);
    std::int64_t whole = 0;
    {
        Station first(*hub, "First");
        const TcpProxy proxy(std::stoi(first.enrolment().port), {});
        std::vector<std::int64_t> progress;
        hubs::must(sync_by(first, proxy, progress));
        CHECK(progress == std::vector<std::int64_t>{1, 2, 3, 4, 5});
        whole = proxy.bytes();
    }
    constexpr int kCuts = 24;
    Station newcomer(*hub, "Newcomer");
    std::int64_t pages = 0;
    int gone_on = 0;
    for (int cut = 1; cut < kCuts; ++cut) {
        TcpProxy::Way way;
        // Little by little: no try gets through to the end.
        way.cut_after = whole * cut / kCuts / 2;
        CAPTURE(cut, way.cut_after);
        std::vector<std::int64_t> progress;
        const TcpProxy proxy(std::stoi(newcomer.enrolment().port), way);
        const auto synced = sync_by(newcomer, proxy, progress);
        if (synced) break;
        CHECK(synced.error().kind == ErrorKind::Network);
        const auto now = hubs::must(newcomer.store.hub_cursor()).position;
        CHECK(now == pages + static_cast<std::int64_t>(progress.size()));
        gone_on += now > pages ? 1 : 0;
        pages = now;
        CHECK(newcomer.units() == pages * kUnitsAPage);
    }
    CHECK(gone_on > 1);
    newcomer.sync();
    check_agree({&author, &newcomer}, kPages * kUnitsAPage);
    CHECK(newcomer.sync().received == 0);
    check_whole(*hub);
}

TEST_CASE("what was asked for ahead never answers another question", "[hub]") {
    const auto there = hubs::fresh_hub();
    if (!there) return;
    const Author author(*there);
    const Station reader(*there, "Reader");
    const auto hub = reader.hub();
    const store::WriterHead nobody;
    const auto pull = [&](const store::FeedCursor& after, std::int64_t events) {
        return hubs::must(hub->pull(after, events, nobody));
    };
    const auto first = pull({}, 1000);
    REQUIRE(first.read_to.position == 1);
    SECTION("the next page") { CHECK(pull(first.read_to, 1000).read_to.position == 2); }
    SECTION("the same page again") {
        const auto again = pull({}, 1000);
        CHECK(again.read_to == first.read_to);
        CHECK(again.records.front().records.records == first.records.front().records.records);
    }
    SECTION("a larger page") { CHECK(pull(first.read_to, 5000).read_to.position == 5); }
    SECTION("something else in between") {
        CHECK(hubs::must(hub->heads(0, 1000)).size() == 1);
        CHECK(hubs::must(hub->client_names(0)).empty());
        CHECK(pull(first.read_to, 1000).read_to.position == 2);
    }
    SECTION("a position that is not there, and then one that is") {
        auto wrong = first.read_to;
        wrong.hash[0] ^= 1U;
        CHECK_FALSE(pull(wrong, 1000).is_known);
        CHECK(pull(first.read_to, 1000).read_to.position == 2);
    }
    SECTION("several pages in a row") {
        auto cursor = first.read_to;
        for (std::int64_t position = 2; position <= kPages; ++position) {
            cursor = pull(cursor, 1000).read_to;
            CHECK(cursor.position == position);
        }
        CHECK(pull(cursor, 1000).records.empty());
    }
}

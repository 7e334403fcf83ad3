// Goal: a reader of the feed never passes a push by, whatever commits while it reads; and what the
// hub has acknowledged is there after its server was killed.
// Method: real connections of many devices at once. UNITRAIL_HUB_SECONDS says how long.
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <map>
#include <thread>

#include "support/hub_server.hpp"

using syncing::PushAnswer;

namespace {

using Clock = std::chrono::steady_clock;

// A device that pushes small batches of records that it made up.
struct Writer {
    hubs::Station station;
    std::unique_ptr<syncing::Hub> hub;
    store::WriterHead head{base::random_id(), 0, {}};  // acknowledged
    std::optional<Error> error = {};

    Writer(const hubs::FreshHub& there, const std::string& name)
        : station(there, name), hub(station.hub()) {}

    [[nodiscard]] syncing::SignedRecords next() const {
        store::Records records{head.writer, head.seq + 1, head.hash, {}};
        for (std::int64_t i = 0; i < 1 + head.seq % 4; ++i)
            records.records.push_back("number " + std::to_string(head.seq + 1 + i) +
                                      std::string(200, '.'));
        return {std::move(records), std::nullopt};
    }
    bool push() {
        const auto records = next();
        const auto pushed = hub->push(records);
        if (!pushed)
            error = pushed.error();
        else if (pushed->answer != PushAnswer::Ok)
            error = Error{ErrorKind::Refused, "another answer than ok", false, false};
        else
            head = syncing::head_after(records.records);
        return !error;
    }
};

std::vector<std::unique_ptr<Writer>> writers(const hubs::FreshHub& hub, int count) {
    std::vector<std::unique_ptr<Writer>> all;
    for (int i = 0; i < count; ++i)
        all.push_back(std::make_unique<Writer>(hub, "Writer " + std::to_string(i)));
    return all;
}

// Reads a feed as a device does, and notes how far each writer's records came without a gap.
struct Poller {
    hubs::Station station;
    std::unique_ptr<syncing::Hub> hub;
    store::FeedCursor cursor;
    std::map<base::RandomId, std::int64_t> reach;
    std::int64_t records = 0, gaps = 0, polls = 0;

    explicit Poller(const hubs::FreshHub& there) : station(there, "Poller"), hub(station.hub()) {}

    // Whether there was anything; no Catch in here: it runs beside other threads.
    Result<bool> poll() {
        const auto news = hub->pull(cursor, 1000, {});
        if (!news) return fail(news.error());
        ++polls;
        for (const auto& one : news->records) {
            std::int64_t& seq = reach[one.records.writer];
            gaps += one.records.first_seq != seq + 1;
            seq = syncing::head_after(one.records).seq;
            records += static_cast<std::int64_t>(one.records.records.size());
        }
        cursor = news->read_to;
        return !news->records.empty();
    }
};

int seconds() {
    const char* text = std::getenv("UNITRAIL_HUB_SECONDS");
    return text == nullptr ? 20 : std::atoi(text);
}

}  // namespace

TEST_CASE("16 writers and a poller at once lose nothing", "[hub][threads]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    auto all = writers(*hub, 16);
    Poller poller(*hub);
    const auto end = Clock::now() + std::chrono::seconds(seconds());
    std::atomic<int> running = 16;
    std::vector<std::jthread> threads;
    for (auto& writer : all)
        threads.emplace_back([&running, &writer, end] {
            while (Clock::now() < end && writer->push()) {
            }
            --running;
        });
    std::optional<Error> poll_error;
    for (bool last = false, done = false; !done;) {
        const auto any = poller.poll();
        if (!any) poll_error = any.error();
        done = !any || (last && !*any);
        last = running == 0;
    }
    threads.clear();
    CHECK_FALSE(poll_error);
    std::int64_t pushed = 0;
    for (const auto& writer : all) {
        INFO((writer->error ? writer->error->message : ""));
        CHECK_FALSE(writer->error);
        CHECK(poller.reach[writer->head.writer] == writer->head.seq);
        pushed += writer->head.seq;
    }
    WARN(pushed << " records in " << hub->number("SELECT count(*) FROM unitrail.feed")
                << " pushes, read by " << poller.polls << " polls in " << seconds() << " s");
    CHECK(poller.gaps == 0);
    CHECK(poller.records == pushed);
    CHECK(hub->number("SELECT count(*) FROM unitrail.record") == pushed);
    hubs::check_whole(*hub);
}

TEST_CASE("what was acknowledged before the server was killed is there once", "[hub][threads]") {
    if (!hubs::fresh_hub()) return;
    const hubs::OwnServer server;
    const hubs::FreshHub hub(hubs::server_of(server.file));
    auto all = writers(hub, 6);
    std::atomic<int> pushes = 0;
    std::vector<std::jthread> threads;
    for (auto& writer : all)
        threads.emplace_back([&pushes, &writer] {
            while (writer->push()) {
                ++pushes;
                pushes.notify_one();
            }
        });
    for (int seen = 0; seen < 200; seen = pushes) pushes.wait(seen);
    server.kill();
    threads.clear();
    for (const auto& writer : all) {
        CHECK(writer->error->kind == ErrorKind::Network);
        CHECK(writer->error->retry_helps);
    }
    server.restart();
    for (auto& writer : all) {
        writer->error.reset();
        writer->hub = writer->station.hub();
        INFO(writer->head.seq);
        REQUIRE(writer->push());  // in doubt until now
        CHECK(hub.number("SELECT seq FROM unitrail.writer WHERE writer = decode('" +
                         base::to_hex(writer->head.writer) + "', 'hex')") == writer->head.seq);
    }
    Poller poller(hub);
    while (hubs::must(poller.poll())) {
    }
    for (const auto& writer : all) CHECK(poller.reach[writer->head.writer] == writer->head.seq);
    CHECK(poller.gaps == 0);
    hubs::check_whole(hub);
}

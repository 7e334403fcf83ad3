// The hub's figures, on a server of its own (tests/hub/server start FILE), beside what PostgreSQL
// and SQLite can do at best in the same run.
//
//     bench_hub ADDRESS [SECONDS]    ADDRESS: of its administrator, as the script writes it
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/hash.hpp"
#include "base/signature.hpp"
#include "base/temporary_folder.hpp"
#include "base/text.hpp"
#include "journal/record.hpp"
#include "store/store.hpp"
#include "sync/hub_admin.hpp"
#include "sync/places.hpp"
#include "sync/postgres_hub.hpp"
#include "sync/signed_records.hpp"

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kBatch = 50;
constexpr int kJoinUnits = 50'000;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

template <typename T>
T must(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().message.c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

// A device that pushes batches of records of its own making.
struct Device {
    base::TemporaryFolder folder = must(base::TemporaryFolder::make());
    syncing::Enrolment enrolment;
    std::unique_ptr<syncing::Hub> hub;
    base::RandomId writer = base::random_id();
    std::int64_t seq = 0;
    base::Sha256 hash{};

    explicit Device(syncing::Enrolment code) : enrolment(std::move(code)) {
        const std::string database = folder.file("device.db");
        must(syncing::write_enrolment(database, enrolment));
        enrolment = *must(syncing::read_enrolment(database));
        hub = must(syncing::connect_hub(enrolment, database, {}));
    }
    void push() {
        store::Records records{writer, seq + 1, hash, {}};
        for (int i = 0; i < kBatch; ++i)
            records.records.push_back("{\"n\":" + std::to_string(seq + i) + ",\"padding\":\"" +
                                      std::string(360, 'x') + "\"}");
        const auto head = syncing::head_after(records);
        const auto signature =
            base::sign(enrolment.signing_key, syncing::signed_text(enrolment.organization, head));
        const auto pushed = must(hub->push(
            {records, syncing::HeadSignature{base::public_key(enrolment.signing_key), signature}}));
        if (pushed.answer != syncing::PushAnswer::Ok) std::exit(1);
        seq = pushed.seq;
        hash = pushed.hash;
    }
};

double push_for(double seconds, std::vector<std::unique_ptr<Device>>& devices) {
    std::atomic<std::int64_t> events = 0;
    const auto start = Clock::now();
    std::vector<std::jthread> threads;
    for (auto& device : devices)
        threads.emplace_back([&, one = device.get()] {
            while (seconds_since(start) < seconds) {
                one->push();
                events += kBatch;
            }
        });
    threads.clear();
    return static_cast<double>(events) / seconds_since(start);
}

// The same bytes into a bare table, as fast as a statement of 50 rows a transaction does it.
double bare_insert(const syncing::ConnectionParameters& hub, double seconds) {
    auto connection = must(syncing::Postgres::connect(hub, {}));
    must(connection.execute("CREATE TABLE IF NOT EXISTS bare (id bigserial, record bytea)"));
    const std::vector<std::string> records(kBatch, std::string(380, 'x'));
    std::int64_t events = 0;
    const auto start = Clock::now();
    while (seconds_since(start) < seconds) {
        must(connection.call("INSERT INTO bare (record) SELECT unnest($1)",
                             {syncing::byte_array(records)}));
        events += kBatch;
    }
    return static_cast<double>(events) / seconds_since(start);
}

store::Store open_station(const base::TemporaryFolder& folder, const char* name,
                          const syncing::Enrolment& enrolment) {
    auto station = must(store::Store::open(folder.file(name), {}));
    must(syncing::enroll(station, syncing::to_code(enrolment)));
    return station;
}

void join(const std::function<syncing::Enrolment()>& enroll) {
    const auto folder = must(base::TemporaryFolder::make());
    auto author = open_station(folder, "author.db", enroll());
    must(author.put(inventory::Variant{"ROUTER-X", "", {}, {}}, store::Write::Add, ""));
    for (int first = 0; first < kJoinUnits; first += 5000) {
        std::vector<store::Act> acts(5000);
        for (int i = 0; i < 5000; ++i)
            acts[static_cast<std::size_t>(i)] = {journal::Kind::Registered,
                                                 "SN-" + std::to_string(1'000'000 + first + i),
                                                 {{"variant", "ROUTER-X"}},
                                                 "",
                                                 {}};
        must(author.act_all(acts, false));
    }
    auto start = Clock::now();
    const auto sent = must(syncing::synchronize_all(author, {}, {}));
    std::printf("push of a whole database, batches of 2,000   %9.0f events/s\n",
                static_cast<double>(sent.sent) / seconds_since(start));
    auto newcomer = open_station(folder, "newcomer.db", enroll());
    start = Clock::now();
    const auto received = must(syncing::synchronize_all(newcomer, {}, {}));
    std::printf("join: pull, verify, project                  %9.0f events/s\n",
                static_cast<double>(received.received) / seconds_since(start));
    double best = 1e9, sum = 0;
    for (int i = 0; i < 50; ++i) {
        start = Clock::now();
        must(syncing::synchronize_all(newcomer, {}, {}));
        sum += seconds_since(start);
        best = std::min(best, seconds_since(start));
    }
    std::printf("sync without news, with connecting (TLS)     %9.1f ms, best %.1f ms\n", sum * 20,
                best * 1000);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: bench_hub ADDRESS [SECONDS]\n");
        return 2;
    }
    const double seconds = argc > 2 ? std::atof(argv[2]) : 5;
    const auto hub = must(syncing::admin_parameters(argv[1]));
    const auto installed = must(syncing::install_hub(hub, ""));
    auto admin = must(syncing::Postgres::connect(hub, {}));
    must(admin.execute("ALTER TABLE unitrail.device ALTER events_an_hour SET DEFAULT 1000000000"));
    int devices = 0;
    const auto enroll = [&] {
        return must(syncing::enroll_device(
            hub, installed.organization,
            "Device " + base::to_hex(base::random_id()) + std::to_string(++devices)));
    };
    std::printf("bare INSERT of the same bytes, 50 rows each  %9.0f rows/s\n",
                bare_insert(hub, seconds));
    for (const int clients : {1, 16}) {
        std::vector<std::unique_ptr<Device>> pushing;
        for (int i = 0; i < clients; ++i) pushing.push_back(std::make_unique<Device>(enroll()));
        std::printf("push, batches of 50, %2d clients              %9.0f events/s\n", clients,
                    push_for(seconds, pushing));
    }
    must(admin.execute(
        "DROP TABLE bare; DELETE FROM unitrail.feed; DELETE FROM unitrail.record;"
        "DELETE FROM unitrail.writer; UPDATE unitrail.organization SET position = 0"));
    join(enroll);
    return 0;
}

// A thousand devices against one hub: each has a role of its own and, once a minute, does what its
// user did meanwhile, connects with TLS, syncs, and goes away again.
//
//     bench_devices ADDRESS [DEVICES] [WHOLE] [SECONDS]    ADDRESS: as for bench_hub
//
// WHOLE of them are whole ones, with a database each. The others make the same calls with the same
// bytes and only count what they read: a thousand databases that take in what a thousand devices do
// are the work of a thousand machines, and would be measured here instead of the hub.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "base/hash.hpp"
#include "base/temporary_folder.hpp"
#include "base/text.hpp"
#include "journal/record.hpp"
#include "store/store.hpp"
#include "sync/hub_admin.hpp"
#include "sync/hub_step.hpp"
#include "sync/places.hpp"
#include "sync/postgres_hub.hpp"

namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr std::chrono::seconds kInterval{60};
constexpr int kThreads = 64;  // so many syncs at once; each thread plays its share of the devices

template <typename T>
T must(Result<T> result) {
    if (!result) {
        std::fprintf(stderr, "%s\n", result.error().message.c_str());
        std::exit(1);
    }
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

struct Figures {
    std::vector<double> connects, pushes, syncs, whole_syncs, late;  // ms
    std::int64_t sent = 0, received = 0;
    std::map<std::string, int> errors;

    void add(const Figures& more) {
        const auto append = [](std::vector<double>& to, const std::vector<double>& from) {
            to.insert(to.end(), from.begin(), from.end());
        };
        append(connects, more.connects);
        append(pushes, more.pushes);
        append(syncs, more.syncs);
        append(whole_syncs, more.whole_syncs);
        append(late, more.late);
        sent += more.sent;
        received += more.received;
        for (const auto& [message, times] : more.errors) errors[message] += times;
    }
};

// The hub itself, with a watch on its pushes.
class TimedHub final : public syncing::Hub {
 public:
    TimedHub(std::unique_ptr<syncing::Hub> hub, Figures& figures)
        : hub_(std::move(hub)), figures_(figures) {}

    Result<syncing::Hello> hello(const store::WriterHead& own,
                                 const store::FeedCursor& read_to) override {
        return hub_->hello(own, read_to);
    }
    Result<syncing::Pushed> push(const syncing::SignedRecords& records) override {
        const auto start = Clock::now();
        auto pushed = hub_->push(records);
        figures_.pushes.push_back(Milliseconds(Clock::now() - start).count());
        return pushed;
    }
    Result<syncing::News> pull(const store::FeedCursor& after, std::int64_t events,
                               const store::WriterHead& known) override {
        return hub_->pull(after, events, known);
    }
    Result<syncing::SignedRecords> segment(const base::RandomId& writer,
                                           std::int64_t seq) override {
        return hub_->segment(writer, seq);
    }
    Result<std::vector<syncing::SignedHead>> heads(std::int64_t after, std::int64_t to) override {
        return hub_->heads(after, to);
    }
    Result<std::vector<store::ClientName>> client_names(std::int64_t after) override {
        return hub_->client_names(after);
    }
    Result<void> put_client_names(std::span<const store::ClientName> names) override {
        return hub_->put_client_names(names);
    }
    Result<void> report_lost(std::span<const store::WriterHead> here) override {
        return hub_->report_lost(here);
    }

 private:
    std::unique_ptr<syncing::Hub> hub_;
    Figures& figures_;
};

struct Device {
    std::string database;
    syncing::Enrolment enrolment;
    Clock::time_point due;
    int units = 0;
    bool whole = true;
    // Of one that is not:
    store::WriterHead head{base::random_id(), 0, {}};
    store::FeedCursor read_to;
};

store::Store open(const Device& device) { return must(store::Store::open(device.database, {})); }

// Of a hundred visits: nothing was done before 70 of them, 28 bring one to five acts, 2 a delivery.
int acts_of(std::mt19937& random) {
    const auto kind = random() % 100;
    return kind < 70 ? 0 : kind < 98 ? static_cast<int>(1 + random() % 5) : 50;
}

void work(store::Store& store, Device& device, std::mt19937& random) {
    const int count = acts_of(random);
    for (int i = 0; i < count; ++i) {
        const bool sells = device.units > 0 && random() % 3 == 0;
        const auto serial = [&](int unit) {
            return device.enrolment.role + "-" + std::to_string(unit);
        };
        if (!sells) {
            must(store.act({journal::Kind::Registered,
                            serial(device.units++),
                            {{"variant", "ROUTER-X"}},
                            "Kim",
                            {}}));
            continue;
        }
        // One that is sold already is refused, as it should be.
        static_cast<void>(
            store.act({journal::Kind::Sold,
                       serial(static_cast<int>(random() % static_cast<unsigned>(device.units))),
                       {{"client", "Client " + std::to_string(random() % 500)}},
                       "Kim",
                       {}}));
    }
}

// Registrations, as a whole device would write them.
syncing::SignedRecords thin_work(Device& device, int count) {
    store::Records records{device.head.writer, device.head.seq + 1, device.head.hash, {}};
    for (int i = 0; i < count; ++i) {
        journal::Event event;
        event.id = {device.head.writer, device.head.seq + 1 + i};
        event.kind = journal::Kind::Registered;
        event.serial = event.key = device.enrolment.role + "-" + std::to_string(device.units++);
        event.at = base::system_now();
        event.operator_name = "Kim";
        event.device = "Dock 1";
        event.body = {{"variant", "ROUTER-X"}};
        records.records.push_back(journal::to_record(event));
    }
    const auto& key = device.enrolment.signing_key;
    const std::string text =
        syncing::signed_text(device.enrolment.organization, syncing::head_after(records));
    return {std::move(records),
            syncing::HeadSignature{base::public_key(key), base::sign(key, text)}};
}

// The calls of a whole device's sync.
Result<void> thin_sync(Device& device, int acts, syncing::Hub& hub, Figures& figures) {
    const auto hello = hub.hello(device.head, device.read_to);
    if (!hello) return fail(hello.error());
    if (acts > 0) {
        const auto records = thin_work(device, acts);
        const auto pushed = hub.push(records);
        if (!pushed) return fail(pushed.error());
        if (pushed->answer != syncing::PushAnswer::Ok)
            return fail(ErrorKind::Refused, "the hub did not take a push");
        device.head = syncing::head_after(records.records);
        figures.sent += acts;
    }
    const std::int64_t before = device.read_to.position;
    for (;;) {
        const auto news = hub.pull(device.read_to, 1000, device.head);
        if (!news) return fail(news.error());
        if (news->read_to == device.read_to) break;
        device.read_to = news->read_to;
        for (const auto& one : news->records)
            figures.received += static_cast<std::int64_t>(one.records.records.size());
    }
    const auto heads = hub.heads(before, device.read_to.position);
    if (!heads) return fail(heads.error());
    return {};
}

// Null, and counted as an error, when the hub does not answer.
std::unique_ptr<syncing::Hub> connect(const Device& device, Clock::time_point start,
                                      Figures& figures) {
    auto connection = syncing::connect_hub(device.enrolment, device.database, {});
    if (!connection) {
        ++figures.errors[connection.error().message];
        return nullptr;
    }
    figures.connects.push_back(Milliseconds(Clock::now() - start).count());
    return std::move(*connection);
}

void visit_thin(Device& device, std::mt19937& random, Figures& figures) {
    const auto start = Clock::now();
    auto connection = connect(device, start, figures);
    if (!connection) return;
    TimedHub hub(std::move(connection), figures);
    if (const auto synced = thin_sync(device, acts_of(random), hub, figures); !synced)
        ++figures.errors[synced.error().message];
    figures.syncs.push_back(Milliseconds(Clock::now() - start).count());
}

void visit(Device& device, std::mt19937& random, Figures& figures) {
    auto store = open(device);
    work(store, device, random);
    const auto start = Clock::now();
    auto connection = connect(device, start, figures);
    if (!connection) return;
    TimedHub hub(std::move(connection), figures);
    const auto synced = syncing::synchronize(store, hub, device.enrolment.signing_key);
    figures.syncs.push_back(Milliseconds(Clock::now() - start).count());
    figures.whole_syncs.push_back(figures.syncs.back());
    if (!synced) {
        ++figures.errors[synced.error().message];
        return;
    }
    figures.sent += synced->sent;
    figures.received += synced->received;
}

// A thread's share of the devices, each when it is its turn, until the end.
void play(std::span<Device> devices, unsigned seed, Clock::time_point end, Figures& figures) {
    std::mt19937 random(seed);
    while (!devices.empty()) {
        Device& next = *std::ranges::min_element(devices, {}, &Device::due);
        if (next.due >= end) return;
        std::this_thread::sleep_until(next.due);
        figures.late.push_back(Milliseconds(Clock::now() - next.due).count());
        (next.whole ? visit : visit_thin)(next, random, figures);
        const auto jitter = std::chrono::milliseconds(random() % 10'000);
        // One in twenty is in a pocket for a while: then there is more to read.
        const int turns = random() % 20 == 0 ? 3 : 1;
        next.due += turns * kInterval - std::chrono::seconds(5) + jitter;
    }
}

std::vector<Device> set_up(const syncing::ConnectionParameters& hub,
                           const base::TemporaryFolder& folder, int count, int whole) {
    const auto installed = must(syncing::install_hub(hub, ""));
    std::vector<Device> devices(static_cast<std::size_t>(count));
    std::mt19937 random(1);
    const std::string batch = base::to_hex(base::random_id()).substr(0, 6);
    for (int i = 0; i < count; ++i) {
        Device& device = devices[static_cast<std::size_t>(i)];
        device.whole = i < whole;
        device.database = folder.file("device-" + std::to_string(i) + ".db");
        auto store = open(device);
        const auto enrolment = must(syncing::enroll_device(
            hub, installed.organization, "Device " + batch + " " + std::to_string(i)));
        must(syncing::enroll(store, syncing::to_code(enrolment)));
        device.enrolment = *must(syncing::read_enrolment(device.database));
        if (i > 0) continue;
        const auto variants = must(store.variants());
        if (variants.empty())
            must(store.put(inventory::Variant{"ROUTER-X", "", {}, {}}, store::Write::Add, ""));
        must(syncing::synchronize_all(store, {}, {}));
    }
    for (auto& device : std::span(devices).first(static_cast<std::size_t>(
             whole))) {  // everybody knows the variant before the first act
        auto store = open(device);
        must(syncing::synchronize_all(store, {}, {}));
    }
    for (auto& device : devices)
        device.due = Clock::now() + std::chrono::milliseconds(
                                        random() % std::chrono::milliseconds(kInterval).count());
    return devices;
}

double quantile(std::vector<double>& values, double part) {
    if (values.empty()) return 0;
    std::ranges::sort(values);
    return values[static_cast<std::size_t>(part * static_cast<double>(values.size() - 1))];
}

void print(const char* what, std::vector<double>& values) {
    std::printf("%-28s %6zu   p50 %7.1f ms   p99 %7.1f ms   max %7.1f ms\n", what, values.size(),
                quantile(values, 0.5), quantile(values, 0.99), quantile(values, 1));
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::fprintf(stderr, "usage: bench_devices ADDRESS [DEVICES] [WHOLE] [SECONDS]\n");
        return 2;
    }
    const int count = argc > 2 ? std::atoi(argv[2]) : 1000;
    const int whole = std::clamp(argc > 3 ? std::atoi(argv[3]) : 50, 1, count);
    const std::chrono::seconds seconds(argc > 4 ? std::atoi(argv[4]) : 180);
    const auto folder = must(base::TemporaryFolder::make());
    const auto begun = Clock::now();
    auto devices = set_up(must(syncing::admin_parameters(argv[1])), folder, count, whole);
    std::printf("%d devices enrolled, %d of them whole, in %.0f s\n", count, whole,
                Milliseconds(Clock::now() - begun).count() / 1000);
    const auto end = Clock::now() + seconds;
    std::vector<Figures> figures(kThreads);
    {
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < kThreads; ++i) {
            const std::size_t first = devices.size() * i / kThreads,
                              last = devices.size() * (i + 1) / kThreads;
            threads.emplace_back([&, i, share = std::span(devices).subspan(first, last - first)] {
                play(share, static_cast<unsigned>(i), end, figures[i]);
            });
        }
    }
    Figures all;
    for (const Figures& one : figures) all.add(one);
    int errors = 0;
    for (const auto& [message, times] : all.errors) {
        errors += times;
        std::printf("error, %d times: %s\n", times, message.c_str());
    }
    std::printf("%zu syncs in %lld s, %d errors; %lld events sent, %lld received\n",
                all.syncs.size(), static_cast<long long>(seconds.count()), errors,
                static_cast<long long>(all.sent), static_cast<long long>(all.received));
    print("connecting (TLS, SCRAM)", all.connects);
    print("push", all.pushes);
    print("sync", all.syncs);
    print("sync of a whole device", all.whole_syncs);
    print("began late by", all.late);
    return errors == 0 ? 0 : 1;
}

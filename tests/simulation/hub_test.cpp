// Goal: stations that sync through a hub end with the same units and names, and no act that was
// acknowledged is lost: whatever call or reply is lost on the way, whoever syncs in between, when
// the hub is put back to an older copy of itself, databases are copied, a station is shut out, or a
// later version is about, at a station or at the hub.
// Method: real stores, a hub in memory by the rules of hub.sql; one seed decides all. Besides the
// variables of the other simulations, UNITRAIL_SIMULATION_STATIONS and UNITRAIL_SIMULATION_ACTS.
#include <filesystem>
#include <optional>

#include "simulation/newer_station.hpp"
#include "simulation/replay.hpp"
#include "simulation/station.hpp"
#include "support/memory_hub.hpp"
#include "support/temporary.hpp"
#include "sync/hub_step.hpp"

namespace fs = std::filesystem;
using simulation::events_of;
using simulation::Station;

namespace {

constexpr int kCopiesMax = 2;

struct Member {
    Station station;
    std::string device;  // a copy of a whole machine is the same device to the hub
    base::SigningKey key{};
    int cut_until = 0;  // step of the run
};

// What the seeds came upon.
struct Met {
    std::int64_t lost_calls = 0, lost_replies = 0, between = 0, restored = 0, revoked = 0,
                 reissued = 0, erased = 0, newer = 0, other_protocol = 0;
};

struct World {
    std::mt19937_64 random;
    Met& met;
    const bool copies, restores, revokes, newer;
    std::optional<TemporaryFolder> folder;
    MemoryHub hub;
    std::optional<MemoryHub> backup;
    std::vector<Member> members;
    simulation::NewerStation newer_station;
    std::vector<std::pair<std::string, std::size_t>> files;  // copies, and whose they are
    int step_number = 0, copies_started = 0;
    bool is_between = false;

    World(std::uint64_t seed, Met& met_so_far)
        : random(seed),
          met(met_so_far),
          copies(random() % 4 == 0),
          restores(!copies && random() % 3 == 0),
          revokes(!restores && random() % 4 == 0),
          newer(random() % 3 == 0) {
        if (copies) folder.emplace();
        const auto count = simulation::number_in("UNITRAIL_SIMULATION_STATIONS", 4);
        for (std::uint64_t i = 0; i < count; ++i) add(path("station", i));
        hub.events_an_hour = 40;
        begin(members[0].station);
        for (Member& member : members) sync_at_last(member);
    }
    [[nodiscard]] std::string path(const std::string& name, std::uint64_t number) const {
        return folder ? folder->file(name + '-' + std::to_string(number)) : ":memory:";
    }
    void add(const std::string& file) {
        const auto number = static_cast<int>(members.size()) + 1;
        Member member;
        member.station = simulation::make_station(number, file);
        member.device = "Device " + std::to_string(number);
        member.key = base::sha256({}, member.device);
        members.push_back(std::move(member));
    }
    Member& any() { return members[random() % members.size()]; }
    [[nodiscard]] bool is_revoked(const Member& member) const {
        return hub.revoked.contains(member.device);
    }

    // What happens to the next call; another station's whole sync may come before it.
    Fault next_fault(const Member& member) {
        if (member.cut_until > step_number) return Fault::CallLost;
        if (!is_between && random() % 25 == 0) {
            is_between = true;
            ++met.between;
            Member& other = any();
            if (&other != &member) sync(other);
            is_between = false;
        }
        return fault();
    }
    Fault fault() {
        const auto number = random() % 20;
        met.lost_calls += number == 0;
        met.lost_replies += number == 1;
        return number == 0 ? Fault::CallLost : number == 1 ? Fault::ReplyLost : Fault::None;
    }
    void check(const Result<syncing::Synced>& synced, const Member& member) {
        if (!synced) {
            INFO(member.device << ": " << synced.error().message);
            if (hub.protocol == syncing::kProtocol && !is_revoked(member))
                REQUIRE(synced.error().kind == ErrorKind::Network);
            return;
        }
        REQUIRE_FALSE(is_revoked(member));
        REQUIRE(synced->copied.empty());
        REQUIRE(std::min({synced->sent, synced->received, synced->reissued}) >= 0);
        met.reissued += synced->reissued;
    }
    void sync(Member& member) {
        WayToHub way(hub, member.device);
        way.pull_max = 1 + static_cast<std::int64_t>(random() % 20);
        way.fault = [&] { return next_fault(member); };
        check(syncing::synchronize(*member.station.store, way, member.key), member);
    }
    // Nothing stands in the way.
    syncing::Synced sync_at_last(Member& member) {
        hub.events_this_hour.clear();
        WayToHub way(hub, member.device);
        Result<syncing::Synced> synced =
            syncing::synchronize(*member.station.store, way, member.key);
        if (!synced) INFO(member.device << ": " << synced.error().message);
        check(synced, member);
        REQUIRE(synced);
        return *synced;
    }

    // A sale to a client, or one whose name must go.
    void act_on_a_client(Member& member) {
        store::Store& store = *member.station.store;
        if (random() % 4 != 0) {
            const std::string client = "Client " + std::to_string(random() % 5);
            member.station.acknowledged += store
                                               .act({journal::Kind::Sold,
                                                     simulation::serial(random),
                                                     {{"client", client}},
                                                     "Alex",
                                                     {}})
                                               .has_value();
            return;
        }
        auto names = store.client_names("", 100);
        REQUIRE(names);
        if (names->empty()) return;
        (*names)[random() % names->size()].name.clear();
        REQUIRE(store.take_client_names(*names));
        ++met.erased;
    }
    // The card of a station is read out, to be used later.
    void copy(std::size_t of) {
        Station& station = members[of].station;
        const std::string file = path("copy", files.size());
        station.store.reset();  // so that the file is whole without its log
        fs::copy_file(station.path, file);
        reopen(station);
        files.emplace_back(file, of);
    }
    void reopen(Station& station) {
        Station again = simulation::make_station(99, station.path);
        station.store = std::move(again.store);
        station.now = std::move(again.now);
    }
    // A copy goes on: on the same machine's twin, or on one that the hub knows as another device.
    void start_a_copy() {
        if (files.empty() || copies_started == kCopiesMax) return;
        ++copies_started;
        const auto [file, of] = files[random() % files.size()];
        const std::string life = path("life", members.size());
        fs::copy_file(file, life);
        add(life);
        if (random() % 2 == 0) {
            members.back().device = members[of].device;
            members.back().key = members[of].key;
        }
    }
    void later_versions() {
        if (random() % 8 == 0) {
            newer_station.act(hub, random);
            ++met.newer;
        }
        if (random() % 8 == 0) newer_station.push(hub, [&] { return fault(); });
        // The hub is updated before the stations, and they after it.
        if (random() % 60 == 0) {
            hub.protocol = syncing::kProtocol + 1;
            ++met.other_protocol;
        } else if (random() % 10 == 0) {
            hub.protocol = syncing::kProtocol;
        }
    }
    void change_the_hub() {
        if (restores && random() % 20 == 0 && !backup) backup = hub;
        if (restores && random() % 20 == 0 && backup) {
            hub = *backup;
            ++met.restored;
        }
        if (revokes && random() % 40 == 0 && hub.revoked.empty()) {
            hub.revoked.insert(any().device);
            ++met.revoked;
        }
        if (random() % 10 == 0) hub.events_this_hour.clear();
    }
    void step() {
        ++step_number;
        Member& actor = any();
        if (random() % 6 == 0)
            act_on_a_client(actor);
        else
            act(actor.station, random);
        if (random() % 30 == 0) any().cut_until = step_number + 15;
        if (random() % 4 == 0) sync(any());
        change_the_hub();
        if (newer) later_versions();
        if (copies && random() % 20 == 0) copy(random() % members.size());
        if (copies && random() % 20 == 0) start_a_copy();
    }
};

std::vector<store::ClientName> names_of(store::Store& store) {
    const auto names = store.client_names("", 1000);
    REQUIRE(names);
    return *names;
}

void check_agree(World& world, std::vector<Member*>& live) {
    std::int64_t acknowledged = world.newer_station.seq();
    for (const Member* member : live) acknowledged += member->station.acknowledged;
    store::Store& first = *live[0]->station.store;
    const auto digest = first.digest();
    REQUIRE(digest);
    std::int64_t there = 0;
    for (const auto& [id, writer] : world.hub.writers) there += writer.seq();
    for (Member* member : live) {
        CAPTURE(member->device);
        store::Store& store = *member->station.store;
        const syncing::Synced again = world.sync_at_last(*member);
        CHECK(again.sent + again.received + again.waiting + again.reissued == 0);
        CHECK(again.names.sent + again.names.received == 0);
        CHECK(events_of(store) >= acknowledged);
        CHECK(events_of(store) == there);
        CHECK(store.digest() == *digest);
        CHECK(names_of(store) == names_of(first));
        simulation::check_shown(store);
        const auto verified = store.verify(member == live.front());
        REQUIRE(verified);
        if (verified->damage_count > 0)
            UNSCOPED_INFO(verified->damages.front().serial + ": " + verified->damages.front().what);
        REQUIRE(verified->damage_count == 0);
    }
    REQUIRE(live.back()->station.store->rebuild());
    REQUIRE(live.back()->station.store->digest() == *digest);
}

void simulate(std::uint64_t seed, Met& met) {
    const simulation::Replay replay(seed);
    World world(seed, met);
    CAPTURE(seed, world.copies, world.restores, world.revokes, world.newer);
    const auto acts = simulation::number_in("UNITRAIL_SIMULATION_ACTS", 60);
    for (std::uint64_t i = 0; i < acts; ++i) world.step();
    world.hub.events_an_hour = 100'000;
    world.hub.protocol = syncing::kProtocol;
    world.newer_station.push(world.hub, [] { return Fault::None; });
    std::vector<Member*> live;
    for (Member& member : world.members)
        if (!world.is_revoked(member)) live.push_back(&member);
    for (int round = 0; round < 2; ++round)
        for (Member* member : live) world.sync_at_last(*member);
    check_agree(world, live);
}

}  // namespace

TEST_CASE("stations that sync through a hub agree, whatever was lost on the way",
          "[simulation][hub]") {
    const int seeds = simulation::seeds(150);
    const std::uint64_t first = simulation::first_seed();
    INFO("first seed " << first);
    Met met;
    for (int i = 0; i < seeds; ++i) simulate(first + static_cast<std::uint64_t>(i), met);
    CAPTURE(met.lost_calls, met.lost_replies, met.between, met.restored, met.revoked, met.reissued,
            met.erased, met.newer, met.other_protocol);
    if (seeds < 100) return;  // one that is looked at again need not meet everything
    CHECK(met.lost_calls > seeds);
    CHECK(met.lost_replies > seeds);
    CHECK(met.between > seeds / 2);
    CHECK(met.erased > seeds / 10);
    CHECK(met.newer > seeds / 2);
    CHECK(met.other_protocol > seeds / 50);
    CHECK(met.restored + met.revoked + met.reissued > seeds / 10);
}

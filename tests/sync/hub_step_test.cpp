// Goal: what one sync with a hub promises holds when it is cut anywhere, and when the hub is not
// what it was: nothing is lost there or here, nothing is confirmed too early.
// Method: a hub in memory by the rules of hub.sql; the tests cut the n-th call of a sync.
#include "sync/hub_step.hpp"

#include <filesystem>
#include <optional>

#include "support/catch.hpp"
#include "support/meeting.hpp"
#include "support/memory_hub.hpp"
#include "support/shop.hpp"
#include "support/temporary.hpp"

using journal::Kind;

namespace {

store::Store opened(const std::string& name, const std::string& path = ":memory:") {
    store::Options options;
    options.device = name;
    auto store = store::Store::open(path, options);
    REQUIRE(store);
    return std::move(*store);
}

struct Device {
    store::Store store;
    WayToHub way;
    base::SigningKey key;

    Device(MemoryHub& hub, const std::string& name, const std::string& path = ":memory:")
        : store(opened(name, path)), way(hub, name), key(base::sha256({}, name)) {}

    Result<syncing::Synced> try_sync() { return syncing::synchronize(store, way, key); }
    syncing::Synced sync() {
        const auto synced = try_sync();
        Shop::must(synced);
        CHECK(synced->copied.empty());
        return *synced;
    }
    // Of the calls of one sync the one of that number, from 0, meets the fault, and so do those
    // after it.
    void sync_cut_at(int call, Fault fault) {
        way.fault = [call, fault]() mutable { return call-- > 0 ? Fault::None : fault; };
        CHECK_FALSE(try_sync());
        way.fault = [] { return Fault::None; };
    }
    // One event each, that needs no other.
    void add_places(int first, int count) {
        for (int i = first; i < first + count; ++i)
            Shop::must(store.put(inventory::Warehouse{"W-" + std::to_string(i), ""},
                                 store::Write::Add, "Kim"));
    }
    std::size_t places() { return store.warehouses()->size(); }
};

struct Two {
    MemoryHub hub;
    Device dock{hub, "Dock"}, desk{hub, "Desk"};

    // How far the hub has the device's writer.
    [[nodiscard]] std::int64_t has_of(Device& device) const {
        const auto writer = hub.writers.find(device.store.own_head()->writer);
        return writer == hub.writers.end() ? 0 : writer->second.seq();
    }
};

}  // namespace

TEST_CASE("events go to the hub and from there to the others, once", "[sync][hub]") {
    Two two;
    two.dock.add_places(1, 5);
    CHECK(two.dock.sync().sent == 5);
    CHECK(two.desk.sync().received == 5);
    two.desk.add_places(6, 2);
    CHECK(two.desk.sync().sent == 2);
    CHECK(two.dock.sync().received == 2);
    CHECK(two.dock.way.sent == 5);
    CHECK(two.hub.feed.size() == 2);
    CHECK(two.hub.alarms == 0);
}

TEST_CASE("acts say how right the clock was when the hub was last asked", "[sync][hub]") {
    using namespace std::chrono;
    MemoryHub hub;
    Shop shop;
    WayToHub way(hub, "Dock");
    const base::SigningKey key = base::sha256({}, "Dock");
    const auto offset_of_next = [&](const std::string& serial) {
        Shop::must(shop.receive(serial));
        return shop.store.history(serial)->back().event.hub_offset;
    };
    CHECK(offset_of_next("SN-1") == std::nullopt);
    for (const seconds off : {seconds(0), seconds(-7200), seconds(3600)}) {
        hub.now_ms = (shop.now->utc.time_since_epoch() - off).count();
        REQUIRE(syncing::synchronize(shop.store, way, key));
        CHECK(offset_of_next("SN-" + std::to_string(off.count())) == off);
    }
}

TEST_CASE("a push whose reply was lost is in the feed once, and not sent again later",
          "[sync][hub]") {
    Two two;
    two.dock.add_places(1, 5);
    two.dock.sync_cut_at(1, Fault::ReplyLost);
    CHECK(two.has_of(two.dock) == 5);
    two.dock.sync();
    CHECK(two.dock.way.sent == 10);
    two.dock.sync();
    CHECK(two.dock.way.sent == 10);
    CHECK(two.hub.feed.size() == 1);
}

TEST_CASE("what the hub says it has is believed, not what was sent", "[sync][hub]") {
    Two two;
    two.dock.add_places(1, 3);
    two.dock.sync();
    const auto before = two.hub.writers;
    two.dock.add_places(4, 2);
    two.dock.sync();
    two.dock.add_places(6, 1);
    // After the greeting, before the push, the hub loses what it had taken.
    two.dock.way.fault = [&, call = 0]() mutable {
        if (call++ == 1) two.hub.writers = before;
        return Fault::None;
    };
    CHECK(two.dock.sync().sent == 3);
    CHECK(two.has_of(two.dock) == 6);
}

TEST_CASE("a sync that was cut goes on where it was in the feed", "[sync][hub]") {
    Two two;
    for (int i = 1; i <= 5; ++i) {
        two.dock.add_places(i, 1);
        two.dock.sync();
    }
    two.desk.way.pull_max = 1;
    two.desk.sync_cut_at(4, GENERATE(Fault::CallLost, Fault::ReplyLost));
    CHECK(two.desk.store.hub_cursor()->position == 3);
    CHECK(two.desk.places() == 3);
    CHECK(two.desk.sync().received == 2);
    CHECK(two.desk.places() == 5);
}

TEST_CASE("nothing is confirmed before the feed was read to its end", "[sync][hub]") {
    Two two;
    two.dock.add_places(1, 2);
    // hello, push, pull, pull, heads, names
    const int call = GENERATE(1, 2, 3, 4, 5);
    two.dock.sync_cut_at(call, Fault::CallLost);
    CHECK(two.has_of(two.dock) == (call == 1 ? 0 : 2));
    CHECK_FALSE(two.dock.store.synced_at()->has_value());
    two.dock.sync();
    CHECK(two.dock.store.synced_at()->has_value());
}

TEST_CASE("a hub that was restored gets back what it lost", "[sync][hub]") {
    Two two;
    two.dock.add_places(1, 3);
    two.dock.sync();
    const MemoryHub backup = two.hub;
    two.dock.add_places(4, 2);
    two.desk.add_places(6, 2);
    two.dock.sync();
    two.desk.sync();
    const bool went_on = GENERATE(false, true);
    two.hub = backup;
    Device third(two.hub, "Third");
    if (went_on) {  // it has as long a feed as before, but not that one
        third.add_places(8, 1);
        third.sync();
        third.add_places(9, 1);
        third.sync();
    }
    for (Device* device : {&two.dock, &two.desk, &two.dock, &two.desk, &third}) device->sync();
    for (Device* device : {&two.dock, &two.desk, &third}) {
        CHECK(device->places() == (went_on ? 9 : 7));
    }
}

TEST_CASE("a hub restored to before a push that was cut gets that push again", "[sync][hub]") {
    Two two;
    two.dock.add_places(1, 3);
    two.dock.sync();
    const MemoryHub backup = two.hub;
    two.dock.add_places(4, 2);
    two.dock.sync_cut_at(2, Fault::CallLost);
    CHECK(two.has_of(two.dock) == 5);
    two.hub = backup;
    two.dock.sync();
    CHECK(two.has_of(two.dock) == 5);
}

TEST_CASE("what a restored hub lost is pushed again by the device that wrote it", "[sync][hub]") {
    Two two;
    const MemoryHub empty = two.hub;
    two.dock.add_places(1, 3);
    two.dock.sync();
    two.desk.add_places(4, 1);
    two.desk.sync();
    two.hub = empty;
    two.desk.sync();
    CHECK(two.has_of(two.dock) == 0);
    CHECK(two.dock.sync().reissued == 0);
    CHECK(two.has_of(two.dock) == 3);
    two.desk.sync();
    CHECK(two.desk.places() == 4);
    CHECK(two.dock.places() == 4);
    CHECK(two.hub.alarms == 0);
}

TEST_CASE("a device whose records another one handed on goes on under a new name", "[sync][hub]") {
    Two two;
    two.dock.add_places(1, 3);
    send_all(two.dock.store, two.desk.store);
    two.desk.sync();
    CHECK(two.has_of(two.dock) == 3);
    CHECK(two.dock.sync().reissued == 0);
    two.dock.add_places(4, 1);
    CHECK(two.dock.sync().reissued == 1);
    two.desk.sync();
    CHECK(two.desk.places() == 4);
}

TEST_CASE("a copied database that was cut off after it heard that the hub has more is told apart",
          "[sync][hub][copy]") {
    const TemporaryFolder folder;
    MemoryHub hub;
    Device desk{hub, "Desk"};
    std::optional<Device> card(std::in_place, hub, "Dock", folder.file("card"));
    card->add_places(1, 2);
    card.reset();
    std::filesystem::copy_file(folder.file("card"), folder.file("clone"));
    card.emplace(hub, "Dock", folder.file("card"));
    Device clone{hub, "Dock", folder.file("clone")};

    card->add_places(3, 2);
    card->sync();
    clone.sync_cut_at(2, Fault::CallLost);  // hello, push
    clone.add_places(5, 2);
    desk.sync();
    Shop::must(desk.store.put(inventory::Warehouse{"W-3", "Shelves"}, store::Write::Edit, "Kim"));
    desk.sync();
    CHECK(clone.sync().reissued == 2);
    card->sync();
    desk.sync();
    CHECK(clone.sync().received == 0);
    CHECK(desk.places() == 6);
    CHECK(*clone.store.digest() == *desk.store.digest());
    CHECK(*card->store.digest() == *desk.store.digest());
}

TEST_CASE("a device's records that came here by another way are left to it", "[sync][hub]") {
    Two two;
    two.desk.add_places(1, 2);
    two.desk.sync();
    if (GENERATE(false, true)) two.dock.sync();
    two.desk.add_places(3, 2);
    send_all(two.desk.store, two.dock.store);
    two.dock.sync();
    CHECK(two.has_of(two.desk) == 2);
    CHECK(two.hub.alarms == 0);
    two.desk.sync();
    CHECK(two.dock.sync().received == 0);
    CHECK(two.hub.alarms == 0);
}

TEST_CASE("records of a writer whom the hub never heard of are handed on", "[sync][hub]") {
    Two two;
    store::Store far_away = opened("Far away");
    Shop::must(far_away.put(inventory::Warehouse{"W-1", ""}, store::Write::Add, "Kim"));
    send_all(far_away, two.dock.store);
    CHECK(two.dock.sync().sent == 1);
    two.desk.sync();
    CHECK(two.desk.places() == 1);
}

TEST_CASE("no name is missed when a sync was cut behind the feed", "[sync][hub]") {
    Two two;
    store::Store& dock = two.dock.store;
    Shop::must(dock.put(inventory::Variant{"ROUTER-X", "", {}, {}}, store::Write::Add, "Kim"));
    Shop::must(dock.act({Kind::Registered, "SN-1", {{"variant", "ROUTER-X"}}, "Kim", {}}));
    Shop::must(dock.act({Kind::Sold, "SN-1", {{"client", "Client K"}}, "Kim", {}}));
    two.dock.sync();
    // hello, pull, pull, heads, names
    two.desk.sync_cut_at(GENERATE(3, 4), GENERATE(Fault::CallLost, Fault::ReplyLost));
    CHECK((*two.desk.store.find("SN-1"))->unit.client != "Client K");
    two.dock.add_places(1, 1);
    two.dock.sync();
    CHECK(two.desk.sync().names.received == 1);
    CHECK((*two.desk.store.find("SN-1"))->unit.client == "Client K");
    CHECK(two.desk.sync().names.received == 0);
}

TEST_CASE("a device that may not come in any more, or another protocol, changes nothing here",
          "[sync][hub]") {
    Two two;
    two.dock.add_places(1, 1);
    if (GENERATE(false, true))
        two.hub.revoked.insert("Dock");
    else
        two.hub.protocol = syncing::kProtocol + 1;
    const auto synced = two.dock.try_sync();
    REQUIRE_FALSE(synced);
    CHECK(synced.error().kind == ErrorKind::Refused);
    CHECK(two.hub.feed.empty());
    CHECK(two.dock.places() == 1);
    CHECK(two.dock.store.unsent()->size() == 1);
}

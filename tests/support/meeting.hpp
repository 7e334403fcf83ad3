// Two stations' databases that meet, as a sync brings them together.
#pragma once

#include <algorithm>
#include <utility>
#include <vector>

#include "support/catch.hpp"
#include "support/shop.hpp"

// What one station has of a writer and another does not.
struct News {
    base::RandomId writer{};
    std::int64_t first = 1, last = 0;
};

inline std::vector<News> news(store::Store& from, store::Store& to) {
    const auto heads = from.heads();
    const auto known = to.heads();
    REQUIRE(heads);
    REQUIRE(known);
    std::vector<News> all;
    for (const store::WriterHead& head : *heads) {
        const auto other = std::ranges::find(*known, head.writer, &store::WriterHead::writer);
        const std::int64_t first = other == known->end() ? 1 : other->seq + 1;
        if (first <= head.seq) all.push_back({head.writer, first, head.seq});
    }
    return all;
}

inline void send(store::Store& from, store::Store& to, const News& part) {
    const auto records = from.records(part.writer, part.first, part.last - part.first + 1);
    REQUIRE(records);
    const auto received = to.receive(*records);
    if (!received) UNSCOPED_INFO(received.error().message);
    REQUIRE(received);
}

// Hands over all that the other does not have.
inline void send_all(store::Store& from, store::Store& to) {
    for (const News& part : news(from, to)) send(from, to, part);
    REQUIRE(to.take_waiting() == 0);
}

inline void meet(store::Store& one, store::Store& other) {
    send_all(one, other);
    send_all(other, one);
}

// A second station, "Desk", that knows what the shop knows so far.
inline store::Store another_station(Shop& shop, const std::string& path = ":memory:") {
    store::Options options = shop.options();
    options.device = "Desk";
    auto opened = store::Store::open(path, options);
    REQUIRE(opened);
    send_all(shop.store, *opened);
    return std::move(*opened);
}

// Two stations that know the same shop, work apart and meet.
struct Meeting {
    Shop dock;
    store::Store desk;

    explicit Meeting(const std::string& dock_path = ":memory:",
                     const std::string& desk_path = ":memory:")
        : dock(dock_path), desk(another_station(dock, desk_path)) {}

    // Both sell the unit, to different clients.
    void sell_twice(const std::string& serial) {
        Shop::must(dock.receive(serial));
        send_all(dock.store, desk);
        Shop::must(
            dock.act(inventory::Action::Sell, serial, {{"client", "Client K"}, {"order", "4711"}}));
        Shop::must(desk.act({journal::Kind::Sold, serial, {{"client", "Client M"}}, "Kim", {}}));
        meet(dock.store, desk);
    }
    // Both register the serial, as different products.
    void register_twice(const std::string& serial) {
        Shop::must(dock.receive(serial));
        Shop::must(
            desk.act({journal::Kind::Registered, serial, {{"variant", "SWITCH-Y"}}, "Kim", {}}));
        meet(dock.store, desk);
    }
};

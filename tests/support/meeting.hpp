// Two stations' databases that meet, as a sync brings them together.
#pragma once

#include "support/catch.hpp"
#include "support/shop.hpp"

// Hands over all that the other does not have.
inline void send_all(store::Store& from, store::Store& to) {
    const auto heads = from.heads();
    const auto known = to.heads();
    REQUIRE(heads);
    REQUIRE(known);
    for (const store::WriterHead& head : *heads) {
        std::int64_t first = 1;
        for (const store::WriterHead& other : *known)
            if (other.writer == head.writer) first = other.seq + 1;
        if (first > head.seq) continue;
        const auto records = from.records(head.writer, first, head.seq);
        REQUIRE(records);
        REQUIRE(to.receive(*records));
    }
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

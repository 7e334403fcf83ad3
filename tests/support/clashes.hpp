// Every grave pair of acts that two stations can do to one unit apart, as the program's words.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "support/catch.hpp"

using Words = std::vector<std::string>;

struct Clash {
    const char* what;
    std::vector<Words> before;  // done by the first station, known to all
    Words first, second;        // done apart
    const char* status;         // shown everywhere afterwards
};

inline const Words kSell1 = {"sell", "SN-1", "--order", "1"},
                   kSell2 = {"sell", "SN-1", "--order", "2"};
inline const Words kReserve = {"reserve", "SN-1", "--order", "3"};
inline const Words kReturn1 = {"return", "SN-1", "--rma", "R1"},
                   kReturn2 = {"return", "SN-1", "--rma", "R2"};
inline const Words kDefect = {"defect", "SN-1"}, kRestock = {"restock", "SN-1"};
inline const Words kReceive = {"receive", "SN-1", "--variant", "ROUTER-X"};

inline const std::vector<Clash> kClashes = {
    {"sold twice", {kReceive}, kSell1, kSell2, "sold"},
    {"sold while reserved", {kReceive}, kSell1, kReserve, "sold"},
    {"promised twice", {kReceive}, kReserve, {"reserve", "SN-1", "--order", "4"}, "reserved"},
    {"returned twice", {kReceive, kSell1}, kReturn1, kReturn2, "returned"},
    {"taken back and defective", {kReceive, kSell1}, kReturn1, kDefect, "defective"},
    {"back on the shelf and defective",
     {kReceive, kSell1, kReturn1},
     kRestock,
     kDefect,
     "defective"},
    {"sold while held", {kReceive}, {"hold", "SN-1", "--reason", "recall"}, kSell1, "sold"},
    {"two corrections",
     {kReceive},
     {"rename", "SN-1", "SN-2"},
     {"rename", "SN-1", "SN-3"},
     "in_stock"},
    {"undone while used", {kReceive, kReserve}, {"undo", "SN-1"}, kSell1, "sold"},
    {"two products", {}, kReceive, {"receive", "SN-1", "--variant", "SWITCH-Y"}, "in_stock"},
    {"two warehouses",
     {},
     {"receive", "SN-1", "--variant", "ROUTER-X", "--warehouse", "MAIN"},
     {"receive", "SN-1", "--variant", "ROUTER-X", "--warehouse", "SHOP"},
     "in_stock"},
};

// Three stations, the clash, every way to meet as `index` turns it, and what all must show then.
// `at(station, words)` runs the program there, `sync(station)` syncs it; both give what it said.
template <typename At, typename Sync>
void meet_after(const Clash& clash, std::size_t index, At at, Sync sync) {
    for (const Words& words : clash.before) at(1, words);
    for (const int station : {1, 2, 3}) sync(station);
    at(1, clash.first);
    at(2, clash.second);
    std::vector<int> order = {1, 2, 3};
    std::rotate(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(index % 3), order.end());
    if (index % 2 == 1) std::reverse(order.begin(), order.end());
    for (int round = 0; round < 2; ++round)
        for (const int station : order) sync(station);

    const std::string shown = at(1, Words{"export"}).out;
    CHECK_THAT(shown, ContainsSubstring(clash.status));
    for (const int station : {1, 2, 3}) {
        CHECK(at(station, Words{"export"}).out == shown);
        CHECK_THAT(sync(station).out, ContainsSubstring("1 to settle"));
        at(station, Words{"verify"});
    }
}

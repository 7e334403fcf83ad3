// Every grave pair of acts that two stations can do to one unit apart, as the program's words.
#pragma once

#include <string>
#include <vector>

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

#include "scanner/qr_format.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>

#include "scanner/cells.hpp"

namespace scanner {
namespace {

constexpr int kBits = 15;
constexpr unsigned kMask = 0x5412;        // of Model 2
constexpr unsigned kModel1Mask = 0x2825;  // of Model 1
constexpr unsigned kGenerator = 0x537;
constexpr int kWrongMax = 3;        // bits that the code can correct
constexpr int kModel1WrongMax = 1;  // of a copy: rarely met, so more is asked

// Where a copy's bits are in the modules, most significant first.
using Places = std::array<std::size_t, kBits>;

Places around_finder(int size) {
    Places places{};
    for (int i = 0; i < kBits; ++i) {
        const int column = i < 6 ? i : i == 6 ? 7 : 8;
        const int row = i < 8 ? 8 : i == 8 ? 7 : kBits - 1 - i;
        places[static_cast<std::size_t>(i)] = cell_index(row, size, column);
    }
    return places;
}

Places at_other_finders(int size) {
    Places places{};
    for (int i = 0; i < kBits; ++i) {
        const int column = i < 7 ? 8 : size - kBits + i;
        const int row = i < 7 ? size - 1 - i : 8;
        places[static_cast<std::size_t>(i)] = cell_index(row, size, column);
    }
    return places;
}

unsigned bits_at(const std::vector<float>& modules, const Places& places) {
    unsigned bits = 0;
    for (const std::size_t place : places) bits = bits << 1U | (modules[place] > 0 ? 1U : 0U);
    return bits;
}

unsigned code_word(unsigned data) {
    unsigned rest = data << 10U;
    for (unsigned bit = 14; bit >= 10; --bit)
        if ((rest >> bit & 1U) != 0) rest ^= kGenerator << (bit - 10U);
    return data << 10U | rest;
}

struct Nearest {
    unsigned data = 0;
    int wrong = kBits;
};

Nearest nearest(unsigned bits) {
    Nearest best;
    for (unsigned data = 0; data < 32; ++data)
        if (const int wrong = std::popcount(bits ^ code_word(data)); wrong < best.wrong)
            best = {data, wrong};
    return best;
}

void write(std::vector<float>& modules, const Places& places, unsigned bits) {
    for (std::size_t i = 0; i < places.size(); ++i) {
        const bool dark = (bits >> (places.size() - 1 - i) & 1U) != 0;
        float& module = modules[places[i]];
        module = dark ? std::max(1.0F, std::abs(module)) : -std::max(1.0F, std::abs(module));
    }
}

}  // namespace

bool give_usual_format_mask(std::vector<float>& modules, int size) {
    const std::array<Places, 2> copies{around_finder(size), at_other_finders(size)};
    std::array<unsigned, 2> data{};
    for (std::size_t i = 0; i < copies.size(); ++i) {
        const unsigned bits = bits_at(modules, copies[i]);
        if (nearest(bits ^ kMask).wrong <= kWrongMax) return false;
        const Nearest other = nearest(bits ^ kModel1Mask);
        if (other.wrong > kModel1WrongMax) return false;
        data[i] = other.data;
    }
    if (data[0] != data[1]) return false;
    for (const Places& places : copies) write(modules, places, code_word(data[0]) ^ kMask);
    return true;
}

}  // namespace scanner

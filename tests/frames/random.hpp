// Random numbers that are the same on every machine: the standard library's distributions are not.
#pragma once

#include <cstdint>
#include <random>

namespace frames {

class Random {
 public:
    explicit Random(std::uint64_t seed) : engine_(seed * 0x9e3779b97f4a7c15ULL + 1) {}

    // In [low, high).
    double uniform(double low, double high) {
        return low + (high - low) * static_cast<double>(engine_() >> 11U) * 0x1p-53;
    }
    int whole(int low, int high) {  // both included
        const auto span = static_cast<std::uint64_t>(high - low) + 1;
        return low + static_cast<int>(engine_() % span);
    }
    bool chance(double part) { return uniform(0, 1) < part; }
    std::uint64_t next() { return engine_(); }

 private:
    std::mt19937_64 engine_;
};

}  // namespace frames

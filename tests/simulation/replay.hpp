// One seed replays a whole run: the random bytes of the product (ids of writers and clients, keys)
// come from the seed too, for as long as a Replay lives. libsodium asks whichever generator it was
// given; the product knows nothing of it. One thread.
#pragma once

#include <sodium.h>

#include <cstdint>
#include <random>

#include "support/catch.hpp"

namespace simulation {

class Replay {
 public:
    explicit Replay(std::uint64_t seed) {
        REQUIRE(sodium_init() >= 0);                   // takes random bytes itself, the first time
        generator().seed(seed ^ 0x556E697472616CULL);  // not the numbers that choose the acts
        randombytes_set_implementation(&kSeeded);
    }
    ~Replay() { randombytes_set_implementation(&randombytes_sysrandom_implementation); }
    Replay(const Replay&) = delete;
    Replay& operator=(const Replay&) = delete;

 private:
    static std::mt19937_64& generator() {
        static std::mt19937_64 numbers;
        return numbers;
    }
    static const char* name() { return "seeded"; }
    static std::uint32_t number() { return static_cast<std::uint32_t>(generator()()); }
    static void fill(void* bytes, std::size_t size) {
        for (std::size_t i = 0; i < size; ++i)
            static_cast<std::uint8_t*>(bytes)[i] = static_cast<std::uint8_t>(number());
    }
    static inline randombytes_implementation kSeeded{name, number, nullptr, nullptr, fill, nullptr};
};

}  // namespace simulation

#include "base/hash.hpp"

#include <sodium.h>

#include "base/check.hpp"

namespace base {

Sha256 sha256(std::span<const std::uint8_t> first, std::string_view second) {
    Sha256 hash{};
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, first.data(), first.size());
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(second.data()),
                              second.size());
    crypto_hash_sha256_final(&state, hash.data());
    return hash;
}

RandomId random_id() {
    CHECK(sodium_init() >= 0);
    RandomId id{};
    randombytes_buf(id.data(), id.size());
    return id;
}

}  // namespace base

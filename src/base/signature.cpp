#include "base/signature.hpp"

#include <sodium.h>

#include "base/check.hpp"

namespace base {
namespace {

static_assert(crypto_sign_SEEDBYTES == std::tuple_size_v<SigningKey>);
static_assert(crypto_sign_PUBLICKEYBYTES == std::tuple_size_v<PublicKey>);
static_assert(crypto_sign_BYTES == std::tuple_size_v<Signature>);

struct Pair {
    PublicKey open{};
    std::array<std::uint8_t, crypto_sign_SECRETKEYBYTES> secret{};
};

Pair pair_of(const SigningKey& key) {
    CHECK(sodium_init() >= 0);
    Pair pair;
    crypto_sign_seed_keypair(pair.open.data(), pair.secret.data(), key.data());
    return pair;
}

const std::uint8_t* bytes_of(std::string_view message) {
    return reinterpret_cast<const std::uint8_t*>(message.data());
}

}  // namespace

SigningKey new_signing_key() {
    CHECK(sodium_init() >= 0);
    SigningKey key{};
    randombytes_buf(key.data(), key.size());
    return key;
}

PublicKey public_key(const SigningKey& key) { return pair_of(key).open; }

Signature sign(const SigningKey& key, std::string_view message) {
    Signature signature{};
    crypto_sign_detached(signature.data(), nullptr, bytes_of(message), message.size(),
                         pair_of(key).secret.data());
    return signature;
}

bool is_signed(std::string_view message, const Signature& signature, const PublicKey& key) {
    CHECK(sodium_init() >= 0);
    return crypto_sign_verify_detached(signature.data(), bytes_of(message), message.size(),
                                       key.data()) == 0;
}

}  // namespace base

// Signatures: Ed25519 (RFC 8032), by libsodium.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace base {

using SigningKey = std::array<std::uint8_t, 32>;  // the seed; secret
using PublicKey = std::array<std::uint8_t, 32>;
using Signature = std::array<std::uint8_t, 64>;

SigningKey new_signing_key();
PublicKey public_key(const SigningKey& key);
Signature sign(const SigningKey& key, std::string_view message);
bool is_signed(std::string_view message, const Signature& signature, const PublicKey& key);

}  // namespace base

// SHA-256 (FIPS 180-4) and random bytes, by libsodium.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace base {

using Sha256 = std::array<std::uint8_t, 32>;
using RandomId = std::array<std::uint8_t, 16>;

// The hash of `first` followed by `second`.
Sha256 sha256(std::span<const std::uint8_t> first, std::string_view second);

RandomId random_id();  // from the operating system's generator

}  // namespace base

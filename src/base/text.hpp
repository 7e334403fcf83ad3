// Text as people write it: UTF-8, compared without regard to letter case and composition.
#pragma once

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace base {

bool is_utf8(std::string_view text);

// Without the blanks at both ends (white space of ASCII and Unicode's space separators).
std::string trim(std::string_view text);

// Number of Unicode code points. `text` is UTF-8.
std::size_t count_characters(std::string_view text);

// The first `max` code points, with "…" when something was cut. `text` is UTF-8.
std::string shorten(std::string_view text, std::size_t max);

// True when a control character (Unicode category Cc) stands in it. `text` is UTF-8.
bool has_control_character(std::string_view text);

// The form in which two texts are the same: NFC, case folded, all blanks removed. `text` is UTF-8.
std::string comparison_key(std::string_view text);

// Case folded and composed but with its blanks: for searching in names.
std::string fold(std::string_view text);

// The code points in the opposite order. `text` is UTF-8.
std::string reversed(std::string_view text);

// For messages: control characters and broken UTF-8 shown as "·", at most 40 characters.
std::string printable(std::string_view text);

std::string to_hex(std::span<const std::uint8_t> bytes);  // lower case

// RFC 4648: Standard is §4, padded; Url is §5, without padding.
enum class Base64 : std::uint8_t { Standard, Url };
std::string to_base64(std::span<const std::uint8_t> bytes, Base64 form = Base64::Standard);
std::optional<std::string> from_base64(std::string_view text, Base64 form = Base64::Standard);

// An array of bytes out of exactly as many pairs of hex digits.
template <typename Bytes>
std::optional<Bytes> from_hex(std::string_view hex) {
    Bytes bytes{};
    if (hex.size() != 2 * bytes.size()) return std::nullopt;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const char* digits = hex.data() + 2 * i;
        const auto [end, error] = std::from_chars(digits, digits + 2, bytes[i], 16);
        if (error != std::errc() || end != digits + 2) return std::nullopt;
    }
    return bytes;
}

}  // namespace base

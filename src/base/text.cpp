#include "base/text.hpp"

#include <sodium.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "base/check.hpp"

namespace base {
namespace {

struct Character {
    utf8proc_int32_t code = -1;  // -1: not UTF-8
    std::size_t size = 0;        // bytes; 1 for a broken byte
};

bool is_ascii(utf8proc_int32_t code) { return code >= 0 && code < 0x80; }

// Nearly every text is ASCII, where all of these are a comparison.
Character next_character(std::string_view text) {
    if (!text.empty() && is_ascii(static_cast<unsigned char>(text.front())))
        return {text.front(), 1};
    utf8proc_int32_t code = -1;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                       static_cast<utf8proc_ssize_t>(text.size()), &code);
    if (size <= 0) return {-1, 1};
    return {code, static_cast<std::size_t>(size)};
}

bool is_blank(utf8proc_int32_t code) {
    if (is_ascii(code)) return (code >= 0x09 && code <= 0x0D) || code == 0x20;
    return utf8proc_category(code) == UTF8PROC_CATEGORY_ZS;
}

bool is_control(utf8proc_int32_t code) {
    if (is_ascii(code)) return code < 0x20 || code == 0x7F;
    return utf8proc_category(code) == UTF8PROC_CATEGORY_CC;
}

bool is_ascii(std::string_view text) {
    return std::ranges::all_of(text, [](unsigned char c) { return is_ascii(c); });
}

std::string map(std::string_view text, utf8proc_option_t options) {
    utf8proc_uint8_t* mapped = nullptr;
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &mapped, options);
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
    CHECK(size >= 0);  // callers have checked that it is UTF-8
    return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(size)};
}

int sodium_variant(Base64 form) {
    return form == Base64::Url ? sodium_base64_VARIANT_URLSAFE_NO_PADDING
                               : sodium_base64_VARIANT_ORIGINAL;
}

}  // namespace

bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const Character c = next_character(text);
        if (c.code < 0) return false;
        text.remove_prefix(c.size);
    }
    return true;
}

std::string trim(std::string_view text) {
    while (!text.empty()) {
        const Character c = next_character(text);
        if (c.code < 0 || !is_blank(c.code)) break;
        text.remove_prefix(c.size);
    }
    std::size_t end = 0;
    for (std::size_t at = 0; at < text.size();) {
        const Character c = next_character(text.substr(at));
        at += c.size;
        if (c.code < 0 || !is_blank(c.code)) end = at;
    }
    return std::string(text.substr(0, end));
}

std::size_t count_characters(std::string_view text) {
    std::size_t count = 0;
    for (; !text.empty(); ++count) text.remove_prefix(next_character(text).size);
    return count;
}

std::string shorten(std::string_view text, std::size_t max) {
    std::size_t at = 0;
    for (std::size_t count = 0; at < text.size(); ++count) {
        if (count == max) return std::string(text.substr(0, at)) + "…";
        at += next_character(text.substr(at)).size;
    }
    return std::string(text);
}

bool has_control_character(std::string_view text) {
    while (!text.empty()) {
        const Character c = next_character(text);
        if (c.code >= 0 && is_control(c.code)) return true;
        text.remove_prefix(c.size);
    }
    return false;
}

std::string comparison_key(std::string_view text) {
    const std::string folded = fold(text);
    std::string key;
    key.reserve(folded.size());
    for (std::string_view rest = folded; !rest.empty();) {
        const Character c = next_character(rest);
        if (!is_blank(c.code)) key.append(rest.substr(0, c.size));
        rest.remove_prefix(c.size);
    }
    return key;
}

std::string fold(std::string_view text) {
    if (is_ascii(text)) {
        std::string folded(text);
        for (char& c : folded)
            if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        return folded;
    }
    // Folding can undo composition, so the result is composed once more.
    const auto folding =
        static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
    const auto composing = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    return map(map(map(text, composing), folding), composing);
}

std::string reversed(std::string_view text) {
    std::string result(text.size(), '\0');
    for (std::size_t end = text.size(); !text.empty();) {
        const std::size_t size = next_character(text).size;
        end -= size;
        text.copy(result.data() + end, size);
        text.remove_prefix(size);
    }
    return result;
}

std::string printable(std::string_view text) {
    std::string shown;
    while (!text.empty()) {
        const Character c = next_character(text);
        if (c.code < 0 || is_control(c.code))
            shown += "·";
        else
            shown += text.substr(0, c.size);
        text.remove_prefix(c.size);
    }
    return shorten(shown, 40);
}

std::string to_hex(std::span<const std::uint8_t> bytes) {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string hex;
    hex.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        hex += kDigits[byte >> 4];
        hex += kDigits[byte & 15];
    }
    return hex;
}

std::string to_base64(std::span<const std::uint8_t> bytes, Base64 form) {
    const int variant = sodium_variant(form);
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
    text.pop_back();  // the zero at the end
    return text;
}

std::optional<std::string> from_base64(std::string_view text, Base64 form) {
    std::string bytes(text.size(), '\0');
    std::size_t size = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                          text.size(), nullptr, &size, nullptr, sodium_variant(form)) != 0)
        return std::nullopt;
    bytes.resize(size);
    return bytes;
}

}  // namespace base

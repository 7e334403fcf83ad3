// Plain ASCII, byte by byte: what the standards of labels are written in. Internal to src/label.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace label {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
constexpr char to_upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }
constexpr bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// The value of a hex digit in either case; -1 when it is none.
constexpr int hex_value(char c) {
    if (is_digit(c)) return c - '0';
    const char upper = to_upper(c);
    return upper >= 'A' && upper <= 'F' ? upper - 'A' + 10 : -1;
}

// False for an empty text.
constexpr bool all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_digit);
}

// Without the blanks at both ends.
constexpr std::string_view stripped(std::string_view text) {
    while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
    return text;
}

// Compares without regard to letter case; `lower` is in lower case.
constexpr bool starts_with_any_case(std::string_view text, std::string_view lower) {
    if (text.size() < lower.size()) return false;
    for (std::size_t i = 0; i < lower.size(); ++i)
        if (to_upper(text[i]) != to_upper(lower[i])) return false;
    return true;
}

// Takes the text up to `end` off the front of `text`, and `end` with it.
constexpr std::string_view take_until(std::string_view& text, char end) {
    const std::size_t at = text.find(end);
    const std::string_view taken = text.substr(0, at);
    text.remove_prefix(at == std::string_view::npos ? text.size() : at + 1);
    return taken;
}

// The digits without leading zeros, "0" for none but zeros.
constexpr std::string_view without_zeros(std::string_view digits) {
    while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
    return digits;
}

}  // namespace label

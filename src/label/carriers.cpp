#include "label/carriers.hpp"

#include "label/characters.hpp"

namespace label {
namespace {

// General modulo 10 of shipping labels: weights 3 and 1 from the right, the check digit last.
bool modulo_10_is_right(std::string_view digits) {
    int sum = 0, weight = 1;
    for (std::size_t i = digits.size(); i-- > 0; weight = 4 - weight)
        sum += (digits[i] - '0') * weight;
    return sum % 10 == 0;
}

bool is_upu(std::string_view text) {
    constexpr int kWeights[] = {8, 6, 4, 2, 3, 5, 9, 7};
    if (text.size() != 13 || !is_letter(text[0]) || !is_letter(text[1]) || !is_letter(text[11]) ||
        !is_letter(text[12]) || !all_digits(text.substr(2, 9)))
        return false;
    int sum = 0;
    for (std::size_t i = 0; i < 8; ++i) sum += kWeights[i] * (text[2 + i] - '0');
    const int rest = 11 - sum % 11;
    const int check = rest == 10 ? 0 : rest == 11 ? 5 : rest;
    return text[10] - '0' == check;
}

bool is_ups(std::string_view text) {
    if (text.size() != 18 || !text.starts_with("1Z") || !is_digit(text.back())) return false;
    int sum = 0;
    for (std::size_t i = 2; i < 17; ++i) {
        const char c = to_upper(text[i]);
        if (!is_digit(c) && !is_letter(c)) return false;
        const int value = is_digit(c) ? c - '0' : (c - 'A' + 2) % 10;
        sum += i % 2 == 1 ? 2 * value : value;
    }
    return (10 - sum % 10) % 10 == text.back() - '0';
}

bool is_usps(std::string_view text) {
    if (!all_digits(text)) return false;
    if (text.starts_with("420") && (text.size() == 30 || text.size() == 34))
        text.remove_prefix(text.size() - 22);
    const bool length = text.size() == 20 || text.size() == 22;
    return length && text[0] == '9' && text[1] >= '1' && text[1] <= '5' && modulo_10_is_right(text);
}

bool is_fedex(std::string_view text) {
    return text.size() == 22 && text.starts_with("96") && all_digits(text) &&
           modulo_10_is_right(text);
}

bool is_dhl(std::string_view text) {
    if (text.starts_with("JJD")) text.remove_prefix(1);
    return text.starts_with("JD") && text.size() >= 18 && text.size() <= 22 &&
           all_digits(text.substr(2));
}

}  // namespace

std::string_view carrier_of(std::string_view text) {
    if (is_upu(text)) return "the post";
    if (is_ups(text)) return "UPS";
    if (is_usps(text)) return "USPS";
    if (is_fedex(text)) return "FedEx";
    return is_dhl(text) ? "DHL" : "";
}

}  // namespace label

#include "inventory/gtin.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace inventory {

char gtin_check_digit(std::string_view digits) {
    int sum = 0;
    int weight = 3;
    for (std::size_t i = digits.size(); i-- > 0; weight = 4 - weight)
        sum += weight * (digits[i] - '0');
    return static_cast<char>('0' + (10 - sum % 10) % 10);
}

Result<std::string> parse_gtin(std::string_view text) {
    const std::string digits = base::trim(text);
    const bool all_digits =
        std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
    if (!all_digits ||
        (digits.size() != 8 && digits.size() != 12 && digits.size() != 13 && digits.size() != 14))
        return fail(ErrorKind::Refused,
                    "\"" + base::printable(text) + "\" is no GTIN; it has 8, 12, 13 or 14 digits");
    const char check = gtin_check_digit(std::string_view(digits).substr(0, digits.size() - 1));
    if (digits.back() != check)
        return fail(ErrorKind::Refused, "the GTIN " + digits + " has a wrong check digit (" +
                                            check + " would be right); read it again");
    return std::string(14 - digits.size(), '0') + digits;
}

std::string composite_serial(const std::optional<std::string>& gtin, std::string_view sku,
                             std::string_view serial) {
    if (gtin) return "(01)" + *gtin + "(21)" + std::string(serial);
    return std::string(sku) + "-" + std::string(serial);
}

}  // namespace inventory

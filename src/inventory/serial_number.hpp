// A serial number: the text as printed and the key that makes it unique.
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace inventory {

inline constexpr int kSerialCharactersMax = 128;  // Unicode code points, after trimming
inline constexpr int kKeyRule = 1;                // version of the normalization below

struct SerialNumber {
    std::string printed;  // trimmed, otherwise untouched: letter case, zeros and hyphens are kept
    std::string key;      // Unicode NFC, case folded, inner blanks removed; for comparing only
};

// Refused: empty, longer than kSerialCharactersMax, a control character inside, or not UTF-8. The
// message says which and what to do, and shows at most the first 40 characters.
Result<SerialNumber> parse_serial(std::string_view text);

}  // namespace inventory

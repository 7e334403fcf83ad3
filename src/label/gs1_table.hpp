// Every GS1 Application Identifier: how long its value is, of which characters, how it is checked,
// and with which others it goes. Source: GS1 General Specifications, Release 25.0 (January 2025),
// section 3 (the identifiers), 4.13 (invalid and mandatory pairs), 7.8 (predefined lengths), 7.11
// (character sets) and 7.9 (check digits).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

namespace label {

enum class Charset : std::uint8_t {
    Numeric,
    Set82,  // General Specifications, figure 7.11-1
    Set39,  // figure 7.11-2
    Set64,  // figure 7.11-3, base64url
};

// What the characters must be besides.
enum class Rule : std::uint8_t {
    None,
    CheckDigit,    // the last digit, over this part
    CheckPair,     // the last two characters, modulo 1021 (7.9)
    DayMayBe00,    // YYMMDD, day 00 is the end of the month
    Day,           // YYMMDD
    LongDay,       // YYYYMMDD
    Minute,        // HHMM
    Hour,          // HH
    Sixty,         // MM or SS
    Zero,          // 0 only
    NotZero,       // anything but zeros
    YesNo,         // 0 or 1
    PieceOfTotal,  // NNTT: 1 ≤ NN ≤ TT
    Winding,       // 0, 1 or 9
    Sex,           // 0, 1, 2 or 9 (ISO/IEC 5218)
    Media,         // 01–10, 80–99
    Minus,         // "-" only
    Latitude,      // (degrees + 90) × 10⁷
    Longitude,     // degrees × 10⁷, below 360
    Iban,          // ISO 13616, modulo 97
};

// One part of a value. All parts but the last have a fixed length.
struct Part {
    Charset charset = Charset::Numeric;
    std::uint8_t min = 0, max = 0;  // characters; min 0: may be left out
    Rule rule = Rule::None;
};

struct Ai {
    std::uint16_t first = 0, last = 0;  // as numbers; a range where the last digit tells decimals
    std::uint8_t digits = 0;            // of the identifier itself
    bool predefined = false;            // ends without a separator
    std::uint8_t part_count = 0;
    std::array<Part, 5> parts{};
    std::uint8_t min = 0, max = 0;  // of the whole value
    std::string_view title;         // the standard's data title
    // Lists of identifiers: "01,02" = one of them, blank = and, "01+21" = both, "n" = any digit.
    std::string_view needs, excludes;
};

// In ascending order of their digits.
std::span<const Ai> all_ais();

// How many digits an identifier beginning with these two has; 0 = none is assigned.
int ai_digits(char first, char second);

// How long identifier and value are together where they end without a separator (7.8),
// also of identifiers that are not assigned yet; 0 = they end with one.
int predefined_size(char first, char second);

// The identifier at the front of `text`; null when none is assigned.
const Ai* find_ai(std::string_view text);

// The identifier that is all of `code`.
const Ai* ai_named(std::string_view code);

}  // namespace label

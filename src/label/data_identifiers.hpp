// ANSI MH10.8.2 data identifiers: the digits and letter in front of a value that say what it is.
// Those that occur on labels of devices and electronic parts. Pure; linear.
// Source: ANSI MH10.8.2-2016 (ISO/IEC 15418), ECIA EIGP 114 for parts labels, IFA for pharmacy.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "label/field.hpp"

namespace label {

// How the value is written.
enum class DiForm : std::uint8_t {
    Text,
    Number,
    DateOrCode,  // YYMMDD, YYYYMMDD: a day; anything else is a code
    ExpiryDate,  // YYMMDD (day 00: end of the month), YYYYMMDD; four digits are a code
    DayFirst,    // DDMMYYYY
    MacAddress,
    ImeiNumber,
    ProductCode,  // GTIN
    Pharmacy,     // PPN with its two check digits
};

struct DataIdentifier {
    std::string_view code;  // "1P"
    FieldName name = FieldName::Other;
    DiForm form = DiForm::Text;
    std::string_view meaning;
};

// The identifier at the front of `text`: up to three digits and a letter, of the table; null when
// there is none.
const DataIdentifier* find_data_identifier(std::string_view text);

// Appends the fields of "1PXAF4444"; what has no identifier goes to the rest with a warning.
void add_data_field(Parsed& parsed, std::string_view text, int century_of);

// Settles what several fields say together: a second part number, two lots.
void settle_data_fields(Parsed& parsed);

// "16D20221215+1P…": identifiers joined by "+" without an envelope. Nothing unless every piece
// begins with an identifier of the table.
std::optional<Parsed> parse_joined_identifiers(std::string_view text, int century_of);

}  // namespace label

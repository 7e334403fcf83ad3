// Numbers that identify a thing by themselves: product codes, MAC addresses and other EUIs, IMEIs.
// Pure; none of them is ever a serial by itself.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "label/field.hpp"

namespace label {

// EUI-48 as upper-case hex without separators. Twelve hex digits are one only with separators
// ("00:1E:C9:47:D4:9B", "00-1E-…", "001E.C947.D49B"), with a letter A–F among them, or with the
// prefix of a known maker.
std::optional<std::string> as_mac(std::string_view text);

// The same where the label says that it is one: any twelve hex digits.
std::optional<std::string> named_mac(std::string_view text);

// EUI-64: 16 hex digits with separators, with FFFE in the middle as one made of a MAC has, or with
// the prefix of a known maker.
std::optional<std::string> as_eui64(std::string_view text);
std::optional<std::string> named_eui64(std::string_view text);  // any 16 hex digits

// 15 digits that keep the Luhn rule (3GPP TS 23.003, annex B), perhaps written 2-6-6-1.
std::optional<std::string> as_imei(std::string_view text);
bool luhn_is_right(std::string_view digits);  // `digits` holds nothing else

// GTIN of 14 digits from one of 8, 12, 13 or 14 with a right check digit.
std::optional<std::string> as_gtin(std::string_view digits);

// UPC-E (8 digits, number system first) as the UPC-A that it stands for; nothing when it is no
// such number. General Specifications, 5.2.
std::optional<std::string> upc_e_to_a(std::string_view digits);

// A payload that a symbology identifier of EAN, UPC or ITF says to be a product code. Nothing for
// other symbologies.
std::optional<Parsed> parse_product_code(std::string_view text, std::string_view symbology_id);

// A payload that is a MAC, an EUI-64 or an IMEI and nothing else; and, where the symbology is not
// known, a product code of 12 to 14 digits.
std::optional<Parsed> parse_identifier(std::string_view text, std::string_view symbology_id);

}  // namespace label

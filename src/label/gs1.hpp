// GS1 element strings: application identifiers and their values, as barcodes carry them and as
// people read them. Pure; linear in the length of the text.
// Source: GS1 General Specifications, Release 25.0, 7.8 (processing) and 4.14 (brackets).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "label/field.hpp"
#include "label/gs1_table.hpp"

namespace label {

// How a value breaks the rules of its identifier.
enum class Misfit : std::uint8_t { None, Short, Long, Characters, CheckDigit, Date, Content };

Misfit misfit(const Ai& ai, std::string_view value);

// "AI 16 needs 6 digits"; `found` is not None.
std::string in_words(Misfit found, std::string_view code, const Ai& ai, std::string_view value);

struct Element {
    const Ai* ai = nullptr;
    std::string_view code, value;  // in the text that was split
};

struct Elements {
    std::vector<Element> elements;      // those whose values keep the rules
    std::vector<std::string> problems;  // in words: what was left out, and bent rules
    std::vector<std::string> notes;     // in words: what had to be guessed
    std::string rest;                   // what was left out, as it stood
    bool misread = false;  // a field was left out for its check digit: it is GS1 all the same
};

// Splits "0109520123456788…" with U+001D behind values without a predefined length. What cannot be
// read ends at the next separator and is left out. Doubled and outer separators mean nothing. A
// missing separator is found where a value would be too long, or not of digits, and the fields
// behind it then read to the end.
Elements split_gs1(std::string_view text);

// Splits "(01)09520123456788(21)ABC"; nothing when it does not begin with an identifier in
// brackets.
std::optional<Elements> split_bracketed_gs1(std::string_view text);

// Appends the fields of one element; of a refused one its problem and its text.
void add_element(Parsed& parsed, const Element& element, int century_of);

// A GS1 payload. `flagged`: the symbology identifier says that it is one, so that one readable
// field is enough; else the text has to prove it with a key and its check digit or a separator.
// Stand-ins of the separator ("{GS}", "|" …) count where the text reads better with them. Nothing
// when it is no GS1 text; then `why_not` says what was wrong with the first field.
std::optional<Parsed> parse_gs1(std::string_view text, bool flagged, int century_of,
                                std::string& why_not);
std::optional<Parsed> parse_bracketed_gs1(std::string_view text, int century_of);

// Warnings for fields that standards forbid together, or that need another (4.13). The fields are
// those of all GS1 barcodes of one item.
std::vector<std::string> pair_warnings(const std::vector<const Field*>& fields);

}  // namespace label

// From the payloads of the barcodes on one item to its fields: all of them are read, each is named,
// the serial is picked with a reason. Pure: bytes in, fields out. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "inventory/dates.hpp"

namespace label {

// One barcode's content.
struct Payload {
    std::string symbology_id;  // ISO/IEC 15424, "]C1"; "" = unknown (typed)
    std::string text;          // UTF-8; GS as U+001D
};

enum class Family : std::uint8_t {
    Plain,        // a text that names nothing: perhaps the serial
    ProductCode,  // EAN, UPC or ITF-14
    Gs1,          // a GS1 element string, or one in brackets
};

// What one payload says.
struct Parsed {
    Family family = Family::Plain;
    std::string text;                             // trimmed, without the symbology identifier
    std::optional<std::string> serial;            // AI 21, else AI 235
    std::optional<std::string> secondary_serial;  // AI 250
    std::optional<std::string> gtin;              // 14 digits, its check digit is right
    std::optional<std::string> lot;               // AI 10
    std::optional<std::string> sscc;              // AI 00: a box, never a unit
    std::optional<inventory::Date> expiry, best_before, production;  // AI 17, 15, 11
    std::vector<std::string> warnings;                               // what did not parse, in words
};

// `century_of`: the year that two-digit years are near to (GS1 General Specifications, 7.12: at
// most 49 years in the past, 50 in the future).
Parsed parse(const Payload& payload, int century_of);

struct Choice {
    std::string text;   // this could be the serial
    std::string seems;  // "plain code", "GS1 serial"
};

// Everything read off one item.
struct Label {
    std::optional<std::string> serial;  // nothing: none, or `choices` has several
    std::string why;                    // why this text is the serial, or why there is none
    std::vector<Choice> choices;        // not empty: the operator has to pick
    std::optional<std::string> gtin, lot, sscc;
    std::optional<inventory::Date> expiry;
    std::vector<Parsed> parts;  // of every payload, in order
};

// Order of trust for the serial: a field named serial, then a lone plain code, then the operator.
Label resolve(std::span<const Payload> payloads, int century_of);

}  // namespace label

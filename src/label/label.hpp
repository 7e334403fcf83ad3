// From the payloads of all barcodes on one item to what the item is: every payload is named, their
// fields are merged, the serial is picked with a reason. Pure: bytes in, fields out. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "inventory/dates.hpp"
#include "inventory/unit.hpp"
#include "label/field.hpp"
#include "label/profile.hpp"

namespace label {

struct Choice {
    std::string text;   // this could be the serial
    std::string seems;  // "plain code", "GS1 serial", "MAC address"
};

// A number that finds the unit again, besides its serial. Its kind: "mac", "eui64", "imei",
// "secondary_serial", "third_party_serial", "grai", "giai" or "asset_tag".
using inventory::Identifier;

// What makes the serial the serial, in the order of trust.
enum class Trust : std::uint8_t {
    None,  // there is no serial
    Named,
    Profile,
    Plain,
    Operator,  // picked or typed
};

// Everything read off one item.
struct Label {
    std::optional<std::string> serial;  // nothing: none, or `choices` has several
    Trust trust = Trust::None;
    std::optional<std::size_t> from;  // the part that the serial came from
    std::string why;                  // why this text is the serial, or why there is none
    std::vector<Choice> choices;      // not empty: the operator has to pick
    std::optional<std::string> gtin, lot, sscc;
    std::optional<inventory::Date> expiry;
    bool is_box = false;  // an SSCC, a content or a quantity above one says so
    // The serial's own text, and what it would be without the data identifier that its first
    // characters may be; empty when there is no doubt. The database may know one of them.
    std::vector<std::string> readings;
    std::vector<Identifier> identifiers;  // each once
    std::vector<std::string> warnings;    // of what the payloads say against each other
    std::vector<Parsed> parts;            // of every payload, in order
};

// Order of trust for the serial: a field named serial, then what the variant's profile says
// (nullptr: it has none), then a lone plain code, then the operator. Product codes, boxes, MAC
// addresses, IMEIs, parts, lots and URLs are never it by themselves.
Label resolve(std::span<const Payload> payloads, int century_of, const Profile* profile = nullptr);

}  // namespace label

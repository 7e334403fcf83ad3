// What a payload is found to say: named fields, each with the code that the label's own standard
// gives it, and what was not understood, in words. Plain values; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace label {

// One barcode's content.
struct Payload {
    std::string symbology_id;  // ISO/IEC 15424, "]C1"; "" = unknown (typed)
    std::string text;          // the bytes; GS as U+001D
    bool may_be_part = false;  // of a longer code whose rest the scanner did not see
};

enum class Family : std::uint8_t {
    Plain,            // a text that names nothing: perhaps the serial
    Gs1,              // a GS1 element string
    BracketedGs1,     // the same as people read it: "(01)…(21)…"
    DigitalLink,      // a GS1 Digital Link URI
    Epc,              // urn:epc:…
    Iso15434,         // an envelope "[)>"
    DataIdentifiers,  // ANSI MH10.8.2 without an envelope, joined by "+"
    Hibc,             // ANSI/HIBC 2.6
    ProductCode,      // EAN, UPC or ITF-14
    Mac,              // an EUI-48 or EUI-64 by itself
    Imei,             // an IMEI by itself
    LoraWan,          // LoRa Alliance TR005, "LW:D0:…"
    WifiConnect,      // Wi-Fi Easy Connect, "DPP:…"
    Access,           // access data of something else: Wi-Fi password, Matter or HomeKit code
    KeyValue,         // "SN=…;M=…", also in several lines
    Json,             // {"sn": …}, also with unquoted keys
    Url,              // any other URL
    Lines,            // several lines that name nothing
};

// Where each kind of content has its name. Append at the end.
enum class FieldName : std::uint8_t {
    Other,  // understood by its standard, but nothing that a unit's record names
    Serial,
    SecondarySerial,   // AI 250
    ThirdPartySerial,  // AI 235
    Gtin,              // 14 digits, its check digit is right
    Sscc,              // 18 digits: a box, never a unit
    Grai,              // without its filler zero
    Lot,
    Expiry,      // dates are ISO 8601
    BestBefore,  // AI 15
    Production,  // AI 11
    MfgDate,     // the same of other standards
    DateCode,    // as printed: "1452"
    Part,        // the maker's part number
    CustomerPart,
    SupplierPart,
    Qty,    // digits without leading zeros
    Count,  // the same
    Order,
    Lic,  // HIBC labeler
    Pcn,  // HIBC product or catalogue number
    Ppn,  // pharmacy product number
    Mac,  // upper-case hex without separators
    Eui64,
    JoinEui,
    Imei,
    Url,
    UnitOfMeasure,  // HIBC packaging level, one digit; 0 = the unit of use
    Link,           // HIBC: the check character of the primary code that this one belongs to
    Giai,           // an asset of its own, AI 8004
    AssetTag,
    VendorHint,   // what the code looks like
    ExpressCode,  // of a Dell service tag
    ForeignKey,   // of another system: "inventree stockitem 437"
    RawText,      // the text of what is nearly something and is not
};

struct Field {
    FieldName name = FieldName::Other;
    std::string value;
    std::string
        code;  // AI "21", data identifier "1P", HIBC flag "$$5", key as printed "S/N"; or ""
};

// What one payload says.
struct Parsed {
    Family family = Family::Plain;
    std::string text;          // trimmed, without the symbology identifier
    std::string symbology_id;  // also one that stood in front of the text; "" = unknown
    std::vector<Field> fields;
    std::string why;                    // why the serial is the serial, or why there is none
    std::vector<std::string> warnings;  // what did not parse or does not fit, in words
    std::string rest;                   // what was not understood, as it stood
    // Other texts that could be the serial. With a serial (a text that may begin with a data
    // identifier) the serial is the first of them; without one they are for the operator.
    std::vector<std::string> readings;
    bool partial = false;  // HIBC: the other half is on another barcode
};

std::string_view name(Family family);    // as in JSON: "gs1", "digital_link"
std::string_view name(FieldName field);  // as in JSON: "secondary_serial"; "" for Other
bool is_number(FieldName field);         // a number in JSON

// The first field of that name; null when there is none.
const std::string* find(const Parsed& parsed, FieldName field);
const Field* find_field(const Parsed& parsed, FieldName field);

}  // namespace label

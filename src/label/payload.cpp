#include "label/payload.hpp"

#include <algorithm>
#include <cstdint>

#include "base/text.hpp"
#include "inventory/serial_number.hpp"
#include "label/characters.hpp"
#include "label/data_identifiers.hpp"
#include "label/digital_link.hpp"
#include "label/epc.hpp"
#include "label/gs1.hpp"
#include "label/hibc.hpp"
#include "label/identifiers.hpp"
#include "label/iso15434.hpp"
#include "label/vendor.hpp"

namespace label {
namespace {

constexpr std::size_t kLinesMax = 8;

// Symbology identifiers that say "GS1 inside" (ISO/IEC 15424, General Specifications 5.1).
constexpr std::string_view kGs1Ids[] = {"]C1", "]d2", "]Q3", "]e0", "]J1"};

bool is_gs1(std::string_view symbology_id) {
    return std::ranges::find(kGs1Ids, symbology_id) != std::end(kGs1Ids);
}

// Scanners that are keyboards send the identifier in front of the text.
std::string_view identifier_in_front(std::string_view text) {
    static constexpr std::string_view kCodes = "ACEFGHIKLMOPQRSTUXZdejhz";
    const bool is_one = text.size() > 3 && text[0] == ']' &&
                        kCodes.find(text[1]) != std::string_view::npos &&
                        (is_digit(text[2]) || is_letter(text[2]));
    return is_one ? text.substr(0, 3) : std::string_view();
}

// What a plain code looks like to those who know the maker. It decides nothing.
void add_hints(Parsed& parsed) {
    const std::string& text = parsed.text;
    // Dell's tags have no vowels and end in a digit; the express code is the same in base 36.
    const auto in_tag = [](char c) {
        return is_digit(c) || (c >= 'A' && c <= 'Z' &&
                               std::string_view("AEIOU").find(c) == std::string_view::npos);
    };
    if (text.size() != 7 || !std::ranges::all_of(text, in_tag) || !is_digit(text.back()) ||
        std::ranges::count_if(text, is_digit) > 5 || all_digits(text))
        return;
    std::uint64_t express = 0;
    for (const char c : text)
        express = express * 36 + static_cast<std::uint64_t>(is_digit(c) ? c - '0' : c - 'A' + 10);
    parsed.fields.push_back({FieldName::VendorHint, "Dell service tag", ""});
    parsed.fields.push_back({FieldName::ExpressCode, std::to_string(express), ""});
}

// A leading S or 1P may be a data identifier or part of the code: both stay possible.
void add_readings(Parsed& parsed) {
    const std::string& text = parsed.text;
    for (const std::string_view prefix : {"S", "1P"}) {
        const std::size_t size = prefix.size();
        if (!text.starts_with(prefix) || text.size() < size + 4 ||
            !(is_digit(text[size]) || is_letter(text[size])))
            continue;
        const auto is_word = [](char c) {
            return is_digit(c) || (c >= 'A' && c <= 'Z') || c == '-';
        };
        const std::string_view behind = std::string_view(text).substr(size);
        // "SN-…" and words are no identifier with data.
        if (behind.starts_with("N-") || !std::ranges::all_of(behind, is_word) ||
            std::ranges::none_of(behind, is_digit))
            continue;
        parsed.readings = {text, std::string(behind)};
    }
}

Parsed plain(std::string_view text) {
    Parsed parsed;
    parsed.text = text;
    if (text.empty()) return parsed;
    if (const auto serial = inventory::parse_serial(text); !serial) {
        parsed.warnings.push_back(serial.error().message);
        parsed.rest = text;
        return parsed;
    }
    parsed.fields.push_back({FieldName::Serial, std::string(text), ""});
    add_readings(parsed);
    add_hints(parsed);
    // Fifteen digits that are nearly an IMEI are said not to be one.
    if (text.size() == 15 && all_digits(text))
        parsed.fields.push_back({FieldName::RawText, std::string(text), ""});
    return parsed;
}

// A character of ASCII that trimming leaves alone.
bool is_visible(char c) { return c > ' ' && c <= '~'; }

bool has_identifier(std::string_view text, const char* separators) {
    while (!text.empty()) {
        const std::size_t end = text.find_first_of(separators);
        if (parse_identifier(stripped(text.substr(0, end)), "]C0")) return true;
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return false;
}

// Several lines without a key, or a row of values with a MAC or an IMEI among them: each is
// something by itself.
std::optional<Parsed> parse_lines(std::string_view text) {
    static constexpr const char *kLineEnds = "\r\n", *kMarks = ",;|\t ";
    const char* separators = kLineEnds;
    if (text.find_first_of(kLineEnds) == std::string_view::npos) {
        if (text.find_first_of(kMarks) == std::string_view::npos || !has_identifier(text, kMarks))
            return std::nullopt;
        separators = kMarks;
    }
    Parsed parsed;
    parsed.family = Family::Lines;
    while (!text.empty()) {
        const std::size_t end = text.find_first_of(separators);
        const std::string_view line = stripped(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        if (line.empty()) continue;
        if (const auto known = parse_identifier(line, "]C0");
            known && parsed.fields.size() < kLinesMax)
            parsed.fields.insert(parsed.fields.end(), known->fields.begin(), known->fields.end());
        else if (is_web_url(line) && parsed.fields.size() < kLinesMax)
            parsed.fields.push_back({FieldName::Url, std::string(line), ""});
        else if (parsed.readings.size() < kLinesMax && inventory::parse_serial(line))
            parsed.readings.emplace_back(line);
        else
            parsed.rest += (parsed.rest.empty() ? "" : "\n") + std::string(line);
    }
    return parsed;
}

std::optional<Parsed> parse_uri(std::string_view text, int century_of) {
    if (text.size() < 4 || !is_letter(text.front())) return std::nullopt;
    if (is_web_url(text)) {
        if (auto parsed = parse_digital_link(text, century_of)) return parsed;
        return parse_url(text, century_of);
    }
    if (auto parsed = parse_epc(text, century_of)) return parsed;
    if (auto parsed = parse_lorawan(text)) return parsed;
    if (auto parsed = parse_wifi_connect(text, century_of)) return parsed;
    return parse_access(text);
}

// In the order of proof: what names itself first, what is found by its shape last.
Parsed recognised(std::string_view text, std::string_view symbology_id, int century_of) {
    std::string why_not;
    if (is_gs1(symbology_id)) {
        if (auto parsed = parse_gs1(text, true, century_of, why_not)) return std::move(*parsed);
    }
    if (auto parsed = parse_iso15434(text, century_of)) return std::move(*parsed);
    if (auto parsed = parse_bracketed_gs1(text, century_of)) return std::move(*parsed);
    if (auto parsed = parse_product_code(text, symbology_id)) return std::move(*parsed);
    if (auto parsed = parse_uri(text, century_of)) return std::move(*parsed);
    if (auto parsed = parse_hibc(text, century_of)) return std::move(*parsed);
    std::string ignored;
    if (auto parsed = parse_gs1(text, false, century_of, ignored)) return std::move(*parsed);
    if (auto parsed = parse_json(text, century_of)) return std::move(*parsed);
    if (auto parsed = parse_key_values(text, century_of)) return std::move(*parsed);
    if (auto parsed = parse_joined_identifiers(text, century_of)) return std::move(*parsed);
    if (auto parsed = parse_identifier(text, symbology_id)) return std::move(*parsed);
    if (auto parsed = parse_lines(text)) return std::move(*parsed);
    Parsed parsed = plain(text);
    if (is_gs1(symbology_id) && !text.empty()) {
        parsed.warnings.push_back(why_not.empty() ? "the barcode says GS1, its content is not"
                                                  : why_not);
        parsed.fields.push_back({FieldName::RawText, std::string(text), ""});
    }
    return parsed;
}

std::string explained(const Parsed& parsed) {
    if (const Field* serial = find_field(parsed, FieldName::Serial)) {
        if (parsed.family == Family::Plain) return "the only plain code";
        std::string what;
        switch (parsed.family) {
            case Family::Gs1:
            case Family::BracketedGs1:
            case Family::DigitalLink:
            case Family::Epc: what = "AI "; break;
            case Family::Iso15434:
            case Family::DataIdentifiers: what = "data identifier "; break;
            case Family::Hibc: what = "HIBC "; break;
            case Family::Plain:
            case Family::ProductCode:
            case Family::Mac:
            case Family::Imei:
            case Family::LoraWan:
            case Family::WifiConnect:
            case Family::Access:
            case Family::KeyValue:
            case Family::Json:
            case Family::Url:
            case Family::Lines: what = "key "; break;
        }
        return "the field named serial (" + what + serial->code + ")";
    }
    if (!parsed.readings.empty() && parsed.family == Family::Lines)
        return "several codes could be the serial; pick one";
    if (find(parsed, FieldName::Sscc) != nullptr) return "a box (SSCC), not a unit";
    if (const std::string* count = find(parsed, FieldName::Count);
        count != nullptr && *count != "1")
        return "a box, not a unit";
    if (find(parsed, FieldName::Gtin) != nullptr) return "only a product code, no serial";
    if (parsed.family == Family::Mac)
        return find(parsed, FieldName::Mac) != nullptr ? "only a MAC address, no serial"
                                                       : "only an EUI-64, no serial";
    if (parsed.family == Family::Imei) return "only an IMEI, no serial";
    return "no serial";
}

}  // namespace

bool is_named_serial(const Parsed& parsed) {
    return parsed.family != Family::Plain && find(parsed, FieldName::Serial) != nullptr;
}

Parsed parse_part(const Payload& payload, int century_of) {
    if (payload.text.size() > kPayloadSizeMax) {
        Parsed parsed;
        parsed.text = payload.text;
        parsed.rest = payload.text;
        parsed.why = "no serial";
        parsed.warnings.emplace_back("no barcode holds so much; nothing of it is read");
        return parsed;
    }
    std::string trimmed;
    std::string_view text = payload.text;
    if (!text.empty() && !(is_visible(text.front()) && is_visible(text.back()))) {
        trimmed = base::trim(text);
        text = trimmed;
    }
    std::string_view symbology_id = payload.symbology_id;
    if (const auto in_front = identifier_in_front(text);
        !in_front.empty() && (symbology_id.empty() || in_front == symbology_id)) {
        symbology_id = in_front;
        text.remove_prefix(3);
    }
    Parsed parsed = recognised(text, symbology_id, century_of);
    parsed.text = text;
    parsed.symbology_id = symbology_id;
    parsed.why = explained(parsed);
    if (!parsed.rest.empty() && parsed.warnings.empty())
        parsed.warnings.push_back("\"" + base::printable(parsed.rest) + "\" is not understood");
    return parsed;
}

Parsed parse(const Payload& payload, int century_of) {
    Parsed parsed = parse_part(payload, century_of);
    if (parsed.family == Family::Gs1 || parsed.family == Family::BracketedGs1) {
        std::vector<const Field*> fields;
        fields.reserve(parsed.fields.size());
        for (const Field& field : parsed.fields) fields.push_back(&field);
        for (std::string& warning : pair_warnings(fields))
            parsed.warnings.push_back(std::move(warning));
    }
    return parsed;
}

}  // namespace label

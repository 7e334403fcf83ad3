#include "label/vendor.hpp"

#include <algorithm>
#include <vector>

#include "label/characters.hpp"
#include "label/identifiers.hpp"

namespace label {
namespace {

constexpr std::size_t kPairsMax = 64, kKeySizeMax = 32;

// A key in front of ":" or "=", near the beginning; empty when there is none.
std::string_view key_of(std::string_view piece) {
    const std::size_t end = piece.substr(0, kKeySizeMax + 1).find_first_of(":=");
    return end == std::string_view::npos ? std::string_view() : stripped(piece.substr(0, end));
}

bool is_wordlike(std::string_view key) {
    return !key.empty() && is_letter(key.front()) && std::ranges::all_of(key, [](char c) {
        return is_letter(c) || is_digit(c) || c == ' ' || c == '_' || c == '/' || c == '.' ||
               c == '-' || c == '#';
    });
}

// "PID:" or "VID=", but not "http://".
bool begins_with_label(std::string_view text) {
    std::size_t letters = 0;
    while (letters < text.size() && letters < kKeySizeMax && is_letter(text[letters])) ++letters;
    const std::string_view behind = text.substr(letters);
    return letters > 1 && !behind.starts_with("://") &&
           (behind.starts_with(':') || behind.starts_with('='));
}

// Whether `piece` ends at `mark`, given what follows it. Commas and blanks stand in values, too.
bool ends_piece(std::string_view piece, char mark, std::string_view after) {
    if (mark == ';' || mark == '\n' || mark == '\r' || mark == '\t' || mark == '|') return true;
    while (!after.empty() && after.front() == ' ') after.remove_prefix(1);
    const std::string_view key = key_of(after);
    if (mark == ',' || mark == '&') return is_wordlike(key);
    if (key.size() > 1 && is_known_key(key)) return true;
    return !key_of(piece).empty() && begins_with_label(after);
}

std::vector<std::string_view> pieces_of(std::string_view text) {
    std::vector<std::string_view> pieces;
    std::size_t begin = 0;
    bool in_url = false;  // there "&" and "," go on
    for (std::size_t i = 0; i <= text.size() && pieces.size() < kPairsMax; ++i) {
        const char c = i < text.size() ? text[i] : ';';
        if (c == '/' && text.substr(0, i + 2).ends_with("://")) in_url = true;
        const bool soft = c == ',' || c == '&';
        if (std::string_view(";\n\r\t|, &").find(c) == std::string_view::npos || (in_url && soft))
            continue;
        // Of several blanks the last one decides, so that a long row of them costs nothing.
        if (c == ' ' && text.substr(i + 1).starts_with(' ')) continue;
        if (i < text.size() && !ends_piece(text.substr(begin, i - begin), c, text.substr(i + 1)))
            continue;
        if (const auto piece = stripped(text.substr(begin, i - begin)); !piece.empty())
            pieces.push_back(piece);
        begin = i + 1;
        in_url = false;
    }
    if (begin < text.size()) pieces.push_back(text.substr(begin));
    return pieces;
}

// Whether the value can be nothing else than what its key says.
bool fits_only(FieldName name, std::string_view value) {
    value = stripped(value);
    return (name == FieldName::Mac && named_mac(value)) ||
           (name == FieldName::Eui64 && named_eui64(value)) ||
           (name == FieldName::Imei && as_imei(value));
}

// "S/N ABC", "Serial No. ABC", "MAC 00:1E:…": a key that no serial begins with, then a blank.
std::string_view key_before_blank(std::string_view piece) {
    std::size_t words = 0;
    std::string_view key;
    for (std::size_t at = piece.find(' '); at != std::string_view::npos && words < 3;
         at = piece.find(' ', at + 1), ++words) {
        const std::string_view front = piece.substr(0, at);
        const bool telling =
            front.find('/') != std::string_view::npos || starts_with_any_case(front, "serial");
        if (is_known_key(front) && (telling || fits_only(field_of_key(front), piece.substr(at))))
            key = front;
    }
    return key;
}

// Whether the pair makes the text one of pairs. A single letter is a key only where its value fits.
bool counts(const Parsed& parsed, std::string_view key) {
    return is_known_key(key) && (key.size() > 1 || (!parsed.fields.empty() &&
                                                    parsed.fields.back().name != FieldName::Other));
}

void keep_rest(Parsed& parsed, std::string_view piece) {
    parsed.rest += (parsed.rest.empty() ? "" : ";") + std::string(piece);
}

}  // namespace

std::optional<Parsed> parse_key_values(std::string_view text, int century_of) {
    if (text.find_first_of(":= ") == std::string_view::npos) return std::nullopt;
    Parsed parsed;
    parsed.family = Family::KeyValue;
    bool any = false;
    for (const std::string_view piece : pieces_of(text)) {
        std::string_view key = key_of(piece), value;
        if (!is_known_key(key))
            if (const auto before = key_before_blank(piece); !before.empty()) {
                key = before;
                value = piece.substr(key.size());
            }
        if (key.empty()) {
            keep_rest(parsed, piece);
            continue;
        }
        if (value.empty()) value = piece.substr(piece.find_first_of(":=") + 1);
        add_pair(parsed, key, value, century_of);
        any = any || counts(parsed, key);
    }
    if (!any) return std::nullopt;
    return parsed;
}

std::optional<Parsed> parse_lorawan(std::string_view text) {
    std::string_view rest = text;
    if (starts_with_any_case(rest, "urn:")) rest.remove_prefix(4);
    if (!starts_with_any_case(rest, "lw:d")) return std::nullopt;
    rest.remove_prefix(3);
    const std::string_view schema = take_until(rest, ':');
    Parsed parsed;
    parsed.family = Family::LoraWan;
    const auto add_eui = [&](FieldName name, std::string_view code) {
        const std::string_view hex = take_until(rest, ':');
        if (auto eui = named_eui64(hex)) {
            parsed.fields.push_back({name, std::move(*eui), std::string(code)});
        } else {
            parsed.warnings.push_back("the " + std::string(code) + " needs 16 hex digits");
            keep_rest(parsed, hex);
        }
    };
    add_eui(FieldName::JoinEui, "JoinEUI");
    add_eui(FieldName::Eui64, "DevEUI");
    if (const auto profile = take_until(rest, ':'); !profile.empty())
        parsed.fields.push_back({FieldName::Other, std::string(profile), "ProfileID"});
    // In the older "DP" the options stand in this order without a letter when they are not known.
    for (std::size_t count = 0; !rest.empty() && count < kPairsMax; ++count) {
        const std::string_view option = take_until(rest, ':');
        if (option.size() < 2) continue;
        const char letter = option.front();
        // The owner's token (O) is a secret, and not kept.
        if (letter == 'S')
            parsed.fields.push_back({FieldName::Serial, std::string(option.substr(1)), "S"});
        else if (letter == 'P' || letter == 'C')
            parsed.fields.push_back(
                {FieldName::Other, std::string(option.substr(1)), std::string(1, letter)});
        else if (letter != 'O')
            keep_rest(parsed, option);
    }
    if (schema != "D0" && schema != "DP")
        parsed.warnings.push_back("schema " + std::string(schema.substr(0, 8)) + " is not known");
    return parsed;
}

std::optional<Parsed> parse_wifi_connect(std::string_view text, int century_of) {
    if (!text.starts_with("DPP:")) return std::nullopt;
    Parsed parsed;
    parsed.family = Family::WifiConnect;
    std::string_view rest = text.substr(4);
    for (std::size_t count = 0; !rest.empty() && count < kPairsMax; ++count) {
        std::string_view value = take_until(rest, ';');
        const std::string_view key = take_until(value, ':');
        if (value.empty() || key == "K") continue;
        if (key == "M") {
            if (auto mac = named_mac(value))
                parsed.fields.push_back({FieldName::Mac, std::move(*mac), "M"});
            else
                keep_rest(parsed, value);
        } else if (auto info = key == "I" ? parse_key_values(value, century_of) : std::nullopt) {
            parsed.fields.insert(parsed.fields.end(), info->fields.begin(), info->fields.end());
        } else {
            parsed.fields.push_back({FieldName::Other, std::string(value), std::string(key)});
        }
    }
    return parsed;
}

std::optional<Parsed> parse_access(std::string_view text) {
    struct Kind {
        std::string_view begin, what;
    };
    static constexpr Kind kKinds[] = {
        {"wifi:", "access data of a Wi-Fi network"},
        {"mt:", "a Matter setup code"},
        {"x-hm://", "a HomeKit setup code"},
        {"begin:vcard", "a contact"},
        {"mecard:", "a contact"},
        {"mailto:", "a mail address"},
        {"tel:", "a telephone number"},
        {"sms:", "a telephone number"},
        {"smsto:", "a telephone number"},
        {"geo:", "a place on the map"},
        {"otpauth:", "a secret of a login"},
        {"matmsg:", "a mail"},
    };
    for (const Kind& kind : kKinds) {
        if (!starts_with_any_case(text, kind.begin)) continue;
        Parsed parsed;
        parsed.family = Family::Access;
        parsed.warnings.push_back("this is " + std::string(kind.what) + "; it names no unit");
        return parsed;
    }
    return std::nullopt;
}

}  // namespace label

#include "label/epc.hpp"

#include <algorithm>
#include <vector>

#include "inventory/gtin.hpp"
#include "label/characters.hpp"
#include "label/digital_link.hpp"
#include "label/gs1.hpp"

namespace label {
namespace {

// How the parts of an EPC make an element string.
struct Scheme {
    std::string_view name;
    std::string_view key;     // AI
    std::string_view filler;  // in front of the key's digits
    std::size_t digits;       // of company prefix and reference together; 0 = any text
    bool indicator_first;     // the reference begins with what stands before the prefix
    bool check_digit;
    std::string_view extension;  // AI of the last part; "" = it is appended to the key
    std::size_t parts;
};

constexpr Scheme kSchemes[] = {
    {"sgtin", "01", "", 13, true, true, "21", 3},    {"lgtin", "01", "", 13, true, true, "10", 3},
    {"upui", "01", "", 13, true, true, "235", 3},    {"sscc", "00", "", 17, true, true, "", 2},
    {"sgln", "414", "", 12, false, true, "254", 3},  {"pgln", "417", "", 12, false, true, "", 2},
    {"grai", "8003", "0", 12, false, true, "", 3},   {"giai", "8004", "", 0, false, false, "", 2},
    {"gsrn", "8018", "", 17, false, true, "", 2},    {"gsrnp", "8017", "", 17, false, true, "", 2},
    {"gdti", "253", "", 12, false, true, "", 3},     {"sgcn", "255", "", 12, false, true, "", 3},
    {"cpi", "8010", "", 0, false, false, "8011", 3}, {"ginc", "401", "", 0, false, false, "", 2},
    {"gsin", "402", "", 16, false, true, "", 2},     {"itip", "8006", "", 13, true, true, "21", 5},
};

constexpr std::size_t kPartsMax = 6;

Parsed refused(std::string_view text, std::string_view why) {
    Parsed parsed;
    parsed.family = Family::Epc;
    parsed.warnings.emplace_back(why);
    parsed.rest = text;
    return parsed;
}

void add(Parsed& parsed, std::string_view code, std::string_view value, int century_of) {
    const Ai& ai = *ai_named(code);
    const Misfit found = misfit(ai, value);
    if (found == Misfit::None) {
        add_element(parsed, {&ai, code, value}, century_of);
    } else {
        parsed.warnings.push_back(in_words(found, code, ai, value));
        parsed.rest += (parsed.rest.empty() ? "" : " ") + std::string(value);
    }
}

// The value of the scheme's key; "" when its digits are not as many as they must be.
std::string key_value(const Scheme& scheme, const std::vector<std::string_view>& parts) {
    if (scheme.digits == 0) return std::string(parts[0]) + percent_decoded(parts[1]);
    std::string_view reference = parts[1];
    std::string digits(scheme.indicator_first ? reference.substr(0, 1) : "");
    if (scheme.indicator_first && !reference.empty()) reference.remove_prefix(1);
    digits.append(parts[0]).append(reference);
    if (digits.size() != scheme.digits || !all_digits(digits)) return "";
    if (scheme.check_digit) digits += inventory::gtin_check_digit(digits);
    return std::string(scheme.filler) + digits;
}

// Identities whose parts are no GS1 key: cage code, part, serial.
std::optional<Parsed> parse_cage(std::string_view scheme,
                                 const std::vector<std::string_view>& parts) {
    const bool is_adi = scheme == "adi" && parts.size() == 3;
    const bool is_usdod = scheme == "usdod" && parts.size() == 2;
    const bool is_gid = scheme == "gid" && parts.size() == 3;
    if (!is_adi && !is_usdod && !is_gid) return std::nullopt;
    if (parts.front().empty() || parts.back().empty()) return std::nullopt;
    Parsed parsed;
    parsed.family = Family::Epc;
    parsed.fields.push_back({FieldName::Other, std::string(parts[0]), is_gid ? "manager" : "cage"});
    if (parts.size() == 3 && !parts[1].empty())
        parsed.fields.push_back({is_gid ? FieldName::Other : FieldName::Part,
                                 percent_decoded(parts[1]), is_gid ? "class" : "part"});
    parsed.fields.push_back(
        {FieldName::Serial, percent_decoded(parts.back()), std::string(scheme)});
    return parsed;
}

}  // namespace

std::optional<Parsed> parse_epc(std::string_view text, int century_of) {
    if (!starts_with_any_case(text, "urn:epc:")) return std::nullopt;
    std::string_view rest = text.substr(8);
    const std::string_view form = take_until(rest, ':');  // id, tag, class, idpat, raw
    std::string_view name = take_until(rest, ':');
    const bool is_tag = form == "tag";
    name = name.substr(0, is_tag ? name.find('-') : name.size());
    std::vector<std::string_view> parts;
    while (!rest.empty() && parts.size() < kPartsMax) parts.push_back(take_until(rest, '.'));
    if (is_tag && !parts.empty()) parts.erase(parts.begin());  // the filter value of the tag
    if (auto parsed = parse_cage(name, parts)) return parsed;
    const auto scheme = std::ranges::find(kSchemes, name, &Scheme::name);
    if (scheme == std::end(kSchemes))
        return refused(text, "no EPC scheme \"" + std::string(name.substr(0, 20)) + "\" is known");
    if (parts.size() > scheme->parts) {  // the last part may hold dots itself
        const char* begin = parts[scheme->parts - 1].data();
        parts.resize(scheme->parts);
        parts.back() = text.substr(static_cast<std::size_t>(begin - text.data()));
    }
    if (parts.size() < 2) return refused(text, "the EPC has too few parts");
    std::string key = key_value(*scheme, parts);
    if (key.empty())
        return refused(text, "company prefix and reference need " + std::to_string(scheme->digits) +
                                 " digits together");
    Parsed parsed;
    parsed.family = Family::Epc;
    std::string last = parts.size() > 2 ? percent_decoded(parts.back()) : "";
    if (last == "*") last.clear();  // a pattern for all of them
    if (scheme->parts == 5 && parts.size() == 5) key.append(parts[2]).append(parts[3]);
    if (scheme->extension.empty()) key += last;
    add(parsed, scheme->key, key, century_of);
    // An SGLN without extension says so by "0".
    const bool has_extension = !last.empty() && !(scheme->extension == "254" && last == "0");
    if (!scheme->extension.empty() && has_extension)
        add(parsed, scheme->extension, last, century_of);
    if (scheme->extension == "235")
        if (const std::string* serial = find(parsed, FieldName::ThirdPartySerial))
            parsed.fields.push_back({FieldName::Serial, std::string(*serial), "235"});
    return parsed;
}

}  // namespace label

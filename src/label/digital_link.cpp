#include "label/digital_link.hpp"

#include <algorithm>

#include "label/characters.hpp"
#include "label/gs1.hpp"
#include "label/vendor.hpp"

namespace label {
namespace {

constexpr std::size_t kPartsMax = 64;

struct AlphaKey {
    std::string_view word, code;
};

// Deprecated since release 1.2, still printed.
constexpr AlphaKey kAlphaKeys[] = {
    {"cpid", "8010"}, {"cpsn", "8011"}, {"cpv", "22"},   {"exp", "17"},    {"gcn", "255"},
    {"gdti", "253"},  {"giai", "8004"}, {"ginc", "401"}, {"gln", "414"},   {"glnx", "254"},
    {"gmn", "8013"},  {"grai", "8003"}, {"gsin", "402"}, {"gsrn", "8018"}, {"gsrnp", "8017"},
    {"gtin", "01"},   {"itip", "8006"}, {"lot", "10"},   {"party", "417"}, {"refno", "8020"},
    {"ser", "21"},    {"srin", "8019"}, {"sscc", "00"},  {"use-by", "17"}, {"exp-date", "17"},
};

constexpr std::string_view kPrimaryKeys[] = {"00",   "01",   "253",  "255",  "401",  "402",
                                             "414",  "415",  "417",  "8003", "8004", "8006",
                                             "8010", "8013", "8017", "8018"};

// An attribute or key as its application identifier; "" when it is none.
std::string_view code_of(std::string_view word) {
    for (const AlphaKey& key : kAlphaKeys)
        if (key.word == word) return key.code;
    return ai_named(word) != nullptr ? word : std::string_view();
}

bool is_primary(std::string_view code) {
    return std::ranges::find(kPrimaryKeys, code) != std::end(kPrimaryKeys);
}

// A GTIN may be written short in a path.
std::string padded(std::string_view code, const std::string& value) {
    const bool short_gtin = code == "01" && all_digits(value) &&
                            (value.size() == 8 || value.size() == 12 || value.size() == 13);
    return short_gtin ? std::string(14 - value.size(), '0') + value : value;
}

bool can_be(std::string_view code, std::string_view raw) {
    const Misfit found = misfit(*ai_named(code), padded(code, percent_decoded(raw)));
    return found == Misfit::None || found == Misfit::CheckDigit;
}

void add(Parsed& parsed, std::string_view code, std::string value, int century_of) {
    const Ai& ai = *ai_named(code);
    value = padded(code, value);
    const Misfit found = misfit(ai, value);
    const bool is_bent = found == Misfit::Characters && ai.parts[0].charset != Charset::Numeric;
    if (found != Misfit::None) parsed.warnings.push_back(in_words(found, code, ai, value));
    if (found == Misfit::None || is_bent) {
        add_element(parsed, {&ai, code, value}, century_of);
    } else {
        parsed.rest += (parsed.rest.empty() ? "" : " ") + std::string(code) + "/" + value;
    }
}

struct Url {
    std::string_view path, query;
};

Url split_url(std::string_view text) {
    text = text.substr(0, text.find('#'));
    Url url;
    const std::size_t query = text.find('?');
    if (query != std::string_view::npos) url.query = text.substr(query + 1);
    text = text.substr(0, query);
    text.remove_prefix(text.find("//") + 2);
    const std::size_t path = text.find('/');
    if (path != std::string_view::npos) url.path = text.substr(path + 1);
    return url;
}

std::string query_decoded(std::string_view text) {
    std::string with_blanks(text);
    std::ranges::replace(with_blanks, '+', ' ');
    return percent_decoded(with_blanks);
}

// All of the link's data is one segment of base64url (Digital Link compression). Other hosts have
// short links of their own that look the same, so only that of GS1 is told.
bool looks_compressed(std::string_view url) {
    constexpr std::size_t kSizeMin = 10;  // a key alone
    const auto [path, query] = split_url(url);
    std::string_view host = url.substr(url.find("//") + 2);
    host = host.substr(0, host.find_first_of("/?#"));
    const auto is_base64 = [](char c) {
        return is_digit(c) || is_letter(c) || c == '-' || c == '_';
    };
    return starts_with_any_case(host, "id.gs1.org") && path.size() >= kSizeMin &&
           std::ranges::all_of(path, is_base64);
}

void add_query(Parsed& parsed, std::string_view query, int century_of) {
    for (std::size_t parts = 0; !query.empty() && parts < kPartsMax; ++parts) {
        const std::size_t end = query.find_first_of("&;");
        std::string_view pair = query.substr(0, end);
        query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
        const std::string_view code = code_of(take_until(pair, '='));
        if (!code.empty() && !pair.empty()) add(parsed, code, query_decoded(pair), century_of);
    }
}

}  // namespace

bool is_web_url(std::string_view text) {
    return starts_with_any_case(text, "http://") || starts_with_any_case(text, "https://");
}

std::string percent_decoded(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                            hex_value(text[i + 2]) >= 0;
        decoded += escape ? static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]))
                          : text[i];
        if (escape) i += 2;
    }
    return decoded;
}

std::optional<Parsed> parse_digital_link(std::string_view url, int century_of) {
    const auto [path, query] = split_url(url);
    std::vector<std::string_view> segments;
    for (std::string_view rest = path; !rest.empty();) {
        segments.push_back(take_until(rest, '/'));
        if (segments.size() > kPartsMax) return std::nullopt;
    }
    std::size_t key = 0;
    while (key + 1 < segments.size()) {
        const std::string_view code = code_of(segments[key]);
        if (is_primary(code) && can_be(code, segments[key + 1])) break;
        ++key;
    }
    if (key + 1 >= segments.size()) return std::nullopt;
    Parsed parsed;
    parsed.family = Family::DigitalLink;
    for (std::size_t i = key; i < segments.size(); i += 2) {
        const std::string_view code = code_of(segments[i]);
        if (code.empty() || i + 1 == segments.size() || segments[i + 1].empty()) {
            parsed.warnings.push_back("the path ends in what is no key with a value");
            for (; i < segments.size(); ++i)
                parsed.rest += (parsed.rest.empty() ? "" : "/") + std::string(segments[i]);
            break;
        }
        add(parsed, code, percent_decoded(segments[i + 1]), century_of);
    }
    add_query(parsed, query, century_of);
    const Field* third = find_field(parsed, FieldName::ThirdPartySerial);
    if (third != nullptr && find(parsed, FieldName::Serial) == nullptr) {
        Field serial = *third;
        serial.name = FieldName::Serial;
        parsed.fields.push_back(std::move(serial));
    }
    return parsed;
}

Parsed parse_url(std::string_view url, int century_of) {
    Parsed parsed;
    parsed.family = Family::Url;
    parsed.fields.push_back({FieldName::Url, std::string(url), ""});
    if (looks_compressed(url))
        parsed.warnings.emplace_back(
            "a compressed GS1 Digital Link, which is not read; scan another code of the item");
    std::string_view query = split_url(url).query;
    for (std::size_t parts = 0; !query.empty() && parts < kPartsMax; ++parts) {
        std::string_view pair = take_until(query, '&');
        const std::string_view key = take_until(pair, '=');
        if (!pair.empty() && is_known_key(key) && field_of_key(key) != FieldName::Url)
            add_pair(parsed, key, query_decoded(pair), century_of);
    }
    return parsed;
}

}  // namespace label

#include "label/gs1.hpp"

#include <algorithm>

#include "label/characters.hpp"
#include "label/dates.hpp"

namespace label {
namespace {

constexpr std::string_view kSeparator = "\x1d";

struct AiField {
    std::uint16_t ai;
    std::uint8_t digits;
    FieldName name;
};

// In the order of trust: of two for one name the first in this list is shown first.
constexpr AiField kAiFields[] = {
    {0, 2, FieldName::Sscc},
    {1, 2, FieldName::Gtin},
    {2, 2, FieldName::Gtin},
    {3, 2, FieldName::Gtin},
    {10, 2, FieldName::Lot},
    {11, 2, FieldName::Production},
    {15, 2, FieldName::BestBefore},
    {17, 2, FieldName::Expiry},
    {21, 2, FieldName::Serial},
    {30, 2, FieldName::Count},
    {37, 2, FieldName::Count},
    {235, 3, FieldName::ThirdPartySerial},
    {240, 3, FieldName::Part},
    {241, 3, FieldName::CustomerPart},
    {250, 3, FieldName::SecondarySerial},
    {400, 3, FieldName::Order},
    {7003, 4, FieldName::Expiry},
    {8003, 4, FieldName::Grai},
    {8004, 4, FieldName::Giai},
    {8006, 4, FieldName::Gtin},
    {8008, 4, FieldName::Production},
    {8010, 4, FieldName::Part},
    {8011, 4, FieldName::Serial},
    {8026, 4, FieldName::Gtin},
    {8200, 4, FieldName::Url},
};

FieldName field_of(const Ai& ai) {
    for (const AiField& row : kAiFields)
        if (row.ai == ai.first && row.digits == ai.digits) return row.name;
    return FieldName::Other;
}

// What separators are turned into on their way through keyboards and text files. The short ones
// are also ordinary characters of serials, so they count only where nothing else explains them.
constexpr std::string_view kSpelledOut[] = {"{GS}",  "<GS>",    "^]",  "\xE2\x90\x9D", "\\x1d",
                                            "\\x1D", "Alt+029", "%1D", "%1d",          "\\u001d"};
constexpr std::string_view kShort[] = {"|", "#", "~", "^"};

constexpr auto kBeginsStandIn = [] {
    std::array<bool, 256> begins{};
    for (const std::string_view stand_in : kSpelledOut)
        begins[static_cast<unsigned char>(stand_in.front())] = true;
    for (const std::string_view stand_in : kShort)
        begins[static_cast<unsigned char>(stand_in.front())] = true;
    return begins;
}();

bool begins_stand_in(char c) { return kBeginsStandIn[static_cast<unsigned char>(c)]; }

std::string replaced(std::string_view text, std::string_view stand_in) {
    std::string result;
    result.reserve(text.size());
    while (!text.empty()) {
        const std::size_t at = text.find(stand_in);
        result += text.substr(0, at);
        if (at == std::string_view::npos) break;
        result += kSeparator;
        text.remove_prefix(at + stand_in.size());
    }
    return result;
}

struct Reading {
    std::string text;
    bool spelled_out = false;  // only stand-ins were replaced that are nothing else
};

// The texts to try besides the one at hand.
std::vector<Reading> with_stand_ins(std::string_view text) {
    std::vector<Reading> texts;
    if (std::ranges::none_of(text, begins_stand_in)) return texts;
    std::string spelled(text);
    for (const std::string_view stand_in : kSpelledOut)
        if (spelled.find(stand_in) != std::string::npos) spelled = replaced(spelled, stand_in);
    if (spelled.size() != text.size()) texts.push_back({spelled, true});
    for (const std::string_view stand_in : kShort)
        if (spelled.find(stand_in) != std::string::npos)
            texts.push_back({replaced(spelled, stand_in), false});
    return texts;
}

bool reads_better(const Elements& one, const Elements& other) {
    if (one.problems.size() != other.problems.size())
        return one.problems.size() < other.problems.size();
    return one.problems.empty() && one.elements.size() > other.elements.size();
}

bool is_key_with_check_digit(const Ai& ai) {
    const auto has_one = [](const Part& part) { return part.rule == Rule::CheckDigit; };
    return std::ranges::any_of(ai.parts, has_one);
}

// Without a flag, a text of digits is not GS1 because its first ones happen to be an identifier.
// `separated`: a separator stands in it, or what is nothing else than one spelled out.
bool proves_itself(const Elements& split, std::string_view text, bool separated) {
    if (split.elements.empty()) return false;
    const Element& first = split.elements.front();
    const bool key_first = text.find(first.code) <= 1 && is_key_with_check_digit(*first.ai);
    if (split.problems.empty()) return key_first || separated;
    return key_first && split.elements.size() > 1;
}

bool may_begin_gs1(std::string_view text) {
    if (text.empty()) return false;
    return text.starts_with(kSeparator) || begins_stand_in(text.front()) ||
           find_ai(text) != nullptr;
}

Parsed to_parsed(const Elements& split, int century_of) {
    Parsed parsed;
    parsed.family = Family::Gs1;
    parsed.fields.reserve(split.elements.size() + 1);
    parsed.warnings = split.problems;
    parsed.warnings.insert(parsed.warnings.end(), split.notes.begin(), split.notes.end());
    parsed.rest = split.rest;
    for (const Element& element : split.elements) add_element(parsed, element, century_of);
    // AI 235 serves where there is no AI 21 (labels without a maker's own serial).
    const Field* third = find_field(parsed, FieldName::ThirdPartySerial);
    if (third != nullptr && find(parsed, FieldName::Serial) == nullptr) {
        Field serial = *third;
        serial.name = FieldName::Serial;
        parsed.fields.push_back(std::move(serial));
    }
    return parsed;
}

void add_date(Parsed& parsed, FieldName name, const Element& element, int century_of) {
    const auto date = from_yymmdd(element.value.substr(0, 6), century_of);
    if (date)
        parsed.fields.push_back({name, inventory::to_iso(*date), std::string(element.code)});
    else  // 29 February of a year that has none in this century
        parsed.warnings.push_back(in_words(Misfit::Date, element.code, *element.ai, element.value));
}

}  // namespace

void add_element(Parsed& parsed, const Element& element, int century_of) {
    const FieldName name = field_of(*element.ai);
    if (name == FieldName::Expiry || name == FieldName::BestBefore ||
        name == FieldName::Production) {
        add_date(parsed, name, element, century_of);
        return;
    }
    std::string_view value = element.value;
    if (name == FieldName::Gtin) value = value.substr(0, 14);
    if (name == FieldName::Grai) value.remove_prefix(1);
    if (name == FieldName::Count) value = without_zeros(value);
    parsed.fields.push_back({name, std::string(value), std::string(element.code)});
    if (name == FieldName::Count && value != "1")
        parsed.warnings.push_back("case code: qty " + std::string(value) + " is not one unit");
    // The asset type is on every asset of its kind; what follows tells them apart.
    if (name == FieldName::Grai && value.size() > 13)
        parsed.fields.push_back(
            {FieldName::Serial, std::string(value.substr(13)), std::string(element.code)});
}

std::optional<Parsed> parse_gs1(std::string_view text, bool flagged, int century_of,
                                std::string& why_not) {
    // One look at the first digits spares most plain codes the rest.
    if (!flagged && !may_begin_gs1(text)) return std::nullopt;
    Elements best = split_gs1(text);
    std::string_view best_text = text;
    bool separated = text.find(kSeparator) != std::string_view::npos;
    const std::vector<Reading> readings = with_stand_ins(text);
    for (const Reading& reading : readings) {
        Elements split = split_gs1(reading.text);
        if (!reads_better(split, best)) continue;
        best = std::move(split);
        best_text = reading.text;
        separated = separated || reading.spelled_out;
    }
    if (flagged ? best.elements.empty() && !best.misread
                : !proves_itself(best, best_text, separated)) {
        if (!best.problems.empty()) why_not = best.problems.front();
        return std::nullopt;
    }
    return to_parsed(best, century_of);
}

std::optional<Parsed> parse_bracketed_gs1(std::string_view text, int century_of) {
    const auto split = split_bracketed_gs1(text);
    if (!split || (split->elements.empty() && split->problems.empty())) return std::nullopt;
    Parsed parsed = to_parsed(*split, century_of);
    parsed.family = Family::BracketedGs1;
    return parsed;
}

}  // namespace label

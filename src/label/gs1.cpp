#include "label/gs1.hpp"

#include <algorithm>

namespace label {
namespace {

constexpr char kGroupSeparator = '\x1d';

// Application identifiers by their first digits: how many digits the identifier has, and how long
// its value may be. `fixed`: the value has exactly `length` characters and no separator behind it.
struct AiRule {
    std::string_view prefix;
    std::size_t digits;
    std::size_t length;
    bool fixed;
};

constexpr AiRule kRules[] = {
    {"00", 2, 18, true},  {"01", 2, 14, true},  {"02", 2, 14, true},   {"03", 2, 14, true},
    {"10", 2, 20, false}, {"11", 2, 6, true},   {"12", 2, 6, true},    {"13", 2, 6, true},
    {"15", 2, 6, true},   {"16", 2, 6, true},   {"17", 2, 6, true},    {"20", 2, 2, true},
    {"21", 2, 20, false}, {"22", 2, 20, false}, {"235", 3, 28, false}, {"24", 3, 30, false},
    {"25", 3, 30, false}, {"30", 2, 8, false},  {"31", 4, 6, true},    {"32", 4, 6, true},
    {"33", 4, 6, true},   {"34", 4, 6, true},   {"35", 4, 6, true},    {"36", 4, 6, true},
    {"37", 2, 8, false},  {"39", 4, 18, false}, {"40", 3, 30, false},  {"41", 3, 13, true},
    {"42", 3, 20, false}, {"43", 4, 70, false}, {"70", 4, 30, false},  {"71", 3, 20, false},
    {"72", 4, 30, false}, {"80", 4, 90, false}, {"81", 4, 70, false},  {"82", 4, 70, false},
    {"90", 2, 30, false}, {"91", 2, 90, false}, {"92", 2, 90, false},  {"93", 2, 90, false},
    {"94", 2, 90, false}, {"95", 2, 90, false}, {"96", 2, 90, false},  {"97", 2, 90, false},
    {"98", 2, 90, false}, {"99", 2, 90, false},
};

bool all_digits(std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

const AiRule* rule_for(std::string_view text) {
    for (const AiRule& rule : kRules)
        if (text.starts_with(rule.prefix) && text.size() >= rule.digits &&
            all_digits(text.substr(0, rule.digits)))
            return &rule;
    return nullptr;
}

}  // namespace

Elements split_gs1(std::string_view text) {
    Elements split;
    while (!text.empty()) {
        if (text.front() == kGroupSeparator) {  // doubled, leading and trailing ones mean nothing
            text.remove_prefix(1);
            continue;
        }
        const AiRule* rule = rule_for(text);
        if (rule == nullptr) break;
        const std::string_view after = text.substr(rule->digits);
        const std::string_view field = after.substr(0, after.find(kGroupSeparator));
        const std::string_view value = rule->fixed ? field.substr(0, rule->length) : field;
        if (value.empty() || value.size() > rule->length ||
            (rule->fixed && value.size() < rule->length))
            break;
        split.elements.push_back({std::string(text.substr(0, rule->digits)), std::string(value)});
        text = after.substr(value.size());
    }
    split.rest = text;
    return split;
}

std::optional<Elements> split_bracketed_gs1(std::string_view text) {
    Elements split;
    while (!text.empty()) {
        const std::size_t close = text.find(')');
        if (text.front() != '(' || close == std::string_view::npos) return std::nullopt;
        const std::string_view ai = text.substr(1, close - 1);
        const AiRule* rule = rule_for(ai);
        if (rule == nullptr || rule->digits != ai.size()) return std::nullopt;
        // A bracket may be part of a value, so the next field begins where a known identifier
        // stands.
        std::size_t end = text.find('(', close);
        while (end != std::string_view::npos) {
            const std::size_t next_close = text.find(')', end);
            if (next_close == std::string_view::npos) {
                end = std::string_view::npos;
                break;
            }
            const std::string_view next = text.substr(end + 1, next_close - end - 1);
            const AiRule* next_rule = rule_for(next);
            if (next_rule != nullptr && next_rule->digits == next.size()) break;
            end = text.find('(', end + 1);
        }
        const std::string_view value = text.substr(
            close + 1, end == std::string_view::npos ? std::string_view::npos : end - close - 1);
        if (value.empty() || value.size() > rule->length) return std::nullopt;
        split.elements.push_back({std::string(ai), std::string(value)});
        text = end == std::string_view::npos ? std::string_view() : text.substr(end);
    }
    if (split.elements.empty()) return std::nullopt;
    return split;
}

std::optional<inventory::Date> gs1_date(std::string_view digits, int century_of) {
    if (digits.size() != 6 || !all_digits(digits)) return std::nullopt;
    const auto number = [digits](std::size_t at) {
        return (digits[at] - '0') * 10 + (digits[at + 1] - '0');
    };
    int year = century_of - century_of % 100 + number(0);
    if (year - century_of >= 51) year -= 100;
    if (year - century_of <= -50) year += 100;
    const std::chrono::year_month month =
        std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(number(2)));
    if (!month.ok()) return std::nullopt;
    if (number(4) == 0) return inventory::Date(month / std::chrono::last);
    const inventory::Date date = month / std::chrono::day(static_cast<unsigned>(number(4)));
    return date.ok() ? std::optional(date) : std::nullopt;
}

}  // namespace label

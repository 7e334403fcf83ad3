// Which application identifiers go together.
#include "label/characters.hpp"
#include "label/gs1.hpp"

namespace label {
namespace {

using Codes = std::vector<std::string_view>;

// "310n": any digit where an n stands.
bool matches(std::string_view pattern, std::string_view code) {
    if (pattern.size() != code.size()) return false;
    for (std::size_t i = 0; i < code.size(); ++i)
        if (pattern[i] != code[i] && pattern[i] != 'n') return false;
    return true;
}

bool is_here(std::string_view pattern, const Codes& codes) {
    for (const std::string_view code : codes)
        if (matches(pattern, code)) return true;
    return false;
}

// One of "01,02", or both of one with "+".
bool is_met(std::string_view options, const Codes& codes) {
    while (!options.empty()) {
        std::string_view option = take_until(options, ',');
        bool all = true;
        while (!option.empty()) all = is_here(take_until(option, '+'), codes) && all;
        if (all) return true;
    }
    return false;
}

std::string listed(std::string_view options) {
    std::string words;
    while (!options.empty()) {
        const std::string_view option = take_until(options, ',');
        words += (words.empty() ? "" : options.empty() ? " or " : ", ") + std::string(option);
    }
    return words;
}

}  // namespace

std::vector<std::string> pair_warnings(const std::vector<const Field*>& fields) {
    std::vector<std::string> warnings;
    Codes codes;
    codes.reserve(fields.size());
    for (const Field* field : fields)
        if (!is_here(field->code, codes)) codes.push_back(field->code);
    for (const std::string_view code : codes) {
        const Ai* ai = ai_named(code);
        if (ai == nullptr) continue;
        for (std::string_view groups = ai->needs; !groups.empty();) {
            const std::string_view options = take_until(groups, ' ');
            if (!is_met(options, codes))
                warnings.push_back("AI " + std::string(code) + " goes with AI " + listed(options) +
                                   ", which is not on this label");
        }
        for (std::string_view others = ai->excludes; !others.empty();) {
            const std::string_view other = take_until(others, ',');
            for (const std::string_view there : codes)
                if (there != code && matches(other, there))
                    warnings.push_back("AI " + std::string(code) + " and AI " + std::string(there) +
                                       " do not go together");
        }
    }
    return warnings;
}

}  // namespace label

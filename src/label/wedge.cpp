#include "label/wedge.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.hpp"

namespace label {
namespace {

// Each character once. Those are left out that a keyboard types only together with the next one.
constexpr std::string_view kHead =
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ -_/+.:;,#%&()*=$!?@<>[]{}|\\";
// Some of them again, in another order: only the sheet itself fits both.
constexpr std::string_view kTail = "9876543210zyZY";
constexpr char kGroupSeparator = '\x1d';
constexpr std::size_t kExtraMax = 16;  // of prefix, separator and terminator together

using Characters = std::vector<std::string>;

Characters characters_of(std::string_view text) {
    Characters characters;
    for (const char byte : text) {
        const bool goes_on = (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
        if (goes_on && !characters.empty())
            characters.back() += byte;
        else
            characters.emplace_back(1, byte);
    }
    return characters;
}

std::string joined(const Characters& characters, std::size_t from, std::size_t to) {
    std::string text;
    for (std::size_t i = from; i < to; ++i) text += characters[i];
    return text;
}

// What arrived for each character when head and tail begin there; nothing when they do not.
std::optional<std::map<char, std::string>> keys_at(const Characters& typed, std::size_t head,
                                                   std::size_t tail) {
    std::map<char, std::string> keys;
    for (std::size_t i = 0; i < kHead.size(); ++i) keys[kHead[i]] = typed[head + i];
    for (std::size_t i = 0; i < kTail.size(); ++i)
        if (keys[kTail[i]] != typed[tail + i]) return std::nullopt;
    std::set<std::string> different;
    for (const auto& [character, arrived] : keys) different.insert(arrived);
    if (different.size() < kHead.size() / 2) return std::nullopt;
    return keys;
}

// Two characters that arrive alike.
std::optional<std::string> alike(const std::map<char, std::string>& keys) {
    std::map<std::string, char> seen;
    for (const auto& [character, arrived] : keys) {
        const auto [other, is_new] = seen.emplace(arrived, character);
        if (!is_new) return std::string{other->second, character};
    }
    return std::nullopt;
}

std::map<std::string, char> meant_by(const Wedge& wedge) {
    std::map<std::string, char> meant;
    for (const char character : kHead) {
        const auto key = wedge.keys.find(character);
        meant[key == wedge.keys.end() ? std::string(1, character) : key->second] = character;
    }
    return meant;
}

std::string meaning(const std::map<std::string, char>& meant, const Characters& typed,
                    std::size_t from) {
    std::string text;
    for (std::size_t i = from; i < typed.size(); ++i) {
        const auto known = meant.find(typed[i]);
        text += known == meant.end() ? typed[i] : std::string(1, known->second);
    }
    return text;
}

std::string replaced(std::string_view text, std::string_view what, char by) {
    std::string result;
    while (!text.empty()) {
        const std::size_t at = std::min(text.find(what), text.size());
        result += text.substr(0, at);
        if (at == text.size()) break;
        result += by;
        text.remove_prefix(at + what.size());
    }
    return result;
}

bool is_symbology_id(std::string_view text) {
    const auto is_between = [](char c, char first, char last) { return c >= first && c <= last; };
    return text.size() == 3 && text[0] == ']' &&
           (is_between(text[1], 'A', 'Z') || is_between(text[1], 'a', 'z')) &&
           is_between(text[2], '0', '9');
}

Result<Wedge> not_learned(std::size_t characters) {
    const std::size_t whole = kHead.size() + kTail.size();
    if (characters < whole && characters > whole / 2)
        return fail(ErrorKind::InvalidInput,
                    std::to_string(whole - characters) +
                        " characters did not arrive: set the scanner to this computer's keyboard "
                        "layout, and scan the sheet again");
    return fail(ErrorKind::InvalidInput,
                "that was not the test sheet; scan the code that is shown");
}

Result<Wedge> made(const Characters& typed, std::size_t head, std::size_t tail,
                   std::map<char, std::string> keys) {
    if (const auto both = alike(keys))
        return fail(ErrorKind::InvalidInput,
                    base::fold((*both).substr(0, 1)) == base::fold((*both).substr(1))
                        ? "large and small letters arrive alike: set the scanner to send them as "
                          "they are, and scan the sheet again"
                        : "\"" + both->substr(0, 1) + "\" and \"" + both->substr(1) +
                              "\" arrive alike: set the scanner to this computer's keyboard "
                              "layout, and scan the sheet again");
    Wedge wedge;
    wedge.prefix = head;
    wedge.separator = joined(typed, head + kHead.size(), tail);
    wedge.terminator = joined(typed, tail + kTail.size(), typed.size());
    std::erase_if(keys, [](const auto& key) { return key.second == std::string(1, key.first); });
    wedge.keys = std::move(keys);
    const Characters prefix(typed.begin(), typed.begin() + static_cast<std::ptrdiff_t>(head));
    wedge.names_symbology = is_symbology_id(meaning(meant_by(wedge), prefix, 0));
    return wedge;
}

}  // namespace

std::string_view wedge_sheet() {
    static const std::string sheet = std::string(kHead) + kGroupSeparator + std::string(kTail);
    return sheet;
}

Result<Wedge> learn_wedge(std::string_view text) {
    const Characters typed = characters_of(text);
    const std::size_t whole = kHead.size() + kTail.size();
    if (typed.size() < whole || typed.size() > whole + kExtraMax) return not_learned(typed.size());
    const std::size_t extra = typed.size() - whole;
    for (std::size_t head = 0; head <= extra; ++head)
        for (std::size_t tail = head + kHead.size(); tail + kTail.size() <= typed.size(); ++tail)
            if (auto keys = keys_at(typed, head, tail))
                return made(typed, head, tail, std::move(*keys));
    return not_learned(typed.size());
}

Payload read_typed(const Wedge& wedge, std::string_view typed) {
    std::string text(typed);
    if (!wedge.terminator.empty() && text.ends_with(wedge.terminator))
        text.resize(text.size() - wedge.terminator.size());
    const std::map<std::string, char> meant = meant_by(wedge);
    // A stand-in that is also a character of its own is left to those who know what may follow it.
    if (!wedge.separator.empty() && !meant.contains(wedge.separator))
        text = replaced(text, wedge.separator, kGroupSeparator);
    const Characters characters = characters_of(text);
    if (characters.size() <= wedge.prefix) return {"", std::string(typed)};
    const Characters prefix(characters.begin(),
                            characters.begin() + static_cast<std::ptrdiff_t>(wedge.prefix));
    Payload payload{"", meaning(meant, characters, wedge.prefix)};
    if (wedge.names_symbology) payload.symbology_id = meaning(meant, prefix, 0);
    return payload;
}

std::string in_words(const Wedge& wedge) {
    std::string words = wedge.terminator == "\r" || wedge.terminator == "\n" ? "ends with Enter"
                        : wedge.terminator == "\t"                           ? "ends with Tab"
                        : wedge.terminator.empty()                           ? "ends with nothing"
                                                   : "ends with several keys";
    if (wedge.names_symbology)
        words += ", names the symbology";
    else if (wedge.prefix > 0)
        words += ", begins with " + std::to_string(wedge.prefix) + " characters of its own";
    if (wedge.separator.empty()) words += ", drops the group separator";
    if (!wedge.keys.empty())
        words += ", " + std::to_string(wedge.keys.size()) + " characters are put right";
    return words;
}

}  // namespace label

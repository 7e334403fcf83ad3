#include "inventory/identifiers.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

#include "base/text.hpp"

namespace inventory {
namespace {

constexpr std::pair<std::string_view, std::string_view> kWords[] = {
    {"imei", "IMEI"},
    {"mac", "MAC address"},
    {"eui64", "EUI-64"},
    {"secondary_serial", "secondary serial"},
    {"third_party_serial", "third-party serial"},
    {"asset_tag", "asset tag"},
    {"grai", "GRAI"},
    {"giai", "GIAI"},
};

// Kinds of which a unit has its own for life. (A phone for two cards has two IMEIs, a switch many
// MACs: one that is known is enough.)
constexpr std::string_view kForLife[] = {"imei", "mac", "eui64", "secondary_serial", "giai"};

std::string escaped(std::string_view value) {
    std::string text;
    for (const char c : value) {
        if (c == ' ')
            text += "%20";
        else if (c == '%')
            text += "%25";
        else
            text += c;
    }
    return text;
}

std::string unescaped(std::string_view text) {
    std::string value;
    while (!text.empty()) {
        const bool blank = text.starts_with("%20"), percent = text.starts_with("%25");
        value += blank ? ' ' : percent ? '%' : text.front();
        text.remove_prefix(blank || percent ? 3 : 1);
    }
    return value;
}

auto in_order(const Identifier& one) { return std::tie(one.kind, one.value); }

bool has_kind(const std::vector<Identifier>& all, std::string_view kind) {
    return std::ranges::find(all, kind, &Identifier::kind) != all.end();
}

const std::string& first_value(const std::vector<Identifier>& all, std::string_view kind) {
    return std::ranges::find(all, kind, &Identifier::kind)->value;
}

bool shares_one(const std::vector<Identifier>& a, const std::vector<Identifier>& b,
                std::string_view kind) {
    return std::ranges::any_of(a, [&](const Identifier& one) {
        return one.kind == kind && std::ranges::any_of(b, [&](const Identifier& other) {
                   return other.kind == kind &&
                          identifier_key(other.value) == identifier_key(one.value);
               });
    });
}

}  // namespace

std::string to_text(std::vector<Identifier> identifiers) {
    std::ranges::sort(identifiers, {}, in_order);
    identifiers.erase(std::unique(identifiers.begin(), identifiers.end()), identifiers.end());
    std::erase_if(identifiers, [](const Identifier& one) { return one.value.empty(); });
    if (identifiers.size() > kIdentifiersMax) identifiers.resize(kIdentifiersMax);
    std::string text;
    for (const Identifier& one : identifiers)
        text += (text.empty() ? "" : " ") + one.kind + ":" + escaped(one.value);
    return text;
}

std::vector<Identifier> parse_identifiers(std::string_view text) {
    std::vector<Identifier> all;
    while (!text.empty() && all.size() < kIdentifiersMax) {
        const std::size_t end = text.find(' ');
        const std::string_view one = text.substr(0, end);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
        const std::size_t colon = one.find(':');
        if (colon == std::string_view::npos || colon == 0 || colon + 1 == one.size()) continue;
        all.push_back({std::string(one.substr(0, colon)), unescaped(one.substr(colon + 1))});
    }
    return all;
}

std::vector<Identifier> joined(std::vector<Identifier> a, const std::vector<Identifier>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return parse_identifiers(to_text(std::move(a)));
}

std::string identifier_key(std::string_view value) {
    return base::is_utf8(value) ? base::comparison_key(value) : std::string();
}

std::vector<std::string> identifier_keys(std::string_view text) {
    const std::string key = identifier_key(text);
    if (key.empty()) return {};
    std::string bare = key;
    std::erase_if(bare, [](char c) { return c == ':' || c == '-' || c == '.'; });
    if (bare == key || bare.empty()) return {key};
    return {key, bare};
}

std::optional<std::string> differing(const std::vector<Identifier>& known,
                                     const std::vector<Identifier>& read) {
    for (const std::string_view kind : kForLife) {
        if (!has_kind(known, kind) || !has_kind(read, kind)) continue;
        if (shares_one(known, read, kind)) continue;
        return "its " + identifier_words(kind) + " is " + first_value(read, kind) +
               ", registered is " + first_value(known, kind);
    }
    return std::nullopt;
}

std::string identifier_words(std::string_view kind) {
    for (const auto& [known, words] : kWords)
        if (known == kind) return std::string(words);
    std::string words(kind);
    std::ranges::replace(words, '_', ' ');
    return words;
}

}  // namespace inventory

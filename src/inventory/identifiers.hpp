// The identifiers of a unit as one line of text, as they are compared, and as they differ. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "inventory/unit.hpp"

namespace inventory {

inline constexpr std::size_t kIdentifiersMax = 16;  // of one unit

// "imei:356938035643809 mac:001122AABBCC": by kind and value, each once, those without a value left
// out, kIdentifiersMax at most. A blank and "%" in a value are written %20 and %25. Empty for none.
std::string to_text(std::vector<Identifier> identifiers);

// The other way round; what is no "kind:value" is left out.
std::vector<Identifier> parse_identifiers(std::string_view text);

// Those of both.
std::vector<Identifier> joined(std::vector<Identifier> a, const std::vector<Identifier>& b);

// The form by which an identifier is found: its comparison key.
std::string identifier_key(std::string_view value);

// The forms that a text which somebody searches for may have: its key, and that without the
// separators of a MAC ("00:1E:C9:…"). Empty for no text or no UTF-8.
std::vector<std::string> identifier_keys(std::string_view text);

// A kind of identifier of which the unit is known to have others than the label in hand shows: the
// box is perhaps another one. In words: "its IMEI is 35…, registered is 86…".
std::optional<std::string> differing(const std::vector<Identifier>& known,
                                     const std::vector<Identifier>& read);

// "IMEI", "MAC address", "secondary serial".
std::string identifier_words(std::string_view kind);

}  // namespace inventory

// URLs: those that carry GS1 keys in their path (GS1 Digital Link Standard: URI Syntax, Release
// 1.3, section 4, also with the alphabetic keys that it deprecates) on any host, and all others.
// Pure; linear.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "label/field.hpp"

namespace label {

bool is_web_url(std::string_view text);  // http: or https:, in any letter case

// Percent-decoded once, "%2520" is "%20"; what is no escape stays as it is.
std::string percent_decoded(std::string_view text);

// Nothing when no path segment is a primary key followed by a value that can be its value.
std::optional<Parsed> parse_digital_link(std::string_view url, int century_of);

// A URL that is no Digital Link: the address itself, and what its query names.
Parsed parse_url(std::string_view url, int century_of);

}  // namespace label

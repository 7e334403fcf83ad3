// Health Industry Bar Codes of suppliers: "+A123BJC5D6E71G", "+$$52001510X3GB", both in one joined
// by "/", and supplemental data. Pure; linear.
// Source: ANSI/HIBC 2.6, sections 2 (structure) and appendix B (check character, modulo 43).
#pragma once

#include <optional>
#include <string_view>

#include "label/field.hpp"

namespace label {

// The check character of `text`: a digit, capital letter, or one of "-. $/+%"; nothing when a
// character in it has no value.
std::optional<char> hibc_check_character(std::string_view text);

// Nothing when it is not one; a payload that is one in all but its check character is refused with
// a warning and kept as rest. `partial` = only the primary or only the secondary data.
std::optional<Parsed> parse_hibc(std::string_view text, int century_of);

// Whether the link character of the secondary code is the check character of the primary one.
bool belong_together(const Parsed& primary, const Parsed& secondary);

}  // namespace label

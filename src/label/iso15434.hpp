// ISO/IEC 15434 envelopes: "[)>" RS format data RS EOT, with the mistakes of real labels (no RS, no
// EOT, no GS behind the format, a stray ">" in front, separators spelled out). Pure; linear.
#pragma once

#include <optional>
#include <string_view>

#include "label/field.hpp"

namespace label {

// Formats 06 (data identifiers), 05 (GS1) and 12 (text elements, TCIF and ATA) are read; others
// are kept as rest. Nothing when it does not begin with "[)>".
std::optional<Parsed> parse_iso15434(std::string_view text, int century_of);

}  // namespace label

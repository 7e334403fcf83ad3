// One payload: which family it is of, and what it says. Start here. Pure; any bytes will do, in
// time linear in their number. Any thread.
#pragma once

#include "label/field.hpp"

namespace label {

// No barcode holds more (QR Code: 7089 digits); a longer text is kept as rest.
inline constexpr std::size_t kPayloadSizeMax = 16384;

// Reads one payload. The serial is what the label names so, or a lone plain code. `century_of`: the
// year that two-digit years are near to. GS1 pairs that do not go together warn (the rest of the
// label is taken for unknown).
Parsed parse(const Payload& payload, int century_of);

// The same without those warnings, for a label of several barcodes.
Parsed parse_part(const Payload& payload, int century_of);

// Whether the serial of `parsed` is one that the label names so.
bool is_named_serial(const Parsed& parsed);

}  // namespace label

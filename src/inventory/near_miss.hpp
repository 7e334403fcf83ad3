// Serials that are perhaps meant to be one that is registered already: glyphs that look alike,
// zeros too many or too few, and, of a typed one, a changed or two swapped characters. Pure; it
// asks for some ten serials by their keys, for some hundred of a typed one, and never for a range
// of them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "inventory/serial_shape.hpp"

namespace inventory {

enum class Entry : bool { Read, Typed };

struct NearMiss {
    std::string serial;  // the registered one, as printed
    std::string why;     // "O in place of 0"
    bool operator==(const NearMiss&) const = default;
};

// The registered unit of the same variant with that key, as printed; nothing when there is none.
using FindSerial = std::function<std::optional<std::string>(const std::string& key)>;

// Glyphs and zeros count where `shape`, that of the variant's other units, says digit, letter or
// length. A serial whose neighbour in counting is registered continues a run and is like nothing.
// At most three, the likeliest first.
std::vector<NearMiss> near_misses(const std::string& serial, Entry entry, const SerialShape& shape,
                                  const FindSerial& find);

}  // namespace inventory

// What every symbol of one kind and size has in common: its finder, timing and alignment patterns.
// Pure.
// Sources: ISO/IEC 16022 (Data Matrix), 21471 (its rectangles), 18004 (QR), 23941 and 18004 (Micro
// QR).
#pragma once

#include <cstdint>
#include <vector>

#include "scanner/symbol.hpp"

namespace scanner {

// Dashes tell one size from another, everything else where the symbol lies and which way is up.
enum class MarkKind : std::uint8_t { Solid, Dashed };

struct Mark {
    int column = 0;  // modules; -1 and `columns` are the quiet zone
    int row = 0;
    bool dark = false;
    MarkKind kind = MarkKind::Solid;
};

struct Pattern {
    Symbology symbology = Symbology::QRCode;
    int columns = 0;  // modules
    int rows = 0;
    std::vector<Mark> marks;  // the modules whose colour is known beforehand, and a ring around
};

// All sizes of a symbology; empty for those that are not built on such patterns.
const std::vector<Pattern>& patterns_of(Symbology symbology);

}  // namespace scanner

// Reads the bars of one region, and says how well each read is founded. A linear symbol has a weak
// check or none, so what counts is how many looks that share nothing gave the same text: the upper
// and the lower half of the bars, and two decoders that work in different ways.
#pragma once

#include <vector>

#include "scanner/bars.hpp"
#include "scanner/reader.hpp"

namespace scanner {

struct LinearOptions {
    std::vector<Symbology> symbologies;
    bool soft = true;       // also by likelihood (soft_decoder.hpp): some milliseconds
    bool thorough = false;  // strip by strip, too, where the bars as a whole say nothing
};

// Whether so many changes from bright to dark lie along the region that it may be a symbol's: a few
// microseconds.
bool may_be_symbol(const GreyView& frame, const BarRegion& region);

// Every text that was read there with the number of independent looks that agreed on it
// (Read::votes). When two looks at one place contradict each other, neither is given.
std::vector<Read> read_bars(const GreyView& frame, const BarRegion& region,
                            const LinearOptions& options);

// What lies in the middle of the region, for a second look: less of its height, where print or the
// label's edge may have been taken for bars, and more of its length, where bars may go on.
BarRegion core_of(BarRegion region);

enum class BarLooks : std::uint8_t { AsFound, AlsoCore };

// What enough independent looks at the region, or at its core, gave; nothing where the two differ.
std::vector<Read> read_believed_bars(const GreyView& frame, const BarRegion& region,
                                     const LinearOptions& options, BarLooks looks);

}  // namespace scanner

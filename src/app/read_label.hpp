// From the scanner's symbols to the labels that they are on. Pure.
#pragma once

#include <chrono>
#include <cstddef>
#include <vector>

#include "app/act_gate.hpp"
#include "base/clock.hpp"
#include "label/label.hpp"
#include "scanner/symbol.hpp"

namespace app {

// What the symbols of one item say together. Two-digit years are near to the year of `now`.
// `profile`: of the variant that is known otherwise; nullptr = none.
label::Label read_label(const std::vector<scanner::Symbol>& symbols, const base::Moment& now,
                        const label::Profile* profile = nullptr);

// The symbols that lie together, as indices: those of one label stand nearer to each other than
// three fifths of the longer one, and run in one direction. Each group in order, the first symbol's
// group first. Symbols without corners are of one label.
std::vector<std::vector<std::size_t>> labels_in_view(const std::vector<scanner::Symbol>& symbols);

// Which symbols the station is meant to see, as indices in order: those of the labels in the aim
// box. One symbol with its middle in the box brings its whole label.
std::vector<std::size_t> aimed_at(const scanner::Reading& reading);

// How the label of these symbols stands before the camera. Bars that were not read touch it where a
// symbol in their place would be one of the label's.
Sight sight_of(const scanner::Reading& reading, const std::vector<std::size_t>& label);

// The second half of a label may come with the next scan: for so long the first one waits.
inline constexpr std::chrono::milliseconds kHalfWaits{3000};

// Whether two scans in a row are the halves of one label: HIBC primary and secondary (its link
// character says of which), a GS1 key and a serial or lot without a key.
bool are_halves(const label::Label& first, const label::Label& second);

}  // namespace app

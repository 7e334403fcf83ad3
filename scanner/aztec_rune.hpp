// The smallest of the Aztec codes: a bull's eye with a number from 0 to 255 in the ring around it.
// Pure.
// Source: ISO/IEC 24778, annex on Aztec runes.
#pragma once

#include <optional>
#include <vector>

#include "scanner/pattern.hpp"

namespace scanner {

// 11 × 11 modules: bull's eye and orientation marks are known beforehand.
Pattern aztec_rune();

// The number; at most one of the seven words may be wrong. `modules`: darkness row by row, above 0
// = dark. Nothing when the ring holds no rune.
std::optional<int> rune_number(const std::vector<float>& modules);

}  // namespace scanner

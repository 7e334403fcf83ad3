// From the scanner's symbols to the label that they are on.
#pragma once

#include <vector>

#include "base/clock.hpp"
#include "label/label.hpp"
#include "scanner/symbol.hpp"

namespace app {

// What the symbols of one item say together. Two-digit years are near to the year of `now`.
label::Label read_label(const std::vector<scanner::Symbol>& symbols, const base::Moment& now);

}  // namespace app

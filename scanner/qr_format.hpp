// QR codes whose format information was masked as Model 1's is, while all else is Model 2: printers
// of parts' labels make them, and readers that know one mask only see no format. Pure.
// Source: ISO/IEC 18004, 7.9 (format information), and its annex on Model 1 symbols.
#pragma once

#include <vector>

namespace scanner {

// When both copies of the format information are Model 1's, and neither Model 2's, gives them the
// mask of Model 2. `modules`: of a QR code, `size` each way, darkness row by row, above 0 = dark.
// False when nothing was changed.
bool give_usual_format_mask(std::vector<float>& modules, int size);

}  // namespace scanner

// QR codes to show: as modules, and made of characters for a terminal.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"

namespace scanner {

struct QrModules {
    int size = 0;            // modules each way, without the quiet zone of four that it needs
    std::vector<bool> dark;  // row by row
};

// InvalidInput when the bytes are too many for one.
Result<QrModules> qr_modules(const std::string& bytes);

// Lines of "█▀▄ " with the quiet zone around, two rows of modules a line; dark modules are blank,
// so it is right on a dark ground. InvalidInput when the text is too long for one.
Result<std::string> qr_text(const std::string& text);

}  // namespace scanner

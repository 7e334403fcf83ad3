// A QR code made of characters, for a terminal.
#pragma once

#include <string>

#include "base/result.hpp"

namespace scanner {

// Lines of "█▀▄ " with the quiet zone around, two rows of modules a line; dark modules are blank,
// so it is right on a dark ground. InvalidInput when the text is too long for one.
Result<std::string> qr_text(const std::string& text);

}  // namespace scanner

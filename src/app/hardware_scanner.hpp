// A scanner that types what it reads, as the window shows it. Part of State.
#pragma once

#include <memory>
#include <string>

#include "scanner/qr_text.hpp"

namespace app {

// What is known of the hardware scanner that types, and the test sheet that teaches it.
struct HardwareScanner {
    std::string words;                                // "ends with Enter"; empty: not learned yet
    std::shared_ptr<const scanner::QrModules> sheet;  // null until its screen was shown
};

}  // namespace app

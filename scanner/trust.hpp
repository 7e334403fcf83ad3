// Which reads are believed. A wrong text is worse than none, and the library reads bars into noise:
// linear symbologies have a weak check or none at all. Pure.
#pragma once

#include "scanner/reader.hpp"

namespace scanner {

// False for a read that must not be reported on any account: empty, or too short for its symbology
// to be told from noise.
bool is_believable(const Read& read);

// True for a read that counts only when a second, independent look gives the same code.
bool needs_second_look(const Read& read);

}  // namespace scanner

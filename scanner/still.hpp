// What the first and last bytes of a file say about it. Pure.
#pragma once

#include <string>

#include "scanner/frame.hpp"

namespace scanner {

bool looks_like_webp(const Pixels& bytes);
bool looks_like_picture(const Pixels& bytes);  // PNG, JPEG, BMP or WebP, by the first bytes

// A picture whose end is missing. The decoders fill in what is not there, which would give a
// picture with half a barcode and no word about it. True only where the format says where its end
// is.
bool is_cut_off(const Pixels& bytes);

// The same question for a file; false when it cannot be opened.
bool is_picture_file(const std::string& path);

}  // namespace scanner

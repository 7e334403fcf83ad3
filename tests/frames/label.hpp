// A label as it stands on a box: several printed symbols below each other, as a picture file.
#pragma once

#include <string>
#include <vector>

#include "frames/printed.hpp"

namespace frames {

struct LabelCode {
    Kind kind = Kind::Code128;
    std::string text;
};

// Writes a BMP. Throws std::runtime_error when a text does not fit or the file cannot be written.
void write_label(const std::string& file, const std::vector<LabelCode>& codes);

}  // namespace frames

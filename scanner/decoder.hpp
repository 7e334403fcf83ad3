// Reads the symbols of one picture; ZXing-cpp stays behind zxing_reader.cpp, whatever its version.
// A linear code counts only when a second, independent look at its place gives the same text.
#pragma once

#include <vector>

#include "base/result.hpp"
#include "scanner/frame.hpp"
#include "scanner/symbol.hpp"

namespace scanner {

enum class Effort : std::uint8_t {
    Live,  // one frame of many, by itself; a camera's are better read by LiveDecoder
    Full,  // a still picture: try everything
};

struct DecodeOptions {
    Wanted wanted;
    Effort effort = Effort::Live;
};

// By lines of an eighth of the frame, as a label is read.
void sort_for_reading(std::vector<Symbol>& symbols, int frame_height);

// Every symbol found, each code once per place, left to right and top to bottom. Any thread.
std::vector<Symbol> decode(const Frame& frame, const DecodeOptions& options);

}  // namespace scanner

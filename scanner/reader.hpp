// One reading pass over one grey picture: the barcode library as the decoder sees it. ZXing-cpp, in
// whatever version the distribution has (1.4, 2.2–2.3, 3.x), stays behind zxing_reader.cpp.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "scanner/symbol.hpp"

namespace scanner {

// A rectangle of somebody else's grey pixels; valid as long as they are.
struct GreyView {
    const std::uint8_t* pixels = nullptr;
    int width = 0;
    int height = 0;
    int stride = 0;  // bytes from one row to the next
};

// What the library may try besides one upright look at the picture.
struct ReadPass {
    std::vector<Symbology> symbologies;  // empty = none
    bool try_harder = true;
    bool rotate = true;  // also turned by 90°, 180°, 270°
    bool pure = false;   // the picture is one matrix symbol and nothing else: upright, clean
};

// One symbol as the library gave it, not yet believed (see trust.hpp). Corners: pixels of the view.
struct Read {
    Symbol symbol;
    int lines = 0;  // scan lines that agreed; 0 for matrix symbologies
    int votes = 0;  // independent looks that gave this text (see linear_reader.hpp)
    // Of a linear read: where it begins and ends in the profile it was read from.
    std::pair<float, float> along{};
};

// True when the library finds a DataMatrix only in the middle of a picture, so that it must be
// handed crops (ZXing-cpp before 2.0).
bool data_matrix_needs_crops();

// Everything the library reads in one pass. Empty when there is nothing, or the library gave up.
std::vector<Read> read_symbols(const GreyView& view, const ReadPass& pass);

}  // namespace scanner

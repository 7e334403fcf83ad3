// A printed symbol with its paper, as it leaves the printer: modules by zint, text around them.
#pragma once

#include <opencv2/core.hpp>
#include <string>

#include "frames/random.hpp"
#include "scanner/symbol.hpp"

namespace frames {

enum class Kind : std::uint8_t {
    Code128,
    Code39,
    Itf,
    Ean13,
    UpcA,
    Ean8,
    QrCode,
    MicroQr,
    DataMatrix,
    RectangularDataMatrix,
    Gs1DataMatrix,
};

inline constexpr Kind kKinds[] = {
    Kind::Code128,       Kind::Code39, Kind::Itf,     Kind::Ean13,      Kind::UpcA,
    Kind::Ean8,          Kind::QrCode, Kind::MicroQr, Kind::DataMatrix, Kind::RectangularDataMatrix,
    Kind::Gs1DataMatrix,
};

const char* name(Kind kind);
scanner::Symbology symbology_of(Kind kind);

// Pixels of a printed module: enough for any frame.
inline constexpr int kPrintedModule = 6;

struct Printed {
    Kind kind = Kind::Code128;
    std::string text;  // what a scanner shall report: FNC1 as U+001D, UPC-A with its first nought
    cv::Mat paper;     // grey, 255 = paper, 0 = ink
    cv::Rect symbol;   // where the bars or modules stand on the paper
};

// A text of the kind that stands on goods: a serial, a GTIN, an element string.
std::string random_text(Kind kind, Random& random);

// Throws std::runtime_error when the text does not fit. GS1 texts are given in brackets.
Printed print(Kind kind, const std::string& text, Random& random);

}  // namespace frames

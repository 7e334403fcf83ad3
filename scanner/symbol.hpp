// What the scanner reads: one barcode is a Symbol; what one frame showed is a Reading.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace scanner {

enum class Symbology : std::uint8_t {
    Code128,
    Code39,
    Code93,
    ITF,
    Codabar,
    EAN13,
    EAN8,
    UPCA,
    UPCE,
    DataBar,
    DataMatrix,
    QRCode,
    MicroQRCode,
    Aztec,
    PDF417,
};

inline constexpr Symbology kAllSymbologies[] = {
    Symbology::Code128,     Symbology::Code39,  Symbology::Code93,     Symbology::ITF,
    Symbology::Codabar,     Symbology::EAN13,   Symbology::EAN8,       Symbology::UPCA,
    Symbology::UPCE,        Symbology::DataBar, Symbology::DataMatrix, Symbology::QRCode,
    Symbology::MicroQRCode, Symbology::Aztec,   Symbology::PDF417,
};

// Our own names ("Code128", "DataMatrix"): the library's change between its versions.
std::string_view name(Symbology symbology);
std::optional<Symbology> symbology_named(std::string_view name);  // exact, as name() gives them
bool is_linear(Symbology symbology);                              // 1D: bars in one direction

// What is to be read.
struct Wanted {
    std::vector<Symbology> symbologies;  // empty = all
    // Digits of the ITF that a camera reports: see is_whole() in trust.hpp.
    std::vector<int> itf_lengths = {14};
};

struct Point {
    float x = 0;  // pixels of the frame, from the left
    float y = 0;  // from the top
};

using Outline = std::array<Point, 4>;  // clockwise

struct Symbol {
    Symbology symbology = Symbology::Code128;
    std::string symbology_id;         // ISO/IEC 15424, with its bracket: "]C1", "]d2", "]Q3"
    std::string text;                 // UTF-8; FNC1 as a separator is U+001D; no brackets added
    std::vector<std::uint8_t> bytes;  // the payload as it was encoded
    Outline corners{};                // from the symbol's own top left
    bool may_be_part = false;  // of a longer symbol whose rest is not seen: is_whole() in trust.hpp
};

// The same code: what makes two sightings one symbol, wherever in the frame it stands.
inline bool same_code(const Symbol& a, const Symbol& b) {
    return a.symbology == b.symbology && a.bytes == b.bytes && a.text == b.text;
}

// How a code stands before the camera.
struct Standing {
    std::chrono::milliseconds age{0};  // since it came into view
    bool aimed = true;                 // its middle is inside the aim box (frame.hpp)
};

// All symbols of one frame. A reading goes to the application as long as it may mean something else
// than the one before: see Tracker.
struct Reading {
    std::uint64_t frame = 0;
    std::vector<Symbol> symbols;     // everything in view
    std::vector<std::size_t> fresh;  // indices into `symbols`: those that just came into view
    // As `symbols`; empty = nothing changes any more and all is aimed at, as in a still picture.
    std::vector<Standing> standing;
    std::vector<Outline> unread;  // places with bars that nothing was read from
    std::chrono::steady_clock::time_point captured{};
    std::chrono::steady_clock::time_point decoded{};
};

}  // namespace scanner

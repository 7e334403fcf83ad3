#include "scanner/trust.hpp"

#include <algorithm>

namespace scanner {
namespace {

// Characters of text below which a symbology without a mandatory check character is not believed.
struct Shortest {
    Symbology symbology;
    std::size_t characters;
};

constexpr Shortest kShortest[] = {
    {Symbology::ITF, 4},      // two digits share five bars: every crossing of lines has some
    {Symbology::Codabar, 5},  // with its start and stop letter
    {Symbology::Code39, 4},   // … and stripes of two widths some Code 39
    {Symbology::Code93, 2},  {Symbology::Code128, 1},
};

// A DataBar's halves are found apart and joined by one checksum of 79 values: in noise the library
// joined 1137 of them in 750 pictures, each from two lines and no more. A real one has a line every
// row.
constexpr int kDataBarLines = 4;

constexpr std::size_t kSmallestDataMatrix = 3;  // codewords of 10 x 10 modules

constexpr int kItf14 = 14;  // digits, the last one a check digit

}  // namespace

bool is_believable(const Read& read) {
    if (read.symbol.text.empty() && read.symbol.bytes.empty()) return false;
    if (read.symbol.symbology == Symbology::DataBar && read.lines < kDataBarLines) return false;
    for (const Shortest& row : kShortest)
        if (row.symbology == read.symbol.symbology && read.symbol.text.size() < row.characters)
            return false;
    return true;
}

bool has_sound_check(const Read& read) {
    if (read.symbol.symbology != Symbology::ITF) return true;
    const std::string& digits = read.symbol.text;
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i)
        sum += (digits[digits.size() - 1 - i] - '0') * (i % 2 == 0 ? 1 : 3);
    return sum % 10 == 0;
}

bool is_whole(const Read& read, const std::vector<int>& itf_lengths) {
    if (read.symbol.symbology != Symbology::ITF) return true;
    const int length = static_cast<int>(read.symbol.text.size());
    return std::ranges::find(itf_lengths, length) != itf_lengths.end() &&
           (length != kItf14 || has_sound_check(read));
}

int votes_needed(Symbology symbology) {
    const bool unchecked = symbology == Symbology::Code39 || symbology == Symbology::ITF ||
                           symbology == Symbology::Codabar;
    return unchecked ? 3 : is_linear(symbology) ? 2 : 1;
}

int votes_needed(const Symbol& symbol) {
    if (symbol.symbology != Symbology::DataMatrix) return votes_needed(symbol.symbology);
    // Two digits share a codeword (ISO/IEC 16022, 5.2.3).
    std::size_t codewords = 0;
    const std::vector<std::uint8_t>& bytes = symbol.bytes;
    const auto is_digit = [&](std::size_t i) {
        return i < bytes.size() && bytes[i] >= '0' && bytes[i] <= '9';
    };
    for (std::size_t i = 0; i < bytes.size(); ++codewords)
        i += is_digit(i) && is_digit(i + 1) ? 2 : 1;
    return codewords <= kSmallestDataMatrix ? 2 : 1;
}

std::vector<Symbology> rivals_of(Symbology symbology) {
    const std::vector<Symbology> retail{Symbology::EAN13, Symbology::EAN8, Symbology::UPCA,
                                        Symbology::UPCE};
    const bool is_retail = std::find(retail.begin(), retail.end(), symbology) != retail.end();
    return is_retail ? retail : std::vector<Symbology>{symbology};
}

}  // namespace scanner

#include "scanner/pattern.hpp"

#include <algorithm>
#include <cstdlib>

#include "scanner/aztec_rune.hpp"

namespace scanner {
namespace {

struct MatrixSize {
    int rows;
    int columns;
    int regions_down;
    int regions_across;
};

constexpr MatrixSize kDataMatrixSizes[] = {
    {10, 10, 1, 1},   {12, 12, 1, 1},   {14, 14, 1, 1},   {16, 16, 1, 1},   {18, 18, 1, 1},
    {20, 20, 1, 1},   {22, 22, 1, 1},   {24, 24, 1, 1},   {26, 26, 1, 1},   {32, 32, 2, 2},
    {36, 36, 2, 2},   {40, 40, 2, 2},   {44, 44, 2, 2},   {48, 48, 2, 2},   {52, 52, 2, 2},
    {64, 64, 4, 4},   {72, 72, 4, 4},   {80, 80, 4, 4},   {88, 88, 4, 4},   {96, 96, 4, 4},
    {104, 104, 4, 4}, {120, 120, 6, 6}, {132, 132, 6, 6}, {144, 144, 6, 6}, {8, 18, 1, 1},
    {8, 32, 1, 2},    {12, 26, 1, 1},   {12, 36, 1, 2},   {16, 36, 1, 2},   {16, 48, 1, 2},
};

constexpr int kQrVersions = 40;

void add_ring(Pattern& pattern) {
    for (int column = -1; column <= pattern.columns; ++column) {
        pattern.marks.push_back({column, -1, false});
        pattern.marks.push_back({column, pattern.rows, false});
    }
    for (int row = 0; row < pattern.rows; ++row) {
        pattern.marks.push_back({-1, row, false});
        pattern.marks.push_back({pattern.columns, row, false});
    }
}

// Each region has its own solid left and lower side, and dashes above and at the right.
Pattern data_matrix(const MatrixSize& size) {
    Pattern pattern{Symbology::DataMatrix, size.columns, size.rows, {}};
    const int width = size.columns / size.regions_across;
    const int height = size.rows / size.regions_down;
    for (int row = 0; row < size.rows; ++row)
        for (int column = 0; column < size.columns; ++column) {
            const int x = column % width;
            const int y = row % height;
            if (x == 0 || y == height - 1)
                pattern.marks.push_back({column, row, true});
            else if (y == 0)
                pattern.marks.push_back({column, row, x % 2 == 0, MarkKind::Dashed});
            else if (x == width - 1)
                pattern.marks.push_back({column, row, y % 2 == 1, MarkKind::Dashed});
        }
    add_ring(pattern);
    return pattern;
}

// Squares within each other, and a bright line around as far as the symbol goes.
void add_finder(Pattern& pattern, int left, int top) {
    for (int row = top - 1; row <= top + 7; ++row)
        for (int column = left - 1; column <= left + 7; ++column) {
            if (row < 0 || column < 0 || row >= pattern.rows || column >= pattern.columns) continue;
            const int far = std::max(std::abs(column - left - 3), std::abs(row - top - 3));
            pattern.marks.push_back({column, row, far != 2 && far != 4});
        }
}

std::vector<int> alignment_places(int version) {
    std::vector<int> places;
    if (version == 1) return places;
    const int size = 17 + 4 * version;
    const int count = version / 7 + 2;
    const int step =
        version == 32 ? 26 : (4 * version + 2 * count + 1) / (2 * count - 2) * 2;  // always even
    places.push_back(6);
    for (int i = count - 2; i >= 0; --i) places.push_back(size - 7 - i * step);
    return places;
}

void add_alignments(Pattern& pattern, int version) {
    const auto places = alignment_places(version);
    for (const int y : places)
        for (const int x : places) {
            const bool left = x == 6;
            const bool top = y == 6;
            const int last = pattern.columns - 7;
            if ((left && top) || (left && y == last) || (top && x == last)) continue;
            for (int row = -2; row <= 2; ++row)
                for (int column = -2; column <= 2; ++column)
                    pattern.marks.push_back(
                        {x + column, y + row, std::max(std::abs(column), std::abs(row)) != 1});
        }
}

Pattern qr_code(int version) {
    const int size = 17 + 4 * version;
    Pattern pattern{Symbology::QRCode, size, size, {}};
    add_finder(pattern, 0, 0);
    add_finder(pattern, size - 7, 0);
    add_finder(pattern, 0, size - 7);
    for (int i = 8; i < size - 8; ++i) {
        pattern.marks.push_back({i, 6, i % 2 == 0, MarkKind::Dashed});
        pattern.marks.push_back({6, i, i % 2 == 0, MarkKind::Dashed});
    }
    add_alignments(pattern, version);
    add_ring(pattern);
    return pattern;
}

Pattern micro_qr_code(int size) {
    Pattern pattern{Symbology::MicroQRCode, size, size, {}};
    add_finder(pattern, 0, 0);
    for (int i = 8; i < size; ++i) {
        pattern.marks.push_back({i, 0, i % 2 == 0, MarkKind::Dashed});
        pattern.marks.push_back({0, i, i % 2 == 0, MarkKind::Dashed});
    }
    add_ring(pattern);
    return pattern;
}

std::vector<Pattern> all_data_matrix() {
    std::vector<Pattern> all;
    for (const MatrixSize& size : kDataMatrixSizes) all.push_back(data_matrix(size));
    return all;
}

std::vector<Pattern> all_qr() {
    std::vector<Pattern> all;
    for (int version = 1; version <= kQrVersions; ++version) all.push_back(qr_code(version));
    return all;
}

std::vector<Pattern> all_micro_qr() {
    std::vector<Pattern> all;
    for (const int size : {11, 13, 15, 17}) all.push_back(micro_qr_code(size));
    return all;
}

}  // namespace

const std::vector<Pattern>& patterns_of(Symbology symbology) {
    static const std::vector<Pattern> matrices = all_data_matrix();
    static const std::vector<Pattern> qr = all_qr();
    static const std::vector<Pattern> micro = all_micro_qr();
    static const std::vector<Pattern> runes{aztec_rune()};  // other Aztec codes: the library's
    static const std::vector<Pattern> none;
    if (symbology == Symbology::DataMatrix) return matrices;
    if (symbology == Symbology::QRCode) return qr;
    if (symbology == Symbology::MicroQRCode) return micro;
    if (symbology == Symbology::Aztec) return runes;
    return none;
}

}  // namespace scanner

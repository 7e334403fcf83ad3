#include "scanner/aztec_rune.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <utility>

#include "scanner/cells.hpp"

namespace scanner {
namespace {

constexpr int kSide = 11;
constexpr int kLast = kSide - 1;
constexpr int kWords = 7;  // of four bits: two of data, five that check them
constexpr int kWordsWrong = 1;
constexpr unsigned kFlip = 0xA;  // of each word: so that no mode message is a rune

using Word = std::uint8_t;
using Words = std::array<Word, kWords>;

// GF(16) with x⁴ + x + 1.
Word product(Word a, Word b) {
    unsigned sum = 0;
    unsigned factor = a;
    for (unsigned bits = b; bits != 0; bits >>= 1U, factor <<= 1U) {
        if ((factor & 0x10U) != 0) factor ^= 0x13U;
        if ((bits & 1U) != 0) sum ^= factor;
    }
    return static_cast<Word>(sum);
}

// The two words of data, then what is left of them by the polynomial whose roots are 2, 4 … 2⁵.
Words words_of(unsigned number) {
    std::array<Word, 6> generator{1};
    Word root = 1;
    for (std::size_t degree = 1; degree < generator.size(); ++degree) {
        root = product(root, 2);
        for (std::size_t i = degree; i > 0; --i)
            generator[i] = static_cast<Word>(generator[i] ^ product(generator[i - 1], root));
    }
    Words words{static_cast<Word>(number >> 4U), static_cast<Word>(number & 0xFU)};
    Words rest = words;
    for (std::size_t i = 0; i < 2; ++i) {
        const Word lead = rest[i];
        for (std::size_t k = 0; k < generator.size(); ++k)
            rest[i + k] = static_cast<Word>(rest[i + k] ^ product(lead, generator[k]));
    }
    std::copy(rest.begin() + 2, rest.end(), words.begin() + 2);
    for (Word& word : words) word = static_cast<Word>(word ^ kFlip);
    return words;
}

const std::array<Words, 256>& all_runes() {
    static const auto all = [] {
        std::array<Words, 256> made{};
        for (unsigned number = 0; number < made.size(); ++number) made[number] = words_of(number);
        return made;
    }();
    return all;
}

// The ring's bits run clockwise from the upper left, between the marks at the corners.
Words words_in(const std::vector<float>& modules) {
    Words words{};
    int bit = 0;
    for (int side = 0; side < 4; ++side)
        for (int i = 2; i <= kLast - 2; ++i, ++bit) {
            const std::array<int, 4> columns{i, kLast, kLast - i, 0};
            const std::array<int, 4> rows{0, i, kLast, kLast - i};
            const auto which = static_cast<std::size_t>(side);
            const bool dark = modules[cell_index(rows[which], kSide, columns[which])] > 0;
            Word& word = words[static_cast<std::size_t>(bit / 4)];
            word = static_cast<Word>(word << 1U | (dark ? 1U : 0U));
        }
    return words;
}

}  // namespace

Pattern aztec_rune() {
    Pattern pattern{Symbology::Aztec, kSide, kSide, {}};
    for (int row = 1; row < kLast; ++row)
        for (int column = 1; column < kLast; ++column) {
            const int ring = std::max(std::abs(column - kSide / 2), std::abs(row - kSide / 2));
            pattern.marks.push_back({column, row, ring % 2 == 0});
        }
    // Three dark modules at the upper left, two at the upper right, one at the lower right.
    for (const auto& [column, row] :
         {std::pair{0, 0}, {1, 0}, {0, 1}, {kLast, 0}, {kLast, 1}, {kLast, kLast - 1}})
        pattern.marks.push_back({column, row, true, MarkKind::Dashed});
    for (const auto& [column, row] : {std::pair{kLast - 1, 0},
                                      {kLast, kLast},
                                      {kLast - 1, kLast},
                                      {0, kLast},
                                      {1, kLast},
                                      {0, kLast - 1}})
        pattern.marks.push_back({column, row, false, MarkKind::Dashed});
    return pattern;
}

std::optional<int> rune_number(const std::vector<float>& modules) {
    if (modules.size() != cell_index(kSide, kSide, 0)) return std::nullopt;
    const Words seen = words_in(modules);
    const auto& all = all_runes();
    // Runes differ in six words or more: one alone can be so near.
    for (std::size_t number = 0; number < all.size(); ++number) {
        int wrong = 0;
        for (std::size_t i = 0; i < kWords; ++i) wrong += seen[i] != all[number][i] ? 1 : 0;
        if (wrong <= kWordsWrong) return static_cast<int>(number);
    }
    return std::nullopt;
}

}  // namespace scanner

#include "inventory/serial_shape.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace inventory {
namespace {

using Seen = std::array<bool, kCharacterClasses>;

bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

CharacterClass class_of(char c) {
    if (c >= '0' && c <= '9') return CharacterClass::Digit;
    if (c >= 'A' && c <= 'Z') return CharacterClass::Upper;
    return c >= 'a' && c <= 'z' ? CharacterClass::Lower : CharacterClass::Other;
}

bool is_mixed(const Seen& seen) {
    return seen[0] && (seen[1] || seen[2]);  // digits and letters
}

// Between the first and the last mixed place of a run without punctuation every place is.
void spread(std::vector<Seen>& seen) {
    const auto is_word = [](const Seen& one) { return !one[3]; };
    for (auto begin = seen.begin(); begin != seen.end();) {
        begin = std::find_if(begin, seen.end(), is_word);
        const auto end = std::find_if_not(begin, seen.end(), is_word);
        const auto first = std::find_if(begin, end, is_mixed);
        auto last = end;
        while (last != first && !is_mixed(*(last - 1))) --last;
        Seen all{};
        for (auto one = first; one != last; ++one)
            for (std::size_t c = 0; c < kCharacterClasses; ++c) all[c] = all[c] || (*one)[c];
        std::fill(first, last, all);
        begin = end;
    }
}

std::string class_words(CharacterClass of) {
    switch (of) {
        case CharacterClass::Digit: return "a digit";
        case CharacterClass::Upper: return "a capital letter";
        case CharacterClass::Lower: return "a small letter";
        case CharacterClass::Other: return "another character";
    }
    return "";
}

std::string lengths_of(const SerialShape& shape) {
    std::vector<std::int64_t> lengths;
    for (const ShapeRow& row : shape.rows) lengths.push_back(row.length);
    std::ranges::sort(lengths);
    lengths.erase(std::unique(lengths.begin(), lengths.end()), lengths.end());
    if (lengths.size() > 2)
        return std::to_string(lengths.front()) + " to " + std::to_string(lengths.back());
    std::string words;
    for (const std::int64_t length : lengths)
        words += (words.empty() ? "" : " or ") + std::to_string(length);
    return words;
}

bool is_read_from(const SerialShape& shape, std::string_view symbology) {
    bool any = false, same = false;
    for (const ShapeRow& row : shape.rows) {
        any = any || !row.symbology.empty();
        same = same || row.symbology == symbology;
    }
    return same || !any || symbology.empty();
}

}  // namespace

std::vector<CharacterClass> classes_of(std::string_view serial) {
    std::vector<CharacterClass> classes;
    for (const char c : serial)
        if (begins_character(c) && classes.size() < kShapePositionsMax)
            classes.push_back(class_of(c));
    return classes;
}

void count_serial(ShapeRow& row, std::string_view serial, bool added) {
    const std::vector<CharacterClass> classes = classes_of(serial);
    row.positions.resize(classes.size());
    for (std::size_t i = 0; i < classes.size(); ++i) {
        std::uint32_t& count = row.positions[i][static_cast<std::size_t>(classes[i])];
        count += added ? 1U : ~0U;
    }
    row.units += added ? 1 : -1;
}

std::int64_t SerialShape::units() const {
    std::int64_t all = 0;
    for (const ShapeRow& row : rows) all += row.units;
    return all;
}

std::vector<Seen> SerialShape::seen(std::int64_t length) const {
    std::vector<Seen> seen;
    for (const ShapeRow& row : rows) {
        if (row.length != length) continue;
        seen.resize(row.positions.size());
        for (std::size_t i = 0; i < seen.size(); ++i)
            for (std::size_t c = 0; c < kCharacterClasses; ++c)
                seen[i][c] = seen[i][c] || row.positions[i][c] > 0;
    }
    spread(seen);
    return seen;
}

std::optional<std::string> misfit(const SerialShape& shape, std::string_view serial,
                                  std::string_view symbology) {
    if (shape.units() == 0) return "it is the first of this product";
    const auto length = static_cast<std::int64_t>(base::count_characters(serial));
    const std::vector<Seen> seen = shape.seen(length);
    if (seen.empty())
        return "it has " + std::to_string(length) + " characters, the others have " +
               lengths_of(shape);
    const std::vector<CharacterClass> classes = classes_of(serial);
    for (std::size_t i = 0; i < classes.size(); ++i)
        if (!seen[i][static_cast<std::size_t>(classes[i])])
            return "character " + std::to_string(i + 1) + " is " + class_words(classes[i]) +
                   ", in the others it never was";
    if (!base::comparison_key(serial).starts_with(shape.prefix))
        return "the others begin with " + shape.prefix;
    if (!is_read_from(shape, symbology)) return "the others are printed in another kind of barcode";
    return std::nullopt;
}

}  // namespace inventory

// What the serials of one variant look like, learned from those that are registered: how long they
// are, where they have digits and where letters, how they begin, and which symbology carries them.
// Counts of all units, so that it does not depend on the order in which they came. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace inventory {

enum class CharacterClass : std::uint8_t { Digit, Upper, Lower, Other };
inline constexpr std::size_t kCharacterClasses = 4;
inline constexpr std::size_t kShapePositionsMax = 64;  // characters behind are not looked at

// Per character of the serial, in order; at most kShapePositionsMax.
std::vector<CharacterClass> classes_of(std::string_view serial);

// The serials of one length, read from codes of one symbology.
struct ShapeRow {
    std::string symbology;  // ISO/IEC 15424 without the modifier, "]C"; "" = typed or imported
    std::int64_t length = 0;
    std::int64_t units = 0;
    std::vector<std::array<std::uint32_t, kCharacterClasses>> positions;
    bool operator==(const ShapeRow&) const = default;
};

// Adds a serial to the row of its symbology and length, or takes one away.
void count_serial(ShapeRow& row, std::string_view serial, bool added);

struct SerialShape {
    std::vector<ShapeRow> rows;
    std::string prefix;  // what the keys of all begin with, up to the first digit

    [[nodiscard]] std::int64_t units() const;
    // What characters of that length were seen at each place, of all symbologies; between two
    // places of one run that have both letters and digits all have. Empty: no serial is so long.
    [[nodiscard]] std::vector<std::array<bool, kCharacterClasses>> seen(std::int64_t length) const;
};

// Why the serial does not look like the others, in words ("it has 9 characters, the others 12");
// nothing when it fits. `symbology`: as in ShapeRow. Without any unit nothing fits.
std::optional<std::string> misfit(const SerialShape& shape, std::string_view serial,
                                  std::string_view symbology);

}  // namespace inventory

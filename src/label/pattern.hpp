// Regular expressions of label profiles. A small language that is matched in time linear in the
// text, whatever the expression: no step back, no recursion over the text. Pure; any thread.
//
//   a  \.        the character, an escaped one      [A-F0-9]  [^-]   one of them, none of them
//   .            any character                      \d \w \s         digit, word character, blank
//   x*  x+  x?   x{3}  x{2,}  x{2,5}                x|y   (x)   (?:x)   ^   $
//
// Text is bytes: a character outside ASCII matches itself as it stands, "." one byte of it.
#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"

namespace label {

inline constexpr std::size_t kPatternSizeMax = 256;   // characters of an expression
inline constexpr std::size_t kPatternStepsMax = 512;  // after its repetitions are written out

class Pattern {
 public:
    // InvalidInput: what is wrong with the expression, and where.
    static Result<Pattern> compile(std::string_view expression);

    // The first place where it matches: what its first group holds, without a group all of it.
    // Of several ways to match there, the one that a person reading from the left would try first.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view text) const;

    using Bytes = std::bitset<256>;
    enum class Op : std::uint8_t { OneOf, Split, Jump, Save, AtBegin, AtEnd, Match };
    // Jumps are relative, so that a piece can be repeated by copying it.
    struct Step {
        Op op = Op::Match;
        int to = 0;     // Split (preferred), Jump; Save: which mark
        int other = 0;  // Split
        Bytes bytes;    // OneOf
    };
    using Steps = std::vector<Step>;

 private:
    explicit Pattern(Steps steps) : steps_(std::move(steps)) {}
    Steps steps_;
};

}  // namespace label

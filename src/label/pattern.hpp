// Regular expressions of label profiles, in RE2's language (as Perl's, without what needs to step
// back): matched in time linear in the text, whatever the expression. Pure; any thread.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "base/result.hpp"

namespace re2 {
class RE2;
}

namespace label {

inline constexpr std::size_t kPatternSizeMax = 256;  // bytes of an expression

class Pattern {
 public:
    // InvalidInput: what is wrong with the expression.
    static Result<Pattern> compile(std::string_view expression);

    // The first place where it matches: what its first group holds, without a group all of it.
    // Of several ways to match there, the one that a person reading from the left would try first.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view text) const;

 private:
    explicit Pattern(std::shared_ptr<const re2::RE2> expression)
        : expression_(std::move(expression)) {}
    std::shared_ptr<const re2::RE2> expression_;
};

}  // namespace label

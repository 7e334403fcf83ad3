#include "label/pattern.hpp"

#include <re2/re2.h>

#include <string>

#include "base/text.hpp"

namespace label {
namespace {

constexpr std::int64_t kMemoryMax = std::int64_t{1} << 20;  // of the program and its states

re2::StringPiece piece(std::string_view text) { return {text.data(), text.size()}; }

}  // namespace

Result<Pattern> Pattern::compile(std::string_view expression) {
    if (expression.empty()) return fail(ErrorKind::InvalidInput, "the pattern is empty");
    if (expression.size() > kPatternSizeMax)
        return fail(ErrorKind::InvalidInput, "the pattern is longer than " +
                                                 std::to_string(kPatternSizeMax) + " characters");
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(kMemoryMax);
    auto compiled = std::make_shared<const RE2>(piece(expression), options);
    if (!compiled->ok())
        return fail(ErrorKind::InvalidInput,
                    "the pattern is no regular expression: " + base::printable(compiled->error()));
    return Pattern(std::move(compiled));
}

std::optional<std::string_view> Pattern::find(std::string_view text) const {
    re2::StringPiece found[2];
    const int wanted = expression_->NumberOfCapturingGroups() > 0 ? 2 : 1;
    if (!expression_->Match(piece(text), 0, text.size(), RE2::UNANCHORED, found, wanted))
        return std::nullopt;
    const re2::StringPiece& serial = found[wanted - 1];
    if (serial.data() == nullptr) return std::nullopt;  // its group took no part in the match
    return std::string_view(serial.data(), serial.size());
}

}  // namespace label

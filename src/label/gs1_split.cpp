// Where one GS1 field ends and the next begins.
#include <bitset>

#include "label/characters.hpp"
#include "label/gs1.hpp"

namespace label {
namespace {

constexpr char kSeparator = '\x1d';
// A label carries a dozen at most; a bound keeps hostile input cheap.
constexpr std::size_t kElementsMax = 64;
// Longer than two fields of the greatest length there is nothing to guess.
constexpr std::size_t kGuessSizeMax = 192;

// Bent, but the text is what it was meant to be: kept with a warning.
bool is_kept(Misfit found, const Ai& ai) {
    return found == Misfit::Characters && ai.parts[0].charset != Charset::Numeric;
}

void leave_out(Elements& split, std::string problem, std::string_view text) {
    split.problems.push_back(std::move(problem));
    if (!split.rest.empty()) split.rest += kSeparator;
    split.rest += text;
}

// For fields between two separators that are not all separated: from which positions the text can
// be read to its end, and how long the value of the field at a position then is.
class Guess {
 public:
    explicit Guess(std::string_view text) : text_(text) {
        readable_[text.size()] = true;
        for (std::size_t at = text.size(); at-- > 0;)
            if (const Ai* ai = find_ai(text.substr(at)))
                readable_[at] = value_size(*ai, at + ai->digits) > 0;
    }

    // 0 = it cannot be read. `at` is where the value begins.
    [[nodiscard]] std::size_t value_size(const Ai& ai, std::size_t at) const {
        const std::size_t left = text_.size() - at;
        if (ai.min == ai.max) return fits(ai, at, ai.max) ? ai.max : 0;
        if (left <= ai.max && fits(ai, at, left)) return left;
        for (std::size_t size = std::max<std::size_t>(ai.min, 1); size <= ai.max && size < left;
             ++size) {
            const bool before_predefined =
                left >= size + 2 && predefined_size(text_[at + size], text_[at + size + 1]) > 0;
            // Some printers fill the value up instead of ending it.
            if ((before_predefined || size == ai.max) && fits(ai, at, size)) return size;
        }
        return 0;
    }

 private:
    [[nodiscard]] bool fits(const Ai& ai, std::size_t at, std::size_t size) const {
        return at + size <= text_.size() && readable_[at + size] &&
               misfit(ai, text_.substr(at, size)) == Misfit::None;
    }

    std::string_view text_;
    std::bitset<kGuessSizeMax + 1> readable_;
};

// Takes the field at the front of `text`, which ends at `chunk` at the latest.
void take_field(Elements& split, std::string_view& text, std::string_view chunk) {
    const Ai* ai = find_ai(chunk);
    if (ai == nullptr) {
        const int size = chunk.size() < 2 ? 0 : predefined_size(chunk[0], chunk[1]);
        if (size > 0 && chunk.size() > static_cast<std::size_t>(size))
            chunk = chunk.substr(0, static_cast<std::size_t>(size));
        leave_out(split,
                  "no application identifier begins \"" + std::string(chunk.substr(0, 4)) + "\"",
                  chunk);
        text.remove_prefix(chunk.size());
        return;
    }
    const std::string_view code = chunk.substr(0, ai->digits);
    const std::string_view after = chunk.substr(ai->digits);
    std::string_view value = ai->predefined ? after.substr(0, ai->max) : after;
    Misfit found = misfit(*ai, value);
    if (found != Misfit::None && !ai->predefined && chunk.size() <= kGuessSizeMax) {
        if (const std::size_t size = Guess(chunk).value_size(*ai, ai->digits); size > 0) {
            value = after.substr(0, size);
            found = Misfit::None;
            split.notes.push_back("no separator stands behind AI " + std::string(code) +
                                  "; the next field begins where it can");
        }
    }
    if (found == Misfit::None || is_kept(found, *ai)) {
        if (found != Misfit::None) split.problems.push_back(in_words(found, code, *ai, value));
        split.elements.push_back({ai, code, value});
    } else {
        split.misread = split.misread || found == Misfit::CheckDigit;
        leave_out(split, in_words(found, code, *ai, value),
                  chunk.substr(0, code.size() + value.size()));
    }
    text.remove_prefix(code.size() + value.size());
}

// "(01)" at the front of `text`: its identifier, when there is such a one.
const Ai* bracketed_ai(std::string_view text) {
    if (text.size() < 4 || text.front() != '(') return nullptr;
    const std::size_t close = text.substr(0, 6).find(')');
    return close == std::string_view::npos ? nullptr : ai_named(text.substr(1, close - 1));
}

}  // namespace

Elements split_gs1(std::string_view text) {
    Elements split;
    split.elements.reserve(6);
    while (!text.empty()) {
        if (text.front() == kSeparator) {
            text.remove_prefix(1);
            continue;
        }
        if (split.elements.size() + split.problems.size() >= kElementsMax) {
            leave_out(split, "more fields than a label has", text);
            break;
        }
        take_field(split, text, text.substr(0, text.find(kSeparator)));
    }
    return split;
}

std::optional<Elements> split_bracketed_gs1(std::string_view text) {
    if (bracketed_ai(text) == nullptr) return std::nullopt;
    Elements split;
    while (!text.empty()) {
        const Ai& ai = *bracketed_ai(text);
        const std::string_view code = text.substr(1, ai.digits);
        // A bracket may be part of a value, so the next field begins where an identifier stands.
        std::size_t end = text.find('(', 1);
        while (end != std::string_view::npos && bracketed_ai(text.substr(end)) == nullptr)
            end = text.find('(', end + 1);
        const std::string_view field = text.substr(0, end);
        text.remove_prefix(field.size());
        const std::string_view value = stripped(field.substr(code.size() + 2));
        const Misfit found = misfit(ai, value);
        if (split.elements.size() + split.problems.size() >= kElementsMax) {
            leave_out(split, "more fields than a label has", field);
            break;
        }
        if (found == Misfit::None || is_kept(found, ai)) {
            if (found != Misfit::None) split.problems.push_back(in_words(found, code, ai, value));
            split.elements.push_back({&ai, code, value});
        } else {
            leave_out(split, in_words(found, code, ai, value), field);
        }
    }
    return split;
}

}  // namespace label

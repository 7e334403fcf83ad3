#include "scanner/soft_text.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace scanner {
namespace {

// Code 128's values with a meaning of their own (ISO/IEC 15417, table 1).
constexpr int kFnc3 = 96;
constexpr int kFnc2 = 97;
constexpr int kShift = 98;
constexpr int kToC = 99;
constexpr int kToB = 100;
constexpr int kToA = 101;
constexpr int kFnc1 = 102;

enum class CodeSet : std::uint8_t { A, B, C };

// Reads values one by one; says by ok() whether they make sense.
class Code128Text {
 public:
    explicit Code128Text(CodeSet set) : set_(set) {}

    void take(int value, bool first) {
        if (value == kFnc1) {
            if (first)
                is_gs1_ = true;
            else
                text_ += '\x1d';
            return;
        }
        if (set_ == CodeSet::C)
            take_digits(value);
        else
            take_character(value);
    }
    [[nodiscard]] std::optional<SoftText> text() const {
        if (!ok_ || text_.empty()) return std::nullopt;
        return SoftText{text_, is_gs1_ ? "]C1" : "]C0", Symbology::Code128};
    }

 private:
    void take_digits(int value) {
        if (value < 100)
            text_ += {static_cast<char>('0' + value / 10), static_cast<char>('0' + value % 10)};
        else
            set_ = value == kToB ? CodeSet::B : CodeSet::A;
    }
    void take_character(int value) {
        const CodeSet set = shifted_ ? (set_ == CodeSet::A ? CodeSet::B : CodeSet::A) : set_;
        shifted_ = false;
        if (value < kFnc3) {
            const int character = set == CodeSet::A && value >= 64 ? value - 64 : value + 32;
            text_ += static_cast<char>(character);
            return;
        }
        switch (value) {
            case kShift: shifted_ = true; break;
            case kToC: set_ = CodeSet::C; break;
            // In the set itself, its own number is FNC4: extended characters, left to others.
            case kToB: set_ == CodeSet::B ? give_up() : change(CodeSet::B); break;
            case kToA: set_ == CodeSet::A ? give_up() : change(CodeSet::A); break;
            case kFnc2:
            case kFnc3:
            default: give_up();  // commands to the reader, no text
        }
    }
    void change(CodeSet set) { set_ = set; }
    void give_up() { ok_ = false; }

    CodeSet set_;
    bool shifted_ = false;
    bool is_gs1_ = false;
    bool ok_ = true;
    std::string text_;
};

int check_sum_from_right(std::string_view digits) {
    int sum = 0;
    for (std::size_t i = 0; i < digits.size(); ++i)
        sum += (digits[digits.size() - 1 - i] - '0') * (i % 2 == 0 ? 1 : 3);
    return sum % 10;
}

char digit(int value) { return static_cast<char>('0' + value % 10); }

}  // namespace

std::optional<SoftText> interpret_code128(const SoftPlan& /*plan*/,
                                          const std::vector<int>& glyphs) {
    if (glyphs.size() < 4) return std::nullopt;
    const std::size_t check = glyphs.size() - 2;
    int sum = 103 + glyphs[0];
    for (std::size_t i = 1; i < check; ++i) sum += static_cast<int>(i) * glyphs[i];
    if (sum % 103 != glyphs[check]) return std::nullopt;
    Code128Text text(static_cast<CodeSet>(glyphs[0]));
    for (std::size_t i = 1; i < check; ++i) text.take(glyphs[i], i == 1);
    return text.text();
}

std::optional<SoftText> interpret_code39(const SoftPlan& /*plan*/, const std::vector<int>& glyphs) {
    constexpr std::string_view kCharacters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";
    constexpr std::string_view kShifts = "$/+%";  // the first half of a full-ASCII pair
    std::string text;
    for (std::size_t i = 1; i + 1 < glyphs.size(); ++i)
        text += kCharacters[static_cast<std::size_t>(glyphs[i])];
    // Full ASCII is the library's to read, so that there is one way of it.
    if (text.find_first_of(kShifts) != std::string::npos) return std::nullopt;
    return SoftText{text, "]A0", Symbology::Code39};
}

std::optional<SoftText> interpret_itf(const SoftPlan& /*plan*/, const std::vector<int>& glyphs) {
    std::string text;
    for (std::size_t i = 1; i + 1 < glyphs.size(); ++i)
        text += {digit(glyphs[i] / 10), digit(glyphs[i])};
    return SoftText{text, check_sum_from_right(text) == 0 ? "]I1" : "]I0", Symbology::ITF};
}

std::optional<SoftText> interpret_ean13(const SoftPlan& /*plan*/, const std::vector<int>& glyphs) {
    // Which of the left six digits are of even parity tells the first digit.
    constexpr std::array<int, 10> kParities = {0b000000, 0b001011, 0b001101, 0b001110, 0b010011,
                                               0b011001, 0b011100, 0b010101, 0b010110, 0b011010};
    int parity = 0;
    std::string text;
    for (std::size_t i = 1; i <= 6; ++i) {
        parity = 2 * parity + (glyphs[i] >= 10 ? 1 : 0);
        text += digit(glyphs[i]);
    }
    for (std::size_t i = 8; i <= 13; ++i) text += digit(glyphs[i]);
    const auto first = std::find(kParities.begin(), kParities.end(), parity);
    if (first == kParities.end()) return std::nullopt;
    text.insert(0, 1, digit(static_cast<int>(first - kParities.begin())));
    if (check_sum_from_right(text) != 0) return std::nullopt;
    return SoftText{text, "]E0", Symbology::EAN13};
}

std::optional<SoftText> interpret_ean8(const SoftPlan& /*plan*/, const std::vector<int>& glyphs) {
    std::string text;
    for (std::size_t i = 1; i <= 4; ++i) text += digit(glyphs[i]);
    for (std::size_t i = 6; i <= 9; ++i) text += digit(glyphs[i]);
    if (check_sum_from_right(text) != 0) return std::nullopt;
    return SoftText{text, "]E4", Symbology::EAN8};
}

}  // namespace scanner

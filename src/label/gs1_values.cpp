// Whether a value keeps the rules of its application identifier.
#include "label/characters.hpp"
#include "label/dates.hpp"
#include "label/gs1.hpp"

namespace label {
namespace {

constexpr unsigned bit(Charset set) { return 1U << static_cast<unsigned>(set); }

// For every byte the sets it belongs to.
constexpr auto kSets = [] {
    std::array<std::uint8_t, 256> sets{};
    const auto add = [&sets](std::string_view characters, Charset set) {
        for (const char c : characters) {
            auto& of_character = sets[static_cast<unsigned char>(c)];
            of_character = static_cast<std::uint8_t>(of_character | bit(set));
        }
    };
    constexpr std::string_view kDigits = "0123456789", kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
                               kLower = "abcdefghijklmnopqrstuvwxyz";
    for (const Charset set : {Charset::Numeric, Charset::Set82, Charset::Set39, Charset::Set64})
        add(kDigits, set);
    for (const Charset set : {Charset::Set82, Charset::Set39, Charset::Set64}) add(kUpper, set);
    for (const Charset set : {Charset::Set82, Charset::Set64}) add(kLower, set);
    add("!\"%&'()*+,-./_:;<=>?", Charset::Set82);
    add("#-/", Charset::Set39);
    add("-_=", Charset::Set64);
    return sets;
}();

bool is_of(Charset set, std::string_view text) {
    unsigned common = bit(set);
    for (const char c : text) common &= kSets[static_cast<unsigned char>(c)];
    return common != 0;
}

bool check_digit_is_right(std::string_view digits) {
    int sum = 0, weight = 1;
    for (std::size_t i = digits.size(); i-- > 0; weight = 4 - weight)
        sum += weight * (digits[i] - '0');
    return sum % 10 == 0;
}

// General Specifications 7.9: weights are primes from the right, the check pair of 32 characters.
bool check_pair_is_right(std::string_view text) {
    static constexpr int kPrimes[] = {2,  3,  5,  7,  11, 13, 17, 19, 23, 29, 31, 37,
                                      41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83};
    static constexpr std::string_view kCheck = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    static constexpr std::string_view kValues =
        "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
    if (text.size() < 3 || text.size() - 2 > std::size(kPrimes)) return false;
    const std::string_view body = text.substr(0, text.size() - 2);
    std::size_t sum = 0;
    for (std::size_t i = 0; i < body.size(); ++i)
        sum += kValues.find(body[i]) * static_cast<std::size_t>(kPrimes[body.size() - 1 - i]);
    sum %= 1021;
    return text[text.size() - 2] == kCheck[sum / 32] && text.back() == kCheck[sum % 32];
}

// ISO 13616: country and check digits go to the end, letters count 10–35, the rest of 97 is 1.
bool is_iban(std::string_view text) {
    if (text.size() < 5) return false;
    int rest = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[(i + 4) % text.size()];
        if (is_digit(c))
            rest = (rest * 10 + (c - '0')) % 97;
        else if (c >= 'A' && c <= 'Z')
            rest = (rest * 100 + (c - 'A' + 10)) % 97;
        else
            return false;
    }
    return rest == 1;
}

// `digits` are at most ten.
std::int64_t number(std::string_view digits) {
    std::int64_t value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

bool is_minute(std::string_view text) {
    return number(text.substr(0, 2)) < 24 && number(text.substr(2)) < 60;
}

bool is_piece_of_total(std::string_view text) {
    const auto piece = number(text.substr(0, 2)), total = number(text.substr(2));
    return piece >= 1 && piece <= total;
}

bool is_medium(std::string_view text) {
    const auto code = number(text);
    return (code >= 1 && code <= 10) || code >= 80;
}

// The century is without meaning here: any that the day can be in will do.
bool is_day(std::string_view text) {
    return from_yymmdd(text, 2000).has_value() || from_yymmdd(text, 1996).has_value();
}

Misfit unless(bool fits, Misfit misfit) { return fits ? Misfit::None : misfit; }

Misfit misfit(Rule rule, std::string_view text) {
    constexpr std::int64_t kTenMillion = 10'000'000;
    switch (rule) {
        case Rule::None: return Misfit::None;
        case Rule::CheckDigit: return unless(check_digit_is_right(text), Misfit::CheckDigit);
        case Rule::CheckPair: return unless(check_pair_is_right(text), Misfit::CheckDigit);
        case Rule::DayMayBe00: return unless(is_day(text), Misfit::Date);
        case Rule::Day: return unless(is_day(text) && text.substr(4) != "00", Misfit::Date);
        case Rule::LongDay:
            return unless(from_yyyymmdd(text) && text.substr(6) != "00", Misfit::Date);
        case Rule::Minute: return unless(is_minute(text), Misfit::Date);
        case Rule::Hour: return unless(number(text) < 24, Misfit::Date);
        case Rule::Sixty: return unless(number(text) < 60, Misfit::Date);
        case Rule::Zero: return unless(number(text) == 0, Misfit::Content);
        case Rule::NotZero: return unless(number(text) != 0, Misfit::Content);
        case Rule::YesNo: return unless(number(text) <= 1, Misfit::Content);
        case Rule::PieceOfTotal: return unless(is_piece_of_total(text), Misfit::Content);
        case Rule::Winding:
            return unless(text == "0" || text == "1" || text == "9", Misfit::Content);
        case Rule::Sex: return unless(number(text) <= 2 || text == "9", Misfit::Content);
        case Rule::Media: return unless(is_medium(text), Misfit::Content);
        case Rule::Minus: return unless(text == "-", Misfit::Content);
        case Rule::Latitude: return unless(number(text) <= 180 * kTenMillion, Misfit::Content);
        case Rule::Longitude: return unless(number(text) < 360 * kTenMillion, Misfit::Content);
        case Rule::Iban: return unless(is_iban(text), Misfit::CheckDigit);
    }
    return Misfit::None;
}

}  // namespace

Misfit misfit(const Ai& ai, std::string_view value) {
    if (value.size() < ai.min || value.empty()) return Misfit::Short;
    if (value.size() > ai.max) return Misfit::Long;
    for (std::size_t i = 0; i < ai.part_count; ++i) {
        const Part& part = ai.parts[i];
        const std::string_view text = value.substr(0, part.max);
        if (text.empty() && part.min == 0) break;
        // A part that may be left out is there as a whole or not, but for the open-ended one.
        if (part.rule != Rule::None && part.min == 0 && text.size() < part.max &&
            part.charset == Charset::Numeric)
            return Misfit::Short;
        if (!is_of(part.charset, text)) return Misfit::Characters;
        if (const Misfit found = misfit(part.rule, text); found != Misfit::None) return found;
        value.remove_prefix(text.size());
    }
    return Misfit::None;
}

std::string in_words(Misfit found, std::string_view code, const Ai& ai, std::string_view value) {
    const std::string name = "AI " + std::string(code);
    const std::string unit =
        ai.parts[0].charset == Charset::Numeric && ai.part_count == 1 ? " digits" : " characters";
    switch (found) {
        case Misfit::None: return "";
        case Misfit::Short:
            return name + " needs " + (ai.min == ai.max ? "" : "at least ") +
                   std::to_string(ai.min) + unit;
        case Misfit::Long:
            return name + " has " + std::to_string(value.size()) + unit + ", at most " +
                   std::to_string(ai.max) + " are allowed: perhaps a separator is missing";
        case Misfit::Characters:
            return unit == " digits" && ai.min == ai.max
                       ? name + " needs " + std::to_string(ai.min) + unit
                       : name + " holds a character that GS1 does not allow there";
        case Misfit::CheckDigit: return name + " has a wrong check digit; read it again";
        case Misfit::Date: return name + " holds no date: " + std::string(value);
        case Misfit::Content: return name + " cannot be " + std::string(value);
    }
    return "";
}

}  // namespace label

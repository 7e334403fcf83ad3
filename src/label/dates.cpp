#include "label/dates.hpp"

#include "label/characters.hpp"

namespace label {
namespace {

using std::chrono::day;
using std::chrono::last;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;

// `digits` holds nothing but digits.
int number(std::string_view digits) {
    int value = 0;
    for (const char c : digits) value = value * 10 + (c - '0');
    return value;
}

int full_year(int two_digits, int century_of) {
    int full = century_of - century_of % 100 + two_digits;
    if (full - century_of >= 51) full -= 100;
    if (full - century_of <= -50) full += 100;
    return full;
}

OptionalDate date(int y, int m, int d) {
    if (y < 1 || y > 9999 || m < 1 || m > 12) return std::nullopt;
    const auto in_month = year(y) / month(static_cast<unsigned>(m));
    if (d == 0) return inventory::Date(in_month / last);
    const inventory::Date result = in_month / day(static_cast<unsigned>(d));
    return result.ok() ? OptionalDate(result) : std::nullopt;
}

bool are_digits(std::string_view text, std::size_t size) {
    return text.size() == size && all_digits(text);
}

// "31.12.2027", "2027-12-31" …: three numbers with one mark between them.
OptionalDate from_three(std::string_view text, char mark) {
    const std::string_view a = take_until(text, mark);
    const std::string_view b = take_until(text, mark);
    if (!all_digits(a) || !all_digits(b) || !all_digits(text) || a.size() > 4 || b.size() > 2 ||
        text.size() > 4)
        return std::nullopt;
    if (a.size() == 4)
        return number(text) == 0 ? OptionalDate() : date(number(a), number(b), number(text));
    if (text.size() != 4 || number(a) == 0 || number(b) == 0) return std::nullopt;
    const int y = number(text);
    if (mark == '.' || number(a) > 12 || number(a) == number(b))
        return date(y, number(b), number(a));
    if (number(b) > 12) return date(y, number(a), number(b));
    return std::nullopt;
}

}  // namespace

OptionalDate from_yymmdd(std::string_view digits, int century_of) {
    if (!are_digits(digits, 6)) return std::nullopt;
    return date(full_year(number(digits.substr(0, 2)), century_of), number(digits.substr(2, 2)),
                number(digits.substr(4, 2)));
}

OptionalDate from_mmddyy(std::string_view digits, int century_of) {
    if (!are_digits(digits, 6)) return std::nullopt;
    return date(full_year(number(digits.substr(4, 2)), century_of), number(digits.substr(0, 2)),
                number(digits.substr(2, 2)));
}

OptionalDate from_ddmmyy(std::string_view digits, int century_of) {
    if (!are_digits(digits, 6)) return std::nullopt;
    return date(full_year(number(digits.substr(4, 2)), century_of), number(digits.substr(2, 2)),
                number(digits.substr(0, 2)));
}

OptionalDate from_mmyy(std::string_view digits, int century_of) {
    if (!are_digits(digits, 4)) return std::nullopt;
    return date(full_year(number(digits.substr(2, 2)), century_of), number(digits.substr(0, 2)), 0);
}

OptionalDate from_yyjjj(std::string_view digits, int century_of) {
    if (!are_digits(digits, 5)) return std::nullopt;
    const int y = full_year(number(digits.substr(0, 2)), century_of);
    const int of_year = number(digits.substr(2));
    if (of_year < 1 || of_year > (year(y).is_leap() ? 366 : 365)) return std::nullopt;
    return inventory::Date(sys_days(year(y) / 1 / 1) + std::chrono::days(of_year - 1));
}

OptionalDate from_yyyymmdd(std::string_view digits) {
    if (!are_digits(digits, 8)) return std::nullopt;
    return date(number(digits.substr(0, 4)), number(digits.substr(4, 2)),
                number(digits.substr(6, 2)));
}

OptionalDate from_ddmmyyyy(std::string_view digits) {
    if (!are_digits(digits, 8)) return std::nullopt;
    return date(number(digits.substr(4)), number(digits.substr(2, 2)), number(digits.substr(0, 2)));
}

OptionalDate from_any(std::string_view text, int century_of) {
    text = stripped(text);
    // A time behind it, as in "2027-12-31T08:00", is let be.
    if (text.size() > 10 && (text[10] == 'T' || text[10] == ' ')) text = text.substr(0, 10);
    if (text.size() == 6 && all_digits(text)) return from_yymmdd(text, century_of);
    if (text.size() == 8 && all_digits(text)) return from_yyyymmdd(text);
    for (const char mark : {'-', '/', '.'}) {
        const std::size_t first = text.find(mark);
        if (first == std::string_view::npos) continue;
        if (text.find(mark, first + 1) != std::string_view::npos) return from_three(text, mark);
        const std::string_view a = text.substr(0, first), b = text.substr(first + 1);
        if (are_digits(a, 4) && are_digits(b, 2)) return date(number(a), number(b), 0);
        if (are_digits(a, 2) && are_digits(b, 4)) return date(number(b), number(a), 0);
        if (are_digits(a, 2) && are_digits(b, 2)) {
            const OptionalDate month_first = date(full_year(number(b), century_of), number(a), 0);
            return number(b) > 12 ? month_first : std::nullopt;
        }
        return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace label

#include "label/hibc.hpp"

#include <algorithm>

#include "label/characters.hpp"
#include "label/data_identifiers.hpp"
#include "label/dates.hpp"

namespace label {
namespace {

constexpr std::string_view kCharacters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";
constexpr std::size_t kLicSize = 4, kPcnSizeMax = 18, kSizeMax = 256, kSegmentsMax = 16;

// The forms of a date by the flag in front of it; its digits behind the flag.
struct DateForm {
    char flag;
    std::size_t digits;
    OptionalDate (*read)(std::string_view digits, int century_of);
};

OptionalDate from_yymmddhh(std::string_view digits, int century_of) {
    return from_yymmdd(digits.substr(0, 6), century_of);
}
OptionalDate from_yyjjjhh(std::string_view digits, int century_of) {
    return from_yyjjj(digits.substr(0, 5), century_of);
}

constexpr DateForm kDateForms[] = {
    {'2', 6, from_mmddyy}, {'3', 6, from_yymmdd},  {'4', 8, from_yymmddhh},
    {'5', 5, from_yyjjj},  {'6', 7, from_yyjjjhh},
};

bool is_lic(std::string_view text) {
    return text.size() >= kLicSize && text[0] >= 'A' && text[0] <= 'Z' &&
           std::ranges::all_of(text.substr(0, kLicSize),
                               [](char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); });
}

void refuse(Parsed& parsed, std::string_view text, std::string why) {
    parsed.warnings.push_back(std::move(why));
    parsed.rest += (parsed.rest.empty() ? "" : "/") + std::string(text);
}

void add_text(Parsed& parsed, FieldName name, std::string_view value, std::string_view code) {
    if (!value.empty()) parsed.fields.push_back({name, std::string(value), std::string(code)});
}

void add_quantity(Parsed& parsed, std::string_view digits, std::string_view code) {
    if (!all_digits(digits)) {
        refuse(parsed, digits, "HIBC quantity " + std::string(digits) + " is no number");
        return;
    }
    const std::string_view qty = without_zeros(digits);
    add_text(parsed, FieldName::Qty, qty, code);
    if (qty != "1") parsed.warnings.push_back("qty " + std::string(qty) + " is not one unit");
}

// Takes the date off the front of `data`: MMYY, or a flag 2–7 and the date.
void take_expiry(Parsed& parsed, std::string_view& data, int century_of) {
    if (data.empty()) return;
    const char flag = data.front();
    if (flag == '7') {  // says that there is none
        data.remove_prefix(1);
        return;
    }
    const auto form = std::ranges::find(kDateForms, flag, &DateForm::flag);
    const bool month_only = flag == '0' || flag == '1';
    if (form == std::end(kDateForms) && !month_only) return;
    std::string code = "$$";
    if (!month_only) {
        code += flag;
        data.remove_prefix(1);
    }
    const std::string_view digits = data.substr(0, month_only ? 4 : form->digits);
    data.remove_prefix(digits.size());
    const bool complete = digits.size() == (month_only ? 4 : form->digits) && all_digits(digits);
    const OptionalDate date = !complete    ? std::nullopt
                              : month_only ? from_mmyy(digits, century_of)
                                           : form->read(digits, century_of);
    if (date)
        add_text(parsed, FieldName::Expiry, inventory::to_iso(*date), code);
    else
        refuse(parsed, digits, "HIBC expiry " + std::string(digits) + " is no date");
}

// "$$", "$$+", "$", "$+" or five digits, and what they announce.
void add_secondary(Parsed& parsed, std::string_view data, int century_of) {
    if (all_digits(data.substr(0, 5))) {
        const auto date =
            data.size() < 5 ? std::nullopt : from_yyjjj(data.substr(0, 5), century_of);
        if (date)
            add_text(parsed, FieldName::Expiry, inventory::to_iso(*date), "YYJJJ");
        else
            refuse(parsed, data.substr(0, 5), "HIBC expiry is no date");
        add_text(parsed, FieldName::Lot, data.substr(std::min<std::size_t>(5, data.size())), "lot");
        return;
    }
    std::string code = "$";
    const bool with_date = data.starts_with("$$");
    if (with_date) code += "$";
    data.remove_prefix(code.size());
    const bool serial = data.starts_with('+');
    if (serial) {
        code += "+";
        data.remove_prefix(1);
    }
    if (with_date) {
        const std::size_t digits = data.starts_with('8') ? 2 : data.starts_with('9') ? 5 : 0;
        if (digits > 0) {
            add_quantity(parsed, data.substr(1, digits), "$$" + std::string(data.substr(0, 1)));
            data.remove_prefix(std::min(data.size(), digits + 1));
        }
        take_expiry(parsed, data, century_of);
    }
    add_text(parsed, serial ? FieldName::Serial : FieldName::Lot, data, code);
}

void add_supplemental(Parsed& parsed, std::string_view data, int century_of) {
    if (data.starts_with('$') || all_digits(data.substr(0, 5)))
        add_secondary(parsed, data, century_of);
    else if (data.starts_with('S'))
        add_text(parsed, FieldName::Serial, data.substr(1), "S");
    else if (data.starts_with('Q'))
        add_quantity(parsed, data.substr(1), "Q");
    else
        add_data_field(parsed, data, century_of);
}

void add_primary(Parsed& parsed, std::string_view data) {
    add_text(parsed, FieldName::Lic, data.substr(0, kLicSize), "LIC");
    data.remove_prefix(kLicSize);
    if (data.size() < 2 || data.size() - 1 > kPcnSizeMax) {
        refuse(parsed, data, "a HIBC product number has 1 to 18 characters and a packaging level");
        return;
    }
    add_text(parsed, FieldName::Pcn, data.substr(0, data.size() - 1), "PCN");
    if (is_digit(data.back()))
        add_text(parsed, FieldName::UnitOfMeasure, data.substr(data.size() - 1), "U");
    else
        refuse(parsed, data.substr(data.size() - 1), "the HIBC packaging level is no digit");
}

// Without the asterisks that people read around it. A blank as check character is lost where the
// text was trimmed, and printed as "_".
std::optional<std::string> with_right_check(std::string_view text) {
    const std::string_view body = text.substr(0, text.size() - 1);
    const auto check = hibc_check_character(body);
    if (check && (text.back() == *check || (*check == ' ' && text.back() == '_')))
        return std::string(body) + *check;
    if (hibc_check_character(text) == ' ') return std::string(text) + ' ';
    return std::nullopt;
}

}  // namespace

std::optional<char> hibc_check_character(std::string_view text) {
    std::size_t sum = 0;
    for (const char c : text) {
        const std::size_t value = kCharacters.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        sum += value;
    }
    return kCharacters[sum % kCharacters.size()];
}

std::optional<Parsed> parse_hibc(std::string_view text, int century_of) {
    if (text.size() > 2 && text.front() == '*' && text.back() == '*')
        text = text.substr(1, text.size() - 2);
    if (text.size() < 4 || text.size() > kSizeMax || text.front() != '+') return std::nullopt;
    const bool flagged = text[1] == '$' || is_lic(text.substr(1));
    if (!flagged && !all_digits(text.substr(1, 5))) return std::nullopt;
    Parsed parsed;
    parsed.family = Family::Hibc;
    const auto checked = with_right_check(text);
    if (!checked) {
        if (!flagged) return std::nullopt;
        refuse(parsed, text, "the HIBC check character is wrong; read it again");
        return parsed;
    }
    std::string_view body = std::string_view(*checked).substr(1, checked->size() - 2);
    const bool has_primary = is_lic(body);
    const bool joined = body.find('/') != std::string_view::npos;
    if (has_primary) {
        add_primary(parsed, take_until(body, '/'));
        if (!joined) {
            parsed.partial = true;
            parsed.warnings.emplace_back("HIBC primary only: scan the second barcode as well");
        }
    } else {
        parsed.partial = true;
        if (body.size() > 1) {
            add_text(parsed, FieldName::Link, body.substr(body.size() - 1), "link");
            body.remove_suffix(1);
        }
        add_secondary(parsed, take_until(body, '/'), century_of);
        parsed.warnings.emplace_back("HIBC secondary only: scan the product's barcode as well");
    }
    for (std::size_t segments = 0; !body.empty(); ++segments) {
        if (segments == kSegmentsMax) {
            refuse(parsed, body, "more fields than a label has");
            break;
        }
        if (const std::string_view data = take_until(body, '/'); !data.empty())
            add_supplemental(parsed, data, century_of);
    }
    return parsed;
}

bool belong_together(const Parsed& primary, const Parsed& secondary) {
    const std::string* link = find(secondary, FieldName::Link);
    if (link == nullptr || find(primary, FieldName::Pcn) == nullptr) return false;
    const auto checked =
        with_right_check(primary.text.starts_with('*')
                             ? std::string_view(primary.text).substr(1, primary.text.size() - 2)
                             : std::string_view(primary.text));
    return checked && checked->back() == link->front();
}

}  // namespace label

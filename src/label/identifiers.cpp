#include "label/identifiers.hpp"

#include <algorithm>

#include "inventory/gtin.hpp"
#include "label/characters.hpp"

namespace label {
namespace {

// Makers whose prefix (IEEE MA-L) is of decimal digits only, so that the text alone does not show
// a MAC. Only such as stand on labels of devices.
constexpr std::string_view kDecimalPrefixes[] = {
    "000048",  // Seiko Epson
    "000074",  // Ricoh
    "000085",  // Canon
    "000105",  // Beckhoff
    "000142",  // Cisco
    "000420",  // Slim Devices
    "000569",  // VMware
    "000732",  // Aaeon
    "000874",  // Dell
    "001018",  // Broadcom
    "001132",  // Synology
    "001217",  // Cisco-Linksys
    "001422",  // Dell
    "001517",  // Intel
    "001565",  // Yealink
    "001788",  // Philips Lighting
    "001882",  // Huawei
    "001999",  // Fujitsu
    "002170",  // Dell
    "002219",  // Dell
    "002590",  // Super Micro
    "003011",  // HMS Industrial Networks
    "003048",  // Super Micro
    "004096",  // Cisco Aironet
    "005056",  // VMware
    "006008",  // 3Com
    "006065",  // B&R
    "008077",  // Brother
    "009027",  // Intel
};

// Makers whose devices carry an EUI-64 that is not made of a MAC, most of them LoRaWAN or Zigbee.
constexpr std::string_view kLongPrefixes[] = {
    "0004A3",  // Microchip
    "000D6F",  // Silicon Labs (Ember)
    "00124B",  // Texas Instruments
    "0013A2",  // Digi
    "00158D",  // Jennic
    "0080E1",  // STMicroelectronics
    "24E124",  // Milesight
    "2CF7F1",  // Seeed
    "58A0CB",  // TrackNet
    "647FDA",  // Tektelic
    "70B3D5",  // IEEE, for small makers
    "A84041",  // Dragino
    "AC1F09",  // RAKwireless
};

// The hex digits of groups of `group` with one mark between them; "" when it is not so written.
std::string separated_hex(std::string_view text, std::size_t group, char mark, std::size_t count) {
    const std::size_t groups = count / group;
    if (text.size() != count + groups - 1) return "";
    std::string hex;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i % (group + 1) == group) {
            if (text[i] != mark) return "";
        } else {
            if (hex_value(text[i]) < 0) return "";
            hex += to_upper(text[i]);
        }
    }
    return hex;
}

std::string with_separators(std::string_view text, std::size_t count) {
    for (const char mark : {':', '-', ' '})
        if (std::string hex = separated_hex(text, 2, mark, count); !hex.empty()) return hex;
    for (const char mark : {'.', '-', ':'})
        if (std::string hex = separated_hex(text, 4, mark, count); !hex.empty()) return hex;
    return separated_hex(text, 6, '-', count);
}

std::string bare_hex(std::string_view text, std::size_t count) {
    if (text.size() != count) return "";
    std::string hex;
    for (const char c : text) {
        if (hex_value(c) < 0) return "";
        hex += to_upper(c);
    }
    return hex;
}

std::optional<std::string> some(std::string text) {
    return text.empty() ? std::nullopt : std::optional(std::move(text));
}

// All zeros or all ones name no device.
bool is_blank_address(std::string_view hex) {
    return hex.find_first_not_of('0') == std::string_view::npos ||
           hex.find_first_not_of('F') == std::string_view::npos;
}

Parsed one_field(Family family, FieldName name, std::string value) {
    Parsed parsed;
    parsed.family = family;
    parsed.fields.push_back({name, std::move(value), ""});
    return parsed;
}

// What is nearly a product code: said, and kept as text.
Parsed refused_code(std::string_view text, std::string_view why) {
    Parsed parsed;
    parsed.family = Family::ProductCode;
    parsed.warnings.emplace_back(why);
    parsed.rest = text;
    return parsed;
}

}  // namespace

std::optional<std::string> named_mac(std::string_view text) {
    text = stripped(text);
    std::string hex = bare_hex(text, 12);
    return some(hex.empty() ? with_separators(text, 12) : std::move(hex));
}

std::optional<std::string> as_mac(std::string_view text) {
    if (text.size() < 12 || text.size() > 17) return std::nullopt;
    if (std::string hex = with_separators(text, 12); !hex.empty())
        return is_blank_address(hex) ? std::nullopt : some(std::move(hex));
    std::string hex = bare_hex(text, 12);
    if (hex.empty() || is_blank_address(hex)) return std::nullopt;
    const bool has_letter = !all_digits(hex);
    const auto begins = [&hex](std::string_view prefix) { return hex.starts_with(prefix); };
    return has_letter || std::ranges::any_of(kDecimalPrefixes, begins) ? some(std::move(hex))
                                                                       : std::nullopt;
}

std::optional<std::string> named_eui64(std::string_view text) {
    text = stripped(text);
    std::string hex = bare_hex(text, 16);
    return some(hex.empty() ? with_separators(text, 16) : std::move(hex));
}

std::optional<std::string> as_eui64(std::string_view text) {
    if (text.size() < 16 || text.size() > 23) return std::nullopt;
    std::string hex = bare_hex(text, 16);
    if (!hex.empty()) {
        const auto begins = [&hex](std::string_view prefix) { return hex.starts_with(prefix); };
        const bool is_one =
            hex.substr(6, 4) == "FFFE" || std::ranges::any_of(kLongPrefixes, begins);
        return is_one ? some(std::move(hex)) : std::nullopt;
    }
    // Blanks and groups of four are also how card and licence numbers are written.
    for (const char mark : {':', '-'})
        if (hex = separated_hex(text, 2, mark, 16); !hex.empty()) return hex;
    return std::nullopt;
}

bool luhn_is_right(std::string_view digits) {
    int sum = 0;
    bool twice = false;
    for (std::size_t i = digits.size(); i-- > 0; twice = !twice) {
        const int digit = (digits[i] - '0') * (twice ? 2 : 1);
        sum += digit > 9 ? digit - 9 : digit;
    }
    return sum % 10 == 0;
}

std::optional<std::string> as_imei(std::string_view text) {
    std::string digits;
    if (text.size() == 15) {
        digits = text;
    } else if (text.size() == 18) {  // 35-209900-176148-1
        for (std::size_t i = 0; i < text.size(); ++i) {
            const bool is_mark = i == 2 || i == 9 || i == 16;
            if (is_mark ? text[i] != '-' && text[i] != ' ' : !is_digit(text[i]))
                return std::nullopt;
            if (!is_mark) digits += text[i];
        }
    }
    if (!all_digits(digits) || !luhn_is_right(digits) || is_blank_address(digits))
        return std::nullopt;
    return digits;
}

std::optional<std::string> as_gtin(std::string_view digits) {
    const bool length = digits.size() == 8 || (digits.size() >= 12 && digits.size() <= 14);
    if (!length || !all_digits(digits)) return std::nullopt;
    if (inventory::gtin_check_digit(digits.substr(0, digits.size() - 1)) != digits.back())
        return std::nullopt;
    return std::string(14 - digits.size(), '0').append(digits);
}

std::optional<std::string> upc_e_to_a(std::string_view digits) {
    if (digits.size() != 8 || !all_digits(digits) || digits[0] > '1') return std::nullopt;
    const std::string body(digits.substr(1, 6));
    const char last = body[5];
    std::string upca(digits.substr(0, 1));
    if (last <= '2')
        upca += body.substr(0, 2) + last + "0000" + body.substr(2, 3);
    else if (last == '3')
        upca += body.substr(0, 3) + "00000" + body.substr(3, 2);
    else if (last == '4')
        upca += body.substr(0, 4) + "00000" + body[4];
    else
        upca += body.substr(0, 5) + "0000" + last;
    return upca + digits[7];
}

std::optional<Parsed> parse_product_code(std::string_view text, std::string_view symbology_id) {
    const bool is_ean = symbology_id == "]E0" || symbology_id == "]E3" || symbology_id == "]E4";
    const bool is_itf14 = symbology_id.starts_with("]I") && text.size() == 14;
    if (!is_ean && !is_itf14) return std::nullopt;
    // An add-on of 2 or 5 digits (issue, price) stands behind the code ("]E3").
    std::string_view digits = text;
    if (symbology_id == "]E3" && (text.size() == 15 || text.size() == 18))
        digits = text.substr(0, 13);
    std::optional<std::string> gtin;
    if (symbology_id == "]E0" && digits.size() == 8) {
        if (const auto upca = upc_e_to_a(digits)) gtin = as_gtin(*upca);
    }
    if (!gtin) gtin = as_gtin(digits);
    if (gtin) {
        Parsed parsed = one_field(Family::ProductCode, FieldName::Gtin, *gtin);
        parsed.rest = text.substr(digits.size());
        return parsed;
    }
    if (is_itf14) return std::nullopt;  // a serial may be printed in ITF as well
    if (!all_digits(digits)) return refused_code(text, "a product code has digits only");
    return refused_code(text, "the product code " + std::string(digits.substr(0, 20)) +
                                  " has a wrong check digit or length; read it again");
}

std::optional<Parsed> parse_identifier(std::string_view text, std::string_view symbology_id) {
    if (text.size() < 12 || text.size() > 23) return std::nullopt;
    if (symbology_id.empty() && text.size() <= 14 && all_digits(text)) {
        if (auto gtin = as_gtin(text)) {
            Parsed parsed = one_field(Family::ProductCode, FieldName::Gtin, std::move(*gtin));
            // One number in ten keeps the check digit by chance.
            parsed.readings.emplace_back(text);
            return parsed;
        }
    }
    if (auto mac = as_mac(text)) return one_field(Family::Mac, FieldName::Mac, std::move(*mac));
    if (auto eui = as_eui64(text)) return one_field(Family::Mac, FieldName::Eui64, std::move(*eui));
    if (auto imei = as_imei(text))
        return one_field(Family::Imei, FieldName::Imei, std::move(*imei));
    return std::nullopt;
}

}  // namespace label

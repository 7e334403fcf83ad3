#include "label/label.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "inventory/gtin.hpp"
#include "label/gs1.hpp"

namespace label {
namespace {

// Symbology identifiers that say "GS1 inside" (ISO/IEC 15424, GS1 General Specifications 5.1.3).
constexpr std::string_view kGs1Ids[] = {"]C1", "]d2", "]Q3", "]e0", "]J1"};
constexpr std::string_view kProductIds[] = {"]E0", "]E3", "]E4"};
constexpr std::string_view kItfPrefix = "]I";

bool contains(std::span<const std::string_view> ids, std::string_view id) {
    return std::ranges::find(ids, id) != ids.end();
}

// UPC-E is UPC-A with its zeros left out; the check digit is that of the full number.
std::string expand_upce(const std::string& digits) {
    const std::string body = digits.substr(1, 6);
    std::string upca = digits.substr(0, 1);
    switch (body[5]) {
        case '0':
        case '1':
        case '2': upca += body.substr(0, 2) + body[5] + "0000" + body.substr(2, 3); break;
        case '3': upca += body.substr(0, 3) + "00000" + body.substr(3, 2); break;
        case '4': upca += body.substr(0, 4) + "00000" + body[4]; break;
        default: upca += body.substr(0, 5) + "0000" + body[5]; break;
    }
    return upca + digits[7];
}

void parse_product_code(Parsed& parsed, const std::string& digits, bool may_be_upce) {
    const auto gtin =
        inventory::parse_gtin(may_be_upce && digits.size() == 8 ? expand_upce(digits) : digits);
    if (gtin)
        parsed.gtin = *gtin;
    else
        parsed.warnings.push_back(gtin.error().message);
}

void set_date(Parsed& parsed, std::optional<inventory::Date>& date, const Element& element,
              int century_of) {
    date = gs1_date(element.value, century_of);
    if (!date) parsed.warnings.push_back("(" + element.ai + ")" + element.value + " is no date");
}

void read_elements(Parsed& parsed, const Elements& split, int century_of) {
    for (const Element& element : split.elements) {
        const std::string& ai = element.ai;
        if (ai == "21") parsed.serial = element.value;
        if (ai == "235" && !parsed.serial) parsed.serial = element.value;
        if (ai == "250") parsed.secondary_serial = element.value;
        if (ai == "10") parsed.lot = element.value;
        if (ai == "00") parsed.sscc = element.value;
        if (ai == "17") set_date(parsed, parsed.expiry, element, century_of);
        if (ai == "15") set_date(parsed, parsed.best_before, element, century_of);
        if (ai == "11") set_date(parsed, parsed.production, element, century_of);
        if (ai == "01") {
            if (auto gtin = inventory::parse_gtin(element.value))
                parsed.gtin = *gtin;
            else
                parsed.warnings.push_back(gtin.error().message);
        }
    }
    if (!split.rest.empty())
        parsed.warnings.push_back("\"" + base::printable(split.rest) + "\" is not understood");
}

void add_once(std::vector<Choice>& choices, const std::string& text, const char* seems) {
    const auto same = [&](const Choice& choice) { return choice.text == text; };
    if (std::ranges::none_of(choices, same)) choices.push_back({text, seems});
}

}  // namespace

Parsed parse(const Payload& payload, int century_of) {
    Parsed parsed;
    parsed.text = base::trim(payload.text);
    if (contains(kGs1Ids, payload.symbology_id)) {
        const Elements split = split_gs1(parsed.text);
        // The flag alone proves nothing: a text without a single field stays a plain code.
        if (!split.elements.empty()) parsed.family = Family::Gs1;
        read_elements(parsed, split, century_of);
        return parsed;
    }
    if (const auto split = split_bracketed_gs1(parsed.text)) {
        parsed.family = Family::Gs1;
        read_elements(parsed, *split, century_of);
        return parsed;
    }
    const bool itf14 = payload.symbology_id.starts_with(kItfPrefix) && parsed.text.size() == 14;
    if (contains(kProductIds, payload.symbology_id) ||
        (itf14 && inventory::parse_gtin(parsed.text))) {
        parsed.family = Family::ProductCode;
        parse_product_code(parsed, parsed.text, payload.symbology_id == "]E0");
    }
    return parsed;
}

Label resolve(std::span<const Payload> payloads, int century_of) {
    Label label;
    std::vector<Choice> named, plain;
    for (const Payload& payload : payloads) {
        Parsed parsed = parse(payload, century_of);
        if (parsed.serial) add_once(named, *parsed.serial, "GS1 serial");
        if (parsed.family == Family::Plain && !parsed.text.empty())
            add_once(plain, parsed.text, "plain code");
        if (!label.gtin) label.gtin = parsed.gtin;
        if (!label.lot) label.lot = parsed.lot;
        if (!label.sscc) label.sscc = parsed.sscc;
        if (!label.expiry) label.expiry = parsed.expiry;
        label.parts.push_back(std::move(parsed));
    }
    const std::vector<Choice>& best = named.empty() ? plain : named;
    if (best.size() == 1) {
        label.serial = best.front().text;
        label.why = named.empty() ? "the only plain code" : "the field named serial (AI 21)";
    } else if (best.size() > 1) {
        label.choices = best;
        label.why = std::to_string(best.size()) + " codes could be the serial; pick one";
    } else {
        label.why = label.sscc   ? "a box (SSCC), not a unit"
                    : label.gtin ? "only a product code, no serial"
                                 : "no serial";
    }
    return label;
}

}  // namespace label

#include "label/iso15434.hpp"

#include <algorithm>
#include <string>

#include "label/characters.hpp"
#include "label/data_identifiers.hpp"
#include "label/gs1.hpp"

namespace label {
namespace {

constexpr char kGs = '\x1d', kRs = '\x1e', kEot = '\x04';
constexpr std::size_t kFieldsMax = 128, kFormatsMax = 8;

struct StandIn {
    std::string_view text;
    char meant;
};

constexpr StandIn kStandIns[] = {
    {"{RS}", kRs},         {"<RS>", kRs},
    {"\xE2\x90\x9E", kRs}, {"\\x1e", kRs},
    {"^^", kRs},           {"{GS}", kGs},
    {"<GS>", kGs},         {"\xE2\x90\x9D", kGs},
    {"\\x1d", kGs},        {"^]", kGs},
    {"Alt+029", kGs},      {"{EOT}", kEot},
    {"<EOT>", kEot},       {"\xE2\x90\x84", kEot},
    {"\\x04", kEot},       {"^D", kEot},
    {"Alt+030", kRs},      {"Alt+004", kEot},
    {"\\x1D", kGs},        {"\\x1E", kRs},
};

const StandIn* stand_in_at(std::string_view text) {
    if (std::string_view("{<\xE2\\^A").find(text.front()) == std::string_view::npos) return nullptr;
    for (const StandIn& stand_in : kStandIns)
        if (text.starts_with(stand_in.text)) return &stand_in;
    return nullptr;
}

// The envelope's own separators in place of what stands for them. Without a single GS the short
// stand-ins are tried as well.
std::string with_separators(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    const bool spelled_out = text.find(kGs) == std::string_view::npos;
    while (!text.empty()) {
        const StandIn* stand_in = stand_in_at(text);
        result += stand_in != nullptr ? stand_in->meant : text.front();
        text.remove_prefix(stand_in != nullptr ? stand_in->text.size() : 1);
    }
    if (spelled_out && result.find(kGs) == std::string::npos)
        for (const char mark : {'|', '#', '~'})
            if (result.find(mark) != std::string::npos) {
                std::ranges::replace(result, mark, kGs);
                break;
            }
    return result;
}

// Text element identifiers, with or without a blank behind them.
struct TextElement {
    std::string_view code;
    FieldName name;
};

constexpr TextElement kTextElements[] = {
    {"SER", FieldName::Serial}, {"USN", FieldName::Serial}, {"UCN", FieldName::Other},
    {"PNR", FieldName::Part},   {"PNO", FieldName::Part},   {"LOT", FieldName::Lot},
    {"BII", FieldName::Lot},    {"EXP", FieldName::Other},  {"MFR", FieldName::Other},
    {"SPL", FieldName::Other},  {"CAG", FieldName::Other},  {"DUN", FieldName::Other},
    {"EUC", FieldName::Other},  {"UID", FieldName::Other},  {"CUR", FieldName::Other},
    {"QTY", FieldName::Other},
};

void add_text_element(Parsed& parsed, std::string_view text) {
    const auto found = std::ranges::find(kTextElements, text.substr(0, 3), &TextElement::code);
    if (found == std::end(kTextElements)) {
        parsed.warnings.push_back("no text element begins \"" + std::string(text.substr(0, 4)) +
                                  "\"");
        parsed.rest += (parsed.rest.empty() ? "" : " ") + std::string(text);
        return;
    }
    const std::string_view value = stripped(text.substr(3));
    if (!value.empty())
        parsed.fields.push_back({found->name, std::string(value), std::string(found->code)});
}

void add_gs1(Parsed& parsed, std::string_view data, int century_of) {
    const Elements split = split_gs1(data);
    parsed.warnings.insert(parsed.warnings.end(), split.problems.begin(), split.problems.end());
    parsed.rest += split.rest;
    for (const Element& element : split.elements) add_element(parsed, element, century_of);
}

void add_format(Parsed& parsed, std::string_view format, std::string_view data, int century_of) {
    if (format == "05") {
        add_gs1(parsed, data, century_of);
        return;
    }
    const bool is_text = format == "12" || format == "DD";
    if (format != "06" && !is_text) {
        parsed.warnings.push_back("format " + std::string(format) +
                                  " of ISO/IEC 15434 is not read");
        parsed.rest += std::string(data);
        return;
    }
    while (!data.empty()) {
        const std::string_view field = stripped(take_until(data, kGs));
        if (field.empty()) continue;
        if (parsed.fields.size() + parsed.warnings.size() >= kFieldsMax) {
            parsed.warnings.emplace_back("more fields than a label has");
            parsed.rest += std::string(field) + std::string(data);
            return;
        }
        if (is_text)
            add_text_element(parsed, field);
        else
            add_data_field(parsed, field, century_of);
    }
}

}  // namespace

std::optional<Parsed> parse_iso15434(std::string_view text, int century_of) {
    while (text.starts_with('>')) text.remove_prefix(1);
    if (!text.starts_with("[)>")) return std::nullopt;
    const std::string envelope = with_separators(text.substr(3));
    std::string_view rest = envelope;
    Parsed parsed;
    parsed.family = Family::Iso15434;
    // Real labels: no RS, two of them, or another ">" in front of the format.
    const auto drop_front = [&rest] {
        const std::size_t begin = rest.find_first_not_of("\x1e\x1d> ");
        rest.remove_prefix(std::min(begin, rest.size()));
    };
    std::size_t formats = 0;
    for (drop_front(); !rest.empty() && rest.front() != kEot; drop_front(), ++formats) {
        std::string_view data = rest.substr(0, rest.find_first_of("\x1e\x04"));
        rest.remove_prefix(data.size());
        const std::string_view format = data.substr(0, 2);
        data.remove_prefix(format.size());
        const bool has_format =
            format == "DD" || (format.size() == 2 && is_digit(format[0]) && is_digit(format[1]));
        if (formats >= kFormatsMax) {
            parsed.warnings.emplace_back("more formats than a label has");
            break;
        }
        if (has_format)
            add_format(parsed, format, data, century_of);
        else  // the label forgot it
            add_format(parsed, "06", std::string(format).append(data), century_of);
    }
    settle_data_fields(parsed);
    if (parsed.fields.empty() && parsed.warnings.empty())
        parsed.warnings.emplace_back("the envelope is empty");
    return parsed;
}

}  // namespace label

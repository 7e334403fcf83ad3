#include "label/profile.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "base/text.hpp"
#include "inventory/serial_number.hpp"
#include "label/characters.hpp"
#include "label/payload.hpp"

namespace label {
namespace {

constexpr std::size_t kTextSizeMax = 1024;  // longer codes carry no serial that a profile names
constexpr std::string_view kSpecial = "\\^$.|?*+()[]{}";

// "]C1" and "]C0" are both Code 128; the modifier says how its content is to be read.
std::string_view symbology_of(std::string_view id) { return id.substr(0, 2); }

// The part of the text from the character `from` on, `length` characters; nothing where it ends
// before.
std::optional<std::string_view> at_positions(std::string_view text, int from, int length) {
    const auto begins_character = [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    };
    std::size_t begin = std::string_view::npos;
    int characters = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && !begins_character(text[i])) continue;
        if (characters == from) begin = i;
        if (characters == from + length) return text.substr(begin, i - begin);
        ++characters;
    }
    return std::nullopt;
}

std::string quoted(std::string_view text) {
    std::string expression;
    for (const char c : text) {
        if (kSpecial.find(c) != std::string_view::npos) expression += '\\';
        expression += c;
    }
    return expression;
}

// How strictly the form of a serial is taken.
enum class Form : std::uint8_t {
    Segments,  // between punctuation: digits, letters or a mixture, of this length
    Runs,      // letters where there are letters, digits where there are digits
    Letters,   // and the letters in front are these letters
};

// The kind of a character: 'd' digit, 'u' and 'l' letters, 0 for one that stands for itself.
char kind_of(char c) {
    if (is_digit(c)) return 'd';
    if (c >= 'A' && c <= 'Z') return 'u';
    return c >= 'a' && c <= 'z' ? 'l' : '\0';
}

std::string class_of(bool digits, bool upper, bool lower) {
    if (digits && !upper && !lower) return "\\d";
    std::string members = digits ? "0-9" : "";
    if (upper) members += "A-Z";
    if (lower) members += "a-z";
    return "[" + members + "]";
}

// One piece of the expression for `run`, all of whose characters have a kind.
std::string class_of_run(std::string_view run) {
    const auto has = [run](char kind) {
        return std::ranges::any_of(run, [kind](char c) { return kind_of(c) == kind; });
    };
    std::string expression = class_of(has('d'), has('u'), has('l'));
    if (run.size() > 1) expression += "{" + std::to_string(run.size()) + "}";
    return expression;
}

std::string form_of(std::string_view serial, Form form) {
    std::string expression;
    std::size_t i = 0;
    if (form == Form::Letters)
        while (i < serial.size() && is_letter(serial[i])) expression += serial[i++];
    while (i < serial.size()) {
        if (kind_of(serial[i]) == '\0') {
            expression += quoted(serial.substr(i++, 1));
            continue;
        }
        std::size_t end = i + 1;
        while (end < serial.size() && kind_of(serial[end]) != '\0' &&
               (form == Form::Segments || kind_of(serial[end]) == kind_of(serial[i])))
            ++end;
        expression += class_of_run(serial.substr(i, end - i));
        i = end;
    }
    return expression;
}

// What stands beside the serial in one code: its digits may change from box to box.
std::string surroundings(std::string_view text) {
    std::string expression;
    while (!text.empty()) {
        std::size_t digits = 0;
        while (digits < text.size() && is_digit(text[digits])) ++digits;
        expression += digits > 0 ? class_of_run(text.substr(0, digits)) : quoted(text.substr(0, 1));
        text.remove_prefix(std::max<std::size_t>(digits, 1));
    }
    return expression;
}

bool reads_only(const Profile& profile, std::string_view serial, const Parsed& from,
                std::span<const Parsed> in_view) {
    if (profile.serial_of(from).value_or("") != serial) return false;
    return std::ranges::none_of(in_view, [&](const Parsed& other) {
        if (other.text == from.text) return false;
        const auto read = profile.serial_of(other);
        return read && *read != serial;
    });
}

const Parsed* holder_of(std::string_view serial, std::span<const Parsed> in_view) {
    for (const Parsed& part : in_view)
        if (part.text == serial) return &part;
    for (const Parsed& part : in_view)
        if (part.text.find(serial) != std::string::npos) return &part;
    return nullptr;
}

}  // namespace

Result<Profile> Profile::make(inventory::LabelProfile value) {
    const auto refused = [](const char* why) { return fail(ErrorKind::InvalidInput, why); };
    if (value.pattern.empty() && value.length == 0 && value.strip.empty() &&
        value.symbology.empty() && !value.is_express)
        return refused(
            "a label profile says how the serial is found; give an expression, "
            "positions, a prefix or a symbology");
    if (!value.pattern.empty() && value.length != 0)
        return refused("a label profile has an expression or positions, not both");
    if (value.from < 0 || value.length < 0 || (value.length == 0 && value.from != 0) ||
        value.from > inventory::kProfilePositionMax ||
        value.length > inventory::kProfilePositionMax - value.from)
        return refused(
            "the positions of a label profile are the characters in front of the serial "
            "(0 or more) and those of the serial (1 or more), 1024 together at most");
    if (!value.symbology.empty()) {
        if (value.symbology.size() < 2 || value.symbology.size() > 3 ||
            value.symbology.front() != ']' || !is_letter(value.symbology[1]))
            return refused("a symbology is named by its identifier, as ]C for Code 128");
        value.symbology.resize(2);
    }
    std::optional<Pattern> pattern;
    if (!value.pattern.empty()) {
        auto compiled = Pattern::compile(value.pattern);
        if (!compiled) return fail(compiled.error());
        pattern = std::move(*compiled);
    }
    return Profile(std::move(value), std::move(pattern));
}

tl::expected<std::string, std::string_view> Profile::serial_of(const Parsed& part) const {
    const auto none = [](std::string_view why) { return tl::unexpected(why); };
    std::string_view text = part.text;
    if (text.empty()) return none("the code is empty");
    if (text.size() > kTextSizeMax) return none("the code is too long to carry a serial number");
    const bool right_kind =
        part.symbology_id.empty() || symbology_of(part.symbology_id) == value_.symbology;
    if (!value_.symbology.empty() && !right_kind) return none("it is another kind of barcode");
    if (value_.symbology.empty() && part.family == Family::ProductCode)
        return none("a product code is on every box; name the kind of barcode if it counts here");
    if (!text.starts_with(value_.strip)) return none("the code does not begin with the prefix");
    text.remove_prefix(value_.strip.size());
    if (pattern_) {
        const auto found = pattern_->find(text);
        if (!found) return none("the expression does not match");
        text = *found;
    } else if (value_.length > 0) {
        const auto found = at_positions(text, value_.from, value_.length);
        if (!found) return none("the code ends before the last of these characters");
        text = *found;
    }
    std::string serial(text);
    if (value_.is_express) {
        auto tag = service_tag(serial);
        if (!tag) return none("it is no express code: these have digits only");
        serial = std::move(*tag);
    }
    const auto parsed = inventory::parse_serial(serial);
    if (!parsed) return none("what is left is no serial number");
    return parsed->printed;
}

std::string Profile::why() const { return "the label profile of " + value_.variant; }

void use_profile(Parsed& parsed, const Profile& profile) {
    if (is_named_serial(parsed)) return;
    const auto serial = profile.serial_of(parsed);
    if (!serial) return;
    std::erase_if(parsed.fields,
                  [](const Field& field) { return field.name == FieldName::Serial; });
    parsed.fields.insert(parsed.fields.begin(), {FieldName::Serial, *serial, ""});
    parsed.readings.clear();
    parsed.why = profile.why();
}

Result<inventory::LabelProfile> learn_profile(const std::string& variant, std::string_view serial,
                                              std::span<const Parsed> in_view) {
    const Parsed* from = serial.empty() ? nullptr : holder_of(serial, in_view);
    if (from == nullptr)
        return fail(ErrorKind::Refused, "none of the codes holds \"" + base::printable(serial) +
                                            "\"; choose a part of one of them");
    const std::size_t at = from->text.find(serial);
    std::string begin = "^", end = "$";
    if (from->text.size() > serial.size()) {
        begin += surroundings(std::string_view(from->text).substr(0, at)) + "(";
        end = ")" + surroundings(std::string_view(from->text).substr(at + serial.size())) + end;
    }
    inventory::LabelProfile value;
    value.variant = variant;
    value.symbology = symbology_of(from->symbology_id);
    for (const Form form : {Form::Segments, Form::Runs, Form::Letters}) {
        value.pattern = begin;
        value.pattern += form_of(serial, form);
        value.pattern += end;
        const auto profile = Profile::make(value);
        if (profile && reads_only(*profile, serial, *from, in_view)) return value;
    }
    return fail(ErrorKind::Refused,
                "\"" + base::printable(serial) +
                    "\" has the same form as another code on the label, so they cannot be told "
                    "apart; write an expression with: unitrail profile set " +
                    base::printable(variant));
}

std::optional<std::string> service_tag(std::string_view express_code) {
    std::string digits;
    for (const char c : express_code)
        if (c != '-' && c != ' ') digits += c;  // printed in groups
    std::int64_t number = 0;
    const char* end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, number);
    if (!all_digits(digits) || error != std::errc() || stop != end) return std::nullopt;
    std::string tag;
    for (; number > 0; number /= 36)
        tag.insert(tag.begin(), "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number % 36]);
    return tag.size() < 7 ? std::string(7 - tag.size(), '0') + tag : tag;
}

}  // namespace label

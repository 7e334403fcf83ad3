// Label profiles. Lines: what is stripped, the expression, positions (two bytes), then the codes of
// one label, of which the first holds the serial that is learned.
#include "label/profile.hpp"

#include <algorithm>
#include <vector>

#include "fuzz/target.hpp"
#include "label/payload.hpp"

namespace {

std::string_view next_line(std::string_view& bytes) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    return line;
}

int number_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

// What is learned of a label reads that label.
void learn(std::string_view serial, const std::vector<label::Parsed>& parts) {
    const auto learned = label::learn_profile("V", serial, parts);
    if (!learned) return;
    const auto profile = label::Profile::make(*learned);
    CHECK(profile.has_value());
    bool reads = false;
    for (const label::Parsed& part : parts)
        reads = reads || profile->serial_of(part).value_or("") == serial;
    CHECK(reads);
}

}  // namespace

void look(std::string_view bytes) {
    inventory::LabelProfile value;
    value.variant = "V";
    value.strip = next_line(bytes);
    value.pattern = next_line(bytes);
    const std::string_view numbers = next_line(bytes);
    value.from = number_at(numbers, 0);
    value.length = number_at(numbers, 1);
    value.is_express = numbers.size() > 2;
    std::vector<label::Parsed> parts;
    while (!bytes.empty() && parts.size() < 8)
        parts.push_back(label::parse_part({"]C0", std::string(next_line(bytes))}, kFuzzYear));
    if (!parts.empty()) {
        const std::string_view text = parts.front().text;
        learn(text, parts);
        learn(text.substr(text.size() / 2), parts);
    }
    const auto profile = label::Profile::make(value);
    if (!profile) return;
    for (label::Parsed& part : parts) {
        const auto serial = profile->serial_of(part);
        if (serial) CHECK(!serial->empty());
        label::use_profile(part, *profile);
        check_fields(part);
    }
}

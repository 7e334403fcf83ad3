#include "label/hibc.hpp"

#include <string>

#include "fuzz/target.hpp"

void look(std::string_view bytes) {
    const auto parsed = label::parse_hibc(bytes, kFuzzYear);
    if (parsed) check_fields(*parsed);
    // Hardly any bytes have the right check character, so it is given to them.
    std::string text(bytes);
    if (const auto check = label::hibc_check_character(text)) {
        text += *check;
        const auto checked = label::parse_hibc(text, kFuzzYear);
        if (checked) check_fields(*checked);
    }
}

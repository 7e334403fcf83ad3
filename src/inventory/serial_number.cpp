#include "inventory/serial_number.hpp"

#include "base/text.hpp"

namespace inventory {

Result<SerialNumber> parse_serial(std::string_view text) {
    if (!base::is_utf8(text))
        return fail(ErrorKind::Refused, "the serial number \"" + base::printable(text) +
                                            "\" is not UTF-8 text; type it as printed");
    std::string printed = base::trim(text);
    if (printed.empty())
        return fail(ErrorKind::Refused, "the serial number is empty; scan or type it");
    if (base::has_control_character(printed))
        return fail(ErrorKind::Refused, "the serial number \"" + base::printable(printed) +
                                            "\" holds a control character; type it as printed");
    const std::size_t characters = base::count_characters(printed);
    if (characters > kSerialCharactersMax)
        return fail(ErrorKind::Refused, "the serial number \"" + base::printable(printed) +
                                            "\" has " + std::to_string(characters) +
                                            " characters; at most " +
                                            std::to_string(kSerialCharactersMax) + " are allowed");
    std::string key = base::comparison_key(printed);
    return SerialNumber{std::move(printed), std::move(key)};
}

}  // namespace inventory

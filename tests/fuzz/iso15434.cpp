#include "label/iso15434.hpp"

#include "fuzz/target.hpp"
#include "label/data_identifiers.hpp"

void look(std::string_view bytes) {
    const auto parsed = label::parse_iso15434(bytes, kFuzzYear);
    if (parsed) check_fields(*parsed);
    const auto joined = label::parse_joined_identifiers(bytes, kFuzzYear);
    if (joined) check_fields(*joined);
}

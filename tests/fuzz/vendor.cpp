#include "label/vendor.hpp"

#include "fuzz/target.hpp"

void look(std::string_view bytes) {
    if (const auto parsed = label::parse_key_values(bytes, kFuzzYear)) check_fields(*parsed);
    if (const auto parsed = label::parse_json(bytes, kFuzzYear)) check_fields(*parsed);
    if (const auto parsed = label::parse_lorawan(bytes)) check_fields(*parsed);
    if (const auto parsed = label::parse_wifi_connect(bytes, kFuzzYear)) check_fields(*parsed);
    if (const auto parsed = label::parse_access(bytes)) check_fields(*parsed);
}

#include "label/epc.hpp"

#include "fuzz/target.hpp"

void look(std::string_view bytes) {
    const auto parsed = label::parse_epc(bytes, kFuzzYear);
    if (parsed) check_fields(*parsed);
}

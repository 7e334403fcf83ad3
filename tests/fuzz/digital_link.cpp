#include "label/digital_link.hpp"

#include "fuzz/target.hpp"

void look(std::string_view bytes) {
    if (!label::is_web_url(bytes)) return;
    const auto parsed = label::parse_digital_link(bytes, kFuzzYear);
    if (parsed) check_fields(*parsed);
    check_fields(label::parse_url(bytes, kFuzzYear));
    CHECK(label::percent_decoded(bytes).size() <= bytes.size());
}

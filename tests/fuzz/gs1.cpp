#include "label/gs1.hpp"

#include "fuzz/target.hpp"

void look(std::string_view bytes) {
    for (const bool flagged : {false, true}) {
        std::string why_not;
        const auto parsed = label::parse_gs1(bytes, flagged, kFuzzYear, why_not);
        if (parsed) check_fields(*parsed);
    }
    const auto bracketed = label::parse_bracketed_gs1(bytes, kFuzzYear);
    if (bracketed) check_fields(*bracketed);
}

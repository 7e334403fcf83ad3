#include "label/payload.hpp"

#include <iterator>

#include "fuzz/target.hpp"

// The first byte picks the symbology.
void look(std::string_view bytes) {
    static constexpr std::string_view kIds[] = {"",    "]C0", "]C1", "]d1", "]d2", "]Q1", "]Q3",
                                                "]E0", "]E3", "]E4", "]I1", "]A0", "]e0", "]J1"};
    if (bytes.empty()) return;
    const auto pick = static_cast<unsigned char>(bytes.front()) % std::size(kIds);
    const label::Payload payload{std::string(kIds[pick]), std::string(bytes.substr(1))};
    const label::Parsed parsed = label::parse(payload, kFuzzYear);
    check_fields(parsed);
    CHECK(!parsed.why.empty());
    // Read again, the same is read.
    const label::Parsed again = label::parse(payload, kFuzzYear);
    CHECK(again.fields.size() == parsed.fields.size() && again.rest == parsed.rest);
}

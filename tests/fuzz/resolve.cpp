#include "fuzz/target.hpp"
#include "label/label.hpp"

// Payloads with a zero byte between them.
void look(std::string_view bytes) {
    std::vector<label::Payload> payloads;
    while (!bytes.empty() && payloads.size() < 16) {
        const std::size_t end = bytes.find('\0');
        const std::string text(bytes.substr(0, end));
        payloads.push_back({text.size() % 2 == 0 ? "]C0" : "", text});
        bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    }
    const label::Label label = label::resolve(payloads, kFuzzYear);
    CHECK(!label.why.empty());
    CHECK(label.parts.size() == payloads.size());
    CHECK(!(label.serial && !label.choices.empty()));
    if (label.gtin) CHECK(label.gtin->size() == 14);
}

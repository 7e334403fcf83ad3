// An expression, and behind the first line's end a text to look through.
#include "label/pattern.hpp"

#include "fuzz/target.hpp"

void look(std::string_view bytes) {
    const std::size_t end = bytes.find('\n');
    const auto pattern = label::Pattern::compile(bytes.substr(0, end));
    if (!pattern || end == std::string_view::npos) return;
    const std::string_view text = bytes.substr(end + 1);
    const auto found = pattern->find(text);
    if (found) CHECK(found->data() >= text.data() && found->size() <= text.size());
}

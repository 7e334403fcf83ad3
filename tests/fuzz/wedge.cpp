// What a hardware scanner typed for the test sheet, and behind the first zero byte another scan.
#include "label/wedge.hpp"

#include "fuzz/target.hpp"

void look(std::string_view bytes) {
    const std::size_t end = bytes.find('\0');
    const std::string_view typed = end == bytes.npos ? bytes : bytes.substr(end + 1);
    const auto learned = label::learn_wedge(bytes.substr(0, end));
    const label::Wedge wedge = learned.value_or(label::Wedge{});
    const label::Payload read = label::read_typed(wedge, typed);
    CHECK(read.text.size() <= typed.size());
    CHECK(!label::in_words(wedge).empty());
}

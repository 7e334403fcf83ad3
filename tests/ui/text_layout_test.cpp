#include "ui/text_layout.hpp"

#include <numeric>
#include <string>

#include "support/catch.hpp"

namespace {

// Every byte that begins a character is one wide.
float ones(std::string_view text) {
    float width = 0;
    for (std::size_t at = 0; at < text.size(); at += ui::character_size(text, at)) width += 1;
    return width;
}

std::string joined(const std::vector<std::string>& lines) {
    return std::accumulate(lines.begin(), lines.end(), std::string());
}

}  // namespace

TEST_CASE("a serial breaks after its hyphens and loses nothing", "[ui][text]") {
    const auto lines = ui::wrap_serial("SN-20260301-A001", 12, ones);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0] == "SN-20260301-");
    CHECK(lines[1] == "A001");
}

TEST_CASE("a serial without any hyphen breaks where the line ends", "[ui][text]") {
    const std::string serial(128, '7');
    const auto lines = ui::wrap_serial(serial, 20, ones);
    CHECK(lines.size() == 7);
    CHECK(joined(lines) == serial);
}

TEST_CASE("words break after blanks and at newlines", "[ui][text]") {
    CHECK(ui::wrap_words("one two three", 7, ones) == std::vector<std::string>{"one two", "three"});
    CHECK(ui::wrap_words("a\nb", 7, ones) == std::vector<std::string>{"a", "b"});
    CHECK(ui::wrap_words("", 7, ones).size() == 1);
}

TEST_CASE("no line is wider than its place, whatever the width", "[ui][text]") {
    const std::string text =
        "Gr\xC3\xBC\xC3\x9F"
        "e an \xCE\xB1\xCE\xB2\xCE\xB3 und Donaudampfschifffahrtsgesellschaft";
    for (int width = 1; width < 60; ++width)
        for (const std::string& line : ui::wrap_words(text, static_cast<float>(width), ones))
            CHECK(ones(line) <= static_cast<float>(width));
}

TEST_CASE("shortening keeps what people look for and whole characters", "[ui][text]") {
    CHECK(ui::shorten_end("Warehouse", 20, ones) == "Warehouse");
    const float rounded = ones("Warehouse") - 0.001F;  // what floats leave of its own width
    CHECK(ui::shorten_end("Warehouse", rounded, ones) == "Warehouse");
    CHECK(ui::wrap_words("Warehouse", rounded, ones).size() == 1);
    CHECK(ui::shorten_end("Warehouse", 5, ones) == "Ware\xE2\x80\xA6");
    CHECK(ui::shorten_end("\xC3\xBC\xC3\xBC\xC3\xBC\xC3\xBC", 3, ones) ==
          "\xC3\xBC\xC3\xBC\xE2\x80\xA6");
    const std::string shorter = ui::shorten_middle("SN-20260301-A001", 10, ones);
    CHECK(ones(shorter) <= 10);
    CHECK(shorter.ends_with("-A001"));
    CHECK(shorter.starts_with("SN-"));
}

#include "base/text.hpp"

#include "support/catch.hpp"

using namespace base;

TEST_CASE("blanks at both ends go, inner ones stay", "[base][text]") {
    CHECK(trim("  a b \t\r\n") == "a b");
    CHECK(trim("\xC2\xA0x\xE2\x80\x89") == "x");  // no-break space, thin space
    CHECK(trim(" \t ").empty());
    CHECK(trim("").empty());
}

TEST_CASE("texts that people take for the same have the same key", "[base][text]") {
    struct Row {
        const char *a, *b;
        bool same;
    };
    const auto [a, b, same] = GENERATE(values<Row>({
        {"SN-20260301-A001", "sn-20260301-a001", true},
        {"AB 12", "ab12", true},
        {"Stra\xC3\x9F"
         "e",
         "STRASSE", true},
        {"\xC3\x85ngstrom", "A\xCC\x8Angstrom", true},   // composed and decomposed
        {"\xCE\xA3\xCE\xA3", "\xCF\x83\xCF\x82", true},  // final sigma
        {"000045", "45", false},
        {"A-1", "A1", false},
        {"O0", "00", false},
    }));
    CAPTURE(a, b);
    CHECK((comparison_key(a) == comparison_key(b)) == same);
}

TEST_CASE("a key is its own key", "[base][text]") {
    const std::string text = GENERATE("SN-1", "\xC4\xB0stanbul",
                                      "a\xE2\x80\x83"
                                      "b",
                                      "\xEF\xBD\xA1x");
    CHECK(comparison_key(comparison_key(text)) == comparison_key(text));
}

TEST_CASE("broken UTF-8 is noticed", "[base][text]") {
    CHECK(is_utf8("pl\xC3\xA4in"));
    CHECK_FALSE(is_utf8("\xC3"));
    CHECK_FALSE(is_utf8("a\xFF"));
    CHECK_FALSE(is_utf8("\xED\xA0\x80"));  // a surrogate
    CHECK(printable("a\xFFz\n") == "a·z·");
}

TEST_CASE("characters are counted, not bytes", "[base][text]") {
    CHECK(count_characters("\xC3\xA4\xE2\x82\xAC") == 2);
    CHECK(shorten("\xC3\xA4\xC3\xB6\xC3\xBC", 2) == "\xC3\xA4\xC3\xB6…");
    CHECK(shorten("ab", 2) == "ab");
}

TEST_CASE("control characters are found wherever they stand", "[base][text]") {
    CHECK(has_control_character("a\tb"));
    CHECK(has_control_character("\xC2\x85"));
    CHECK(has_control_character(std::string("a\0", 2)));
    CHECK_FALSE(has_control_character("a b"));
}

TEST_CASE("bytes are written as hex and base64", "[base][text]") {
    // RFC 4648, section 10
    const auto [text, encoded] = GENERATE(table<std::string, std::string>(
        {{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foobar", "Zm9vYmFy"}}));
    const std::vector<std::uint8_t> bytes(text.begin(), text.end());
    CHECK(to_base64(bytes) == encoded);
    CHECK(to_hex(std::vector<std::uint8_t>{0x00, 0xAB, 0xFF}) == "00abff");
}

TEST_CASE("a text is reversed by characters, not bytes", "[base][text]") {
    CHECK(reversed("a-12") == "21-a");
    CHECK(reversed("xü€") == "€üx");
    CHECK(reversed("").empty());
}

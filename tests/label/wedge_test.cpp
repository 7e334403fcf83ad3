// Goal: after one scan of the test sheet, what a hardware scanner types is what the barcode held,
// whatever keyboard it believes to be; and a sheet that was not read well teaches nothing.
// Method: keyboards as tables of what arrives for what was meant.
#include "label/wedge.hpp"

#include <map>

#include "support/catch.hpp"

using namespace label;

namespace {

const std::string kGroup = "\x1d";

struct Keyboard {
    std::string prefix, terminator, separator;
    std::map<char, std::string> keys;

    [[nodiscard]] std::string type(std::string_view text) const {
        std::string typed = prefix;
        for (const char character : text) {
            const auto key = keys.find(character);
            if (character == '\x1d')
                typed += separator;
            else
                typed += key == keys.end() ? std::string(1, character) : key->second;
        }
        return typed + terminator;
    }
};

const std::map<char, std::string> kGermanForUs = {
    {'y', "z"},        {'z', "y"},  {'Y', "Z"}, {'Z', "Y"},        {'-', "\xC3\x9F"},
    {'/', "-"},        {'_', "?"},  {'?', "_"}, {';', "\xC3\xB6"}, {':', "\xC3\x96"},
    {'&', "/"},        {'(', ")"},  {')', "="}, {'=', "\xC2\xB4"}, {'+', "`"},
    {'#', "\xC2\xA7"}, {'@', "\""}, {'*', "("}, {'[', "\xC3\xBC"}, {']', "+"},
    {'{', "\xC3\x9C"}, {'}', "*"},  {'|', "'"}, {'\\', "#"},       {'<', ";"},
    {'>', ":"}};

std::map<char, std::string> capitals_swapped() {
    std::map<char, std::string> keys;
    for (char c = 'a'; c <= 'z'; ++c) {
        const char capital = static_cast<char>(c - 'a' + 'A');
        keys[c] = std::string(1, capital);
        keys[capital] = std::string(1, c);
    }
    return keys;
}

const Keyboard kKeyboards[] = {
    {"", "\r", kGroup, {}},
    {"", "\t", "", {}},
    {"", "", "|", {}},
    {"", "\r\n", "{GS}", {}},
    {"]Q3", "\r", "\xE2\x90\x9D", {}},
    {"", "\r", kGroup, kGermanForUs},
    {"+Q3", "\r", "^]", kGermanForUs},
    {"##", "\n", "", capitals_swapped()},
};

}  // namespace

TEST_CASE("one scan of the test sheet puts right what a scanner types", "[label][wedge]") {
    for (const Keyboard& keyboard : kKeyboards) {
        CAPTURE(keyboard.type("SN-20260301-yZ_01/A"));
        const auto wedge = learn_wedge(keyboard.type(wedge_sheet()));
        REQUIRE(wedge);
        CHECK(wedge->terminator == keyboard.terminator);
        CHECK(wedge->prefix == keyboard.prefix.size());
        CHECK(wedge->separator == keyboard.separator);
        CHECK(read_typed(*wedge, keyboard.type("SN-20260301-yZ_01/A")).text ==
              "SN-20260301-yZ_01/A");
        const Payload gs1 = read_typed(*wedge, keyboard.type("010952012345678810L1\x1d"
                                                             "21zY-9"));
        const bool dropped = keyboard.separator.empty(), ambiguous = keyboard.separator == "|";
        CHECK(gs1.text == "010952012345678810L1" +
                              (dropped     ? std::string()
                               : ambiguous ? std::string("|")
                                           : kGroup) +
                              "21zY-9");
        CHECK(gs1.symbology_id == (keyboard.prefix.size() == 3 ? "]Q3" : ""));
    }
}

TEST_CASE("a sheet that did not arrive whole teaches nothing and says why", "[label][wedge]") {
    const std::string sheet(wedge_sheet());
    const auto refusal = [](const std::string& typed) {
        const auto wedge = learn_wedge(typed);
        REQUIRE_FALSE(wedge);
        return wedge.error().message;
    };
    CHECK_THAT(refusal(""), ContainsSubstring("not the test sheet"));
    CHECK_THAT(refusal("SN-1\r"), ContainsSubstring("not the test sheet"));
    CHECK_THAT(refusal(std::string(sheet.size(), 'A')), ContainsSubstring("not the test sheet"));
    CHECK_THAT(refusal(sheet + sheet), ContainsSubstring("not the test sheet"));
    CHECK_THAT(refusal(sheet.substr(0, sheet.size() - 9)), ContainsSubstring("did not arrive"));
    std::string capitals = sheet;
    for (char& c : capitals)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    CHECK_THAT(refusal(capitals), ContainsSubstring("letters arrive alike"));
    std::string layout = sheet;
    for (char& c : layout)
        if (c == '_') c = '-';
    CHECK_THAT(refusal(layout), ContainsSubstring("\"-\" and \"_\" arrive alike"));
}

TEST_CASE("what the scanner cannot have typed stays as it is", "[label][wedge]") {
    const auto wedge = learn_wedge("]Q3" + std::string(wedge_sheet()) + "\r");
    REQUIRE(wedge);
    CHECK(read_typed(*wedge, "ab").text == "ab");
    CHECK(read_typed(*wedge, "").text.empty());
    CHECK(read_typed({}, "SN 1\xC3\x84").text == "SN 1\xC3\x84");
    CHECK(read_typed(*wedge, "]C1\xFF\xFE").text == "\xFF\xFE");
}

TEST_CASE("what was learned is said in words", "[label][wedge]") {
    CHECK(in_words(*learn_wedge(std::string(wedge_sheet()) + "\r")) == "ends with Enter");
    const auto german = learn_wedge(kKeyboards[6].type(wedge_sheet()));
    CHECK(in_words(*german) == "ends with Enter, names the symbology, " +
                                   std::to_string(kGermanForUs.size()) +
                                   " characters are put right");
}

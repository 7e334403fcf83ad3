// Goal: a variant's label profile reads the serial that the label does not name, and is learned
// from one choice.
// Method: labels as they are printed; the profile is asked for the serial and for what it must
// leave alone.
#include "label/profile.hpp"

#include <chrono>

#include "label/label.hpp"
#include "label/payload.hpp"
#include "support/catch.hpp"

using namespace label;

namespace {

constexpr int kYear = 2026;

Profile made(inventory::LabelProfile value) {
    value.variant = std::string("V");  // GCC 12 warns of nothing in "V"
    auto profile = Profile::make(std::move(value));
    REQUIRE(profile);
    return *profile;
}

std::optional<std::string> read(const inventory::LabelProfile& value, const std::string& text,
                                const std::string& symbology = "") {
    const auto serial = made(value).serial_of(parse_part({symbology, text}, kYear));
    return serial ? std::optional(*serial) : std::nullopt;
}

std::vector<Parsed> parts(const std::vector<Payload>& payloads) {
    std::vector<Parsed> all;
    for (const Payload& payload : payloads) all.push_back(parse_part(payload, kYear));
    return all;
}

std::string found(const char* expression, const std::string& text) {
    const auto pattern = Pattern::compile(expression);
    REQUIRE(pattern);
    const auto match = pattern->find(text);
    return match ? std::string(*match) : "-";
}

}  // namespace

TEST_CASE("an expression finds what it describes", "[label][profile]") {
    const auto [expression, text, expected] =
        GENERATE(table<const char*, const char*, const char*>({
            {"SN(\\d+)", "PN7 SN0042", "0042"},
            {"SN(\\d+)", "SN", "-"},
            {"^[A-Z]{2}\\d{8}", "NA02001263NA19121620", "NA02001263"},
            {"^[A-Z]{2}\\d{8}$", "NA02001263NA19121620", "-"},
            {"^[^-]+-(.*)$", "A1-B2-C3", "B2-C3"},
            {"(?:a|ab)(c|bcd)(d*)", "abcd", "bcd"},  // the first way that fits, read from the left
            {"a|ab", "ab", "a"},
            {"a{2,3}", "aaaa", "aaa"},
            {"a{2,}", "baaaa", "aaaa"},
            {"(a*)*", "aab", "aa"},
            {"(a|)+b", "aab", "a"},
            {"[a-c\\]-]+", "x-b]c", "-b]c"},
            {"\\.\\w", "..a_", ".a"},
            {"x?$", "yx", "x"},
            {"^$", "", ""},
        }));
    CAPTURE(expression, text);
    CHECK(found(expression, text) == expected);
}

TEST_CASE("an expression that is none says what is wrong", "[label][profile]") {
    for (const char* expression : {"", "(", ")", "a)", "(a", "*", "[", "[z-a]", "a{3,2}", "\\",
                                   "\\1", "(?=a)", "((a{64}){64}){64}", "[a-\\d]"}) {
        CAPTURE(expression);
        const auto pattern = Pattern::compile(expression);
        REQUIRE_FALSE(pattern);
        CHECK(pattern.error().kind == ErrorKind::InvalidInput);
    }
    CHECK_FALSE(Pattern::compile(std::string(kPatternSizeMax + 1, 'a')));
    CHECK_THAT(Pattern::compile("ab[c").error().message, ContainsSubstring("missing ]"));
}

TEST_CASE("no expression takes longer than its length times the text", "[label][profile]") {
    const std::string text(1024, 'a');
    for (const char* expression : {"(a*)*b", "(a|a)*b", "(a?){64}a{64}b", "(.*)(.*)(.*)(.*)x",
                                   "((a{1,8}){1,8}){1,3}b", "(.|..|...){50}x"}) {
        CAPTURE(expression);
        const auto pattern = Pattern::compile(expression);
        REQUIRE(pattern);
        const auto begin = std::chrono::steady_clock::now();
        CHECK_FALSE(pattern->find(text));
        CHECK(std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(500));
    }
}

TEST_CASE("a profile reads by expression, position, prefix, symbology or base 36",
          "[label][profile]") {
    CHECK(read({.pattern = "^http://domat\\.cz/s/(\\d+)$"}, "http://domat.cz/s/090044") ==
          "090044");
    CHECK(read({.strip = "http://domat.cz/s/"}, "http://domat.cz/s/090044") == "090044");
    CHECK_FALSE(read({.strip = "http://domat.cz/s/"}, "http://example.com/090044"));
    CHECK(read({.from = 0, .length = 10}, "NA02001263NA19121620") == "NA02001263");
    CHECK(read({.from = 10, .length = 10}, "NA02001263NA19121620") == "NA19121620");
    CHECK_FALSE(read({.from = 11, .length = 10}, "NA02001263NA19121620"));
    CHECK(read({.from = 1, .length = 2}, "ÄÖÜß") == "ÖÜ");  // characters, not bytes
    CHECK(read({.symbology = "]C0"}, "A1", "]C1") == "A1");
    CHECK_FALSE(read({.symbology = "]C0"}, "A1", "]Q1"));
    CHECK(read({.is_express = true}, "37850227634") == "HDZ1QK2");
    CHECK(read({.is_express = true}, "378-502-276-34") == "HDZ1QK2");
    CHECK_FALSE(read({.is_express = true}, "HDZ1QK2"));
    CHECK(read({.strip = "S"}, "SGH327SZYD") == "GH327SZYD");
}

TEST_CASE("a product code is no serial unless the profile names its symbology",
          "[label][profile]") {
    CHECK_FALSE(read({.pattern = "\\d+"}, "9520123456788", "]E0"));
    CHECK(read({.symbology = "]E", .pattern = "\\d+"}, "9520123456788", "]E0") == "9520123456788");
}

TEST_CASE("a profile that says nothing or two things is refused", "[label][profile]") {
    using inventory::LabelProfile;
    for (const LabelProfile& value :
         {LabelProfile{}, LabelProfile{.pattern = "("}, LabelProfile{.pattern = "a", .length = 2},
          LabelProfile{.from = 3}, LabelProfile{.from = -1, .length = 2},
          LabelProfile{.from = 2'000'000'000, .length = 2'000'000'000},
          LabelProfile{.symbology = "Code128"}})
        CHECK_FALSE(Profile::make(value));
}

TEST_CASE("the profile stands between the named and the plain serial", "[label][profile]") {
    const Profile profile = made({.pattern = "^K\\d{4}$"});
    const std::vector<Payload> two = {{"]C0", "K0012"}, {"]C0", "PN-77"}};
    CHECK(resolve(two, kYear).choices.size() == 2);
    const Label by_profile = resolve(two, kYear, &profile);
    CHECK(by_profile.serial == "K0012");
    CHECK(by_profile.trust == Trust::Profile);
    CHECK(by_profile.why == "the label profile of V");
    std::vector<Payload> named = two;
    named.push_back({"]d2",
                     "0109520123456788"
                     "21ABC-1"});
    CHECK(resolve(named, kYear, &profile).serial == "ABC-1");
    CHECK(resolve(named, kYear, &profile).trust == Trust::Named);
    const std::vector<Payload> both = {{"]C0", "K0012"}, {"]C0", "K0013"}};
    CHECK(resolve(both, kYear, &profile).choices.size() == 2);
    CHECK(resolve(std::vector<Payload>{{"]C0", "X1"}}, kYear, &profile).trust == Trust::Plain);
}

TEST_CASE("a profile is learned from one choice and reads the next box", "[label][profile]") {
    struct Case {
        const char *serial, *other, *next_serial, *next_other;
    };
    const auto one = GENERATE(Case{"K0012345", "PN-4711-X", "K0012346", "PN-4711-X"},
                              Case{"4F2A91C0", "PN-4711", "91C04F2A", "PN-4711"},
                              Case{"SN123456", "PN771122", "SN123457", "PN771122"},
                              Case{"AB-1234-Z", "AB-12345", "CD-5678-Q", "AB-12345"},
                              Case{"0012345", "RX-900", "0012346", "RX-900"});
    CAPTURE(one.serial, one.other);
    const auto learned =
        learn_profile("V", one.serial,
                      parts({{"]C0", one.other}, {"]C0", one.serial}, {"]E0", "9520123456788"}}));
    REQUIRE(learned);
    CAPTURE(learned->pattern);
    const auto profile = Profile::make(*learned);
    REQUIRE(profile);
    const std::vector<Payload> next = {{"]C0", one.next_other}, {"]C0", one.next_serial}};
    CHECK(resolve(next, kYear, &*profile).serial == one.next_serial);
}

TEST_CASE("a choice that is a part of a code teaches what stands around it", "[label][profile]") {
    const auto learned = learn_profile("V", "442663A", parts({{"]C0", "S442663A"}}));
    REQUIRE(learned);
    CHECK(learned->pattern == "^S([0-9A-Z]{7})$");
    CHECK(read(*learned, "S442664B", "]C0") == "442664B");
    const auto url = learn_profile("V", "090044", parts({{"]Q1", "http://domat.cz/s/090044"}}));
    REQUIRE(url);
    CHECK(read(*url, "http://domat.cz/s/090045", "]Q1") == "090045");
}

TEST_CASE("codes of one form cannot be told apart, and that is said", "[label][profile]") {
    CHECK(
        learn_profile("V", "111222", parts({{"]C0", "111222"}, {"]C0", "333444"}})).error().kind ==
        ErrorKind::Refused);
    CHECK_FALSE(learn_profile("V", "9", parts({{"]C0", "111222"}})));
    CHECK_FALSE(learn_profile("V", "", parts({{"]C0", "111222"}})));
    // Another symbology is enough.
    CHECK(learn_profile("V", "111222", parts({{"]C0", "111222"}, {"]A0", "333444"}})));
}

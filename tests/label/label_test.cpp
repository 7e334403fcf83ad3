#include "label/label.hpp"

#include <random>

#include "label/gs1.hpp"
#include "support/catch.hpp"

using namespace label;
using namespace std::chrono;

namespace {

constexpr int kYear = 2026;
constexpr const char* kGs = "\x1d";

Label read(std::vector<Payload> payloads) { return resolve(payloads, kYear); }

}  // namespace

TEST_CASE("a lone plain code is the serial, kept as printed", "[label]") {
    for (const char* text : {"SN-20260301-A001", "000045", "SGH327SZYD", "005-3379497200006"}) {
        const Label label = read({{"]C0", text}});
        CHECK(label.serial == std::string(text));
        CHECK(label.why == "the only plain code");
    }
}

TEST_CASE("a field named serial goes before a plain code", "[label][gs1]") {
    const Label label =
        read({{"]C0", "PN-77"}, {"]d2", std::string("0109520123456788") + "21ABC-1"}});
    CHECK(label.serial == std::string("ABC-1"));
    CHECK(label.gtin == std::string("09520123456788"));
}

TEST_CASE("two plain codes are the operator's choice", "[label]") {
    const Label label = read({{"]C0", "A1"}, {"]C0", "B2"}, {"]C0", "A1"}});
    CHECK_FALSE(label.serial);
    REQUIRE(label.choices.size() == 2);
    CHECK(label.choices[0].text == "A1");
}

TEST_CASE("product codes and boxes never become serials", "[label]") {
    const auto [id, text] = GENERATE(table<std::string, std::string>({
        {"]E0", "9520123456788"},           // EAN-13
        {"]E0", "036000291452"},            // UPC-A
        {"]E0", "04252614"},                // UPC-E
        {"]E4", "96385074"},                // EAN-8
        {"]I1", "09520123456788"},          // ITF-14
        {"]C1", "00376130321109103420"},    // SSCC
        {"]d2", "010952012345678810L-22"},  // GTIN and lot only
    }));
    CAPTURE(id, text);
    CHECK_FALSE(read({{id, text}}).serial);
}

TEST_CASE("a UPC-E is the product of its UPC-A", "[label]") {
    CHECK(read({{"]E0", "04252614"}}).gtin == std::string("00042100005264"));
}

TEST_CASE("GS1 fields are split by separator or length", "[label][gs1]") {
    const std::string gs = kGs;
    const Parsed p = parse({"]d2", "010506091751001110628S93R" + gs +
                                       "1724100021"
                                       "8898847482518646"},
                           kYear);
    CHECK(p.gtin == std::string("05060917510011"));
    CHECK(p.lot == std::string("628S93R"));
    CHECK(p.expiry == inventory::Date(2024y / October / 31));  // day 00
    CHECK(p.serial == std::string("8898847482518646"));
    CHECK(p.warnings.empty());
}

TEST_CASE("separators may lead, trail and double", "[label][gs1]") {
    const std::string gs = kGs;
    const Parsed p = parse({"]C1", gs + "0109520123456788" + gs + gs + "21X1" + gs}, kYear);
    CHECK(p.serial == std::string("X1"));
    CHECK(p.warnings.empty());
}

TEST_CASE("one unknown field never fails the label", "[label][gs1]") {
    const std::string gs = kGs;
    const Parsed p = parse({"]d2",
                            "0109520123456788"
                            "21X1" +
                                gs + "0599"},
                           kYear);
    CHECK(p.serial == std::string("X1"));
    REQUIRE(p.warnings.size() == 1);
}

TEST_CASE("a wrong check digit refuses the field and says so", "[label][gs1]") {
    const Parsed p = parse({"]d2",
                            "0109520123456789"
                            "21X1"},
                           kYear);
    CHECK_FALSE(p.gtin);
    CHECK(p.serial == std::string("X1"));
    REQUIRE(p.warnings.size() == 1);
    CHECK_THAT(p.warnings[0], ContainsSubstring("check digit"));
}

TEST_CASE("bracketed text is understood, also with brackets in a value", "[label][gs1]") {
    const Parsed p = parse({"", "(01)09520123456788(21)AB(C)1(10)L"}, kYear);
    CHECK(p.serial == std::string("AB(C)1"));
    CHECK(p.lot == std::string("L"));
    CHECK(parse({"", "(x)y"}, kYear).family == Family::Plain);
    CHECK(parse({"", "(01"}, kYear).family == Family::Plain);
}

TEST_CASE("the GS1 flag alone proves nothing", "[label][gs1]") {
    const Label label = read({{"]C1", "168901"}});
    CHECK(label.serial == std::string("168901"));
}

TEST_CASE("two-digit years turn the century as GS1 says", "[label][gs1]") {
    CHECK(gs1_date("760101", kYear) == inventory::Date(2076y / January / 1));
    CHECK(gs1_date("770101", kYear) == inventory::Date(1977y / January / 1));
    CHECK(gs1_date("260229", kYear) == std::nullopt);
    CHECK(gs1_date("261301", kYear) == std::nullopt);
}

TEST_CASE("no bytes break the parser, and it invents none", "[label][fuzz]") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const std::string alphabet = std::string("0123456789()ABab]C1d2\x1d \xC3\xBF", 24);
    std::uniform_int_distribution<std::size_t> pick(0, alphabet.size() - 1), length(0, 60);
    const std::string ids[] = {"", "]C0", "]C1", "]d2", "]E0", "]E4", "]I1", "]Q3"};
    for (int round = 0; round < 20000; ++round) {
        std::string text;
        for (std::size_t n = length(random); n > 0; --n) text += alphabet[pick(random)];
        const Label label = read({{ids[static_cast<std::size_t>(round) % std::size(ids)], text}});
        if (label.serial) REQUIRE(text.find(*label.serial) != std::string::npos);
        if (label.lot) REQUIRE(text.find(*label.lot) != std::string::npos);
    }
}

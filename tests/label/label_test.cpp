#include "label/label.hpp"

#include <random>

#include "label/dates.hpp"
#include "label/hibc.hpp"
#include "support/catch.hpp"

using namespace label;
using namespace std::chrono;

namespace {

constexpr int kYear = 2026;

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

TEST_CASE("the GS1 flag alone proves nothing", "[label][gs1]") {
    const Label label = read({{"]C1", "168901"}});
    CHECK(label.serial == std::string("168901"));
}

TEST_CASE("two-digit years turn the century as GS1 says", "[label][dates]") {
    CHECK(from_yymmdd("760101", kYear) == inventory::Date(2076y / January / 1));
    CHECK(from_yymmdd("770101", kYear) == inventory::Date(1977y / January / 1));
    CHECK(from_yymmdd("260229", kYear) == std::nullopt);
    CHECK(from_yymmdd("261301", kYear) == std::nullopt);
}

TEST_CASE("the fields of several barcodes make one label", "[label][resolve]") {
    const Label label =
        read({{"]E0", "9520123456788"},
              {"]C0", "SN-1"},
              {"]C0", "001EC947D49B"},
              {"]C0", "490154203237518"},
              {"]d1", std::string("[)>\x1e") + "06\x1d" + "1PX-1\x1d" + "1TL9\x1e\x04"}});
    CHECK(label.serial == std::string("SN-1"));
    CHECK(label.why == "the only plain code");
    CHECK(label.gtin == std::string("09520123456788"));
    CHECK(label.lot == std::string("L9"));
    CHECK(label.identifiers ==
          std::vector<Identifier>{{"mac", "001EC947D49B"}, {"imei", "490154203237518"}});
    CHECK(label.warnings.empty());
}

TEST_CASE("a MAC or an IMEI is offered, never taken", "[label][resolve]") {
    for (const char* text : {"001EC947D49B", "490154203237518"}) {
        const Label label = read({{"]C0", text}, {"]E0", "9520123456788"}});
        CHECK_FALSE(label.serial);
        REQUIRE(label.choices.size() == 1);
        CHECK(label.choices[0].text == text);
    }
}

TEST_CASE("a code that may be a part of a longer one is offered, never taken", "[label][resolve]") {
    const Label part = read({{"]I0", "885062", true}, {"]E0", "9520123456788"}});
    CHECK_FALSE(part.serial);
    REQUIRE(part.choices.size() == 1);
    CHECK(part.choices[0].text == "885062");
    CHECK(part.why == "only a possible part of a longer ITF, no serial");
    CHECK(read({{"]I0", "885062", true}, {"]C0", "SN-20260825"}}).serial == "SN-20260825");
    CHECK(read({{"]I0", "885062", false}}).serial == "885062");
}

TEST_CASE("typed digits of a product code are asked about", "[label][resolve]") {
    const Label typed = read({{"", "9520123456788"}});
    CHECK_FALSE(typed.serial);
    REQUIRE(typed.choices.size() == 1);
    CHECK(typed.gtin == std::string("09520123456788"));
    CHECK(read({{"]E0", "9520123456788"}}).choices.empty());
}

TEST_CASE("what barcodes say against each other is shown", "[label][resolve]") {
    const Label label = read({{"]d2",
                               "010952012345678810A\x1d"
                               "21S1"},
                              {"]C0", "LOT:B"}});
    CHECK(label.serial == std::string("S1"));
    CHECK(label.lot == std::string("A"));  // of the barcode that has the serial
    REQUIRE(label.warnings.size() == 1);
    CHECK_THAT(label.warnings[0], ContainsSubstring("two lots"));
}

TEST_CASE("two named serials are the operator's choice", "[label][resolve]") {
    const Label label = read({{"]d2", "010952012345678821S1"}, {"]Q1", "SN=S2"}});
    CHECK_FALSE(label.serial);
    CHECK(label.choices.size() == 2);
    CHECK(read({{"]d2", "010952012345678821S1"}, {"]Q1", "SN=s1"}}).serial == std::string("S1"));
}

TEST_CASE("a third party's serial serves only where there is no other", "[label][resolve]") {
    CHECK(read({{"]d2", "0109520123456788235T"}, {"]Q1", "SN=S"}}).serial == std::string("S"));
    CHECK(read({{"]d2", "0109520123456788235T"}}).serial == std::string("T"));
}

TEST_CASE("a plain code beside a carton number is no unit", "[label][resolve]") {
    const Label label = read({{"]C1", "00376130321109103420"}, {"]C0", "1Z999AA10123456784"}});
    CHECK_FALSE(label.serial);
    CHECK(label.choices.empty());
    CHECK(label.is_box);
    CHECK(label.why == "a box (SSCC), not a unit");
}

TEST_CASE("the halves of a HIBC label are joined by the link character", "[label][hibc]") {
    const Label pair = read({{"]C0", "+A123BJC5D6E71G"}, {"]C0", "+$$+52001510X3GB"}});
    CHECK(pair.serial == std::string("10X3"));
    CHECK(pair.expiry == inventory::Date(2020y / January / 15));
    CHECK(pair.warnings.empty());
    const std::string other = "+$$+52001510X3H";
    const Label strangers =
        read({{"]C0", "+A123BJC5D6E71G"}, {"]C0", other + *hibc_check_character(other)}});
    CHECK_FALSE(strangers.serial);
    REQUIRE(strangers.choices.size() == 1);
    CHECK_THAT(strangers.warnings.at(0), ContainsSubstring("another product"));
}

TEST_CASE("a leading S is settled by the same code without it", "[label][resolve]") {
    CHECK(read({{"]C0", "S442663A"}, {"]C0", "442663A"}}).serial == std::string("442663A"));
    const Label alone = read({{"]C0", "S442663A"}});
    CHECK(alone.serial == std::string("S442663A"));
    CHECK(alone.readings == std::vector<std::string>{"S442663A", "442663A"});
}

TEST_CASE("GS1 pairs are judged over all barcodes of a label", "[label][gs1]") {
    CHECK(read({{"]C1", "0109520123456788"},
                {"]C1",
                 "10L\x1d"
                 "21S"}})
              .warnings.empty());
    CHECK(read({{"]E0", "9520123456788"},
                {"]C1",
                 "10L\x1d"
                 "21S"}})
              .warnings.empty());
    CHECK_FALSE(read({{"]C1",
                       "10L\x1d"
                       "21S"}})
                    .warnings.empty());
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

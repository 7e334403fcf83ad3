// Goal: every symbology of the product is read with the text, bytes and identifier that the rest of
// the program relies on, whatever the library's version; and nothing is read where there is
// nothing. Method: small pictures rendered by zint, the expected values written by hand from the
// standards.
#include <algorithm>
#include <random>
#include <string>

#include "samples.hpp"
#include "scanner/decoder.hpp"
#include "scanner/source.hpp"
#include "support/catch.hpp"

using namespace scanner;

namespace {

struct Sample {
    const char* file;
    Symbology symbology;
    const char* id;
    const char* text;
};

constexpr Sample kSamples[] = {
    {"code128.png", Symbology::Code128, "]C0", "SN-20260301-A001"},
    {"gs1-128.png", Symbology::Code128, "]C1",
     "10L-22\x1d"
     "21A001"},
    {"code39.png", Symbology::Code39, "]A", "LOT 22-A"},
    {"code39-full-ascii.png", Symbology::Code39, "]A4", "lot22a"},
    {"code93.png", Symbology::Code93, "]G0", "UNIT-93"},
    {"itf.bmp", Symbology::ITF, "]I", "20260301"},
    {"codabar.png", Symbology::Codabar, "]F0", "A31117-0139B"},
    {"ean13.jpg", Symbology::EAN13, "]E0", "9506000134352"},
    {"ean8.png", Symbology::EAN8, "]E4", "96385074"},
    {"upca.png", Symbology::UPCA, "]E0", "0036000291452"},
    {"upce.png", Symbology::UPCE, "]E0", "0012345000065"},
    {"databar.png", Symbology::DataBar, "]e0", "0109506000134352"},
    {"databar-expanded.png", Symbology::DataBar, "]e0", "01095060001343523103000123"},
    {"datamatrix.png", Symbology::DataMatrix, "]d1", "SN-20260301-C003"},
    {"gs1-datamatrix.webp", Symbology::DataMatrix, "]d2",
     "010950600013435210L-22\x1d"
     "21C003"},
    {"qrcode.png", Symbology::QRCode, "]Q1", "SN-20260301-B002"},
    {"qrcode-utf8.png", Symbology::QRCode, "]Q1", "Größe 42 – Ø"},
    {"gs1-qrcode.png", Symbology::QRCode, "]Q3",
     "010950600013435210L-22\x1d"
     "21Q7"},
    {"microqr.png", Symbology::MicroQRCode, "]Q1", "A001-7"},
    {"aztec.png", Symbology::Aztec, "]z0", "SN-20260301-Z026"},
    {"pdf417.png", Symbology::PDF417, "]L", "SN-20260301-P417"},
    {"transparent.png", Symbology::QRCode, "]Q1", "CLEAR"},
    {"deep16.png", Symbology::QRCode, "]Q1", "DEEP"},
};

Frame picture(const std::string& name) {
    auto frame = load_picture(samples::path(name));
    INFO(name);
    REQUIRE(frame);
    return *frame;
}

}  // namespace

TEST_CASE("every symbology is read with its text and identifier", "[scanner][decoder]") {
    const Sample sample = GENERATE(from_range(std::begin(kSamples), std::end(kSamples)));
    const Effort effort = GENERATE(Effort::Live, Effort::Full);
    CAPTURE(sample.file, effort == Effort::Live);
    const auto symbols = decode(picture(sample.file), {{}, effort});
    // A camera does not report an ITF of eight digits unless it is told to.
    if (sample.symbology == Symbology::ITF && effort == Effort::Live) {
        CHECK(symbols.empty());
        return;
    }
    REQUIRE(symbols.size() == 1);
    CHECK(symbols[0].symbology == sample.symbology);
    CHECK(symbols[0].text == sample.text);
    CHECK(symbols[0].symbology_id.starts_with(sample.id));
    if (std::string(sample.file) != "qrcode-utf8.png")  // its bytes are in a code page of their own
        CHECK(symbols[0].bytes == samples::bytes(sample.text));
}

TEST_CASE("the corners go clockwise round the symbol", "[scanner][decoder]") {
    const auto symbols = decode(picture("datamatrix.png"), {{}, Effort::Live});
    REQUIRE(symbols.size() == 1);
    const auto& [top_left, top_right, bottom_right, bottom_left] = symbols[0].corners;
    CHECK(top_left.x < top_right.x);
    CHECK(top_right.y < bottom_right.y);
    CHECK(bottom_right.x > bottom_left.x);
    CHECK(bottom_left.y > top_left.y);
}

TEST_CASE("two boxes with one code are read twice, top to bottom", "[scanner][decoder]") {
    const Frame frame = picture("two-boxes.png");
    // A live look may take two that are close for one: to the tracker they are.
    CHECK_FALSE(decode(frame, {{}, Effort::Live}).empty());
    const auto symbols = decode(frame, {{}, Effort::Full});
    REQUIRE(symbols.size() == 2);
    CHECK(same_code(symbols[0], symbols[1]));
    CHECK(symbols[0].corners[0].y < symbols[1].corners[0].y);
}

TEST_CASE("a code standing upright is read", "[scanner][decoder]") {
    const Frame lying = picture("code128.png");
    const auto width = static_cast<std::size_t>(lying.width);
    const auto height = static_cast<std::size_t>(lying.height);
    Pixels turned(lying.grey->size());
    for (std::size_t y = 0; y < height; ++y)
        for (std::size_t x = 0; x < width; ++x)
            turned[x * height + (height - 1 - y)] = (*lying.grey)[y * width + x];
    Frame upright = lying;
    upright.width = lying.height;
    upright.height = lying.width;
    upright.grey = std::make_shared<const Pixels>(std::move(turned));
    const auto symbols = decode(upright, {{}, Effort::Live});
    REQUIRE(symbols.size() == 1);
    CHECK(symbols[0].text == "SN-20260301-A001");
    CHECK(symbols[0].corners[2].y > 300);
}

TEST_CASE("only the symbologies asked for are read", "[scanner][decoder]") {
    const Effort effort = GENERATE(Effort::Live, Effort::Full);
    CHECK(decode(picture("code128.png"), {{{Symbology::QRCode}}, effort}).empty());
    CHECK(decode(picture("datamatrix.png"), {{{Symbology::Code128}}, effort}).empty());
    CHECK(decode(picture("code128.png"), {{{Symbology::Code128}}, effort}).size() == 1);
}

TEST_CASE("a picture's ITF may be a part of a longer one unless its length is in use",
          "[scanner][decoder]") {
    const Frame frame = picture("itf.bmp");
    for (const bool in_use : {false, true}) {
        const auto symbols = decode(frame, {{{}, {in_use ? 8 : 14}}, Effort::Full});
        REQUIRE(symbols.size() == 1);
        CHECK(symbols[0].may_be_part != in_use);
    }
}

TEST_CASE("noise holds no code", "[scanner][decoder]") {
    const auto seed = GENERATE(range(1U, 9U));
    CAPTURE(seed);
    std::mt19937 random(seed);
    Pixels grey(std::size_t{320} * 240);
    for (auto& value : grey) value = static_cast<std::uint8_t>(random() & 0xffU);
    Frame frame = samples::blank(1, 320, 240);
    frame.grey = std::make_shared<const Pixels>(std::move(grey));
    CHECK(decode(frame, {{}, Effort::Live}).empty());
    CHECK(decode(frame, {{}, Effort::Full}).empty());
}

TEST_CASE("a picture of any size can be looked at", "[scanner][decoder]") {
    const auto [width, height] = GENERATE(table<int, int>(
        {{1, 1}, {1, 700}, {700, 1}, {2, 2}, {3, 17}, {16, 16}, {17, 17}, {640, 3}, {600, 600}}));
    CAPTURE(width, height);
    CHECK(decode(samples::blank(2, width, height), {{}, Effort::Live}).empty());
    CHECK(decode(samples::blank(1, width, height), {{}, Effort::Full}).empty());
}

TEST_CASE("a frame without a picture shows nothing", "[scanner][decoder]") {
    CHECK(decode(Frame(), {{}, Effort::Live}).empty());
}

TEST_CASE("symbologies are known by their own names", "[scanner][symbol]") {
    for (const Symbology symbology : kAllSymbologies)
        CHECK(symbology_named(name(symbology)) == symbology);
    CHECK(name(Symbology::UPCE) == "UPCE");
    CHECK(is_linear(Symbology::DataBar));
    CHECK_FALSE(is_linear(Symbology::PDF417));
    CHECK_FALSE(symbology_named("code128"));
    CHECK_FALSE(symbology_named(""));
}

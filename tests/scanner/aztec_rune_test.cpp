// Goal: every Aztec rune gives its number, also with one word damaged, and nothing else gives one.
// Method: libzint prints all 256; the reader sees their modules, and some of them as pictures.
#include "scanner/aztec_rune.hpp"

#include <zint.h>

#include <memory>
#include <string>

#include "scanner/decoder.hpp"
#include "support/catch.hpp"

using namespace scanner;

namespace {

constexpr int kSide = 11;

std::vector<float> printed_rune(int number) {
    const std::unique_ptr<zint_symbol, void (*)(zint_symbol*)> symbol(ZBarcode_Create(),
                                                                      ZBarcode_Delete);
    symbol->symbology = BARCODE_AZRUNE;
    const std::string text = std::to_string(number);
    REQUIRE(ZBarcode_Encode(symbol.get(), reinterpret_cast<const unsigned char*>(text.data()),
                            static_cast<int>(text.size())) < ZINT_ERROR);
    REQUIRE(symbol->width == kSide);
    std::vector<float> modules;
    for (int row = 0; row < kSide; ++row)
        for (int column = 0; column < kSide; ++column) {
            const bool dark =
                (symbol->encoded_data[row][column / 8] >> static_cast<unsigned>(column % 8) & 1) !=
                0;
            modules.push_back(dark ? 1 : -1);
        }
    return modules;
}

Frame picture_of(const std::vector<float>& modules, int module) {
    const int margin = 4 * module;
    const int side = kSide * module + 2 * margin;
    auto pixels =
        std::make_shared<Pixels>(static_cast<std::size_t>(side * side), std::uint8_t{235});
    for (int y = 0; y < kSide * module; ++y)
        for (int x = 0; x < kSide * module; ++x)
            if (modules[static_cast<std::size_t>(y / module * kSide + x / module)] > 0)
                (*pixels)[static_cast<std::size_t>((y + margin) * side + x + margin)] = 30;
    Frame frame;
    frame.width = frame.height = side;
    frame.grey = std::move(pixels);
    return frame;
}

}  // namespace

TEST_CASE("every Aztec rune gives its number, with one word damaged, too", "[scanner][rune]") {
    for (int number = 0; number < 256; ++number) {
        auto modules = printed_rune(number);
        CHECK(rune_number(modules) == number);
        modules[3] = -modules[3];
        CHECK(rune_number(modules) == number);
        modules[7 * kSide] = -modules[7 * kSide];
        CHECK(rune_number(modules) == std::nullopt);
    }
}

TEST_CASE("the mode message of another Aztec code is no rune", "[scanner][rune]") {
    // It is what a rune's words would be if every other bit were not turned over.
    for (int number = 0; number < 256; ++number) {
        auto modules = printed_rune(number);
        int bit = 0;
        const auto turn_over = [&](int row, int column) {
            float& module = modules[static_cast<std::size_t>(row * kSide + column)];
            if (bit++ % 2 == 0) module = -module;
        };
        for (int i = 2; i <= 8; ++i) turn_over(0, i);
        for (int i = 2; i <= 8; ++i) turn_over(i, 10);
        for (int i = 8; i >= 2; --i) turn_over(10, i);
        for (int i = 8; i >= 2; --i) turn_over(i, 0);
        CHECK(rune_number(modules) == std::nullopt);
    }
}

TEST_CASE("a picture of an Aztec rune is read", "[scanner][rune]") {
    for (const int number : {0, 25, 64, 255}) {
        const auto symbols = decode(picture_of(printed_rune(number), 6), {{}, Effort::Full});
        CAPTURE(number);
        REQUIRE(symbols.size() == 1);
        CHECK(symbols[0].symbology == Symbology::Aztec);
        CHECK(symbols[0].symbology_id == "]zC");
        CHECK(symbols[0].text == std::to_string(1000 + number).substr(1));
    }
}

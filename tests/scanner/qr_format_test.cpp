// Goal: a QR code whose format information has Model 1's mask is read, and no other is changed.
// Method: QR codes of the library; the fifteen bits of both copies turned over where the masks
// differ, by the standard's figure.
#include "scanner/qr_format.hpp"

#include <memory>

#include "scanner/cells.hpp"
#include "scanner/decoder.hpp"
#include "scanner/qr_text.hpp"
#include "support/catch.hpp"

using namespace scanner;

namespace {

constexpr unsigned kBetweenMasks = 0x5412U ^ 0x2825U;

struct Code {
    int size = 0;
    std::vector<float> modules;

    float& at(int column, int row) { return modules[cell_index(row, size, column)]; }
};

Code code_of(const std::string& text) {
    const auto made = qr_modules(text);
    REQUIRE(made);
    Code code{made->size, {}};
    for (const bool dark : made->dark) code.modules.push_back(dark ? 1.0F : -1.0F);
    return code;
}

// Figure 25 of ISO/IEC 18004, bits 14 to 0.
void mask_as_model_1(Code& code) {
    const int n = code.size;
    const std::pair<int, int> first[] = {{0, 8}, {1, 8}, {2, 8}, {3, 8}, {4, 8},
                                         {5, 8}, {7, 8}, {8, 8}, {8, 7}, {8, 5},
                                         {8, 4}, {8, 3}, {8, 2}, {8, 1}, {8, 0}};
    for (int i = 0; i < 15; ++i) {
        if ((kBetweenMasks >> (14 - i) & 1U) == 0) continue;
        const auto [column, row] = first[i];
        code.at(column, row) *= -1;
        if (i < 7)
            code.at(8, n - 1 - i) *= -1;
        else
            code.at(n - 15 + i, 8) *= -1;
    }
}

Frame picture_of(Code& code, int module) {
    const int side = (code.size + 8) * module;
    auto pixels = std::make_shared<Pixels>(cell_index(side, side, 0), std::uint8_t{230});
    for (int y = 4 * module; y < side - 4 * module; ++y)
        for (int x = 4 * module; x < side - 4 * module; ++x)
            if (code.at(x / module - 4, y / module - 4) > 0) (*pixels)[cell_index(y, side, x)] = 40;
    Frame frame;
    frame.width = frame.height = side;
    frame.grey = std::move(pixels);
    return frame;
}

const std::string kText = "N023X-3431800 SN 0190000417";

}  // namespace

TEST_CASE("a QR code with Model 1's format mask gets the usual one", "[scanner][qr]") {
    const Code usual = code_of(kText);
    Code code = usual;
    mask_as_model_1(code);
    REQUIRE(code.modules != usual.modules);
    CHECK(give_usual_format_mask(code.modules, code.size));
    CHECK(code.modules == usual.modules);
}

TEST_CASE("a QR code with the usual format mask, damaged or not, stays as it is", "[scanner][qr]") {
    Code code = code_of(kText);
    for (int wrong = 0; wrong <= 3; ++wrong) {
        if (wrong > 0) code.at(wrong - 1, 8) *= -1;
        const auto before = code.modules;
        CHECK_FALSE(give_usual_format_mask(code.modules, code.size));
        CHECK(code.modules == before);
    }
}

TEST_CASE("a format that two copies tell apart is nobody's", "[scanner][qr]") {
    Code code = code_of(kText);
    mask_as_model_1(code);
    code.at(0, 8) *= -1;
    code.at(1, 8) *= -1;
    CHECK_FALSE(give_usual_format_mask(code.modules, code.size));
}

TEST_CASE("a picture of a QR code with Model 1's format mask is read", "[scanner][qr]") {
    Code code = code_of(kText);
    mask_as_model_1(code);
    const auto symbols = decode(picture_of(code, 5), {{{Symbology::QRCode}}, Effort::Full});
    REQUIRE(symbols.size() == 1);
    CHECK(symbols[0].text == kText);
}

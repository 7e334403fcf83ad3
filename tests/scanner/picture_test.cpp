// Goal: a still picture is loaded whole or refused in one line; damaged files never crash.
#include <random>
#include <string>

#include "samples.hpp"
#include "scanner/source.hpp"
#include "support/catch.hpp"

using namespace scanner;

namespace {

std::string refusal(const std::string& path) {
    const auto frame = load_picture(path);
    REQUIRE_FALSE(frame);
    CHECK(frame.error().kind == ErrorKind::InvalidInput);
    CHECK(frame.error().message.find('\n') == std::string::npos);
    return frame.error().message;
}

constexpr const char* kOneOfEach[] = {"code128.png", "ean13.jpg", "itf.bmp", "gs1-datamatrix.webp"};

}  // namespace

TEST_CASE("PNG, JPEG, BMP and WebP are told by their content", "[scanner][picture]") {
    const std::string name = GENERATE(from_range(std::begin(kOneOfEach), std::end(kOneOfEach)));
    const samples::Folder folder;
    const auto frame =
        load_picture(folder.write("no-extension", samples::bytes_of(samples::path(name))));
    CAPTURE(name);
    REQUIRE(frame);
    CHECK(frame->width > 0);
    const auto pixels =
        static_cast<std::size_t>(frame->width) * static_cast<std::size_t>(frame->height);
    CHECK(frame->grey->size() == pixels);
    CHECK(frame->rgba->size() == pixels * 4);
    CHECK(frame->number == 1);
}

TEST_CASE("what is transparent looks like white paper", "[scanner][picture]") {
    const auto frame = load_picture(samples::path("transparent.png"));
    REQUIRE(frame);
    CHECK(frame->grey->front() == 255);
    CHECK(frame->rgba->at(3) == 255);
}

TEST_CASE("sixteen bits a channel keep their brightness", "[scanner][picture]") {
    const auto frame = load_picture(samples::path("deep16.png"));
    REQUIRE(frame);
    CHECK(static_cast<int>(frame->grey->front()) == 60000 / 256);
}

TEST_CASE("what is no picture is refused with what to do", "[scanner][picture]") {
    const samples::Folder folder;
    CHECK_THAT(refusal(folder.path() + "/none.png"), ContainsSubstring("does not exist"));
    CHECK_THAT(refusal(folder.path()), ContainsSubstring("is a folder"));
    CHECK_THAT(refusal(folder.write("empty.png", {})), ContainsSubstring("is empty"));
    CHECK_THAT(refusal(folder.write("text.png", samples::bytes("serial;variant\n"))),
               ContainsSubstring("is not a picture"));
    CHECK_THAT(refusal("/dev/null"), ContainsSubstring("is not a file"));
}

TEST_CASE("a picture cut off anywhere is refused", "[scanner][picture]") {
    const std::string name = GENERATE(from_range(std::begin(kOneOfEach), std::end(kOneOfEach)));
    const auto whole = samples::bytes_of(samples::path(name));
    const samples::Folder folder;
    const std::size_t step = whole.size() > 1000 ? 97 : 1;
    for (std::size_t length = 0; length < whole.size(); length += step) {
        CAPTURE(name, length);
        const auto end = whole.begin() + static_cast<std::ptrdiff_t>(length);
        refusal(folder.write("cut", Pixels(whole.begin(), end)));
    }
}

TEST_CASE("a picture of more than 100 megapixels is refused", "[scanner][picture]") {
    auto bytes = samples::bytes_of(samples::path("code128.png"));
    // Width and height in the PNG's header.
    const auto [high, low] = GENERATE(table<int, int>({{0x40, 0x00}, {0xff, 0xff}}));
    for (const std::size_t at : {18U, 22U}) {
        bytes[at] = static_cast<std::uint8_t>(high);
        bytes[at + 1] = static_cast<std::uint8_t>(low);
    }
    const samples::Folder folder;
    CHECK_THAT(refusal(folder.write("huge.png", bytes)), ContainsSubstring("megapixels"));
}

TEST_CASE("flipped bytes never crash the loader", "[scanner][picture]") {
    const unsigned seed = 20260301;
    CAPTURE(seed);
    std::mt19937 random(seed);
    const samples::Folder folder;
    for (const char* name : kOneOfEach) {
        const auto whole = samples::bytes_of(samples::path(name));
        for (int round = 0; round < 150; ++round) {
            auto bytes = whole;
            // The headers are where a lie does most harm.
            const std::size_t reach = round % 2 == 0 ? 64 : bytes.size();
            for (int flip = 0; flip < 3; ++flip)
                bytes[random() % reach] = static_cast<std::uint8_t>(random());
            const auto frame = load_picture(folder.write("flipped", bytes));
            CAPTURE(name, round);
            if (frame)
                CHECK(frame->grey->size() == static_cast<std::size_t>(frame->width) *
                                                 static_cast<std::size_t>(frame->height));
            else
                CHECK_FALSE(frame.error().message.empty());
        }
    }
}

// Goal: a camera's view may stand still, move, or change its size in mid-stream: what is shown is
// read within a moment, and goes when it is taken away.
// Method: generated frames with noise of their own, thirty a second.
#include "scanner/live_decoder.hpp"

#include <string>
#include <vector>

#include "frames/sample.hpp"
#include "scanner/texture.hpp"
#include "support/catch.hpp"

using namespace scanner;
using frames::Kind;

namespace {

// A camera that stands still before a cluttered bench, on which labels are laid and taken away.
class Bench {
 public:
    explicit Bench(double clutter = 0.4) : clutter_(clutter) {}
    Frame without_label() { return frame(nullptr, {1280, 720}); }
    Frame with(const frames::Printed& label, frames::FrameSize size = {1280, 720}) {
        return frame(&label, size);
    }

 private:
    Frame frame(const frames::Printed* label, frames::FrameSize size) {
        frames::Random view(7);
        frames::Conditions conditions;
        conditions.clutter = clutter_;
        conditions.module = 2.5;
        conditions.rotation = 20;
        conditions.noise = 2 + 0.01 * number_;  // another part of the noise, too
        Frame made = render(label, conditions, view, size);
        made.number = static_cast<std::uint64_t>(++number_);
        made.captured = Frame{}.captured + std::chrono::milliseconds(33 * number_);
        return made;
    }
    double clutter_;
    int number_ = 0;
};

frames::Printed label_of(Kind kind, std::uint64_t seed) {
    frames::Random random(seed);
    return print(kind, random_text(kind, random), random);
}

bool shows(const std::vector<Symbol>& symbols, const frames::Printed& label) {
    for (const Symbol& symbol : symbols) CHECK(symbol.text == label.text);
    return !symbols.empty();
}

TextureMap texture_of(const Frame& frame) {
    return measure_texture({frame.grey->data(), frame.width, frame.height, frame.width});
}

}  // namespace

TEST_CASE("a label laid into a view that stood still is read within a third of a second",
          "[scanner][live]") {
    const auto label = label_of(GENERATE(Kind::Code128, Kind::QrCode, Kind::DataMatrix), 5);
    Bench bench;
    LiveDecoder decoder({});
    for (int i = 0; i < 40; ++i) CHECK(decoder.decode(bench.without_label()).empty());
    bool read = false;
    for (int i = 0; i < 10 && !read; ++i) read = shows(decoder.decode(bench.with(label)), label);
    CHECK(read);
    for (int i = 0; i < 60; ++i) decoder.decode(bench.without_label());
    CHECK(decoder.decode(bench.without_label()).empty());
}

TEST_CASE("what is not to be read in a still view keeps no label waiting for long",
          "[scanner][live]") {
    const auto label = label_of(Kind::QrCode, 5);
    Bench bench(1);
    using std::chrono::seconds;
    LiveDecoder decoder({}, {seconds(9), seconds(9)});  // however slow the machine
    int waited = 0;
    bool waits = false;
    for (int i = 0; i < 60; ++i) {
        const bool read = shows(decoder.decode(bench.with(label)), label);
        waits = waits || (read && !decoder.unread_bars().empty());
        waited += !read || !decoder.unread_bars().empty() ? 1 : 0;
    }
    CHECK(waits);  // there is something that looks like bars
    CHECK(waited <= 12);
}

TEST_CASE("an ITF of eight digits is reported where such are in use, and told where not",
          "[scanner][live]") {
    const std::string digits =
        GENERATE("20260301", "20260309");  // no check digit, and a check digit
    frames::Random random(9);
    const auto label = print(Kind::Itf, digits, random);
    Bench bench;
    LiveDecoder usual({}), told(Wanted{{}, {8}});
    bool read = false;
    for (int i = 0; i < 10; ++i) {
        const Frame frame = bench.with(label);
        CHECK(usual.decode(frame).empty());
        read = shows(told.decode(frame), label);
    }
    CHECK(read);
    CHECK(usual.sees_unlisted_itf() == (digits == "20260309"));
    CHECK_FALSE(told.sees_unlisted_itf());
}

TEST_CASE("a label that came into view out of focus is read, however much clutter comes after it",
          "[scanner][live]") {
    // Clutter gave new places to look at in every frame of these, and the label never had its turn.
    const auto [kind, seed] = GENERATE(table<Kind, std::uint64_t>({
        {Kind::Code39, 5'133},
        {Kind::Code39, 5'177},
        {Kind::Itf, 5'288},
    }));
    CAPTURE(seed);
    const frames::Clip clip(kind, frames::Level::Medium, seed);
    constexpr LiveBudget kSlowMachine{std::chrono::microseconds(0), std::chrono::microseconds(0)};
    LiveDecoder decoder(Wanted{{Symbology::Code39, Symbology::ITF, Symbology::DataMatrix}},
                        kSlowMachine);
    std::vector<Symbol> symbols;
    for (int i = 0; i < frames::Clip::kFrames / 2 && symbols.empty(); ++i) {
        Frame frame = clip.frame(i);
        frame.captured += std::chrono::milliseconds(33 * i);
        symbols = decoder.decode(frame);
    }
    REQUIRE(symbols.size() == 1);
    CHECK(symbols.front().text == clip.text());
}

TEST_CASE("a stream that changes its size is read on", "[scanner][live]") {
    const auto label = label_of(GENERATE(Kind::Code128, Kind::QrCode), 6);
    Bench bench;
    LiveDecoder decoder({});
    const frames::FrameSize sizes[] = {
        {1280, 720}, {640, 480}, {1280, 720}, {480, 640}, {900, 500}};
    for (const frames::FrameSize size : sizes) {
        bool read = false;
        for (int i = 0; i < 15; ++i) read = shows(decoder.decode(bench.with(label, size)), label);
        CAPTURE(size.width);
        CHECK(read);
    }
    Frame tiny = bench.with(label, {12, 9});
    CHECK_NOTHROW(decoder.decode(tiny));
}

TEST_CASE("a view is the same but for noise, and another when a label is laid into it",
          "[scanner][live]") {
    Bench bench;
    const auto empty = texture_of(bench.without_label());
    CHECK(shows_the_same(empty, texture_of(bench.without_label())));
    CHECK_FALSE(shows_the_same(empty, texture_of(bench.with(label_of(Kind::Code128, 5)))));
    CHECK_FALSE(
        shows_the_same(empty, texture_of(bench.with(label_of(Kind::QrCode, 5), {640, 480}))));
    CHECK_FALSE(shows_the_same({}, {}));
}

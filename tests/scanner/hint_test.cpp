// Goal: when nothing is read, what the operator is told is what is wrong with the picture.
// Method: generated frames in which one thing is wrong.
#include "scanner/hint.hpp"

#include "frames/sample.hpp"
#include "support/catch.hpp"

using scanner::Hint;

namespace {

scanner::GreyView view_of(const scanner::Frame& frame) {
    return {frame.grey->data(), frame.width, frame.height, frame.width};
}

struct Told {
    int right = 0, none = 0, other = 0;
};

// The same, with that part of the light.
scanner::Frame lit(scanner::Frame frame, double light) {
    scanner::Pixels grey = *frame.grey;
    for (std::uint8_t& pixel : grey) pixel = static_cast<std::uint8_t>(pixel * light);
    frame.grey = std::make_shared<const scanner::Pixels>(std::move(grey));
    return frame;
}

// What is told of frames of Code 128 under the conditions; the next frame moved by `movement`.
Told told(const frames::Conditions& conditions, Hint right, double movement, double light) {
    Told told;
    for (std::uint64_t seed = 0; seed < 12; ++seed) {
        frames::Random random(seed);
        const frames::Printed printed =
            frames::print(frames::Kind::Code128, "SN-20260301-A001", random);
        frames::Conditions first = conditions;
        first.rotation += static_cast<double>(seed) * 5;
        first.clutter = 0.1;
        frames::Conditions moved = first;
        moved.shift_x += movement / 1280;
        frames::Random a(seed), b(seed);
        const auto before = frames::render(&printed, moved, a);
        const auto frame = lit(frames::render(&printed, first, b), light);
        const Hint hint = scanner::judge(view_of(frame), view_of(before));
        ++(hint == right ? told.right : hint == Hint::None ? told.none : told.other);
    }
    return told;
}

}  // namespace

TEST_CASE("the operator is told what is wrong with the picture", "[scanner][hint]") {
    struct Case {
        const char* what;
        frames::Conditions conditions;
        Hint hint;
        double movement = 0, light = 1;
    };
    const Case cases[] = {
        {"sharp and near enough", {.module = 2.5}, Hint::None},
        {"far away", {.module = 0.95}, Hint::Closer},
        {"out of focus", {.module = 2.5, .defocus = 2.6}, Hint::Focus},
        {"moving", {.module = 2.5, .rotation = -27, .motion = 8}, Hint::HoldStill, 24},
        {"too near", {.module = 9}, Hint::Farther},
        {"dark", {.module = 2.5}, Hint::MoreLight, 0, 0.2},
    };
    for (const Case& each : cases) {
        const Told now = told(each.conditions, each.hint, each.movement, each.light);
        CAPTURE(each.what, now.right, now.none, now.other);
        CHECK(now.right >= 8);
        CHECK(now.other <= 3);
    }
}

TEST_CASE("a hint comes after a while without a read, and goes with the first one",
          "[scanner][hint]") {
    frames::Random random(1);
    const frames::Printed printed =
        frames::print(frames::Kind::Code128, "SN-20260301-A001", random);
    scanner::Frame frame = lit(frames::render(&printed, {.module = 2.5}, random), 0.2);
    scanner::HintWatch watch;
    std::vector<Hint> hints;
    for (int i = 0; i < 60; ++i) {
        frame.captured =
            std::chrono::steady_clock::time_point(std::chrono::milliseconds(1000 + 33 * i));
        hints.push_back(watch.see(frame, i == 50));
    }
    CHECK(hints[20] == Hint::None);
    CHECK(hints[45] == Hint::MoreLight);
    CHECK(hints[50] == Hint::None);
    CHECK(hints[59] == Hint::None);
}

// Goal: the demonstration's camera works like a real one: rendered labels go through the capture
// module, cv::VideoCapture, the decoder and the tracker, and every label is read once a round.
#include <cstdlib>
#include <filesystem>

#include "samples.hpp"
#include "scanner/decoder.hpp"
#include "scanner/live_decoder.hpp"
#include "scanner/simulated.hpp"
#include "scanner/tracker.hpp"
#include "support/catch.hpp"

using namespace scanner;

namespace {

const std::vector<SimulatedLabel> kLabels = {
    {Symbology::Code128, "SN-20260301-A001", "Router X", "SN-20260301-A001"},
    {Symbology::QRCode, "SN-20260301-B002", "Switch 24", "SN-20260301-B002"},
    {Symbology::DataMatrix, "(01)09506000134352(21)SN-20260301-C003", "Sensor Hub",
     "SN-20260301-C003"},
};
const std::vector<std::string> kTexts = {"SN-20260301-A001", "SN-20260301-B002",
                                         "010950600013435221SN-20260301-C003"};

void name_module() {
    const auto module =
        std::filesystem::path(UNITRAIL_PROGRAM).parent_path() / "unitrail_capture.so";
    ::setenv("UNITRAIL_CAPTURE", module.c_str(), 1);
}

}  // namespace

TEST_CASE("three simulated labels are three readings a round", "[scanner][simulated]") {
    name_module();
    SimulatedCamera camera;
    camera.seconds_per_label = 1;
    camera.seconds_between = 1;
    camera.seed = GENERATE(1U, 7U);
    const samples::Folder folder;
    auto spec = render_simulated_camera(camera, kLabels, folder.path());
    REQUIRE(spec);
    CHECK(spec->loop);
    spec->pacing = Pacing::Max;
    auto source = open_source(*spec);
    REQUIRE(source);

    Tracker tracker;
    std::vector<std::string> read;
    const auto round = static_cast<std::uint64_t>(3 * 2 * camera.frames_per_second);
    const Tracker::Time start{};
    for (std::uint64_t i = 0; i < 2 * round - 5; ++i) {
        auto frame = (*source)->next();
        REQUIRE((frame && *frame));
        CHECK((*frame)->number == i + 1);
        const auto symbols = decode(**frame, {{}, Effort::Live});
        const bool in_view = i % 30 < 15;  // frames: a second of a label, a second of change
        CAPTURE(i);
        if (in_view) CHECK(symbols.size() == 1);
        const auto now = start + std::chrono::milliseconds(i * 1000 / 15);
        const auto seen = tracker.update(symbols, (*frame)->width, (*frame)->height, now);
        for (const std::size_t fresh : seen.fresh) read.push_back(symbols[fresh].text);
    }
    std::vector<std::string> expected = kTexts;
    expected.insert(expected.end(), kTexts.begin(), kTexts.end());
    CHECK(read == expected);
}

TEST_CASE("a label stays in view without a gap, on a slow machine, too", "[scanner][simulated]") {
    name_module();
    SimulatedCamera camera;
    camera.seconds_per_label = 3;
    camera.seconds_between = 0;
    const samples::Folder folder;
    auto spec = render_simulated_camera(camera, {kLabels[GENERATE(1U, 2U)]}, folder.path());
    REQUIRE(spec);
    spec->pacing = Pacing::Max;
    auto source = open_source(*spec);
    REQUIRE(source);
    constexpr LiveBudget kSlowMachine{std::chrono::microseconds(0), std::chrono::microseconds(0)};
    LiveDecoder decoder(Wanted(), kSlowMachine);
    bool was_read = false;
    for (int i = 0; i < 90; ++i) {
        auto frame = (*source)->next();
        REQUIRE((frame && *frame));
        (*frame)->captured = Evidence::Time(std::chrono::milliseconds(100'000 + i * 67));
        const bool is_read = !decoder.decode(**frame).empty();
        CAPTURE(i);
        if (was_read) CHECK(is_read);
        was_read = was_read || is_read;
    }
    CHECK(was_read);
}

TEST_CASE("the same seed gives the same picture", "[scanner][simulated]") {
    SimulatedCamera camera;
    camera.width = 640;
    camera.height = 360;
    const auto first = render_simulated_frame(camera, kLabels[1]);
    const auto again = render_simulated_frame(camera, kLabels[1]);
    camera.seed = 2;
    const auto other = render_simulated_frame(camera, kLabels[1]);
    REQUIRE((first && again && other));
    CHECK(*first->rgba == *again->rgba);
    CHECK_FALSE(*first->rgba == *other->rgba);
    CHECK(first->width == 640);
}

TEST_CASE("a simulated camera that cannot be made says why", "[scanner][simulated]") {
    name_module();
    const samples::Folder folder;
    const auto nowhere = render_simulated_camera({}, kLabels, folder.path() + "/none");
    REQUIRE_FALSE(nowhere);
    CHECK(nowhere.error().kind == ErrorKind::Storage);
    const auto no_labels = render_simulated_camera({}, {}, folder.path());
    REQUIRE_FALSE(no_labels);
    CHECK(no_labels.error().kind == ErrorKind::InvalidInput);
    const auto wrong = render_simulated_frame({}, {Symbology::DataMatrix, "(01)1234", "", ""});
    REQUIRE_FALSE(wrong);
    CHECK(wrong.error().kind == ErrorKind::InvalidInput);
}

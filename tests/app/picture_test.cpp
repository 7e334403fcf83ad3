// Goal: the receive station, pointed at a picture of a box, fills product and serial without a tap
// and says why; where the label names no serial, it asks once and never again.
// Method: pictures drawn with zint, read by the scanner's pipeline as the window's are.
#include <tuple>

#include "app/dock.hpp"
#include "base/bounded_queue.hpp"
#include "frames/label.hpp"
#include "scanner/pipeline.hpp"
#include "support/catch.hpp"
#include "support/temporary.hpp"

using namespace app;
using frames::Kind;
using inventory::Identifier;

namespace {

const frames::LabelCode kEan{Kind::Ean13, "9520123456788"};
const frames::LabelCode kPart{Kind::Code128, "1PXAF4444"};

// What the pipeline tells of the picture.
scanner::Reading look_at(const std::string& file) {
    base::BoundedQueue<scanner::Reading> readings(1);
    std::stop_source stop;
    scanner::PipelineOptions options;
    options.source.location = file;
    options.on_reading = [&](scanner::Reading reading) {
        std::ignore = readings.push(std::move(reading), stop.get_token());
    };
    options.on_status = [&](const scanner::CameraStatus& status) {
        if (!status.words.empty()) stop.request_stop();  // it cannot be opened
    };
    const scanner::Pipeline pipeline(std::move(options));
    auto reading = readings.pop_for(std::chrono::seconds(60), stop.get_token());
    REQUIRE(reading);
    return std::move(*reading);
}

struct Camera {
    TemporaryFolder folder;
    Dock& dock;

    std::shared_ptr<const State> show(const std::vector<frames::LabelCode>& codes) const {
        const std::string file = folder.file("label.bmp");
        frames::write_label(file, codes);
        return dock.ask(Scanned{look_at(file)});
    }
};

}  // namespace

TEST_CASE("a picture of a box with a named serial registers the unit without a tap",
          "[app][labels][picture]") {
    Dock dock(Shop(), "");
    const Camera camera{{}, dock};
    const frames::LabelCode serial = GENERATE(frames::LabelCode{Kind::QrCode, "SN=K7-00123"},
                                              frames::LabelCode{Kind::Code128, "SN:K7-00123"});
    const auto state = camera.show({kEan, kPart, {Kind::Code128, "00:1E:C9:47:D4:9B"}, serial});
    CAPTURE(state->feedback.headline, state->feedback.detail);
    REQUIRE(state->record);
    CHECK(state->feedback.tone == Tone::Done);
    CHECK(state->candidates.empty());
    CHECK(state->record->unit.serial == "K7-00123");
    CHECK(state->record->unit.variant == "ROUTER-X");
    CHECK(state->record->unit.identifiers == std::vector<Identifier>{{"mac", "001EC947D49B"}});
    CHECK_THAT(state->feedback.detail, ContainsSubstring("the field named serial (key SN)"));
}

TEST_CASE("a picture of a box without a named serial asks once and never again for that product",
          "[app][labels][picture]") {
    Dock dock(Shop(), "");
    const Camera camera{{}, dock};
    const auto box = [&](const std::string& mac, const std::string& serial) {
        return camera.show(
            {kEan, {Kind::Code128, "XAF-4444"}, {Kind::Code128, mac}, {Kind::Code39, serial}});
    };
    auto state = box("00:1E:C9:47:D4:9B", "K700123");
    CHECK(state->feedback.tone == Tone::Ask);
    REQUIRE(state->candidates.size() == 2);
    state = dock.ask(Choose{"K700123", true});
    CHECK(state->record->unit.serial == "K700123");
    CHECK(state->record->unit.variant == "ROUTER-X");
    state = box("00:1E:C9:47:D4:9C", "K700124");
    CHECK(state->feedback.tone == Tone::Done);
    CHECK(state->record->unit.serial == "K700124");
    CHECK_THAT(state->feedback.detail, ContainsSubstring("the label profile of ROUTER-X"));
    CHECK(state->counts.all == 2);
}

TEST_CASE("a picture with one plain code asks about the first unit only",
          "[app][labels][picture]") {
    Dock dock(Shop(), "");
    const Camera camera{{}, dock};
    const auto box = [&](const std::string& serial) {
        return camera.show({kEan, {Kind::Code128, serial}});
    };
    auto state = box("K7-00123");
    CHECK(state->feedback.headline == "Is this the serial number?");
    REQUIRE(state->candidates.size() == 1);
    CHECK(dock.ask(Choose{"K7-00123"})->counts.all == 1);
    state = box("K7-00124");
    CHECK(state->counts.all == 2);
    CHECK_THAT(state->feedback.detail, ContainsSubstring("like the others"));
}

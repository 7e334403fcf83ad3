// Goal: a location is opened as what it is, and what cannot be opened is refused in one line.
#include <cstdlib>
#include <filesystem>

#include "samples.hpp"
#include "scanner/camera.hpp"
#include "scanner/pacing.hpp"
#include "scanner/source.hpp"
#include "support/catch.hpp"

using namespace scanner;
using namespace std::chrono_literals;

namespace {

// The module lies beside the program, not beside its tests.
void name_module() {
    const auto module =
        std::filesystem::path(UNITRAIL_PROGRAM).parent_path() / "unitrail_capture.so";
    ::setenv("UNITRAIL_CAPTURE", module.c_str(), 1);
}

SourceSpec spec_of(const std::string& location) {
    SourceSpec spec;
    spec.location = location;
    spec.pacing = Pacing::Max;
    return spec;
}

Error refusal(const std::string& location) {
    name_module();
    const auto source = open_source(spec_of(location));
    CAPTURE(location);
    REQUIRE_FALSE(source);
    CHECK_FALSE(source.error().message.empty());
    CHECK(source.error().message.find('\n') == std::string::npos);
    return source.error();
}

void copy_sample(const samples::Folder& folder, const std::string& from, const std::string& to) {
    folder.write(to, samples::bytes_of(samples::path(from)));
}

// As many frames as asked for, numbered from 1.
class Counting final : public FrameSource {
 public:
    explicit Counting(std::uint64_t frames) : frames_(frames) {}
    Result<std::optional<Frame>> next() override {
        if (number_ == frames_) return std::optional<Frame>();
        return std::optional<Frame>(samples::blank(++number_));
    }

 private:
    std::uint64_t frames_;
    std::uint64_t number_ = 0;
};

}  // namespace

TEST_CASE("a folder gives its pictures by name and skips the rest", "[scanner][source]") {
    const samples::Folder folder;
    copy_sample(folder, "qrcode.png", "b.png");
    copy_sample(folder, "code128.png", "a.png");
    folder.write("c.txt", samples::bytes("no picture"));
    auto source = open_source(spec_of(folder.path()));
    REQUIRE(source);
    const auto first = (*source)->next();
    const auto second = (*source)->next();
    const auto end = (*source)->next();
    REQUIRE((first && *first && second && *second && end));
    CHECK((*first)->number == 1);
    CHECK((*first)->width > (*second)->width);
    CHECK((*second)->number == 2);
    CHECK_FALSE(*end);
}

TEST_CASE("a damaged picture of a folder is named and the next one is read", "[scanner][source]") {
    const samples::Folder folder;
    auto cut = samples::bytes_of(samples::path("qrcode.png"));
    cut.resize(cut.size() / 2);
    folder.write("a.png", cut);
    copy_sample(folder, "code128.png", "b.png");
    auto source = open_source(spec_of(folder.path()));
    REQUIRE(source);
    const auto first = (*source)->next();
    REQUIRE_FALSE(first);
    CHECK_THAT(first.error().message, ContainsSubstring("a.png"));
    const auto second = (*source)->next();
    REQUIRE(second);
    CHECK(*second);
}

TEST_CASE("one picture is one frame, or frame after frame when looped", "[scanner][source]") {
    SourceSpec spec = spec_of(samples::path("qrcode.png"));
    spec.loop = GENERATE(false, true);
    auto source = open_source(spec);
    REQUIRE(source);
    const auto first = (*source)->next();
    const auto second = (*source)->next();
    REQUIRE((first && *first && second));
    CHECK((*first)->number == 1);
    CHECK(second->has_value() == spec.loop);
    if (spec.loop) CHECK((*second)->number == 2);
}

TEST_CASE("what cannot be opened is refused", "[scanner][source]") {
    const samples::Folder folder;
    CHECK(refusal("").kind == ErrorKind::InvalidInput);
    CHECK(refusal(folder.path()).kind == ErrorKind::InvalidInput);
    CHECK(refusal(folder.path() + "/none.mp4").kind == ErrorKind::InvalidInput);
    CHECK(refusal(folder.path() + "/frame_%04d.jpg").kind == ErrorKind::InvalidInput);
    CHECK_THAT(refusal(folder.write("empty.avi", {})).message, ContainsSubstring("is empty"));
    CHECK_THAT(refusal(folder.write("text.avi", samples::bytes("not a video"))).message,
               ContainsSubstring("neither a picture nor a whole video"));
    auto cut = samples::bytes_of(samples::path("qrcode.png"));
    cut.resize(40);
    CHECK_THAT(refusal(folder.write("cut.png", cut)).message, ContainsSubstring("cut off"));
}

TEST_CASE("a video gives all its frames and then ends", "[scanner][source]") {
    name_module();
    auto source = open_source(spec_of(samples::path("clip.avi")));
    REQUIRE(source);
    for (std::uint64_t number = 1; number <= 12; ++number) {
        const auto frame = (*source)->next();
        REQUIRE((frame && *frame));
        CHECK((*frame)->number == number);
        CHECK((*frame)->width == 64);
        CHECK((*frame)->rgba->size() == std::size_t{64} * 48 * 4);
    }
    const auto end = (*source)->next();
    REQUIRE(end);
    CHECK_FALSE(*end);
}

TEST_CASE("a video cut off anywhere is said to be", "[scanner][source]") {
    name_module();
    const auto whole = samples::bytes_of(samples::path("clip.avi"));
    const std::size_t tenth = GENERATE(range(std::size_t{0}, std::size_t{8}));
    CAPTURE(tenth);
    const samples::Folder folder;
    const auto end = whole.begin() + static_cast<std::ptrdiff_t>(whole.size() * tenth / 10 + 1);
    auto source = open_source(spec_of(folder.write("cut.avi", Pixels(whole.begin(), end))));
    Result<std::optional<Frame>> frame;
    while (source && (frame = (*source)->next()) && *frame) continue;
    const Error error = source ? (frame ? Error{} : frame.error()) : source.error();
    CHECK(error.kind == ErrorKind::InvalidInput);
    CHECK_THAT(error.message, ContainsSubstring("cut.avi"));
    if (source) CHECK_FALSE((*source)->next().value());  // said once; then it is over
}

TEST_CASE("a missing camera and a missing module are told apart", "[scanner][source]") {
    const Error camera = refusal("9999");
    CHECK(camera.kind == ErrorKind::Device);
    CHECK_FALSE(camera.retry_helps);
    CHECK_THAT(camera.message, ContainsSubstring("Camera 9999 is not there"));
    ::setenv("UNITRAIL_CAPTURE", "/nowhere/unitrail_capture.so", 1);
    const auto source = open_source(spec_of("9999"));
    name_module();
    REQUIRE_FALSE(source);
    CHECK(source.error().kind == ErrorKind::Device);
    CHECK_THAT(source.error().message, ContainsSubstring("unitrail_capture.so"));
}

TEST_CASE("every fault of a camera says what to do", "[scanner][camera]") {
    CHECK(probe_camera(9999) == CameraFault::Missing);
    CHECK(words_for(CameraFault::None, 0).empty());
    for (const CameraFault fault :
         {CameraFault::Missing, CameraFault::Busy, CameraFault::Denied, CameraFault::NotACamera})
        CHECK_THAT(words_for(fault, 3), ContainsSubstring("Camera 3") && ContainsSubstring(";"));
}

TEST_CASE("a recording keeps its pace and drops what is late", "[scanner][pacing]") {
    std::chrono::steady_clock::time_point now{1000s};
    std::vector<std::chrono::steady_clock::duration> waits;
    const PacingClock clock{[&] { return now; },
                            [&](auto until) {
                                waits.push_back(until - now);
                                now = until;
                            }};
    const auto source = paced(std::make_unique<Counting>(20), 10, clock);
    const auto number = [&] { return source->next().value().value().number; };
    CHECK(number() == 1);  // at once
    CHECK(number() == 2);  // a tenth of a second later
    CHECK(waits == std::vector<std::chrono::steady_clock::duration>{100ms});
    now += 450ms;  // a slow reader: frames 3 to 5 are over by now
    CHECK(number() == 6);
    CHECK(waits.size() == 1);
    CHECK(number() == 7);
    CHECK(waits.back() == 50ms);
}

TEST_CASE("without a camera number the first camera found is meant", "[scanner][source]") {
    SourceSpec spec;
    spec.location = kFirstCamera;
    const auto source = open_source(spec);
    if (first_camera()) {
        WARN("skipped: this machine has a camera");
        return;
    }
    REQUIRE_FALSE(source);
    CHECK(source.error().kind == ErrorKind::Device);
    CHECK_THAT(source.error().message, ContainsSubstring("plug one in"));
}

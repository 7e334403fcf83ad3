// Goal: frames become readings once each, a lost camera is found again, and the threads end when
// asked. Method: injected sources and a mailbox to wait on; no clock is waited for.
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <tuple>

#include "base/bounded_queue.hpp"
#include "frames/sample.hpp"
#include "samples.hpp"
#include "scanner/pipeline.hpp"
#include "scanner/tracker.hpp"
#include "support/catch.hpp"

using namespace scanner;

namespace {

// What the pipeline says, kept in order; a test waits until it has heard what it expects.
struct Heard {
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<CameraStatus> statuses;
    std::vector<Reading> readings;

    template <typename Condition>
    void wait(Condition condition) {
        std::unique_lock lock(mutex);
        changed.wait(lock, [&] { return condition(*this); });
    }
    bool said(CameraState state) const {
        for (const CameraStatus& status : statuses)
            if (status.state == state) return true;
        return false;
    }
    void listen(PipelineOptions& options) {
        options.on_status = [this](CameraStatus status) {
            const std::lock_guard lock(mutex);
            statuses.push_back(std::move(status));
            changed.notify_all();
        };
        options.on_reading = [this](Reading reading) {
            const std::lock_guard lock(mutex);
            readings.push_back(std::move(reading));
            changed.notify_all();
        };
    }
};

using Script = std::function<Result<std::optional<Frame>>(std::uint64_t call)>;

class Scripted final : public FrameSource {
 public:
    explicit Scripted(Script script) : script_(std::move(script)) {}
    Result<std::optional<Frame>> next() override { return script_(++calls_); }

 private:
    Script script_;
    std::uint64_t calls_ = 0;
};

Result<std::unique_ptr<FrameSource>> scripted(Script script) {
    return std::unique_ptr<FrameSource>(std::make_unique<Scripted>(std::move(script)));
}

PipelineOptions options_for(Heard& heard) {
    PipelineOptions options;
    options.source.location = "test";
    options.retry_after = std::chrono::milliseconds(0);
    heard.listen(options);
    return options;
}

Frame label() { return load_picture(samples::path("code128.png")).value(); }

}  // namespace

TEST_CASE("a label in view is told until it has stood for a moment",
          "[scanner][pipeline][threads]") {
    Heard heard;
    auto options = options_for(heard);
    options.open = [](const SourceSpec&) {
        return scripted([](std::uint64_t call) -> Result<std::optional<Frame>> {
            if (call > 50) return std::optional<Frame>();
            static const Frame kLabel = label();
            Frame frame = kLabel;
            frame.number = call;
            frame.captured += call * std::chrono::milliseconds(50);
            return std::optional<Frame>(frame);
        });
    };
    const Pipeline pipeline(std::move(options));
    heard.wait([](const Heard& h) { return !h.readings.empty() && h.said(CameraState::Ended); });
    const std::lock_guard lock(heard.mutex);
    for (std::size_t i = 0; i + 1 < heard.readings.size(); ++i)
        CHECK(heard.readings[i].standing.at(0).age < kTrackedFor);
    CHECK(heard.readings[0].symbols.at(0).text == "SN-20260301-A001");
    CHECK(heard.readings[0].fresh == std::vector<std::size_t>{0});
    CHECK(heard.readings[0].standing.at(0).age.count() == 0);
    CHECK(heard.readings[0].standing.at(0).aimed);
    CHECK(heard.readings[0].unread.empty());
    REQUIRE(pipeline.newest_view().frame);
    CHECK(pipeline.newest_view().sighting.symbols.size() == 1);
}

TEST_CASE("a still picture is one reading that has settled", "[scanner][pipeline][threads]") {
    Heard heard;
    auto options = options_for(heard);
    options.source.location = samples::path("code128.png");
    {
        const Pipeline pipeline(std::move(options));
        heard.wait(
            [](const Heard& h) { return !h.readings.empty() && h.said(CameraState::Ended); });
        CHECK(pipeline.newest_view().sighting.aimed);
    }
    REQUIRE(heard.readings.size() == 1);
    CHECK(heard.readings[0].symbols.at(0).text == "SN-20260301-A001");
    CHECK(heard.readings[0].standing.empty());
}

TEST_CASE("a camera is told what would help it to read", "[scanner][pipeline][threads]") {
    // Bars in the dark.
    class Dim final : public FrameSource {
     public:
        explicit Dim(std::atomic<bool>& asked) : asked_(asked) {
            frames::Random random(1);
            const auto printed = print(frames::Kind::Code128, "SN-20260301-A001", random);
            frame_ = render(&printed, {.module = 2.5}, random);
            Pixels dim(*frame_.grey);
            for (std::uint8_t& pixel : dim) pixel = static_cast<std::uint8_t>(pixel / 5);
            frame_.grey = std::make_shared<const Pixels>(std::move(dim));
            frame_.captured = std::chrono::steady_clock::now();
        }
        Result<std::optional<Frame>> next() override {
            if (asked_ || ++frame_.number > 10'000'000) return std::optional<Frame>();
            frame_.captured += std::chrono::milliseconds(33);
            return std::optional<Frame>(frame_);
        }
        void help(Hint hint) override { asked_ = asked_ || hint == Hint::MoreLight; }

     private:
        std::atomic<bool>& asked_;
        Frame frame_;
    };
    Heard heard;
    std::atomic<bool> asked = false;
    auto options = options_for(heard);
    options.wanted.symbologies = {Symbology::QRCode};  // so that the bars are not read
    options.open = [&](const SourceSpec&) -> Result<std::unique_ptr<FrameSource>> {
        return std::make_unique<Dim>(asked);
    };
    const Pipeline pipeline(std::move(options));
    heard.wait([](const Heard& h) { return h.said(CameraState::Ended); });
    CHECK(asked);
}

TEST_CASE("a stream that stalls and comes back in another size is read on",
          "[scanner][pipeline][threads]") {
    Heard heard;
    auto options = options_for(heard);
    std::atomic<int> shown = 0;
    options.on_picture = [&] {
        ++shown;
        shown.notify_all();
    };
    options.open = [&](const SourceSpec&) {
        return scripted([&](std::uint64_t call) -> Result<std::optional<Frame>> {
            if (call > 30) return std::optional<Frame>();
            if (call == 10) shown.wait(0);  // nothing comes, and the decoder has nothing to do
            static const Frame kLabel = label();
            Frame frame = call < 10 ? samples::blank(call) : kLabel;
            frame.still = false;
            frame.number = call;
            frame.captured = std::chrono::steady_clock::now();
            return std::optional<Frame>(frame);
        });
    };
    const Pipeline pipeline(std::move(options));
    heard.wait([](const Heard& h) { return !h.readings.empty() && h.said(CameraState::Ended); });
    const std::lock_guard lock(heard.mutex);
    CHECK(heard.readings[0].symbols.at(0).text == "SN-20260301-A001");
}

TEST_CASE("a camera taken away is reported and found again", "[scanner][pipeline][threads]") {
    Heard heard;
    auto options = options_for(heard);
    std::atomic<int> opened = 0;
    options.open = [&](const SourceSpec&) -> Result<std::unique_ptr<FrameSource>> {
        switch (++opened) {
            case 1: return fail(ErrorKind::Device, "Camera 0 is not there; plug it in");
            case 2: return fail(Error{ErrorKind::Device, "Camera 0 is in use", true, false});
            case 4: throw std::runtime_error("the driver fell over");
        }
        return scripted([&](std::uint64_t call) -> Result<std::optional<Frame>> {
            if (opened > 4) return std::optional<Frame>();
            if (call == 1) return std::optional<Frame>(label());
            return fail(ErrorKind::Device, "Camera 0 was taken away");
        });
    };
    const Pipeline pipeline(std::move(options));
    heard.wait([](const Heard& h) { return h.said(CameraState::Ended) && !h.readings.empty(); });
    const std::lock_guard lock(heard.mutex);
    std::vector<CameraState> states;
    for (const auto& status : heard.statuses) states.push_back(status.state);
    CHECK(states == std::vector<CameraState>{CameraState::Opening, CameraState::Lost,
                                             CameraState::Busy, CameraState::Live,
                                             CameraState::Lost, CameraState::Lost,
                                             CameraState::Ended});
    CHECK(heard.statuses[3].words.empty());
    CHECK_THAT(heard.statuses[4].words, ContainsSubstring("taken away"));
    CHECK_THAT(heard.statuses[5].words, ContainsSubstring("fell over"));
}

TEST_CASE("a file that cannot be read is said once and not tried again",
          "[scanner][pipeline][threads]") {
    Heard heard;
    auto options = options_for(heard);
    std::atomic<int> opened = 0;
    options.open = [&](const SourceSpec&) -> Result<std::unique_ptr<FrameSource>> {
        ++opened;
        return fail(ErrorKind::InvalidInput, "“x” is no video");
    };
    {
        const Pipeline pipeline(std::move(options));
        heard.wait([](const Heard& h) { return h.said(CameraState::Ended); });
    }
    CHECK(opened == 1);
    CHECK(heard.statuses.back().words == "“x” is no video");
}

TEST_CASE("without a source the camera is off", "[scanner][pipeline][threads]") {
    Heard heard;
    auto options = options_for(heard);
    options.source.location.clear();
    {
        const Pipeline pipeline(std::move(options));
        heard.wait([](const Heard& h) { return h.said(CameraState::Off); });
        CHECK_FALSE(pipeline.newest_view().frame);
    }
    CHECK(heard.statuses.size() == 1);
}

TEST_CASE("the threads end while a camera is being looked for", "[scanner][pipeline][threads]") {
    Heard heard;
    auto options = options_for(heard);
    options.retry_after = std::chrono::hours(1);
    options.open = [](const SourceSpec&) -> Result<std::unique_ptr<FrameSource>> {
        return fail(ErrorKind::Device, "Camera 0 is not there; plug it in");
    };
    const Pipeline pipeline(std::move(options));
    heard.wait([](const Heard& h) { return h.said(CameraState::Lost); });
}

TEST_CASE("readings wait for a slow application and none is lost", "[scanner][pipeline][threads]") {
    const char* const pictures[] = {"code128.png", "qrcode.png", "datamatrix.png"};
    base::BoundedQueue<Reading> queue(1);
    std::stop_source stop;
    base::BoundedQueue<int> shown(
        1);  // paces the source: a picture is shown once the last was read
    PipelineOptions options;
    options.source.location = "test";
    options.on_reading = [&](Reading reading) {
        // Waits: the queue holds one. What does not get in shows as a missing frame below.
        std::ignore = queue.push(std::move(reading), stop.get_token());
    };
    options.open = [&](const SourceSpec&) {
        return scripted([&](std::uint64_t call) -> Result<std::optional<Frame>> {
            if (call > std::size(pictures)) return std::optional<Frame>();
            if (call > 1 && !shown.pop(stop.get_token())) return std::optional<Frame>();
            Frame frame = load_picture(samples::path(pictures[call - 1])).value();
            frame.number = call;
            return std::optional<Frame>(frame);
        });
    };
    const Pipeline pipeline(std::move(options));
    std::vector<std::uint64_t> frames;
    for (std::size_t i = 0; i < std::size(pictures); ++i) {
        const auto reading = queue.pop(stop.get_token());
        REQUIRE(reading);
        frames.push_back(reading->frame);
        CHECK(shown.try_push(1));
    }
    CHECK(frames == std::vector<std::uint64_t>{1, 2, 3});
}

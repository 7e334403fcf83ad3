#include "scanner/pipeline.hpp"

#include <pthread.h>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <opencv2/core/utility.hpp>
#include <stop_token>
#include <thread>
#include <utility>

#include "base/check.hpp"
#include "base/mailbox.hpp"
#include "scanner/live_decoder.hpp"
#include "scanner/tracker.hpp"

namespace scanner {
namespace {

using Source = std::unique_ptr<FrameSource>;

// What a source throws is a failure of the device like any other: said, and tried again.
tl::unexpected<Error> thrown(const std::exception& exception) {
    return fail(ErrorKind::Device, std::string("The camera failed (") + exception.what() + ")");
}

Result<Source> open_safely(const PipelineOptions& options) {
    try {
        return options.open(options.source);
    } catch (const std::exception& exception) {
        return thrown(exception);
    }
}

Result<std::optional<Frame>> next_safely(FrameSource& source) {
    try {
        return source.next();
    } catch (const std::exception& exception) {
        return thrown(exception);
    }
}

}  // namespace

std::string_view name(CameraState state) {
    switch (state) {
        case CameraState::Off: return "off";
        case CameraState::Opening: return "opening";
        case CameraState::Live: return "live";
        case CameraState::Lost: return "lost";
        case CameraState::Busy: return "busy";
        case CameraState::Ended: return "ended";
    }
    CHECK(false);
}

struct Pipeline::Impl {
    explicit Impl(PipelineOptions wanted) : options(std::move(wanted)) {}

    void capture(const std::stop_token& stop);
    std::optional<Source> open(const std::stop_token& stop);
    std::optional<Error> stream(FrameSource& source, const std::stop_token& stop);
    void decode_all(const std::stop_token& stop);
    void decode_one(const Frame& frame, LiveDecoder& decoder, Tracker& tracker, HintWatch& hints);
    void say(CameraState state, std::string words);
    void wait_to_retry(const std::stop_token& stop);

    const PipelineOptions options;
    base::Mailbox<Frame> frames;
    std::atomic<Hint> hint = Hint::None;  // of the newest view
    std::optional<CameraStatus> said;     // capture thread only

    std::mutex mutex;  // guards `view`
    LiveView view;

    // Last, so that they end before what they use.
    std::jthread capture_thread;
    std::jthread decode_thread;
};

void Pipeline::Impl::say(CameraState state, std::string words) {
    if (said && said->state == state && said->words == words) return;
    said = CameraStatus{state, std::move(words)};
    if (options.on_status) options.on_status(*said);
}

void Pipeline::Impl::wait_to_retry(const std::stop_token& stop) {
    std::mutex alone;
    std::condition_variable_any never;
    std::unique_lock lock(alone);
    never.wait_for(lock, stop, options.retry_after, [] { return false; });
}

// Tries until there is a source; nothing when it makes no sense to go on or `stop` was requested.
std::optional<Source> Pipeline::Impl::open(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        auto source = open_safely(options);
        if (source) return std::move(*source);
        const Error& error = source.error();
        if (error.kind != ErrorKind::Device) {
            say(CameraState::Ended, error.message);
            return std::nullopt;
        }
        say(error.retry_helps ? CameraState::Busy : CameraState::Lost, error.message);
        wait_to_retry(stop);
    }
    return std::nullopt;
}

// Passes frames on until the source ends or fails; a Device error is a lost camera.
std::optional<Error> Pipeline::Impl::stream(FrameSource& source, const std::stop_token& stop) {
    std::string damage;
    while (!stop.stop_requested()) {
        auto frame = next_safely(source);
        if (!frame && frame.error().kind == ErrorKind::Device) return frame.error();
        if (!frame) {
            damage = frame.error().message;
            continue;
        }
        if (!*frame) {
            say(CameraState::Ended, damage);
            return std::nullopt;
        }
        say(CameraState::Live, {});
        frames.put(std::move(**frame));
        source.help(hint);
    }
    return std::nullopt;
}

void Pipeline::Impl::capture(const std::stop_token& stop) {
    if (options.source.location.empty()) {
        say(CameraState::Off, {});
        return;
    }
    say(CameraState::Opening, {});
    while (auto source = open(stop)) {
        const auto lost = stream(**source, stop);
        source->reset();  // the device must be free before it is opened again
        if (!lost) return;
        say(CameraState::Lost, lost->message);
        wait_to_retry(stop);
    }
}

void Pipeline::Impl::decode_one(const Frame& frame, LiveDecoder& decoder, Tracker& tracker,
                                HintWatch& hints) {
    Reading reading;
    reading.frame = frame.number;
    reading.captured = frame.captured;
    // Neither lets out anything that its libraries throw.
    reading.symbols = frame.still ? scanner::decode(frame, {options.wanted, Effort::Full})
                                  : decoder.decode(frame);
    reading.decoded = std::chrono::steady_clock::now();
    Tracker::Seen seen = tracker.update(reading.symbols, frame.width, frame.height, frame.captured);
    reading.fresh = std::move(seen.fresh);
    const bool aimed = frame.still || std::ranges::any_of(seen.standing, &Standing::aimed);
    bool news = !reading.fresh.empty();
    if (!frame.still) {
        news = seen.news;
        reading.standing = std::move(seen.standing);
        reading.unread = decoder.unread_bars();
    }
    hint = hints.see(frame, !reading.symbols.empty());
    if (!frame.still && reading.symbols.empty() && decoder.sees_unlisted_itf())
        hint = Hint::ItfLength;
    {
        // Together, so that an outline always lies on the picture it was found in.
        const std::lock_guard lock(mutex);
        view = {std::make_shared<const Frame>(frame),
                {reading.frame, reading.symbols, reading.captured, aimed},
                hint};
    }
    if (options.on_picture) options.on_picture();
    if (news && options.on_reading) options.on_reading(std::move(reading));
}

void Pipeline::Impl::decode_all(const std::stop_token& stop) {
    LiveDecoder decoder(options.wanted);
    Tracker tracker;
    HintWatch hints;
    while (auto frame = frames.wait(stop)) {
        if (stop.stop_requested()) return;
        decode_one(*frame, decoder, tracker, hints);
    }
}

Pipeline::Pipeline(PipelineOptions options) : impl_(std::make_unique<Impl>(std::move(options))) {
    Impl& impl = *impl_;
    impl.capture_thread = std::jthread([&impl](const std::stop_token& stop) {
        pthread_setname_np(pthread_self(), "capture");
        impl.capture(stop);
    });
    impl.decode_thread = std::jthread([&impl](const std::stop_token& stop) {
        pthread_setname_np(pthread_self(), "decode");
        // Pictures of a region are too small to be worth OpenCV's own threads, which would take the
        // window's cores.
        cv::setNumThreads(1);
        impl.decode_all(stop);
    });
}

Pipeline::~Pipeline() {
    impl_->capture_thread.request_stop();
    impl_->decode_thread.request_stop();
}

LiveView Pipeline::newest_view() const {
    const std::lock_guard lock(impl_->mutex);
    return impl_->view;
}

}  // namespace scanner

#include "scanner/source.hpp"

#include <charconv>
#include <filesystem>
#include <functional>
#include <utility>

#include "scanner/capture.hpp"
#include "scanner/folder.hpp"
#include "scanner/pacing.hpp"
#include "scanner/still.hpp"

namespace scanner {
namespace {

namespace fs = std::filesystem;

constexpr double kUsualRate = 15;  // of pictures that do not say theirs

using Opened = Result<std::unique_ptr<FrameSource>>;

std::optional<int> camera_number(const std::string& location) {
    int number = 0;
    const char* end = location.data() + location.size();
    const auto parsed = std::from_chars(location.data(), end, number);
    if (parsed.ec != std::errc() || parsed.ptr != end || number < 0) return std::nullopt;
    return number;
}

// Begins again at the end, with frame numbers going on.
class LoopedSource final : public FrameSource {
 public:
    LoopedSource(std::unique_ptr<FrameSource> first, std::function<Result<Recorded>()> open_again)
        : source_(std::move(first)), open_again_(std::move(open_again)) {}

    Result<std::optional<Frame>> next() override {
        auto frame = source_->next();
        if (frame && !*frame && frames_ > 0) {
            auto again = open_again_();
            if (!again) return fail(std::move(again.error()));
            source_ = std::move(again->source);
            frame = source_->next();
        }
        if (frame && *frame) (*frame)->number = ++frames_;
        return frame;
    }

 private:
    std::unique_ptr<FrameSource> source_;
    std::function<Result<Recorded>()> open_again_;
    std::uint64_t frames_ = 0;
};

Result<Recorded> open_recorded(const std::string& location) {
    std::error_code error;
    if (fs::is_directory(location, error)) {
        auto pictures = pictures_in(location);
        if (!pictures) return fail(std::move(pictures.error()));
        return Recorded{picture_source(std::move(*pictures))};
    }
    if (is_picture_file(location)) {
        // Read now, so that a damaged picture is told on opening.
        if (auto picture = load_picture(location); !picture)
            return fail(std::move(picture.error()));
        return Recorded{picture_source({location})};
    }
    return open_video(location);
}

double rate_of(const SourceSpec& spec, double recorded) {
    if (spec.frames_per_second > 0) return spec.frames_per_second;
    return recorded > 0 ? recorded : kUsualRate;
}

}  // namespace

Opened open_source(const SourceSpec& spec) {
    if (spec.location.empty())
        return fail(ErrorKind::InvalidInput, "Name a camera, a file or a folder to scan");
    if (spec.location == kFirstCamera) {
        const auto first = first_camera();
        if (!first)
            return fail(ErrorKind::Device, "No camera found; plug one in, it is used at once");
        return open_camera(*first);
    }
    if (const auto number = camera_number(spec.location)) return open_camera(*number);
    auto recorded = open_recorded(spec.location);
    if (!recorded) return fail(std::move(recorded.error()));
    auto source = std::move(recorded->source);
    if (spec.loop)
        source = std::make_unique<LoopedSource>(
            std::move(source), [location = spec.location] { return open_recorded(location); });
    if (spec.pacing == Pacing::Max) return source;
    return paced(std::move(source), rate_of(spec, recorded->frames_per_second),
                 steady_pacing_clock());
}

}  // namespace scanner

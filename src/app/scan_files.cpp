#include "app/scan_files.hpp"

#include <chrono>
#include <filesystem>

#include "app/read_label.hpp"
#include "base/clock.hpp"
#include "base/text.hpp"
#include "scanner/decoder.hpp"
#include "scanner/folder.hpp"
#include "scanner/live_decoder.hpp"
#include "scanner/still.hpp"
#include "scanner/tracker.hpp"

namespace app {
namespace {

using Steady = std::chrono::steady_clock;
using OnScan = std::function<void(const FileScan&)>;

// At full speed a video's frames have no time of their own; this is a usual camera's.
constexpr std::chrono::milliseconds kFrameTime{40};

// Nobody waits for a frame at full speed.
constexpr scanner::LiveBudget kNoHurry{std::chrono::seconds(1), std::chrono::seconds(1)};

std::vector<scanner::Symbol> timed(const std::function<std::vector<scanner::Symbol>()>& decode,
                                   double& ms) {
    const auto start = Steady::now();
    auto symbols = decode();
    ms = std::chrono::duration<double, std::milli>(Steady::now() - start).count();
    return symbols;
}

Result<void> scan_picture(const std::string& path, const scanner::Wanted& wanted,
                          const OnScan& on_scan) {
    const auto frame = scanner::load_picture(path);
    if (!frame) return fail(frame.error());
    FileScan scan;
    scan.source = path;
    scan.frame = 1;
    scan.symbols = timed(
        [&] {
            return scanner::decode(*frame, {wanted, scanner::Effort::Full});
        },
        scan.decode_ms);
    scan.label = read_label(scan.symbols, base::system_now());
    on_scan(scan);
    return {};
}

Result<void> scan_video(const std::string& path, scanner::Pacing pacing,
                        const scanner::Wanted& wanted, const OnScan& on_scan,
                        const std::string& name) {
    scanner::SourceSpec spec;
    spec.location = path;
    spec.pacing = pacing;
    const auto source = scanner::open_source(spec);
    if (!source) return fail(source.error());
    scanner::LiveDecoder decoder(wanted,
                                 pacing == scanner::Pacing::Max ? kNoHurry : scanner::LiveBudget());
    scanner::Tracker tracker;
    FileScan scan;
    scan.source = name;
    bool any = false;
    for (;;) {
        auto frame = (*source)->next();
        if (!frame) return fail(frame.error());
        if (!*frame) break;
        scan.frame = (*frame)->number;
        if (pacing == scanner::Pacing::Max)
            (*frame)->captured =
                Steady::time_point(kFrameTime * static_cast<std::int64_t>(scan.frame));
        const auto in_view = timed([&] { return decoder.decode(**frame); }, scan.decode_ms);
        scan.symbols.clear();
        const auto seen =
            tracker.update(in_view, (*frame)->width, (*frame)->height, (*frame)->captured);
        for (const std::size_t index : seen.fresh) scan.symbols.push_back(in_view[index]);
        if (scan.symbols.empty()) continue;
        any = true;
        scan.label = read_label(in_view, base::system_now());
        on_scan(scan);
    }
    scan.symbols.clear();
    if (!any) on_scan(scan);
    return {};
}

}  // namespace

Result<void> scan_file(const std::string& path, scanner::Pacing video_pacing,
                       const scanner::Wanted& wanted, const OnScan& on_scan) {
    std::error_code ignored;
    // Checked first: a scan reads files only, never a camera's number or a stream's address.
    if (!std::filesystem::exists(path, ignored))
        return fail(ErrorKind::InvalidInput,
                    "no file " + base::printable(path) +
                        "; name a picture, a folder of pictures or a video");
    if (!std::filesystem::is_directory(path, ignored)) {
        if (scanner::is_picture_file(path)) return scan_picture(path, wanted, on_scan);
        return scan_video(std::filesystem::absolute(path), video_pacing, wanted, on_scan, path);
    }
    const auto pictures = scanner::pictures_in(path);
    if (!pictures) return fail(pictures.error());
    Result<void> all;
    for (const std::string& picture : *pictures)
        if (auto one = scan_picture(picture, wanted, on_scan); !one && all) all = one;
    return all;
}

}  // namespace app

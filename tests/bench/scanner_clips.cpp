// Two-second clips in real time, as a camera would give them: a frame that comes while the one
// before is being read is lost. And the cost of a view with nothing in it.
#include "scanner_clips.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <functional>
#include <memory>
#include <opencv2/core.hpp>
#include <vector>

#include "frames/sample.hpp"
#include "scanner/live_decoder.hpp"
#include "tally.hpp"

namespace {

using Texts = std::vector<std::string>;
using Reader = std::function<Texts(const scanner::Frame&)>;

struct ClipTally {
    int clips = 0;
    int read = 0;
    int wrong = 0;
    std::vector<double> seconds;  // to the first right text
};

scanner::Evidence::Time at(double seconds) {
    return scanner::Evidence::Time(std::chrono::seconds(1000)) +
           std::chrono::microseconds(static_cast<std::int64_t>(seconds * 1e6));
}

void play(const frames::Clip& clip, const std::vector<scanner::Frame>& film, const Reader& read,
          ClipTally& tally) {
    ++tally.clips;
    double time = 0;
    bool wrong = false;
    while (true) {
        const int index = static_cast<int>(std::ceil(time * frames::Clip::kFramesPerSecond - 1e-9));
        if (index >= frames::Clip::kFrames) break;
        const double shown = index / frames::Clip::kFramesPerSecond;
        const double begin = thread_ms();
        const Texts texts = read(film[static_cast<std::size_t>(index)]);
        const double done = shown + (thread_ms() - begin) / 1e3;
        time = std::max(done, shown + 1 / frames::Clip::kFramesPerSecond);
        bool right = false;
        for (const std::string& text : texts) (is_truth(text, clip.text()) ? right : wrong) = true;
        if (!right) continue;
        ++tally.read;
        tally.seconds.push_back(done);
        break;
    }
    tally.wrong += wrong ? 1 : 0;
}

void print(const std::string& name, ClipTally& tally) {
    std::sort(tally.seconds.begin(), tally.seconds.end());
    // A clip that is not read has taken the whole of it.
    tally.seconds.resize(static_cast<std::size_t>(tally.clips),
                         frames::Clip::kFrames / frames::Clip::kFramesPerSecond);
    const double median = tally.seconds.empty() ? 0 : tally.seconds[tally.seconds.size() / 2];
    std::printf("%-16s | %5.1f %% read | median %5.0f ms | %d wrong\n", name.c_str(),
                100.0 * tally.read / std::max(1, tally.clips), median * 1e3, tally.wrong);
    std::fflush(stdout);
}

Texts texts_of(const std::vector<scanner::Symbol>& symbols) {
    Texts texts;
    for (const scanner::Symbol& symbol : symbols) texts.push_back(symbol.text);
    return texts;
}

// What a camera that stands still makes of one view.
std::shared_ptr<const scanner::Pixels> with_noise(const scanner::Pixels& view, std::uint64_t seed) {
    cv::RNG random(seed);
    cv::Mat noise(1, static_cast<int>(view.size()), CV_16S);
    random.fill(noise, cv::RNG::NORMAL, 0, 2);
    auto noisy = std::make_shared<scanner::Pixels>(view);
    cv::Mat pixels(1, static_cast<int>(view.size()), CV_8U, noisy->data());
    cv::add(pixels, noise, pixels, {}, CV_8U);
    return noisy;
}

// Of this process; Linux.
double resident_megabytes() {
    std::ifstream statm("/proc/self/statm");
    long whole = 0;
    long resident = 0;
    statm >> whole >> resident;
    return static_cast<double>(resident) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

}  // namespace

void measure_clips(const std::vector<Engine>& engines,
                   const std::vector<scanner::Symbology>& needed, int clips, std::uint64_t seed) {
    std::printf("\n%-16s | %d clips of two seconds, medium\n", "clips", clips);
    ClipTally ours;
    std::vector<ClipTally> others(engines.size());
    for (int i = 0; i < clips; ++i) {
        const frames::Kind kind =
            frames::kKinds[static_cast<std::size_t>(i) % std::size(frames::kKinds)];
        const frames::Clip clip(kind, frames::Level::Medium,
                                seed * 1000 + static_cast<std::uint64_t>(i));
        std::vector<scanner::Frame> film;
        for (int f = 0; f < frames::Clip::kFrames; ++f) {
            film.push_back(clip.frame(f));
            film.back().captured = at(f / frames::Clip::kFramesPerSecond);
        }
        scanner::LiveDecoder decoder(scanner::Wanted{needed});
        play(
            clip, film, [&](const auto& frame) { return texts_of(decoder.decode(frame)); }, ours);
        for (std::size_t e = 0; e < engines.size(); ++e)
            play(clip, film, engines[e].read, others[e]);
    }
    print("ours, camera", ours);
    for (std::size_t e = 0; e < engines.size(); ++e) print(engines[e].name, others[e]);
}

void measure_damaged_clips(const std::vector<scanner::Symbology>& needed, int clips,
                           std::uint64_t seed) {
    constexpr int kFrames = 15;
    Tally tally;
    for (int i = 0; i < clips; ++i) {
        const auto n = static_cast<std::size_t>(i);
        const frames::Kind kind = frames::kKinds[n % std::size(frames::kKinds)];
        const frames::Damage damage =
            frames::kDamages[n / std::size(frames::kKinds) % std::size(frames::kDamages)];
        const frames::Clip clip(kind, frames::Level::Medium, seed * 1'000'000 + n, damage);
        scanner::LiveDecoder decoder(scanner::Wanted{needed});
        Texts all;
        for (int f = 0; f < kFrames; ++f) {
            scanner::Frame frame = clip.frame(frames::Clip::kFrames / 3 + f);
            frame.captured = at(f / frames::Clip::kFramesPerSecond);
            for (const std::string& text : texts_of(decoder.decode(frame)))
                if (std::ranges::find(all, text) == all.end()) all.push_back(text);
        }
        tally.count(all, clip.text(), 0);
        for (const std::string& text : all)
            if (!is_truth(text, clip.text()))
                std::printf("  WRONG clip %d: “%s” gave “%s”\n", i, clip.text().c_str(),
                            text.c_str());
    }
    std::printf("\ndamaged labels, camera: %d clips of %d frames, %.1f %% read, %d wrong\n", clips,
                kFrames, tally.percent_right(), tally.wrong);
}

void measure_idle(const std::vector<scanner::Symbology>& needed, int views, std::uint64_t seed) {
    constexpr int kFrames = 60;
    Tally tally;
    for (int i = 0; i < views; ++i) {
        scanner::LiveDecoder decoder(scanner::Wanted{needed});
        scanner::Frame frame =
            frames::make_empty(frames::Level::Hard, seed * 1000 + static_cast<std::uint64_t>(i));
        const auto view = frame.grey;
        for (int f = 0; f < kFrames; ++f) {
            frame.grey = with_noise(*view, seed + static_cast<std::uint64_t>(f));
            frame.captured = at(f / 30.0);
            const double begin = thread_ms();
            const Texts texts = texts_of(decoder.decode(frame));
            tally.count(texts, "", thread_ms() - begin);
        }
    }
    const auto mean = [&](int from, int to) {
        double sum = 0;
        for (std::size_t i = 0; i < tally.milliseconds.size(); ++i)
            if (const int f = static_cast<int>(i) % kFrames; f >= from && f < to)
                sum += tally.milliseconds[i];
        return sum / (views * (to - from));
    };
    std::printf(
        "\nempty cluttered views, camera, two seconds: mean %.1f ms (the first half second %.1f, "
        "then %.1f), median %.1f, p95 %.1f, %d wrong\n",
        mean(0, kFrames), mean(0, kFrames / 4), mean(kFrames / 4, kFrames), tally.quantile_ms(0.5),
        tally.quantile_ms(0.95), tally.wrong);
}

void measure_memory(const std::vector<scanner::Symbology>& needed, int frames, std::uint64_t seed) {
    constexpr int kViews = 60;
    constexpr int kFramesAView = 20;
    std::vector<scanner::Frame> views;
    for (int i = 0; i < kViews; ++i) {
        frames::Random random(seed * 1000 + static_cast<std::uint64_t>(i));
        const frames::Kind kind =
            frames::kKinds[static_cast<std::size_t>(i) % std::size(frames::kKinds)];
        const auto printed = print(kind, random_text(kind, random), random);
        const auto conditions = draw_conditions(kind, frames::Level::Medium, random);
        views.push_back(render(i % 3 == 0 ? nullptr : &printed, conditions, random, {640, 360}));
    }
    scanner::LiveDecoder decoder(scanner::Wanted{needed});
    std::printf("\nmemory of %d frames\n", frames);
    std::int64_t symbols = 0;
    for (int i = 0; i < frames; ++i) {
        scanner::Frame frame = views[static_cast<std::size_t>(i / kFramesAView % kViews)];
        frame.captured = at(i / 30.0);
        symbols += static_cast<std::int64_t>(decoder.decode(frame).size());
        if ((i + 1) % std::max(1, frames / 10) == 0)
            std::printf("%9d frames: %.1f MB\n", i + 1, resident_megabytes());
        std::fflush(stdout);
    }
    std::printf("symbols in view: %lld\n", static_cast<long long>(symbols));
}

// Ours beside plain ZXing and ZBar on generated frames with known truth, in one run:
//   bench_scanner [PART [FRAMES [SEED [ENGINE [KIND]]]]]
// PART: medium, hard, small (Code 128 at 1.1–1.75 px a module), limits, damaged,
//       empty, clips, damaged-clips, idle, memory (not part of all), or all.
// ENGINE, KIND: only engines and symbols whose name contains it. FRAMES: per level, shared by all
// symbologies.
#include <cstdio>
#include <cstdlib>
#include <map>
#include <opencv2/core/utility.hpp>
#include <string>

#include "engines.hpp"
#include "frames/sample.hpp"
#include "scanner_clips.hpp"
#include "tally.hpp"

namespace {

using frames::Conditions;
using frames::Damage;
using frames::Kind;
using frames::Level;

struct Run {
    std::vector<Engine> engines;
    int frames = 200;
    std::uint64_t seed = 1;
    std::string kind;
};

std::vector<scanner::Symbology> needed_symbologies() {
    std::vector<scanner::Symbology> all;
    for (const Kind kind : frames::kKinds) {
        const auto symbology = frames::symbology_of(kind);
        if (std::find(all.begin(), all.end(), symbology) == all.end()) all.push_back(symbology);
    }
    return all;
}

void count(const Engine& engine, const scanner::Frame& frame, const std::string& truth,
           const std::string& words, Tally& tally) {
    const double begin = thread_ms();
    const auto texts = engine.read(frame);
    const double took = thread_ms() - begin;
    const int wrong = tally.wrong;
    tally.count(texts, truth, took);
    if (tally.wrong == wrong || !engine.name.starts_with("ours")) return;
    std::printf("  WRONG %s %s: “%s” gave", engine.name.c_str(), words.c_str(), truth.c_str());
    for (const std::string& text : texts) std::printf(" “%s”", text.c_str());
    std::printf("\n");
}

void print_head(const Run& run, const std::string& title) {
    std::printf("\n%-16s", title.c_str());
    for (const Engine& engine : run.engines) std::printf(" | %16s", engine.name.c_str());
    std::printf("\n");
}

void print_row(const std::string& name, const std::vector<Tally>& tallies) {
    std::printf("%-16s", name.c_str());
    for (const Tally& tally : tallies)
        std::printf(" | %6.1f %% %3d wrong", tally.percent_right(), tally.wrong);
    std::printf("\n");
}

void print_times(const std::vector<Tally>& tallies) {
    std::printf("%-16s", "ms median/p95");
    for (const Tally& tally : tallies)
        std::printf(" | %7.1f %8.1f", tally.quantile_ms(0.5), tally.quantile_ms(0.95));
    std::printf("\n");
    std::fflush(stdout);
}

void measure_kinds(const Run& run, Level level, bool damaged, const std::string& title) {
    print_head(run, title);
    std::vector<Tally> sums(run.engines.size());
    const int each = std::max(1, run.frames / static_cast<int>(std::size(frames::kKinds)));
    for (const Kind kind : frames::kKinds) {
        if (std::string(frames::name(kind)).find(run.kind) == std::string::npos) continue;
        std::vector<Tally> tallies(run.engines.size());
        for (int i = 0; i < each; ++i) {
            const std::uint64_t seed = run.seed * 1'000'000 + static_cast<std::uint64_t>(i) * 16 +
                                       static_cast<std::uint64_t>(kind);
            const Damage damage =
                damaged ? frames::kDamages[static_cast<std::size_t>(i) % 6] : Damage::None;
            const auto sample = frames::make_sample(kind, level, damage, seed);
            const std::string words = frames::name(kind) + (" seed " + std::to_string(seed));
            for (std::size_t e = 0; e < run.engines.size(); ++e)
                count(run.engines[e], sample.frame, sample.text, words, tallies[e]);
        }
        print_row(frames::name(kind), tallies);
        for (std::size_t e = 0; e < sums.size(); ++e) sums[e].add(tallies[e]);
    }
    print_row("all", sums);
    print_times(sums);
}

void measure_empty(const Run& run) {
    print_head(run, "nothing there");
    std::vector<Tally> tallies(run.engines.size());
    for (int i = 0; i < run.frames; ++i) {
        const std::uint64_t seed = run.seed * 1'000'000 + static_cast<std::uint64_t>(i);
        const auto frame = frames::make_empty(i % 2 == 0 ? Level::Medium : Level::Hard, seed);
        for (std::size_t e = 0; e < run.engines.size(); ++e)
            count(run.engines[e], frame, "", "empty seed " + std::to_string(seed), tallies[e]);
    }
    print_row("", tallies);
    print_times(tallies);
}

// Good conditions but for what a sweep makes worse.
Conditions good(frames::Random& random) {
    Conditions c;
    c.module = 2.3;
    c.rotation = random.uniform(0, 360);
    c.noise = 4;
    c.contrast = 120;
    c.dark = 50;
    c.shift_x = random.uniform(-0.1, 0.1);
    c.shift_y = random.uniform(-0.1, 0.1);
    return c;
}

template <typename Change>
std::vector<Tally> measure_changed(const Run& run, Kind kind, const std::string& words,
                                   Change change) {
    std::vector<Tally> tallies(run.engines.size());
    for (int i = 0; i < run.frames; ++i) {
        frames::Random random(run.seed * 1'000'000 + static_cast<std::uint64_t>(i));
        const auto printed = print(kind, random_text(kind, random), random);
        Conditions c = good(random);
        change(c, random);
        const auto frame = render(&printed, c, random);
        for (std::size_t e = 0; e < run.engines.size(); ++e)
            count(run.engines[e], frame, printed.text, words + " " + std::to_string(i), tallies[e]);
    }
    return tallies;
}

void measure_small(const Run& run) {
    print_head(run, "1.1–1.75 px");
    for (const Kind kind : {Kind::Code128, Kind::Ean13, Kind::Code39, Kind::Itf}) {
        const auto tallies = measure_changed(
            run, kind, "small",
            [](Conditions& c, frames::Random& random) { c.module = random.uniform(1.1, 1.75); });
        print_row(frames::name(kind), tallies);
        print_times(tallies);
    }
}

void measure_limits(Run run) {
    run.frames = std::max(10, run.frames / 5);
    print_head(run, "Code 128");
    for (const double defocus : {0.8, 1.2, 1.6, 2.0, 2.2, 2.4, 2.8}) {
        const auto tallies =
            measure_changed(run, Kind::Code128, "defocus",
                            [=](Conditions& c, frames::Random&) { c.defocus = defocus; });
        char words[32];
        std::snprintf(words, sizeof words, "defocus %.1f", defocus);
        print_row(words, tallies);
    }
    for (const double motion : {3.0, 4.0, 5.0, 6.0, 7.0}) {
        const auto tallies =
            measure_changed(run, Kind::Code128, "motion",
                            [=](Conditions& c, frames::Random&) { c.motion = motion; });
        char words[32];
        std::snprintf(words, sizeof words, "motion %.1f", motion);
        print_row(words, tallies);
    }
    for (const double noise : {20.0, 40.0, 60.0}) {
        const auto tallies = measure_changed(
            run, Kind::Code128, "noise", [=](Conditions& c, frames::Random&) { c.noise = noise; });
        char words[32];
        std::snprintf(words, sizeof words, "noise %.0f", noise);
        print_row(words, tallies);
    }
}

}  // namespace

int main(int argc, char* argv[]) {
    std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);  // a long run tells a wrong text at once
    cv::setNumThreads(1);  // times are those of this thread: nothing may be done in another
    const std::string part = argc > 1 ? argv[1] : "all";
    Run run;
    if (argc > 2) run.frames = std::max(1, std::atoi(argv[2]));
    if (argc > 3) run.seed = std::strtoull(argv[3], nullptr, 10);
    for (Engine& engine : engines(needed_symbologies()))
        if (argc <= 4 || engine.name.find(argv[4]) != std::string::npos)
            run.engines.push_back(std::move(engine));
    if (argc > 5) run.kind = argv[5];
    const auto wanted = [&part](const char* name) { return part == "all" || part == name; };
    if (wanted("medium")) measure_kinds(run, Level::Medium, false, "medium");
    if (wanted("hard")) measure_kinds(run, Level::Hard, false, "hard");
    if (wanted("damaged")) measure_kinds(run, Level::Medium, true, "damaged");
    if (wanted("small")) measure_small(run);
    if (wanted("limits")) measure_limits(run);
    if (wanted("empty")) measure_empty(run);
    if (wanted("clips"))
        measure_clips(run.engines, needed_symbologies(), std::max(1, run.frames / 4), run.seed);
    if (wanted("damaged-clips"))
        measure_damaged_clips(needed_symbologies(), std::max(1, run.frames / 4), run.seed);
    if (wanted("idle")) measure_idle(needed_symbologies(), std::max(1, run.frames / 4), run.seed);
    if (part == "memory") measure_memory(needed_symbologies(), run.frames, run.seed);
    return 0;
}

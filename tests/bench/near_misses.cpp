// What the warnings at registration cost with N units of one product in the store.
//
//     bench_near_misses [UNITS] [FOLDER]     default: 200000 units in the temporary folder
//
// A FOLDER that is named keeps the database, and one that is there is used again.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kSamples = 2000;
constexpr std::int64_t kActsPerCommit = 5000;

template <typename T>
const Result<T>& must(const Result<T>& result) {
    if (result) return result;
    std::fprintf(stderr, "%s\n", result.error().message.c_str());
    std::exit(1);
}

std::string serial(std::int64_t number) {
    char text[40];
    std::snprintf(text, sizeof text, "SN-20260301-%08lld", static_cast<long long>(number));
    return text;
}

void build(store::Store& store, std::int64_t units) {
    must(store.put(inventory::Variant{"ROUTER-X", "Router X", {}, 24}, store::Write::Add, ""));
    const auto start = Clock::now();
    for (std::int64_t first = 0; first < units; first += kActsPerCommit) {
        std::vector<store::Act> acts;
        for (std::int64_t i = first; i < std::min(units, first + kActsPerCommit); ++i)
            acts.push_back(
                {journal::Kind::Registered, serial(i), {{"variant", "ROUTER-X"}}, "", {}});
        must(store.act_all(acts, false));
    }
    const std::chrono::duration<double> took = Clock::now() - start;
    std::printf("%lld units were received in %.0f s\n", static_cast<long long>(units),
                took.count());
    std::fflush(stdout);
}

// `make` gives the serial that is about to be registered.
template <typename Make>
void measure(store::Store& store, const char* what, inventory::Entry entry, Make make) {
    std::vector<double> us;
    std::size_t found = 0;
    for (int i = 0; i < kSamples; ++i) {
        const std::string text = make();
        const auto start = Clock::now();
        found += must(store.near_misses(text, "ROUTER-X", entry))->size();
        us.push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count());
    }
    std::sort(us.begin(), us.end());
    std::printf("%-36s %-6s p50 %8.1f us   p99 %8.1f us   %zu warnings\n", what,
                entry == inventory::Entry::Read ? "read" : "typed", us[us.size() / 2],
                us[us.size() * 99 / 100], found);
}

}  // namespace

int main(int argc, char** argv) {
    const std::int64_t units = argc > 1 ? std::atoll(argv[1]) : 200'000;
    const bool keep = argc > 2;
    const fs::path folder =
        fs::path(keep ? argv[2] : fs::temp_directory_path().c_str()) / "unitrail-near-misses";
    if (!keep) fs::remove_all(folder);
    fs::create_directories(folder);
    const bool is_new = !fs::exists(folder / "u.db");
    auto opened = store::Store::open((folder / "u.db").string(), {});
    must(opened);
    if (is_new) build(*opened, units);
    std::mt19937_64 random(1);
    const auto any = [&] {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(units));
    };
    for (const auto entry : {inventory::Entry::Read, inventory::Entry::Typed}) {
        measure(*opened, "O in place of 0", entry, [&] {
            std::string other = serial(any());
            other[4] = 'O';
            return other;
        });
        measure(*opened, "two digits swapped", entry, [&] {
            std::string other = serial(any());
            std::swap(other[13], other[18]);
            return other;
        });
        measure(*opened, "the next of the row", entry, [&] { return serial(units); });
    }
    if (!keep) fs::remove_all(folder);
    return 0;
}

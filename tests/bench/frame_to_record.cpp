// From a frame that holds a clean Code 128 to the record that is shown: the stages in milliseconds,
// beside a bare INSERT and COMMIT with synchronous=FULL on the same disk in the same run.
//
//     bench_frame_to_record [FOLDER]     where the database lies; default: the temporary folder
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include "app/application.hpp"
#include "scanner/decoder.hpp"
#include "scanner/simulated.hpp"
#include "store/database.hpp"

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kScans = 100;

double ms_since(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

void print(const char* stage, std::vector<double> ms) {
    std::sort(ms.begin(), ms.end());
    std::printf("%-44s median %7.2f ms   p95 %7.2f ms\n", stage, ms[ms.size() / 2],
                ms[ms.size() * 95 / 100]);
}

template <typename T>
T must(Result<T> result) {
    if (result) return std::move(*result);
    std::fprintf(stderr, "%s\n", result.error().message.c_str());
    std::exit(1);
}

void must(const Result<void>& result) {
    if (result) return;
    std::fprintf(stderr, "%s\n", result.error().message.c_str());
    std::exit(1);
}

std::vector<double> bare_commits(const std::string& path) {
    store::Database database(path);
    database.execute(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "CREATE TABLE bare (id INTEGER PRIMARY KEY, record BLOB);");
    const std::string record(500, 'x');
    std::vector<double> ms;
    for (int i = 0; i < kScans; ++i) {
        const auto start = Clock::now();
        store::Transaction transaction(database);
        database.prepare("INSERT INTO bare (record) VALUES (?1)").bind(1, record).run();
        transaction.commit();
        ms.push_back(ms_since(start));
    }
    return ms;
}

}  // namespace

int main(int argc, char** argv) {
    namespace fs = std::filesystem;
    const fs::path folder =
        fs::path(argc > 1 ? argv[1] : fs::temp_directory_path().c_str()) / "unitrail-bench";
    fs::remove_all(folder);
    fs::create_directories(folder);

    auto store = must(store::Store::open(folder / "u.db", {}));
    must(store.put(inventory::Warehouse{"MAIN", ""}, store::Write::Add, ""));
    must(store.put(inventory::Location{"A-03", "MAIN"}, store::Write::Add, ""));
    must(store.put(inventory::Variant{"ROUTER-X", "Router X", {}, 24}, store::Write::Add, ""));
    app::Application application(std::move(store), {"Alex", "MAIN", "A-03"}, "bench",
                                 base::system_now);
    application.handle(app::SetReceiveContext{"ROUTER-X", "", "MAIN", "A-03"});

    // The first unit of a product is asked; all others then look like it.
    application.handle(app::Typed{"SN-20260301-A0999"});

    std::vector<double> decode, record_new, record_known;
    int read = 0;
    for (int i = 0; i < kScans; ++i) {
        const std::string serial = "SN-20260301-A" + std::to_string(1000 + i);
        const scanner::Frame frame = must(scanner::render_simulated_frame(
            {}, {scanner::Symbology::Code128, serial, "Router X", serial}));
        auto start = Clock::now();
        scanner::Reading reading;
        reading.symbols = scanner::decode(frame, {{}, scanner::Effort::Live});
        decode.push_back(ms_since(start));
        if (reading.symbols.size() == 1 && reading.symbols[0].text == serial) ++read;
        reading.fresh = {0};
        start = Clock::now();
        application.handle(app::Scanned{reading});
        record_new.push_back(ms_since(start));
        start = Clock::now();
        application.handle(app::Scanned{reading});
        record_known.push_back(ms_since(start));
    }
    if (const auto counts = application.state()->counts; counts.all != read + 1)
        std::printf("only %lld units were registered\n", static_cast<long long>(counts.all));
    std::printf("%d of %d frames (1280x720, Code 128) read\n", read, kScans);
    print("decode", decode);
    print("record of a new unit, durable", record_new);
    print("record of a known unit", record_known);
    print("bare INSERT + COMMIT, WAL, FULL", bare_commits(folder / "bare.db"));
    fs::remove_all(folder);
    return 0;
}

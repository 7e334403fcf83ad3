// The store at scale: builds a database of N units with two events each (received, then a third of
// them sold, the others moved) and prints what the everyday questions cost, beside the bare SQLite
// call that does the same work in the same run.
//
//     bench_store_scale [UNITS] [FOLDER]     default: 1000000 units in the temporary folder
//
// A FOLDER that is named keeps the database, and one that is there is used again.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <random>
#include <string>
#include <vector>

#include "store/database.hpp"
#include "store/store.hpp"

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int kSamples = 2000;
constexpr std::int64_t kActsPerCommit = 5000;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

template <typename T>
void must(const Result<T>& result) {
    if (result) return;
    std::fprintf(stderr, "%s\n", result.error().message.c_str());
    std::exit(1);
}

std::string serial(std::int64_t number) {
    char text[40];
    std::snprintf(text, sizeof text, "SN-20260301-%08lld", static_cast<long long>(number));
    return text;
}

void print_times(const char* what, int samples, const std::function<void()>& work) {
    std::vector<double> us;
    for (int i = 0; i < samples; ++i) {
        const auto start = Clock::now();
        work();
        us.push_back(seconds_since(start) * 1e6);
    }
    std::sort(us.begin(), us.end());
    std::printf("%-52s p50 %9.1f us   p99 %9.1f us\n", what, us[us.size() / 2],
                us[us.size() * 99 / 100]);
}

void build(store::Store& store, std::int64_t units) {
    using store::Write;
    must(store.put(inventory::Warehouse{"MAIN", ""}, Write::Add, ""));
    must(store.put(inventory::Location{"A-03", "MAIN"}, Write::Add, ""));
    must(store.put(inventory::Variant{"ROUTER-X", "Router X", {}, 24}, Write::Add, ""));
    must(store.put(inventory::Lot{"L-22", "ROUTER-X", {}, ""}, Write::Add, ""));
    const auto write = [&](const std::function<store::Act(std::int64_t)>& act_on) {
        const auto start = Clock::now();
        for (std::int64_t first = 0; first < units; first += kActsPerCommit) {
            std::vector<store::Act> acts;
            for (std::int64_t i = first; i < std::min(units, first + kActsPerCommit); ++i)
                acts.push_back(act_on(i));
            must(store.act_all(acts, false));
        }
        return static_cast<double>(units) / seconds_since(start);
    };
    std::printf("receive in bulk                                      %9.0f units/s\n",
                write([](std::int64_t i) {
                    return store::Act{journal::Kind::Registered,
                                      serial(i),
                                      {{"variant", "ROUTER-X"},
                                       {"lot", "L-22"},
                                       {"warehouse", "MAIN"},
                                       {"location", "A-03"},
                                       {"purchase_date", "2026-03-01"},
                                       {"warranty_expiry", "2028-03-01"}},
                                      "Alex",
                                      {}};
                }));
    std::printf("second act in bulk                                   %9.0f acts/s\n",
                write([](std::int64_t i) {
                    const bool sold = i % 3 == 0;
                    return store::Act{
                        sold ? journal::Kind::Sold : journal::Kind::Moved,
                        serial(i),
                        sold ? journal::Body{{"order", "4711"}}
                             : journal::Body{{"warehouse", "MAIN"}, {"location", "A-03"}},
                        "Alex",
                        {}};
                }));
}

// The bound of a bulk import: SQLite alone, copying finished rows of as many units into the same
// tables, indexes and triggers, a commit as often; foreign keys are not looked at.
void print_bulk_bound(const std::string& path, const std::string& copy, std::int64_t units) {
    fs::remove(copy);
    must(store::Store::open(copy, {}));
    store::Database bare(copy);
    bare.execute("PRAGMA synchronous = FULL; PRAGMA cache_size = -32768; ATTACH '" + path +
                 "' AS full;"
                 "INSERT OR IGNORE INTO writer (id, uuid) SELECT id + 1, uuid FROM full.writer;");
    for (const char* table : {"variant", "lot", "warehouse", "location"})
        bare.execute(std::string("INSERT INTO ") + table + " SELECT * FROM full." + table);
    const std::int64_t count = std::min<std::int64_t>(units, 200'000);
    const auto start = Clock::now();
    for (std::int64_t first = 0; first < count; first += kActsPerCommit) {
        store::Transaction transaction(bare);
        const std::string range = " WHERE id > " + std::to_string(first + 4) +
                                  " AND id <= " + std::to_string(first + kActsPerCommit + 4);
        bare.execute(
            "INSERT INTO event SELECT id, writer + 1, seq, kind, root, record, hash"
            " FROM full.event" +
            range + "; INSERT INTO unit SELECT * FROM full.unit" + range +
            "; INSERT INTO unit_ending SELECT reversed, unit FROM full.unit_ending WHERE unit IN"
            " (SELECT id FROM full.unit" +
            range +
            "); INSERT INTO unit_search (rowid, key)"
            " SELECT id, key FROM full.unit" +
            range);
        transaction.commit();
    }
    std::printf("  bare copy of finished rows                         %9.0f units/s\n",
                static_cast<double>(count) / seconds_since(start));
}

void print_sizes(const std::string& path, std::int64_t units) {
    store::Database database(path);
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    const auto per_unit = [&](std::int64_t bytes) {
        return static_cast<double>(bytes) / static_cast<double>(units);
    };
    const std::int64_t records = database.integer("SELECT sum(length(record)) FROM event");
    const auto all = static_cast<std::int64_t>(fs::file_size(path));
    std::printf("bytes a unit: %.0f, of which records %.0f, all else %.0f\n", per_unit(all),
                per_unit(records), per_unit(all - records));
    store::Statement parts = database.prepare(
        "SELECT name, sum(pgsize), sum(unused) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 12");
    while (parts.step())
        std::printf("  %-24s %6.1f, of which unused %5.1f\n", parts.text(0).c_str(),
                    per_unit(parts.integer(1)), per_unit(parts.integer(2)));
}

}  // namespace

int main(int argc, char** argv) {
    const std::int64_t units = argc > 1 ? std::atoll(argv[1]) : 1'000'000;
    const bool keep = argc > 2;
    const fs::path folder =
        fs::path(keep ? argv[2] : fs::temp_directory_path().c_str()) / "unitrail-bench";
    if (!keep) fs::remove_all(folder);
    fs::create_directories(folder);
    const std::string path = folder / "u.db";
    if (!fs::exists(path)) {
        auto store = store::Store::open(path, {});
        must(store);
        build(*store, units);
    }
    print_bulk_bound(path, (folder / "bare-copy.db").string(), units);
    print_sizes(path, units);

    auto start = Clock::now();
    auto store = store::Store::open(path, {});
    must(store);
    must(store->counts());
    std::printf("open to first answer                                 %9.1f ms\n",
                seconds_since(start) * 1e3);

    std::mt19937_64 random(1);
    const auto any = [&] {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(units));
    };
    print_times("lookup by serial", kSamples, [&] { must(store->find(serial(any()))); });
    {
        store::Database bare(path);
        print_times("  bare prepared SELECT by key", kSamples, [&] {
            store::Statement select =
                bare.prepare("SELECT * FROM unit WHERE key = ?1 AND status IS NOT NULL");
            std::string key = serial(any());
            for (char& c : key) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
            select.bind(1, key).step();
        });
    }
    print_times("search by the last 4 digits, first page", 300, [&] {
        store::Filter filter;
        filter.search = serial(any()).substr(16);
        must(store->list(filter, 50, ""));
    });
    print_times("tab counts", kSamples, [&] { must(store->counts()); });
    for (const auto status :
         {std::optional<inventory::Status>(), std::optional(inventory::Status::Sold)})
        print_times(status ? "list page of 50, Sold" : "list page of 50, All", 500, [&] {
            store::Filter filter;
            filter.status = status;
            must(store->list(filter, 50, serial(any())));
        });
    print_times("list page of 50 before a key, All", 500,
                [&] { must(store->list({}, 50, serial(any()), store::Direction::Backward)); });
    print_times("search by the last digit, a page in the middle, back", 100, [&] {
        store::Filter filter;
        filter.search = "7";
        const std::string from = serial(any() / 10 * 10 + 7);
        must(store->list(filter, 50, from, store::Direction::Backward));
    });
    print_times("history of one unit", kSamples, [&] { must(store->history(serial(any()))); });
    // A folder that is used again has those of the runs before.
    const std::string run = "ONE-" + std::to_string(std::random_device{}()) + "-";
    int number = 0;
    print_times("receive one unit, durable", 200, [&] {
        must(store->act({journal::Kind::Registered,
                         "ONE-" + std::to_string(number++),
                         {{"variant", "ROUTER-X"}, {"warehouse", "MAIN"}, {"location", "A-03"}},
                         "Alex",
                         {}}));
    });
    {
        store::Database bare((folder / "bare.db").string());
        bare.execute(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (id INTEGER "
            "PRIMARY KEY, r BLOB);");
        const std::string record(500, 'x');
        print_times("  bare INSERT + COMMIT, FULL", 200, [&] {
            store::Transaction transaction(bare);
            bare.prepare("INSERT INTO t (r) VALUES (?1)").bind(1, record).run();
            transaction.commit();
        });
    }
    for (const bool projection : {false, true}) {
        start = Clock::now();
        const auto result = store->verify(projection);
        must(result);
        std::printf("verify, %-44s %9.0f events/s%s\n",
                    projection ? "chains and projection" : "chains alone",
                    static_cast<double>(result->events) / seconds_since(start),
                    result->damage_count == 0 ? "" : "   DAMAGED");
    }
    if (!keep) fs::remove_all(folder);
    return 0;
}

// Goal: kill -9 at any moment costs no acknowledged act, leaves none half there, and the file
// opens. Method: the program acts in bursts on one growing database, sometimes two at a time; each
// says an act when it is durable, and is killed at a random moment. Then every unit is compared
// with what was said of it, and the file is verified. Every tenth round a new database is killed in
// the making.
//
//     kills [ROUNDS] [SEED]      default: 500 rounds, a random seed; a round that fails keeps its
//     folder
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <set>
#include <sstream>

#include "kills/burst.hpp"
#include "support/temporary.hpp"

namespace {

using nlohmann::json;
using Units = std::map<std::string, json>;  // as `list` shows them, by serial

constexpr int kUnitsPerBurst = 120;
constexpr int kRowsPerImport = 7000;  // more than the import writes at once
constexpr std::chrono::microseconds kLifeMax{150'000};
constexpr std::chrono::microseconds kBirthMax{25'000};

struct Kind {
    const char* command;
    const char* from;  // status that it needs
    const char* to;    // status afterwards
};
constexpr Kind kKinds[] = {
    {"sell", "in_stock", "sold"},        {"return", "sold", "returned"},
    {"restock", "returned", "in_stock"}, {"reserve", "in_stock", "reserved"},
    {"sell", "reserved", "sold"},        {"defect", "sold", "defective"},
    {"hold", "in_stock", "in_stock"},    {"release", "in_stock", "in_stock"},
};

// What one burst is to do, serial after serial.
struct Work {
    std::vector<Words> commands;
    std::vector<std::string> serials;
    std::string to;           // status afterwards; "" = any
    bool at_the_end = false;  // nothing is said before the end (import)
};

struct Totals {
    int killed = 0, ended = 0, fresh = 0, two = 0;
    std::int64_t acknowledged = 0, unsaid = 0;
};

class Rounds {
 public:
    explicit Rounds(unsigned seed) : random_(seed), seed_(seed) {
        for (const char* variable : {"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"})
            setenv(variable, folder_.file(variable).c_str(), 1);
        run({"variant", "add", "ROUTER-X"});
    }

    void play(int round) {
        round_ = round;
        if (round % 10 == 9) return play_fresh();
        std::vector<Work> works = {pick_work(round)};
        if (round % 4 == 2) works.push_back(pick_work(round + 1));
        play(works);
    }

    void report() const {
        std::printf(
            "%d bursts killed, %d ended before; %d killed in the making of a database; %d rounds "
            "with two programs\n%lld acts acknowledged, all there; %lld more were durable before "
            "they were said; %zu units in the end; seed %u\n",
            totals_.killed, totals_.ended, totals_.fresh, totals_.two,
            static_cast<long long>(totals_.acknowledged), static_cast<long long>(totals_.unsaid),
            units_.size(), seed_);
    }

 private:
    int below(int limit) { return std::uniform_int_distribution(0, limit - 1)(random_); }
    std::chrono::microseconds moment(std::chrono::microseconds max) {
        return std::chrono::microseconds(below(static_cast<int>(max.count())));
    }

    void must(bool holds, const std::string& what) {
        if (holds) return;
        std::fprintf(stderr, "kills: round %d, seed %u: %s\nThe database is kept in %s\n", round_,
                     seed_, what.c_str(), folder_.path().c_str());
        std::_Exit(1);  // without removing the folder
    }

    // To the end, which must be a good one.
    std::string run(Words words) {
        Burst burst({words});
        burst.let_finish();
        must(burst.worst_status() == 0,
             words[0] + " ended with " + std::to_string(burst.worst_status()));
        return burst.said();
    }

    Work pick_work(int round) {
        if (round % 48 == 7) return import();
        if (round % 6 == 4) return undos();
        if (round % 2 == 0 || units_.empty()) return receipt();
        return acts(kKinds[below(std::size(kKinds))]);
    }

    std::string new_serial() {
        return *taken_.insert("SN-" + std::to_string(++last_serial_)).first;
    }

    Work receipt() {
        Work work;
        const int count = 1 + below(kUnitsPerBurst);
        for (int i = 0; i < count; ++i) work.serials.push_back(new_serial());
        work.commands = {{"receive", "--json", "--variant", "ROUTER-X"}};
        work.commands[0].insert(work.commands[0].end(), work.serials.begin(), work.serials.end());
        work.to = "in_stock";
        return work;
    }

    // Serials in that status, each in one burst of the round only.
    std::vector<std::string> take(const std::string& status) {
        std::vector<std::string> serials;
        for (const auto& [serial, unit] : units_)
            if (status.empty() || unit["status"] == status) serials.push_back(serial);
        std::ranges::shuffle(serials, random_);
        std::erase_if(serials, [&](const std::string& serial) { return taken_.contains(serial); });
        if (serials.size() > kUnitsPerBurst) serials.resize(kUnitsPerBurst);
        taken_.insert(serials.begin(), serials.end());
        return serials;
    }

    Work acts(const Kind& kind) {
        Work work;
        work.serials = take(kind.from);
        if (work.serials.empty()) return receipt();
        Words words = {kind.command, "--json"};
        words.insert(words.end(), work.serials.begin(), work.serials.end());
        work.commands = {std::move(words)};
        work.to = kind.to;
        return work;
    }

    Work undos() {
        Work work;
        work.serials = take("");
        if (work.serials.empty()) return receipt();
        work.serials.resize(std::min<std::size_t>(work.serials.size(), 20));
        for (const std::string& serial : work.serials)
            work.commands.push_back({"undo", serial, "--json"});
        return work;
    }

    Work import() {
        Work work;
        const std::string file = folder_.file("import.csv");
        std::ofstream csv(file);
        csv << "serial,variant\n";
        for (int i = 1 + below(kRowsPerImport); i > 0; --i) {
            work.serials.push_back(new_serial());
            csv << work.serials.back() << ",ROUTER-X\n";
        }
        work.commands = {{"import", file, "--json"}};
        work.to = "in_stock";
        work.at_the_end = true;
        return work;
    }

    void play(const std::vector<Work>& works) {
        std::vector<std::unique_ptr<Burst>> bursts;
        std::vector<Burst*> all;
        for (const Work& work : works) {
            bursts.push_back(std::make_unique<Burst>(work.commands));
            all.push_back(bursts.back().get());
        }
        const bool import = works[0].at_the_end;
        watch(all, moment(import ? 4 * kLifeMax : kLifeMax));
        all[0]->kill_now();
        if (all.size() > 1 && below(2) == 0) all[1]->kill_now();
        all.back()->let_finish();
        totals_.two += static_cast<int>(all.size()) - 1;

        Units now = look();
        for (std::size_t i = 0; i < works.size(); ++i) {
            ++(all[i]->killed() ? totals_.killed : totals_.ended);
            must(all[i]->worst_status() <= 1, "a command failed by itself");
            compare(works[i], *all[i], now);
        }
        for (const auto& [serial, unit] : units_)
            must(taken_.contains(serial) || same(now, serial),
                 serial + " changed although nobody acted on it");
        for (const auto& [serial, unit] : now)
            must(units_.contains(serial) || taken_.contains(serial),
                 serial + " is there although nobody received it");
        taken_.clear();
        units_ = std::move(now);
    }

    // The file verifies; the units in it.
    Units look() {
        must(json::parse(run({"verify", "--json"}))["ok"] == true, "verify found damage");
        Units units;
        std::istringstream lines(run({"list", "--json", "--limit", "10000000"}));
        for (std::string line; std::getline(lines, line);) {
            json unit = json::parse(line);
            std::string serial = unit["serial"];
            units.emplace(std::move(serial), std::move(unit));
        }
        const json counts = json::parse(run({"counts", "--json"}));
        must(counts["all"] == units.size(), "the counts are not those of the units");
        return units;
    }

    [[nodiscard]] std::optional<json> in(const Units& units, const std::string& serial) const {
        const auto found = units.find(serial);
        return found == units.end() ? std::nullopt : std::optional(found->second);
    }
    [[nodiscard]] bool same(const Units& now, const std::string& serial) const {
        return in(now, serial) == in(units_, serial);
    }

    // Acknowledged: as it was said. The next one: as before, or done. The others: as before.
    void compare(const Work& work, const Burst& burst, const Units& now) {
        if (work.at_the_end) return compare_import(work, burst, now);
        std::istringstream lines(burst.said());
        std::size_t done = 0;
        for (std::string text; std::getline(lines, text); ++done) {
            const json line = json::parse(text);
            const std::string& serial = work.serials.at(done);
            must(line["serial"] == serial, serial + " was not the one that was said");
            if (line["ok"] == false) {
                must(same(now, serial), serial + " was refused and changed all the same");
                continue;
            }
            ++totals_.acknowledged;
            const std::optional<json> said =
                line["unit"].is_null() ? std::nullopt : std::optional(line["unit"]);
            must(in(now, serial) == said, serial + " is not as it was acknowledged");
        }
        for (std::size_t i = done; i < work.serials.size(); ++i) {
            const std::string& serial = work.serials[i];
            if (same(now, serial)) continue;
            must(i == done, serial + " was acted on before its turn");
            const auto unit = in(now, serial);
            must(work.to.empty() || (unit && (*unit)["status"] == work.to),
                 serial + " is in a status that nobody gave it");
            ++totals_.unsaid;
        }
    }

    // All rows when it said so; else those that were committed, from the first on.
    void compare_import(const Work& work, const Burst& burst, const Units& now) {
        const auto there = static_cast<std::size_t>(
            std::ranges::count_if(work.serials, [&](const auto& s) { return now.contains(s); }));
        for (std::size_t i = 0; i < there; ++i)
            must(now.contains(work.serials[i]), "an import left out " + work.serials[i]);
        const bool said = !burst.said().empty();
        must(!said || there == work.serials.size(), "an import lost rows");
        (said ? totals_.acknowledged : totals_.unsaid) += static_cast<std::int64_t>(there);
    }

    void play_fresh() {
        const std::string file = folder_.file("fresh.db");
        Burst burst({{"variant", "add", "ROUTER-X", "--db", file}});
        watch({&burst}, moment(kBirthMax));
        burst.kill_now();
        totals_.fresh += burst.killed() ? 1 : 0;
        must(json::parse(run({"verify", "--json", "--db", file}))["ok"] == true,
             "a new database does not verify");
        const bool there = !run({"variant", "list", "--db", file}).empty();
        must(there || burst.said().empty(), "the variant of a new database is lost");
        if (!there) run({"variant", "add", "ROUTER-X", "--db", file});
        run({"receive", "SN-1", "--variant", "ROUTER-X", "--db", file});
        for (const char* suffix : {"", "-wal", "-shm", "-journal"})
            std::filesystem::remove(file + suffix);
    }

    TemporaryFolder folder_;
    std::mt19937 random_;
    unsigned seed_;
    int round_ = 0;
    int last_serial_ = 0;
    Units units_;
    std::set<std::string> taken_;
    Totals totals_;
};

}  // namespace

int main(int argc, char** argv) {
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 500;
    const unsigned seed = argc > 2 ? static_cast<unsigned>(std::strtoul(argv[2], nullptr, 10))
                                   : std::random_device{}();
    if (rounds < 1) {
        std::fprintf(stderr, "usage: kills [ROUNDS] [SEED]\n");
        return 2;
    }
    Rounds all(seed);
    for (int round = 0; round < rounds; ++round) {
        all.play(round);
        if (round % 50 == 49) std::fprintf(stderr, "%d rounds\n", round + 1);
    }
    std::printf("%d rounds: ", rounds);
    all.report();
    return 0;
}

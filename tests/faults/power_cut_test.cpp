// Goal: whenever the power goes, every acknowledged act is there, none is half there, the file
// opens and verifies. Method: exhaustive. The work is done once and every call of the disk is
// noted. Then the power is cut after each call: what was not synced is lost, all of it, and by
// chance some of it (whole writes, 512-byte sectors, 4-KiB blocks, so later ones without earlier
// ones). Each different disk that comes of it is opened as after a reboot.
#include <filesystem>
#include <fstream>
#include <functional>
#include <set>
#include <vector>

#include "store/backup.hpp"
#include "store/database.hpp"
#include "store/migrate.hpp"
#include "support/catch.hpp"
#include "support/disk_calls.hpp"
#include "support/fault_vfs.hpp"
#include "support/shop.hpp"
#include "support/sound.hpp"
#include "support/temporary.hpp"

namespace fs = std::filesystem;

namespace {

using Kept = Disk::Kept;

// Says that what was done so far was acknowledged.
using Acknowledge = std::function<void()>;
using Work = std::function<void(const std::string& folder, const Acknowledge&)>;
// Looks at the folder after the cut; so many acknowledgements came before it.
using Check = std::function<void(const std::string& folder, std::size_t acknowledged)>;

struct Recording {
    std::vector<DiskCall> calls;
    std::vector<std::size_t> acknowledged;  // after so many calls
    Files files;                            // in the end
};

Recording record(const std::string& prepared, const Work& work) {
    const TemporaryFolder folder;
    fs::copy(prepared, folder.path(), fs::copy_options::recursive);
    Recording recording;
    const FaultVfs disk({}, &recording.calls);
    work(folder.path(), [&] { recording.acknowledged.push_back(recording.calls.size()); });
    recording.files = files_in(folder.path());
    return recording;
}

void write(const Files& files, const std::string& folder) {
    for (const auto& [name, bytes] : files)
        std::ofstream(fs::path(folder) / name, std::ios::binary) << bytes;
}

void cut_everywhere(const std::string& what, const TemporaryFolder& prepared, const Work& work,
                    const Check& check) {
    const Recording recording = record(prepared.path(), work);
    const auto seed = std::random_device{}();
    std::mt19937 random(seed);
    Disk disk(files_in(prepared.path()));
    std::set<std::pair<std::size_t, std::size_t>> seen;  // disks by hash, acknowledged
    std::size_t cuts = 0, acknowledged = 0;
    for (std::size_t call = 0; call <= recording.calls.size(); ++call) {
        if (call > 0) disk.apply(recording.calls[call - 1]);
        while (acknowledged < recording.acknowledged.size() &&
               recording.acknowledged[acknowledged] <= call)
            ++acknowledged;
        for (const Kept kept : {Kept::Nothing, Kept::Writes, Kept::Sectors, Kept::Blocks}) {
            ++cuts;
            const Files files = disk.after_cut(kept, random);
            if (!seen.emplace(hash_of(files), acknowledged).second) continue;
            CAPTURE(seed, call, static_cast<int>(kept), acknowledged);
            const TemporaryFolder folder;
            write(files, folder.path());
            check(folder.path(), acknowledged);
        }
    }
    REQUIRE(disk.written() == recording.files);  // no call went past the recording
    WARN("power cuts during " << what << ": " << cuts << " at " << recording.calls.size()
                              << " calls, " << seen.size() << " different disks");
    CHECK(recording.calls.size() > 20);
}

const store::Act kSale = {journal::Kind::Sold, "SN-1", {{"client", "Client K"}}, "", {}};

void fill(const TemporaryFolder& folder) {
    Shop::make(folder.file("u.db"),
               {{"SN-1", inventory::Status::InStock}, {"SN-2", inventory::Status::Returned}});
}

// Does one act after the other on u.db; after a cut exactly the first of them must be there: all
// that were acknowledged, and of the next either nothing or the whole.
void cut_acts(const std::string& what,
              const std::vector<std::function<void(store::Store&, const std::string&)>>& acts) {
    const TemporaryFolder prepared;
    fill(prepared);
    std::vector<std::string> states(acts.size() + 1);  // after so many acts
    cut_everywhere(
        what, prepared,
        [&](const std::string& folder, const Acknowledge& acknowledge) {
            auto store = store::Store::open(folder + "/u.db", {});
            Shop::must(store);
            states[0] = told(*store);
            for (std::size_t i = 0; i < acts.size(); ++i) {
                acts[i](*store, folder + "/u.db");
                acknowledge();
                states[i + 1] = told(*store);
            }
        },
        [&](const std::string& folder, std::size_t acknowledged) {
            store::Store store = sound(folder + "/u.db");
            const std::string state = told(store);
            const auto next = std::min(acknowledged + 1, states.size() - 1);
            REQUIRE((state == states[acknowledged] || state == states[next]));
            // The station goes on as if nothing had been.
            REQUIRE(store.act({journal::Kind::Held, "SN-2", {}, "", {}}));
        });
}

void sell(store::Store& store, const std::string&) { Shop::must(store.act(kSale)); }

void undo(store::Store& store, const std::string&) { Shop::must(store.undo("", "Alex")); }

void recall(store::Store& store, const std::string&) {
    Shop::must(store.put(store::Recall{"", "L-07", "burns", true}, "Alex"));
}

void receive_many(store::Store& store, const std::string&) {
    std::vector<store::Act> acts;
    acts.reserve(30);
    for (int i = 0; i < 30; ++i)
        acts.push_back({journal::Kind::Registered,
                        "SN-" + std::to_string(100 + i),
                        {{"variant", "SWITCH-Y"}, {"lot", "L-07"}},
                        "",
                        {}});
    Shop::must(store.act_all(acts, false));
}

// What another program does that closes the file, or this one after a thousand pages: the log goes
// into the database and begins anew.
void checkpoint(store::Store&, const std::string& file) {
    REQUIRE(store::Database(file).integer("PRAGMA wal_checkpoint(RESTART)") == 0);
}

}  // namespace

TEST_CASE("a power cut at any call of a commit leaves all of it or nothing", "[faults][power]") {
    cut_acts("a commit", {sell});
}

TEST_CASE("a power cut leaves every acknowledged act, also while the log is written back",
          "[faults][power]") {
    cut_acts("commits and checkpoints",
             {sell, undo, checkpoint, receive_many, recall, checkpoint, sell, undo});
}

TEST_CASE("a power cut while a database is made leaves one that opens", "[faults][power]") {
    const TemporaryFolder prepared;
    cut_everywhere(
        "the making of a database", prepared,
        [](const std::string& folder, const Acknowledge& acknowledge) {
            auto store = store::Store::open(folder + "/u.db", {});
            Shop::must(store);
            Shop::must(store->put(inventory::Warehouse{"MAIN", "Main"}, store::Write::Add, "Alex"));
            acknowledge();
        },
        [](const std::string& folder, std::size_t acknowledged) {
            store::Store store = sound(folder + "/u.db");
            REQUIRE(store.warehouses()->size() >= acknowledged);
        });
}

TEST_CASE("a power cut during a migration leaves the old database or the new", "[faults][power]") {
    const TemporaryFolder prepared;
    fill(prepared);
    const std::string before = told(prepared.file("u.db"));
    std::vector<std::string_view> newer(store::migrations().begin(), store::migrations().end());
    newer.emplace_back("ALTER TABLE unit ADD COLUMN colour TEXT; CREATE TABLE extra (a);");
    const auto version = static_cast<std::int64_t>(newer.size());
    cut_everywhere(
        "a migration", prepared,
        [&](const std::string& folder, const Acknowledge& acknowledge) {
            store::Database database(folder + "/u.db");
            Shop::must(store::migrate(database, newer));
            acknowledge();
        },
        [&](const std::string& folder, std::size_t acknowledged) {
            store::Database database(folder + "/u.db");
            const bool migrated = database.integer("PRAGMA user_version") == version;
            REQUIRE((migrated || acknowledged == 0));
            REQUIRE(database.integer("SELECT count(*) FROM sqlite_schema WHERE name = 'extra'") ==
                    (migrated ? 1 : 0));
            REQUIRE(database.integer("PRAGMA quick_check = 1") == 0);  // "ok" is no number
            REQUIRE(database.integer("SELECT count(*) FROM unit") == 2);
            const std::string copy = folder + "/u.db.before-v" + std::to_string(version);
            if (!migrated) return;
            store::Store old = sound(copy);
            REQUIRE(told(old) == before);
        });
}

TEST_CASE("a power cut during a backup leaves the last one or this one", "[faults][power]") {
    const TemporaryFolder prepared;
    fill(prepared);
    const std::string live = prepared.file("u.db");
    Shop::must(store::back_up(live, prepared.file("b.db")));
    std::string before, now;
    {
        auto store = store::Store::open(live, {});
        before = told(*store);
        sell(*store, "");
        now = told(*store);
    }
    cut_everywhere(
        "a backup", prepared,
        [](const std::string& folder, const Acknowledge& acknowledge) {
            Shop::must(store::back_up(folder + "/u.db", folder + "/b.db"));
            acknowledge();
        },
        [&](const std::string& folder, std::size_t acknowledged) {
            store::Store copy = sound(folder + "/b.db"), store = sound(folder + "/u.db");
            const std::string state = told(copy);
            REQUIRE((state == now || (acknowledged == 0 && state == before)));
            REQUIRE(told(store) == now);
        });
}

TEST_CASE(
    "a power cut during a restore leaves the old with nothing lost, or the new with the old "
    "beside it",
    "[faults][power]") {
    const TemporaryFolder prepared;
    fill(prepared);
    const std::string live = prepared.file("u.db");
    Shop::must(store::back_up(live, prepared.file("b.db")));
    std::string restored, before;
    {
        auto store = store::Store::open(live, {});
        restored = told(*store);
        sell(*store, "");
        before = told(*store);
    }
    cut_everywhere(
        "a restore", prepared,
        [](const std::string& folder, const Acknowledge& acknowledge) {
            Shop::must(store::restore(folder + "/b.db", folder + "/u.db", {}));
            acknowledge();
        },
        [&](const std::string& folder, std::size_t acknowledged) {
            store::Store store = sound(folder + "/u.db");
            const std::string state = told(store);
            REQUIRE((state == restored || (acknowledged == 0 && state == before)));
            if (state == before) return;
            std::string kept;
            for (const auto& entry : fs::directory_iterator(folder))
                if (entry.path().string().ends_with("Z")) kept = entry.path().string();
            REQUIRE_FALSE(kept.empty());
            store::Store old = sound(kept);
            REQUIRE(told(old) == before);
        });
}

TEST_CASE("a power cut during a rebuild leaves the units of the journal", "[faults][power]") {
    const TemporaryFolder prepared;
    fill(prepared);
    const std::string before = told(prepared.file("u.db"));
    cut_everywhere(
        "a rebuild", prepared,
        [](const std::string& folder, const Acknowledge& acknowledge) {
            auto store = store::Store::open(folder + "/u.db", {});
            Shop::must(store->rebuild());
            acknowledge();
        },
        [&](const std::string& folder, std::size_t) {
            store::Store store = sound(folder + "/u.db");
            REQUIRE(told(store) == before);
        });
}

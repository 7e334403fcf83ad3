// Goal: a disk that says "written" and did not write may cost what it swallowed, but never quietly
// what was acknowledged before, and never leaves a wrong state that verify calls clean.
// Method: exhaustive. The same acts are done again and again; the first time the first write is
// swallowed (or its end is), then the second, and so on. Then the file is looked at on a sound
// disk.
#include <algorithm>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "store/backup.hpp"
#include "store/database.hpp"
#include "support/catch.hpp"
#include "support/fault_vfs.hpp"
#include "support/shop.hpp"
#include "support/sound.hpp"
#include "support/temporary.hpp"

namespace fs = std::filesystem;

namespace {

using Act = std::function<Result<void>(store::Store&)>;

Result<void> outcome(const auto& result) {
    if (!result) return fail(result.error());
    return {};
}

Act act(journal::Kind kind, const std::string& serial, const journal::Body& body) {
    return [=](store::Store& store) { return outcome(store.act({kind, serial, body, "", {}})); };
}

// The log goes into the database and begins anew; on this disk that may fail.
Result<void> checkpoint(store::Store& store) {
    return store::guarded(store.path(), [&]() -> Result<void> {
        store::Database(store.path()).integer("PRAGMA wal_checkpoint(RESTART)");
        return {};
    });
}

const std::vector<Act> kActs = {
    act(journal::Kind::Sold, "SN-1", {{"client", "Client K"}}),
    act(journal::Kind::Registered, "SN-3", {{"variant", "ROUTER-X"}}),
    checkpoint,
    act(journal::Kind::Renamed, "SN-3", {{"serial", "SN-4"}}),
    act(journal::Kind::Returned, "SN-1", {{"reason", "too loud"}}),
    [](store::Store& store) { return outcome(store.undo("", "")); },
    checkpoint,
    act(journal::Kind::Sold, "SN-4", {{"client", "Client L"}}),
    [](store::Store& store) {
        return outcome(store.put(store::Recall{"ROUTER-X", "", "burns", true}, ""));
    },
};

// A day passes with every act; a look at the file later finds the clock set back to the first.
class Days {
 public:
    [[nodiscard]] store::Options options() const {
        store::Options options;
        options.clock = [moment = moment_] { return *moment; };
        return options;
    }
    void pass() { moment_->utc += std::chrono::hours(24); }

 private:
    std::shared_ptr<base::Moment> moment_ = std::make_shared<base::Moment>(base::Moment{
        std::chrono::sys_days(std::chrono::year(2026) / 3 / 1), std::chrono::minutes(0)});
};

// The states that the acts lead through on a sound disk.
std::vector<std::string> states_of(const std::string& prepared) {
    const TemporaryFolder folder;
    fs::copy(prepared, folder.path(), fs::copy_options::recursive);
    Days days;
    auto store = store::Store::open(folder.file("u.db"), days.options());
    Shop::must(store);
    std::vector<std::string> states = {told(folder.file("u.db"), Days().options())};
    for (const Act& one : kActs) {
        Shop::must(one(*store));
        days.pass();
        states.push_back(told(folder.file("u.db"), Days().options()));
    }
    return states;
}

// What verify says of the file: nothing, or what is wrong. With `rebuild` after trying to mend it.
std::string complaint(const std::string& file, bool rebuild = false) {
    auto store = store::Store::open(file, {});
    if (!store) return store.error().message;
    if (rebuild)
        if (const auto done = store->rebuild(); !done) return done.error().message;
    const auto verified = store->verify(true);
    if (!verified) return verified.error().message;
    return verified->damages.empty() ? "" : verified->damages.front().what;
}

}  // namespace

TEST_CASE("a write that the disk swallows is never a wrong state that verify calls clean",
          "[faults][lies]") {
    const TemporaryFolder prepared;
    Shop::make(prepared.file("u.db"),
               {{"SN-1", inventory::Status::InStock}, {"SN-2", inventory::Status::Returned}});
    const std::vector<std::string> states = states_of(prepared.path());
    const int got_through = GENERATE(0, 512);  // bytes of the write
    int swallowed = 0, told_in_words = 0, mended = 0;
    for (bool struck = true; struck;) {
        const TemporaryFolder folder;
        const std::string file = folder.file("u.db");
        fs::copy(prepared.path(), folder.path(), fs::copy_options::recursive);
        Fault fault{Fault::Call::Write, swallowed + 1, SQLITE_OK, got_through, false, true};
        CAPTURE(fault.nth, got_through);
        std::size_t safe = 0;  // acts before the lie
        {
            const FaultVfs disk(fault);
            Days days;
            auto store = store::Store::open(file, days.options());
            REQUIRE(store);
            for (const Act& one : kActs) {
                (void)one(*store);
                days.pass();
                if (!disk.struck()) ++safe;
            }
            store = fail(ErrorKind::Storage, "closed");
            struck = disk.struck();
        }
        const auto check_state = [&](const std::string& path) {
            const auto found = std::ranges::find(states.begin() + static_cast<int>(safe),
                                                 states.end(), told(path, Days().options()));
            CHECK(found != states.end());
        };
        const std::string wrong = complaint(file);
        CHECK(wrong.find('\n') == std::string::npos);
        if (wrong.empty()) {
            check_state(file);
        } else {
            ++told_in_words;
            const auto saved = store::salvage(file, folder.file("saved.db"), {});
            if (saved && saved->unreadable == 0 && saved->names_lost == 0 &&
                saved->verification.damage_count == 0)
                check_state(folder.file("saved.db"));
            if (complaint(file, true).empty()) {
                check_state(file);
                ++mended;
            }
        }
        if (!struck) {
            CHECK(wrong.empty());
            break;
        }
        ++swallowed;
    }
    WARN("writes swallowed: " << swallowed << ", told in words: " << told_in_words
                              << ", mended by a rebuild: " << mended);
    CHECK(swallowed > 50);
}

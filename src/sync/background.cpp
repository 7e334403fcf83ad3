#include "sync/background.hpp"

#include <algorithm>
#include <optional>

namespace syncing {
namespace {

constexpr int kJitter = 15;  // seconds

std::int64_t waiting_in(store::Store& store) {
    const auto waiting = store.events_waiting();
    return waiting ? *waiting : 0;  // what is wrong with the store is told by whoever uses it
}

// "14:02" of today, otherwise with the day.
std::string hour(const base::Moment& moment, const base::Moment& now) {
    const std::string words = base::to_words(moment);
    const bool today = base::civil_date(moment) == base::civil_date(now);
    return today ? words.substr(words.size() - 5) : words;
}

SyncState told(const Synced& synced, const base::Moment& now) {
    if (!synced.copied.empty())
        return {false, "Synced " + hour(now, now) + ", but " +
                           store::copied_writer(synced.copied.front()).message};
    std::string words = "Synced " + hour(now, now);
    if (synced.reissued > 0)
        words += "; this database was copied, its " + std::to_string(synced.reissued) +
                 " acts since then are kept under a new name";
    return {true, words};
}

SyncState failed(const Error& error, const std::optional<base::Timestamp>& complete,
                 const base::Moment& now, std::int64_t unsent) {
    std::string words = "Not synced: " + error.message;
    if (complete) words += "; last complete " + hour({*complete, now.offset}, now);
    if (unsent > 0) words += "; acts waiting here: " + std::to_string(unsent);
    return {false, words};
}

// Until it is time for the next sync, or an act wants it earlier: at once after one that succeeded,
// not so soon after one that failed. What waits meanwhile is told. False: it is to end.
bool wait(store::Store& store, const Background& background, const Result<Synced>& last,
          const std::optional<base::Timestamp>& complete, std::chrono::seconds interval) {
    std::int64_t told = last ? 0 : waiting_in(store);
    for (std::chrono::seconds waited{1}; waited <= interval; ++waited) {
        if (!background.pause(std::chrono::seconds(1))) return false;
        const std::int64_t waiting = waiting_in(store);
        if (waiting <= told) continue;
        if (last || waited > kSyncInterval) return true;
        background.report(failed(last.error(), complete, background.clock(), waiting));
        told = waiting;
    }
    return true;
}

}  // namespace

void keep_synced(store::Store& store, const Background& background) {
    std::optional<base::Timestamp> complete;
    if (const auto before = store.synced_at()) complete = *before;
    std::chrono::seconds interval = kSyncInterval;
    for (;;) {
        const auto synced = background.synchronize(store);
        if (!synced) {  // whoever has just been enrolled wants to see it at once
            if (!background.pause(std::chrono::seconds(1))) return;
            continue;
        }
        const base::Moment now = background.clock();
        if (*synced) {
            complete = now.utc;
            interval = kSyncInterval;
            background.report(told(**synced, now));
        } else {
            interval = std::min(interval * 2, kSyncIntervalMax) +
                       std::chrono::seconds(background.random() % kJitter);
            background.report(failed(synced->error(), complete, now, waiting_in(store)));
        }
        if (!wait(store, background, *synced, complete, interval)) return;
    }
}

}  // namespace syncing

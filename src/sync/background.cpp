#include "sync/background.hpp"

#include <algorithm>
#include <optional>

namespace syncing {
namespace {

std::int64_t own_seq(store::Store& store) {
    const auto head = store.own_head();
    return head ? head->seq : 0;
}

// "14:02"
std::string hour(const base::Moment& moment) {
    const std::string words = base::to_words(moment);
    return words.substr(words.size() - 5);
}

SyncState told(const Synced& synced, const base::Moment& now) {
    if (!synced.copied.empty())
        return {false, "Synced " + hour(now) + ", but " +
                           store::copied_writer(synced.copied.front()).message};
    std::string words = "Synced " + hour(now);
    if (synced.reissued > 0)
        words += "; this database was copied, its " + std::to_string(synced.reissued) +
                 " acts since then are kept under a new name";
    return {true, words};
}

SyncState failed(const Error& error, const std::optional<base::Moment>& complete,
                 std::int64_t unsent) {
    std::string words = "Not synced: " + error.message;
    if (complete) words += "; last complete " + hour(*complete);
    if (unsent > 0) words += "; acts waiting here: " + std::to_string(unsent);
    return {false, words};
}

}  // namespace

void keep_synced(store::Store& store, Transport& transport, const Background& background) {
    std::optional<base::Moment> complete;
    std::int64_t sent = 0;  // own events that are there
    std::chrono::seconds interval = kSyncInterval;
    for (;;) {
        const auto synced = synchronize(store, transport);
        const std::int64_t own = own_seq(store);
        if (synced) {
            complete = background.clock();
            sent = own;
            interval = kSyncInterval;
            background.report(told(*synced, *complete));
        } else {
            interval = std::min(interval * 2, kSyncIntervalMax);
            background.report(failed(synced.error(), complete, own - sent));
        }
        for (std::chrono::seconds waited{0}; waited < interval; ++waited) {
            if (!background.pause(std::chrono::seconds(1))) return;
            if (synced && own_seq(store) != sent) break;  // an act: the others shall know
        }
    }
}

}  // namespace syncing

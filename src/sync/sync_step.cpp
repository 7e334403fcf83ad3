#include "sync/sync_step.hpp"

#include <algorithm>
#include <vector>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "sync/reissue.hpp"

namespace syncing {
namespace {

using store::WriterHead;

std::int64_t reach(const std::vector<WriterHead>& heads, const base::RandomId& writer) {
    const auto found = std::ranges::find(heads, writer, &WriterHead::writer);
    return found == heads.end() ? 0 : found->seq;
}

// A writer's records there that this device has, too, must be the same ones.
Result<void> check_same(store::Store& store, const WriterHead& there) {
    const auto here = store.records(there.writer, there.seq + 1, 0);
    if (!here) return fail(here.error());
    if (here->previous_hash == there.hash) return {};
    return fail(store::copied_writer(there.writer));
}

Result<void> pull_writer(store::Store& store, Transport& transport, const WriterHead& there,
                         std::int64_t here, Synced& synced) {
    while (here < there.seq) {
        const auto records = transport.pull(there.writer, here + 1);
        if (!records) return fail(records.error());
        const auto received = store.receive(*records);
        if (!received) return fail(received.error());
        // Another process of this device may have taken them in meanwhile: they are here all the
        // same.
        const std::int64_t last =
            records->first_seq - 1 + static_cast<std::int64_t>(records->records.size());
        if (last <= here)
            return fail(ErrorKind::InvalidInput,
                        "the records of " + base::to_hex(there.writer).substr(0, 8) + " end at " +
                            std::to_string(here) + ", before what was promised");
        here = last;
        synced.received += received->taken;
        synced.new_writer = synced.new_writer || received->new_writer;
    }
    return {};
}

Result<void> push_writer(store::Store& store, Transport& transport, const WriterHead& here,
                         std::int64_t there, Synced& synced) {
    while (there < here.seq) {
        const auto records = store.records(here.writer, there + 1, kRecordsPerPush);
        if (!records) return fail(records.error());
        if (records->records.empty()) return {};  // another process gave them another name
        if (auto pushed = transport.push(*records); !pushed) return fail(pushed.error());
        there += static_cast<std::int64_t>(records->records.size());
        synced.sent += static_cast<std::int64_t>(records->records.size());
    }
    return {};
}

// All that the place has of the writer is here, too, and the same.
Result<void> take_writer(store::Store& store, Transport& transport, const WriterHead& there,
                         std::int64_t here, Synced& synced) {
    if (auto pulled = pull_writer(store, transport, there, here, synced); !pulled) return pulled;
    return check_same(store, there);
}

// A database that is nobody's and a place that is nobody's begin an organization together.
Result<void> meet(store::Store& store, Transport& transport) {
    const auto own = store.organization();
    if (!own) return fail(own.error());
    const auto theirs =
        transport.organization(own->empty() ? base::to_hex(base::random_id()) : *own);
    if (!theirs) return fail(theirs.error());
    return store.join(*theirs);
}

}  // namespace

Result<Synced> synchronize(store::Store& store, Transport& transport,
                           const store::Progress& progress) {
    if (auto met = meet(store, transport); !met) return fail(met.error());
    auto there = transport.heads();
    if (!there) return fail(there.error());
    Synced synced;
    const auto reissued = reissue_if_copied(store, transport, *there);
    if (!reissued) return fail(reissued.error());
    synced.reissued = *reissued;
    const auto before = store.heads();
    if (!before) return fail(before.error());
    const auto mine = store.own_head();
    if (!mine) return fail(mine.error());
    // What another life of this file wrote comes first: if the sync is cut behind that, this one
    // goes on under another name, and nothing waits here for numbers that it is about to give.
    std::ranges::stable_partition(
        *there, [&](const WriterHead& head) { return head.writer == mine->writer; });
    std::int64_t wanted = 0;
    for (const WriterHead& head : *there)
        wanted += std::max<std::int64_t>(0, head.seq - reach(*before, head.writer));
    for (const WriterHead& head : *there) {
        const std::int64_t here = reach(*before, head.writer);
        if (auto taken = take_writer(store, transport, head, here, synced); !taken) {
            if (!is_copied_writer(taken.error(), head.writer)) return fail(taken.error());
            synced.copied.push_back(head.writer);
        }
        if (progress) progress(synced.received, wanted);
    }
    const auto waiting = store.take_waiting();
    if (!waiting) return fail(waiting.error());
    synced.waiting = *waiting;
    const auto own = store.own_head();
    if (!own) return fail(own.error());
    const auto now = store.heads();
    if (!now) return fail(now.error());
    for (const WriterHead& head : *now) {
        if (std::ranges::find(synced.copied, head.writer) != synced.copied.end()) continue;
        if (auto pushed = push_writer(store, transport, head, reach(*there, head.writer), synced);
            !pushed)
            return fail(pushed.error());
    }
    const auto names = exchange_client_names(store, transport);
    if (!names) return fail(names.error());
    synced.names = *names;
    if (auto kept = store.keep_synced({reach(*now, own->writer), {}, 0}); !kept)
        return fail(kept.error());
    return synced;
}

}  // namespace syncing

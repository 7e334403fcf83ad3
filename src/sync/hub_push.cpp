// What goes from here to the hub.
#include <algorithm>
#include <utility>

#include "sync/hub_exchange.hpp"
#include "sync/reissue.hpp"
#include "sync/signed_records.hpp"
#include "sync/transport.hpp"

namespace syncing {
namespace {

using store::Records;

constexpr std::int64_t kNamesPerPush = 1000;
constexpr std::size_t kBytesPerPush = std::size_t{4} << 20;

// As many of the records as one push may hold.
void shorten(Records& records) {
    std::size_t bytes = 0, count = 0;
    for (const std::string& record : records.records) {
        bytes += record.size();
        if (count > 0 && bytes > kBytesPerPush) break;
        ++count;
    }
    records.records.resize(count);
}

Result<Pushed> push_records(Exchange& exchange, Records records) {
    const auto signed_by_us = signed_records(exchange.store, exchange.hello.organization,
                                             exchange.key, std::move(records));
    if (!signed_by_us) return fail(signed_by_us.error());
    return exchange.hub.push(*signed_by_us);
}

Error refused_push(PushAnswer answer) {
    if (answer == PushAnswer::Limit)
        return {ErrorKind::Network,
                "the hub takes no more from this device for now; what waits here is kept", true};
    return other_version();
}

// The answer, not what was sent, says what the hub has.
Result<Pushed> push_writer(Exchange& exchange, const base::RandomId& writer, std::int64_t sent) {
    for (bool asked_again = false;;) {
        auto records = exchange.store.records(writer, sent + 1, kRecordsPerPush);
        if (!records) return fail(records.error());
        if (records->records.empty()) return Pushed{PushAnswer::Ok, sent, {}};
        shorten(*records);
        const std::int64_t last = sent + static_cast<std::int64_t>(records->records.size());
        const auto pushed = push_records(exchange, std::move(*records));
        if (!pushed) return fail(pushed.error());
        if (pushed->answer == PushAnswer::Fork || pushed->answer == PushAnswer::Foreign)
            return pushed;
        const bool gap = pushed->answer == PushAnswer::Gap;
        if ((!gap && pushed->answer != PushAnswer::Ok) || (gap && asked_again))
            return fail(refused_push(pushed->answer));
        asked_again = gap;
        // When it has more, from another life of a copied file, what is done here before that is
        // read must be sent all the same: so the hub tells the two apart.
        const std::int64_t has = std::min(pushed->seq, last);
        if (auto kept = exchange.store.keep_sent(writer, has); !kept) return fail(kept.error());
        exchange.synced.sent += std::max<std::int64_t>(0, has - sent);
        sent = has;
    }
}

// Records of another device's writer, which came here by a folder, are for this device to hand on
// only when no hub ever heard of that writer, or had it from here. What a restored hub lost is
// pushed again by who pushed it before: the hub lets nobody else go on with it.
Result<std::vector<store::Unsent>> for_us_to_push(Exchange& exchange) {
    auto unsent = exchange.store.unsent();
    if (!unsent) return unsent;
    const auto is_own = [&](const store::Unsent& one) { return one.writer == exchange.own.writer; };
    const auto key = base::public_key(exchange.key);
    std::erase_if(*unsent, [&](const store::Unsent& one) {
        return !is_own(one) && one.public_key.value_or(key) != key;
    });
    if (std::ranges::all_of(*unsent, is_own)) return unsent;
    const auto there = exchange.hub.heads(0, kFeedEnd);
    if (!there) return fail(there.error());
    std::erase_if(*unsent, [&](const store::Unsent& one) {
        const SignedHead* known = find_head(*there, one.writer);
        return !is_own(one) && known != nullptr && !known->own;
    });
    return unsent;
}

}  // namespace

const SignedHead* find_head(const std::vector<SignedHead>& heads, const base::RandomId& writer) {
    const auto found =
        std::ranges::find(heads, writer, [](const SignedHead& head) { return head.head.writer; });
    return found == heads.end() ? nullptr : &*found;
}

Error other_version() {
    return {ErrorKind::Refused,
            "the hub speaks another version than this program; update the older one. All goes on "
            "here meanwhile"};
}

void count(Synced& synced, const store::Received& received) {
    synced.received += received.taken;
    synced.new_writer = synced.new_writer || received.new_writer;
}

void leave_out(Exchange& exchange, const base::RandomId& writer) {
    auto& copied = exchange.synced.copied;
    if (std::ranges::find(copied, writer) == copied.end()) copied.push_back(writer);
}

Result<void> part_ways(Exchange& exchange, std::int64_t seq) {
    const auto agreed = last_agreed(
        exchange.store,
        [&](const auto& writer, std::int64_t number) -> Result<Records> {
            auto segment = exchange.hub.segment(writer, number);
            if (!segment) return fail(segment.error());
            return std::move(segment->records);
        },
        exchange.own.writer, std::min(seq, exchange.own.seq));
    if (!agreed) return fail(agreed.error());
    const auto reissued = exchange.store.reissue({exchange.own.writer, *agreed});
    if (!reissued) return fail(reissued.error());
    // All is there, under another device's name: a new writer begins with the next act.
    if (*reissued == 0) return exchange.store.keep_sent(exchange.own.writer, *agreed);
    exchange.synced.reissued += *reissued;
    const auto own = exchange.store.own_head();
    if (!own) return fail(own.error());
    exchange.own = *own;
    return {};
}

// The sync before was cut between a push and its place in the feed. A hub that was restored to a
// moment before that push has still all that was read of it: only its heads tell what it lost.
Result<void> look_at_cut_pushes(Exchange& exchange) {
    const auto unseen = exchange.store.unseen();
    if (!unseen) return fail(unseen.error());
    if (unseen->empty()) return {};
    const auto heads = exchange.hub.heads(0, kFeedEnd);
    if (!heads) return fail(heads.error());
    for (const store::Unsent& one : *unseen) {
        const SignedHead* there = find_head(*heads, one.writer);
        const std::int64_t has = there == nullptr ? 0 : there->head.seq;
        if (has >= one.sent) continue;
        if (auto kept = exchange.store.keep_sent(one.writer, has); !kept) return kept;
    }
    return {};
}

Result<void> push_all(Exchange& exchange) {
    const auto unsent = for_us_to_push(exchange);
    if (!unsent) return fail(unsent.error());
    for (const store::Unsent& one : *unsent) {
        const auto answer = push_writer(exchange, one.writer, one.sent);
        if (!answer) return fail(answer.error());
        if (answer->answer == PushAnswer::Ok) continue;
        if (one.writer != exchange.own.writer) {
            // Another device's that came there since: that one pushes it.
            if (answer->answer == PushAnswer::Fork) leave_out(exchange, one.writer);
            continue;
        }
        if (auto parted = part_ways(exchange, answer->seq); !parted) return parted;
        return push_all(exchange);
    }
    return {};
}

Result<void> push_names(Exchange& exchange) {
    auto& done = exchange.names_put;
    done.clear();  // when the sync began again, the hub may have lost them
    for (;;) {
        const auto names =
            exchange.store.unsent_client_names(done.empty() ? "" : done.back().ref, kNamesPerPush);
        if (!names) return fail(names.error());
        if (names->empty()) return {};
        if (auto put = exchange.hub.put_client_names(*names); !put) return put;
        done.insert(done.end(), names->begin(), names->end());
        exchange.synced.names.sent += static_cast<std::int64_t>(names->size());
    }
}

}  // namespace syncing

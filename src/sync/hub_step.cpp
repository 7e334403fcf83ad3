#include "sync/hub_step.hpp"

#include <algorithm>
#include <utility>

#include "base/text.hpp"
#include "sync/hub_exchange.hpp"
#include "sync/reissue.hpp"
#include "sync/signed_records.hpp"
#include "sync/transport.hpp"

namespace syncing {
namespace {

using store::FeedCursor;
using store::Records;
using store::WriterHead;

// A feed is read in steps short enough that a scan is not kept waiting for the database.
constexpr std::int64_t kEventsPerPull = 1000;

std::string short_name(const base::RandomId& writer) { return base::to_hex(writer).substr(0, 8); }

Result<Hello> greet(store::Store& store, Hub& hub, const WriterHead& own,
                    const FeedCursor& read_to) {
    auto hello = hub.hello(own, read_to);
    if (!hello) return hello;
    if (kProtocol < hello->protocol_min || kProtocol > hello->protocol_max)
        return fail(other_version());
    if (auto joined = store.join(hello->organization); !joined) return fail(joined.error());
    const base::Timestamp hub_now(std::chrono::milliseconds(hello->now_ms));
    if (auto kept = store.keep_hub_clock(hub_now); !kept) return fail(kept.error());
    return hello;
}

Result<void> pull_names(Exchange& exchange, std::int64_t after) {
    const auto names = exchange.hub.client_names(after);
    if (!names) return fail(names.error());
    auto taken = exchange.store.take_client_names(*names);
    if (!taken && taken.error().kind != ErrorKind::Storage) {
        // One that cannot be shown must not keep the others away.
        taken = 0;
        for (const store::ClientName& name : *names)
            taken = *taken + exchange.store.take_client_names({&name, 1}).value_or(0);
    }
    if (!taken) return fail(taken.error());
    exchange.synced.names.received += *taken;
    return exchange.store.keep_client_names_sent(*names);
}

Result<void> keep_key(Exchange& exchange, const base::RandomId& writer,
                      const std::optional<HeadSignature>& signature) {
    if (!signature) return {};
    return exchange.store.keep_public_key(writer, signature->key);
}

bool is_passed_over(const Exchange& exchange, const base::RandomId& writer) {
    return std::ranges::count(exchange.synced.copied, writer) > 0;
}

// What the hub has of the writer up to `there` is here, too, and the same.
Result<void> fill(Exchange& exchange, const WriterHead& there) {
    const auto heads = exchange.store.records(there.writer, there.seq + 1, 0);
    if (!heads) return fail(heads.error());
    if (heads->previous_hash == there.hash) return {};
    // Where the records here end: those that are known are looked over again.
    const auto mine = exchange.store.head(there.writer);
    if (!mine) return fail(mine.error());
    std::int64_t here = mine->seq;
    if (here >= there.seq) return fail(store::copied_writer(there.writer));
    while (here < there.seq) {
        const auto segment = exchange.hub.segment(there.writer, here + 1);
        if (!segment) return fail(segment.error());
        if (auto checked = check_signed(exchange.store, exchange.hello.organization, *segment);
            !checked)
            return checked;
        const auto received = exchange.store.receive(segment->records);
        if (!received) return fail(received.error());
        // At once: a sync that is cut before the end must not leave the writer without its key.
        if (auto kept = keep_key(exchange, there.writer, segment->signature); !kept) return kept;
        count(exchange.synced, *received);
        const std::int64_t last = head_after(segment->records).seq;
        if (last <= here)
            return fail(ErrorKind::Network, "the hub has lost records of " +
                                                short_name(there.writer) + "; tell who runs it");
        here = last;
    }
    return {};
}

// Also of a writer of whom other records may be here: this file is a copy, or one was met.
Result<void> fill_or_part(Exchange& exchange, const WriterHead& there) {
    auto filled = fill(exchange, there);
    if (filled || !is_copied_writer(filled.error(), there.writer)) return filled;
    if (there.writer == exchange.own.writer) {
        if (auto parted = part_ways(exchange, there.seq); !parted) return parted;
        filled = fill(exchange, there);
        if (filled || !is_copied_writer(filled.error(), there.writer)) return filled;
    }
    leave_out(exchange, there.writer);
    return {};
}

Result<void> receive_records(Exchange& exchange, const Records& records) {
    const auto received = exchange.store.receive(records);
    if (received) {
        count(exchange.synced, *received);
        return {};
    }
    if (received.error().kind == ErrorKind::Storage) return fail(received.error());
    if (is_copied_writer(received.error(), records.writer))
        return fill_or_part(exchange, head_after(records));
    leave_out(exchange, records.writer);
    return {};
}

// One writer's bad records must not keep the others' away. What its device did not write is never
// taken; the feed is read again from before it until somebody has put it right.
Result<void> receive_each(Exchange& exchange, const News& news) {
    for (const SignedRecords& one : news.records) {
        const base::RandomId& writer = one.records.writer;
        if (std::ranges::count(exchange.distrusted, writer) > 0) continue;
        if (auto checked = check_signed(exchange.store, exchange.hello.organization, one);
            !checked) {
            if (checked.error().kind == ErrorKind::Storage) return checked;
            exchange.distrusted.push_back(writer);
            if (!exchange.distrust) exchange.distrust = checked.error();
            continue;
        }
        if (auto received = receive_records(exchange, one.records); !received) return received;
        if (auto kept = keep_key(exchange, writer, one.signature); !kept) return kept;
    }
    if (exchange.distrust) return {};
    return exchange.store.keep_hub_cursor(news.read_to);
}

Result<void> receive(Exchange& exchange, const News& news) {
    if (exchange.distrust) return receive_each(exchange, news);
    std::vector<Records> all;
    for (const SignedRecords& one : news.records) all.push_back(one.records);
    const auto received =
        exchange.store.receive(all, news.read_to, [&](std::size_t i, const WriterHead& after) {
            return check_signed(exchange.store, exchange.hello.organization, after,
                                news.records[i].signature);
        });
    if (!received) {
        if (received.error().kind == ErrorKind::Storage) return fail(received.error());
        return receive_each(exchange, news);
    }
    count(exchange.synced, *received);
    for (const SignedRecords& one : news.records)
        if (auto kept = keep_key(exchange, one.records.writer, one.signature); !kept) return kept;
    return {};
}

// A hub that was restored before this device read the feed again may have lost what it took.
Result<void> check_own_arrived(Exchange& exchange, const std::vector<SignedHead>& heads) {
    if (exchange.own.writer != exchange.pushed_to.writer || exchange.own.seq == 0) return {};
    const SignedHead* there = find_head(heads, exchange.own.writer);
    if (there == nullptr) {
        // Its records may be there by another device, which is no loss.
        const auto all = exchange.hub.heads(0, kFeedEnd);
        if (!all) return fail(all.error());
        if (find_head(*all, exchange.own.writer) != nullptr) return {};
    }
    const std::int64_t seq = there == nullptr ? 0 : there->head.seq;
    if (seq >= exchange.pushed_to.seq) return {};
    if (auto kept = exchange.store.keep_sent(exchange.own.writer, seq); !kept) return kept;
    return fail(Error{ErrorKind::Network,
                      "the hub has lost what it had taken, as one restored from a backup has; sync "
                      "again and it gets it back",
                      true});
}

// Whatever the hub has of the writer is here, too, and is what it wrote.
Result<void> look_at(Exchange& exchange, const SignedHead& there) {
    if (auto filled = fill_or_part(exchange, there.head); !filled) return filled;
    if (is_passed_over(exchange, there.head.writer)) return {};
    const std::string& organization = exchange.hello.organization;
    if (auto checked = check_signed(exchange.store, organization, there.head, there.signature);
        !checked)
        return checked;
    return keep_key(exchange, there.head.writer, there.signature);
}

// Of a hub that was not compared before (a new one, or one that was restored): what others wrote,
// is here and not there. They push it again when they come.
Result<void> report_lost(Exchange& exchange, const std::vector<SignedHead>& there) {
    constexpr std::size_t kReportedMax = 2000;
    auto here = exchange.store.heads();
    if (!here) return fail(here.error());
    std::erase_if(*here, [&](const WriterHead& head) {
        const SignedHead* known = find_head(there, head.writer);
        return head.writer == exchange.own.writer ||
               (known != nullptr && known->head.seq >= head.seq);
    });
    if (here->empty()) return {};
    here->resize(std::min(here->size(), kReportedMax));
    return exchange.hub.report_lost(*here);
}

Result<void> compare(Exchange& exchange, std::int64_t after, std::int64_t to) {
    const auto heads = exchange.hub.heads(after, to);
    if (!heads) return fail(heads.error());
    if (auto there = check_own_arrived(exchange, *heads); !there) return there;
    for (const SignedHead& there : *heads) {
        if (is_passed_over(exchange, there.head.writer)) continue;
        if (auto looked = look_at(exchange, there); !looked) return looked;
    }
    return after == 0 ? report_lost(exchange, *heads) : Result<void>();
}

// The hub was restored from a backup, or is another one: writer by writer is compared, and what it
// lost is pushed again.
Result<void> begin_again(Exchange& exchange) {
    if (auto forgot = exchange.store.forget_hub(); !forgot) return forgot;
    const FeedCursor end = exchange.hello.end;
    // Also of those who pushed since: what they pushed before that is not read again, either.
    const auto heads = exchange.hub.heads(0, kFeedEnd);
    if (!heads) return fail(heads.error());
    for (const SignedHead& there : *heads) {
        if (auto looked = look_at(exchange, there); !looked) return looked;
        if (auto kept = exchange.store.keep_sent(there.head.writer, there.head.seq); !kept)
            return kept;
    }
    if (auto kept = exchange.store.keep_hub_cursor(end); !kept) return kept;
    if (auto pushed = push_names(exchange); !pushed) return pushed;
    return push_all(exchange);
}

// Reads the feed to its end; says how far that is.
Result<FeedCursor> pull_all(Exchange& exchange, const store::Progress& progress) {
    auto cursor = exchange.store.hub_cursor();
    if (!cursor) return cursor;
    const std::int64_t start = cursor->position;
    for (bool began_again = false;;) {
        const auto news = exchange.hub.pull(*cursor, kEventsPerPull, exchange.own);
        if (!news) return fail(news.error());
        if (!news->is_known) {
            if (std::exchange(began_again, true))
                return fail(Error{ErrorKind::Network, "the hub changes while it is read", true});
            if (auto again = begin_again(exchange); !again) return fail(again.error());
            cursor = exchange.store.hub_cursor();
            if (!cursor) return cursor;
            continue;
        }
        if (news->read_to == *cursor) return cursor;
        if (auto received = receive(exchange, *news); !received) return fail(received.error());
        cursor = news->read_to;
        if (progress)
            progress(cursor->position - start,
                     std::max(cursor->position, exchange.hello.end.position) - start);
    }
}

}  // namespace

Result<Synced> synchronize(store::Store& store, Hub& hub, const base::SigningKey& key,
                           const store::Progress& progress) {
    const auto own = store.own_head();
    if (!own) return fail(own.error());
    const auto start = store.hub_cursor();
    if (!start) return fail(start.error());
    const auto hello = greet(store, hub, *own, *start);
    if (!hello) return fail(hello.error());
    Exchange exchange{store, hub, key, *own, *hello, {}};
    if (auto pushed = push_names(exchange); !pushed) return fail(pushed.error());
    if (auto looked = look_at_cut_pushes(exchange); !looked) return fail(looked.error());
    if (auto pushed = push_all(exchange); !pushed) return fail(pushed.error());
    exchange.pushed_to = exchange.own;
    const auto end = pull_all(exchange, progress);
    if (!end) return fail(end.error());
    if (exchange.distrust) return fail(*exchange.distrust);
    const auto waiting = store.take_waiting();
    if (!waiting) return fail(waiting.error());
    exchange.synced.waiting = *waiting;
    // Not from where this sync began to read: one before it may have been cut behind that.
    const auto compared = store.hub_compared_to();
    if (!compared) return fail(compared.error());
    if (auto same = compare(exchange, *compared, end->position); !same) return fail(same.error());
    // After the feed, so that no name is missed that was given before the feed's end.
    if (auto pulled = pull_names(exchange, *compared); !pulled) return fail(pulled.error());
    // Only now, as the feed was read to behind them: if a sync is cut before that, the next one
    // hands them in again, for the hub may have been restored meanwhile.
    if (auto kept = store.keep_client_names_sent(exchange.names_put); !kept)
        return fail(kept.error());
    const auto own_now = store.own_head();
    if (!own_now) return fail(own_now.error());
    // What came may have shown that this file lost something: then it writes under another name.
    const bool same_writer = own_now->writer == exchange.pushed_to.writer;
    const store::SyncEnd done{same_writer ? exchange.pushed_to.seq : 0,
                              base::Timestamp(std::chrono::milliseconds(hello->now_ms)),
                              end->position};
    if (auto kept = store.keep_synced(done); !kept) return fail(kept.error());
    return exchange.synced;
}

}  // namespace syncing

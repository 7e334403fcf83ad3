#include "sync/reissue.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace syncing {
namespace {

using store::WriterHead;

// Number `agreed` is known to be the same here and there, `beyond` is not.
struct Range {
    std::int64_t agreed = 0, beyond = 0;
};

// What the records of the place tell of it.
Result<Range> narrowed(store::Store& store, const store::Records& there, Range range) {
    const auto count = static_cast<std::int64_t>(there.records.size());
    const auto here = store.records(there.writer, there.first_seq, count);
    if (!here) return fail(here.error());
    const std::int64_t before = there.first_seq - 1;
    if (here->previous_hash != there.previous_hash)
        return Range{range.agreed, std::min(range.beyond, before)};
    const auto parted = std::ranges::mismatch(here->records, there.records);
    const std::int64_t same = before + (parted.in1 - here->records.begin());
    return Range{std::max(range.agreed, same),
                 same - before < count ? std::min(range.beyond, same + 1) : range.beyond};
}

}  // namespace

Result<std::int64_t> last_agreed(store::Store& store, const PullRecords& pull,
                                 const base::RandomId& writer, std::int64_t common) {
    Range range{0, common + 1};
    std::int64_t seq = common;  // most of them agree, or nearly all
    while (range.agreed + 1 < range.beyond) {
        const auto records = pull(writer, seq);
        if (!records) return fail(records.error());
        const std::int64_t end =
            records->first_seq + static_cast<std::int64_t>(records->records.size());
        if (records->first_seq > seq || end <= seq)
            return fail(ErrorKind::InvalidInput, "number " + std::to_string(seq) + " of " +
                                                     base::to_hex(writer).substr(0, 8) +
                                                     " was promised and is not there");
        const auto narrower = narrowed(store, *records, range);
        if (!narrower) return fail(narrower.error());
        range = *narrower;
        seq = range.agreed + (range.beyond - range.agreed) / 2;
    }
    return range.agreed;
}

Result<std::int64_t> reissue_if_copied(store::Store& store, Transport& transport,
                                       const std::vector<WriterHead>& there) {
    const auto own = store.own_head();
    if (!own) return fail(own.error());
    const auto head = std::ranges::find(there, own->writer, &WriterHead::writer);
    if (head == there.end() || own->seq == 0) return 0;
    if (head->seq <= own->seq) {
        const auto here = store.records(own->writer, head->seq + 1, 0);
        if (!here) return fail(here.error());
        if (here->previous_hash == head->hash) return 0;
    }
    const std::int64_t common = std::min(head->seq, own->seq);
    const auto agreed = last_agreed(
        store, [&](const auto& writer, std::int64_t seq) { return transport.pull(writer, seq); },
        own->writer, common);
    if (!agreed) return fail(agreed.error());
    if (*agreed == common) return 0;
    return store.reissue({own->writer, *agreed});
}

bool is_copied_writer(const Error& error, const base::RandomId& writer) {
    const Error copied = store::copied_writer(writer);
    return error.kind == copied.kind && error.message == copied.message;
}

}  // namespace syncing

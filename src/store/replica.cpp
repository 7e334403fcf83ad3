// Exchanging events with other devices: what is here, what came in.
#include <algorithm>
#include <future>

#include "base/check.hpp"
#include "base/text.hpp"
#include "journal/fold.hpp"
#include "journal/history.hpp"
#include "journal/record.hpp"
#include "store/client_rows.hpp"
#include "store/event_rows.hpp"
#include "store/hub_state.hpp"
#include "store/projection.hpp"
#include "store/reference_rows.hpp"
#include "store/search_index.hpp"
#include "store/store_impl.hpp"
#include "store/take_in.hpp"
#include "store/unit_rows.hpp"

namespace store {
namespace {

using Row = std::optional<std::int64_t>;

std::string_view as_text(std::span<const std::uint8_t> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Row writer_row(Database& database, const base::RandomId& writer) {
    Statement select = database.prepare("SELECT id FROM writer WHERE uuid = ?1");
    return select.bind(1, std::span<const std::uint8_t>(writer)).step() ? Row(select.integer(0))
                                                                        : Row();
}

WriterHead head_of(Database& database, std::int64_t writer, const base::RandomId& uuid) {
    WriterHead head{uuid, 0, {}};
    Statement select = database.prepare(
        "SELECT * FROM (SELECT seq, hash FROM event WHERE writer = ?1 ORDER BY seq DESC LIMIT 1)"
        " UNION ALL SELECT * FROM"
        " (SELECT seq, hash FROM waiting WHERE writer = ?1 ORDER BY seq DESC LIMIT 1)");
    select.bind(1, writer);
    while (select.step())
        if (select.integer(0) > head.seq)
            head = {uuid, select.integer(0), to_array<base::Sha256>(select.blob(1))};
    return head;
}

std::optional<base::Sha256> hash_at(Database& database, std::int64_t writer, std::int64_t seq) {
    if (seq == 0) return base::Sha256{};
    Statement select = database.prepare(
        "SELECT hash FROM event WHERE writer = ?1 AND seq = ?2"
        " UNION ALL SELECT hash FROM waiting WHERE writer = ?1 AND seq = ?2");
    select.bind(1, writer).bind(2, seq);
    if (!select.step()) return std::nullopt;
    return to_array<base::Sha256>(select.blob(0));
}

void let_wait(Database& database, std::int64_t writer, std::int64_t seq, std::string_view record,
              const base::Sha256& hash) {
    database.prepare("INSERT INTO waiting (writer, seq, record, hash) VALUES (?1, ?2, ?3, ?4)")
        .bind(1, writer)
        .bind(2, seq)
        .bind(3, std::span(reinterpret_cast<const std::uint8_t*>(record.data()), record.size()))
        .bind(4, std::span<const std::uint8_t>(hash))
        .run();
}

Result<journal::Event> read_record(const journal::EventId& id, const std::string& record) {
    const std::string name =
        "number " + std::to_string(id.seq) + " of " + base::to_hex(id.writer).substr(0, 8);
    if (record.size() > journal::kRecordBytesMax)
        return fail(ErrorKind::InvalidInput, name + " has " + std::to_string(record.size()) +
                                                 " bytes, a record has at most " +
                                                 std::to_string(journal::kRecordBytesMax));
    auto event = journal::parse_record(record);
    if (!event || event->id != id)
        return fail(ErrorKind::InvalidInput, name + " is no record of it");
    return event;
}

// A record that came, and the chain's hash after it.
struct ReadRecord {
    base::Sha256 hash{};
    Result<journal::Event> event;
};

// Records are read on a thread of their own, these many at a time, while those before are stored:
// both take about as long. Fewer than these are not worth a thread.
constexpr std::size_t kRecordsReadAtOnce = 200;

// From the batch's record `first` on, which follows `hash`.
std::vector<ReadRecord> read_some(const Records& batch, std::size_t first, base::Sha256 hash) {
    std::vector<ReadRecord> read;
    const std::size_t end = std::min(batch.records.size(), first + kRecordsReadAtOnce);
    for (std::size_t i = first; i < end; ++i) {
        const std::string& record = batch.records[i];
        hash = journal::chain_hash(hash, record);
        const journal::EventId id{batch.writer, batch.first_seq + static_cast<std::int64_t>(i)};
        read.push_back({hash, read_record(id, record)});
    }
    return read;
}

// Calls `take` with every record of the batch in its order, until it fails.
Result<void> for_each_record(
    const Records& batch,
    const std::function<Result<void>(const std::string&, const ReadRecord&)>& take) {
    const std::size_t count = batch.records.size();
    std::vector<ReadRecord> read = read_some(batch, 0, batch.previous_hash);
    for (std::size_t first = 0; first < count;) {
        const std::size_t next = first + read.size();
        std::future<std::vector<ReadRecord>> ahead;
        if (next < count)  // deferred: where there is no thread to be had
            ahead = std::async(std::launch::async | std::launch::deferred, read_some,
                               std::cref(batch), next, read.back().hash);
        for (std::size_t i = first; i < next; ++i)
            if (auto taken = take(batch.records[i], read[i - first]); !taken) return taken;
        read = ahead.valid() ? ahead.get() : std::vector<ReadRecord>();
        first = next;
    }
    return {};
}

Result<Received> take_records(Store::Impl& impl, Stale& stale, const Records& batch,
                              const std::function<Result<void>(const WriterHead&)>& check = {}) {
    Database& database = impl.database;
    const Row known = writer_row(database, batch.writer);
    const std::int64_t writer = known ? *known : add_writer(database, batch.writer);
    const WriterHead here = head_of(database, writer, batch.writer);
    if (batch.first_seq > here.seq + 1)
        return fail(ErrorKind::Refused, "records of " + base::to_hex(batch.writer).substr(0, 8) +
                                            " before number " + std::to_string(batch.first_seq) +
                                            " are missing");
    if (hash_at(database, writer, batch.first_seq - 1) != batch.previous_hash)
        return fail(copied_writer(batch.writer));
    Received received;
    Head head = read_head(database);
    WriterHead after{batch.writer, batch.first_seq - 1, batch.previous_hash};
    const auto take = [&](const std::string& record, const ReadRecord& read) -> Result<void> {
        after.hash = read.hash;
        if (++after.seq <= here.seq) {
            ++received.known;
            if (hash_at(database, writer, after.seq) != read.hash)
                return fail(copied_writer(batch.writer));
            return {};
        }
        if (!read.event) return fail(read.event.error());
        if (is_complete(database, *read.event))
            take_in(database, head, stale, writer, *read.event, record, read.hash);
        else
            let_wait(database, writer, after.seq, record, read.hash);
        ++received.taken;
        return {};
    };
    if (auto taken = for_each_record(batch, take); !taken) return fail(taken.error());
    if (check && !batch.records.empty())
        if (auto good = check(after); !good) return fail(good.error());
    if (received.taken > 0 && writer == head.writer_row) {
        // This file had lost them: another life of it may be writing under the old name.
        database.prepare("UPDATE meta SET writer = ?1").bind(1, add_writer(database)).run();
        received.new_writer = true;
    }
    keep_indexed(database, head.last_row);
    return received;
}

// One pass over all that wait; whether any went in.
bool take_some_waiting(Database& database, Head& head, Stale& stale) {
    struct Waiting {
        std::int64_t writer, seq;
        std::string record;
        base::Sha256 hash;
    };
    std::vector<Waiting> all;
    Statement rows = database.prepare("SELECT writer, seq, record, hash FROM waiting");
    while (rows.step())
        all.push_back({rows.integer(0), rows.integer(1), std::string(as_text(rows.blob(2))),
                       to_array<base::Sha256>(rows.blob(3))});
    bool any = false;
    for (const Waiting& waiting : all) {
        const auto event = journal::parse_record(waiting.record);
        CHECK(event.has_value());  // it was read when it came
        if (!is_complete(database, *event)) continue;
        database.prepare("DELETE FROM waiting WHERE writer = ?1 AND seq = ?2")
            .bind(1, waiting.writer)
            .bind(2, waiting.seq)
            .run();
        take_in(database, head, stale, waiting.writer, *event, waiting.record, waiting.hash);
        any = true;
    }
    return any;
}

}  // namespace

Error copied_writer(const base::RandomId& writer) {
    return {ErrorKind::Refused,
            "two devices wrote as " + base::to_hex(writer).substr(0, 8) +
                ", one is a copy of the other: what they wrote apart is left out here; begin this "
                "station with a new database to see what the others see"};
}

Result<std::vector<WriterHead>> Store::heads() {
    return impl_->read([&]() -> Result<std::vector<WriterHead>> {
        Database& database = impl_->database;
        std::vector<WriterHead> heads;
        Statement writers = database.prepare("SELECT id, uuid FROM writer ORDER BY uuid");
        while (writers.step()) {
            const auto head =
                head_of(database, writers.integer(0), to_array<base::RandomId>(writers.blob(1)));
            if (head.seq > 0) heads.push_back(head);
        }
        return heads;
    });
}

Result<WriterHead> Store::head(const base::RandomId& writer) {
    return impl_->read([&]() -> Result<WriterHead> {
        const Row row = writer_row(impl_->database, writer);
        return row ? head_of(impl_->database, *row, writer) : WriterHead{writer, 0, {}};
    });
}

Result<WriterHead> Store::own_head() {
    return impl_->read([&]() -> Result<WriterHead> {
        const Head head = read_head(impl_->database);
        return WriterHead{head.writer, head.seq, head.hash};
    });
}

Result<Records> Store::records(const base::RandomId& writer, std::int64_t first_seq,
                               std::int64_t limit) {
    return impl_->read([&]() -> Result<Records> {
        Database& database = impl_->database;
        const Transaction view(database, Transaction::Mode::Read);
        Records batch{writer, first_seq, {}, {}};
        const Row row = writer_row(database, writer);
        if (!row) return batch;
        const auto previous = hash_at(database, *row, first_seq - 1);
        if (!previous) return batch;
        batch.previous_hash = *previous;
        Statement select = database.prepare(
            "SELECT seq, record FROM event WHERE writer = ?1 AND seq >= ?2 AND seq < ?3"
            " UNION ALL SELECT seq, record FROM waiting WHERE writer = ?1 AND seq >= ?2"
            " AND seq < ?3 ORDER BY 1");
        select.bind(1, *row).bind(2, first_seq).bind(3, first_seq + limit);
        while (select.step()) batch.records.push_back(select.text(1));
        return batch;
    });
}

Result<Received> Store::receive(const Records& records) {
    return impl_->write([&]() -> Result<Received> {
        Stale stale;
        auto received = take_records(*impl_, stale, records);
        if (received) project_stale(impl_->database, stale);
        return received;
    });
}

Result<Received> Store::receive(const std::vector<Records>& news, const FeedCursor& read_to,
                                const CheckHead& check) {
    return impl_->write([&]() -> Result<Received> {
        Received all;
        Stale stale;
        for (std::size_t i = 0; i < news.size(); ++i) {
            const Records& records = news[i];
            auto received = take_records(*impl_, stale, records,
                                         [&](const WriterHead& after) { return check(i, after); });
            if (!received) return received;
            all += *received;
            const std::int64_t last =
                records.first_seq - 1 + static_cast<std::int64_t>(records.records.size());
            impl_->database
                .prepare(
                    "UPDATE writer SET sent = max(sent, ?2), seen = max(seen, ?2),"
                    " from_hub = max(from_hub, ?3) WHERE uuid = ?1")
                .bind(1, std::span<const std::uint8_t>(records.writer))
                .bind(2, last)
                .bind(3, std::int64_t{records.records.empty() ? 0 : 1})
                .run();
        }
        project_stale(impl_->database, stale);
        keep_cursor(impl_->database, read_to);
        return all;
    });
}

Result<std::int64_t> Store::take_waiting() {
    const auto count = [&] { return impl_->database.integer("SELECT count(*) FROM waiting"); };
    // Nearly always none wait, and then no other process is kept from writing.
    auto waiting = impl_->read([&]() -> Result<std::int64_t> { return count(); });
    if (!waiting || *waiting == 0) return waiting;
    return impl_->write([&]() -> Result<std::int64_t> {
        Database& database = impl_->database;
        Head head = read_head(database);
        Stale stale;
        while (take_some_waiting(database, head, stale)) {
        }
        project_stale(database, stale);
        keep_indexed(database, head.last_row);
        return count();
    });
}

Result<std::string> Store::organization() {
    return impl_->read([&]() -> Result<std::string> {
        Statement select = impl_->database.prepare("SELECT organization FROM meta");
        return select.step() ? select.text(0) : std::string();
    });
}

Result<void> Store::join(const std::string& organization) {
    const auto before = this->organization();
    if (!before) return fail(before.error());
    if (*before == organization) return {};
    return impl_->write([&]() -> Result<void> {
        const auto own = this->organization();  // another process may have been faster
        if (!own) return fail(own.error());
        if (!own->empty() && *own != organization)
            return fail(ErrorKind::Refused,
                        "this database belongs to another organization; sync it where it belongs");
        impl_->database.prepare("UPDATE meta SET organization = ?1").bind(1, organization).run();
        return {};
    });
}

Result<std::string> Store::digest() {
    return impl_->read([&]() -> Result<std::string> {
        base::Sha256 hash{};
        Statement select =
            impl_->database.prepare(select_units("u.status IS NOT NULL") + " ORDER BY u.key");
        while (select.step()) {
            const UnitRow row = read_row(select);
            std::string line = row.conflict ? row.conflict->id : "";
            for (const auto& [field, value] : journal::body_of(row.unit))
                line += '\n' + field + '=' + value.value_or("\x7f");
            if (row.unit.provisional) line += "\nprovisional";
            hash = base::sha256(hash, line);
        }
        return base::to_hex(hash);
    });
}

}  // namespace store

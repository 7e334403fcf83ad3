#include "sync/postgres_hub.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/hash.hpp"
#include "base/text.hpp"

namespace syncing {
namespace {

template <typename Bytes>
std::string_view as_text(const Bytes& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

constexpr std::array<std::pair<std::string_view, PushAnswer>, 6> kAnswers = {{
    {"ok", PushAnswer::Ok},
    {"gap", PushAnswer::Gap},
    {"fork", PushAnswer::Fork},
    {"foreign", PushAnswer::Foreign},
    {"version", PushAnswer::Version},
    {"limit", PushAnswer::Limit},
}};

// Thrown where an answer is read, caught in read_answer().
struct Unexpected {};

// Bytes of a known length; any other length is not of our hub.
template <typename Bytes>
Bytes fixed(const std::string& cell) {
    Bytes bytes{};
    if (cell.size() != bytes.size()) throw Unexpected{};
    std::ranges::copy(cell, bytes.begin());
    return bytes;
}

// Of two columns. A key without a signature is one that nothing goes with: whoever took the
// signature away is not to be believed.
std::optional<HeadSignature> signature_of(const Rows& rows, int row, int column) {
    if (rows.is_null(row, column)) return std::nullopt;
    HeadSignature by{fixed<base::PublicKey>(rows.text(row, column)), {}};
    if (!rows.is_null(row, column + 1))
        by.signature = fixed<base::Signature>(rows.text(row, column + 1));
    return by;
}

template <typename Read>
auto read_answer(const Result<Rows>& rows, Read read) -> Result<decltype(read(*rows))> {
    if (!rows) return fail(rows.error());
    try {
        return read(*rows);
    } catch (const Unexpected&) {
        return fail(ErrorKind::Network,
                    "the hub answers what this program does not understand; update both");
    }
}

class PostgresHub final : public Hub {
 public:
    explicit PostgresHub(Postgres connection) : connection_(std::move(connection)) {}

    Result<Hello> hello(const store::WriterHead& own, const store::FeedCursor& read_to) override {
        const auto rows = connection_.call(
            "SELECT * FROM unitrail.hello($1, $2, $3)",
            {bytes(as_text(own.writer)), integer(own.seq), integer(read_to.position)});
        return read_answer(rows, [](const Rows& row) {
            if (row.count() != 1) throw Unexpected{};
            Hello hello;
            hello.protocol_min = static_cast<int>(row.integer(0, 0));
            hello.protocol_max = static_cast<int>(row.integer(0, 1));
            hello.organization = base::to_hex(fixed<base::RandomId>(row.text(0, 2)));
            hello.device = row.text(0, 3);
            hello.now_ms = row.integer(0, 4);
            hello.end = {row.integer(0, 5), fixed<base::Sha256>(row.text(0, 6))};
            return hello;
        });
    }

    Result<Pushed> push(const SignedRecords& pushed) override {
        const store::Records& records = pushed.records;
        const auto& by = pushed.signature;
        const auto rows = connection_.call(
            "SELECT * FROM unitrail.push($1::bigint::integer, $2, $3, $4, $5, $6, $7)",
            {integer(kProtocol), bytes(as_text(records.writer)), integer(records.first_seq),
             bytes(as_text(records.previous_hash)), byte_array(records.records),
             by ? bytes(as_text(by->key)) : no_bytes(),
             by ? bytes(as_text(by->signature)) : no_bytes()});
        return read_answer(rows, [](const Rows& row) {
            if (row.count() != 1) throw Unexpected{};
            const std::string answer = row.text(0, 0);
            const auto found = std::ranges::find(
                kAnswers, answer, [](const auto& known) { return std::string(known.first); });
            if (found == kAnswers.end()) throw Unexpected{};
            return Pushed{found->second, row.integer(0, 1), fixed<base::Sha256>(row.text(0, 2))};
        });
    }

    Result<News> pull(const store::FeedCursor& after, std::int64_t events,
                      const store::WriterHead& known) override {
        static const std::string kPull =
            "SELECT * FROM unitrail.pull($1::bigint::integer, $2, $3, $4, $5, $6)";
        const auto from = [&](const store::FeedCursor& cursor) -> std::vector<Argument> {
            return {integer(kProtocol), integer(cursor.position),     bytes(as_text(cursor.hash)),
                    integer(events),    bytes(as_text(known.writer)), integer(known.seq)};
        };
        const auto rows = connection_.call(kPull, from(after));
        auto page = read_answer(rows, [&](const Rows& row) {
            News news;
            news.read_to = after;
            news.is_known = !(row.count() == 1 && row.is_null(0, 0));
            if (!news.is_known) return news;
            for (int i = 0; i < row.count(); ++i) {
                news.read_to = {row.integer(i, 0), fixed<base::Sha256>(row.text(i, 1))};
                if (row.text(i, 2).empty()) continue;  // names were changed
                news.records.push_back({{fixed<base::RandomId>(row.text(i, 2)), row.integer(i, 3),
                                         fixed<base::Sha256>(row.text(i, 4)), row.texts(i, 5)},
                                        signature_of(row, i, 6)});
            }
            return news;
        });
        // The server makes the next page ready while this one is stored.
        if (page && page->read_to != after) connection_.call_ahead(kPull, from(page->read_to));
        return page;
    }

    Result<SignedRecords> segment(const base::RandomId& writer, std::int64_t seq) override {
        const auto rows = connection_.call("SELECT * FROM unitrail.segment($1, $2)",
                                           {bytes(as_text(writer)), integer(seq)});
        return read_answer(rows, [&](const Rows& row) {
            if (row.count() != 1 || row.is_null(0, 0)) throw Unexpected{};
            return SignedRecords{
                {writer, row.integer(0, 0), fixed<base::Sha256>(row.text(0, 1)), row.texts(0, 2)},
                signature_of(row, 0, 3)};
        });
    }

    Result<std::vector<SignedHead>> heads(std::int64_t after, std::int64_t to) override {
        const auto rows =
            connection_.call("SELECT * FROM unitrail.heads($1, $2)", {integer(after), integer(to)});
        return read_answer(rows, [](const Rows& row) {
            std::vector<SignedHead> heads;
            for (int i = 0; i < row.count(); ++i)
                heads.push_back({{fixed<base::RandomId>(row.text(i, 0)), row.integer(i, 1),
                                  fixed<base::Sha256>(row.text(i, 2))},
                                 row.boolean(i, 3),
                                 signature_of(row, i, 4)});
            return heads;
        });
    }

    Result<std::vector<store::ClientName>> client_names(std::int64_t after) override {
        const auto rows =
            connection_.call("SELECT * FROM unitrail.client_names($1)", {integer(after)});
        return read_answer(rows, [](const Rows& row) {
            std::vector<store::ClientName> names;
            for (int i = 0; i < row.count(); ++i) names.push_back({row.text(i, 0), row.text(i, 1)});
            return names;
        });
    }

    Result<void> put_client_names(std::span<const store::ClientName> names) override {
        std::vector<std::string> refs, words;
        for (const store::ClientName& client : names) {
            refs.push_back(client.ref);
            words.push_back(client.name);
        }
        const auto done = connection_.call("SELECT unitrail.put_client_names($1, $2)",
                                           {text_array(refs), text_array(words)});
        if (!done) return fail(done.error());
        return {};
    }

    Result<void> report_lost(std::span<const store::WriterHead> here) override {
        std::vector<std::string> writers, seqs;
        for (const store::WriterHead& head : here) {
            writers.emplace_back(as_text(head.writer));
            seqs.push_back(std::to_string(head.seq));
        }
        const auto done = connection_.call("SELECT unitrail.report_lost($1, $2::text[]::bigint[])",
                                           {byte_array(writers), text_array(seqs)});
        if (!done) return fail(done.error());
        return {};
    }

 private:
    Postgres connection_;
};

}  // namespace

Result<std::unique_ptr<Hub>> connect_hub(const Enrolment& enrolment, const std::string& database,
                                         Waiting waiting) {
    auto connection = Postgres::connect(parameters_of(enrolment, database), std::move(waiting));
    if (!connection) return fail(connection.error());
    return std::make_unique<PostgresHub>(std::move(*connection));
}

}  // namespace syncing

#include "sync/postgres.hpp"

#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/check.hpp"
#include "base/text.hpp"

namespace syncing {
namespace {

using Clock = std::chrono::steady_clock;

// pg_type.h is not for clients; these numbers never change.
constexpr unsigned kBytea = 17, kInt8 = 20, kText = 25, kTextArray = 1009, kByteaArray = 1001;

void put(std::string& out, std::int64_t value, int width) {
    for (int shift = (width - 1) * 8; shift >= 0; shift -= 8)
        out += static_cast<char>(static_cast<std::uint64_t>(value) >> shift);
}

std::int64_t number(std::string_view bytes) {
    std::uint64_t value = !bytes.empty() && (bytes[0] & 0x80) != 0 ? ~std::uint64_t{0} : 0;
    for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
    return static_cast<std::int64_t>(value);
}

Argument array_of(unsigned array_type, unsigned type, const std::vector<std::string>& values) {
    Argument argument{array_type, {}, false};
    put(argument.bytes, values.empty() ? 0 : 1, 4);  // dimensions
    put(argument.bytes, 0, 4);                       // no nulls
    put(argument.bytes, type, 4);
    if (values.empty()) return argument;
    put(argument.bytes, static_cast<std::int64_t>(values.size()), 4);
    put(argument.bytes, 1, 4);  // first index
    for (const std::string& value : values) {
        put(argument.bytes, static_cast<std::int64_t>(value.size()), 4);
        argument.bytes += value;
    }
    return argument;
}

std::string first_line(const char* words) {
    std::string line = words == nullptr ? "" : words;
    line = base::trim(line.substr(0, line.find('\n')));
    // libpq begins with where it tried; the operator knows.
    constexpr std::string_view kFailed = " failed: ";
    if (const auto at = line.rfind(kFailed);
        line.starts_with("connection to server") && at != std::string::npos)
        line = line.substr(at + kFailed.size());
    return line.empty() ? "no answer" : line;
}

bool has(const std::string& text, const char* words) {
    return text.find(words) != std::string::npos;
}

// libpq tells why it could not connect in words only.
Error why_not_connected(PGconn* connection) {
    const std::string words = PQerrorMessage(connection);
    if (has(words, "certificate verify failed") || has(words, "does not match host name") ||
        has(words, "root certificate"))
        return {ErrorKind::Network, "the hub's certificate is not the one that was promised (" +
                                        first_line(words.c_str()) +
                                        "); ask who runs the hub before you go on"};
    if (has(words, "password authentication failed") || has(words, "no password supplied"))
        return {ErrorKind::Refused,
                "the hub does not accept this device's password; enrol the device again"};
    if (has(words, "not permitted to log in"))
        return {ErrorKind::Refused,
                "this device was revoked at the hub; what it did is kept here. Ask who runs the "
                "hub"};
    if (has(words, "does not support SSL"))
        return {ErrorKind::Network,
                "the hub offers no TLS; only one on this machine may go without"};
    return {ErrorKind::Network, "the hub cannot be reached: " + first_line(words.c_str()), true};
}

Error why_failed(PGconn* connection, const PGresult* result) {
    const char* state = result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const std::string code = state == nullptr ? "" : state;
    const char* primary =
        result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const std::string words = first_line(primary ? primary : PQerrorMessage(connection));
    if (code == "UT001")
        return {ErrorKind::Refused,
                "the hub does not know this device, or it was revoked; enrol it again"};
    if (code == "UT002")
        return {ErrorKind::Refused, "the hub and this program are of different versions (" + words +
                                        "); update the older. All goes on here meanwhile"};
    if (code == "53100")
        return {ErrorKind::Network, "the hub's disk is full; what waits here is kept", true};
    if (code == "42501") return {ErrorKind::Refused, "the hub says: " + words};
    if (code == "57P01" || code == "57P02" || code == "57P03" || code.empty())
        return {ErrorKind::Network, "the connection to the hub was lost: " + words, true, true};
    return {ErrorKind::Network, "the hub says: " + words, true};
}

// Waits until the connection's socket can be read (or written); false when it is time to give up.
bool wait_for(PGconn* connection, bool to_write, Clock::time_point deadline,
              const std::function<bool()>& ended) {
    constexpr int kStepMs = 50;  // in which an end of the program is noticed
    for (;;) {
        if ((ended && ended()) || Clock::now() > deadline) return false;
        pollfd socket{PQsocket(connection), static_cast<short>(to_write ? POLLOUT : POLLIN), 0};
        if (to_write) socket.events |= POLLIN;
        if (poll(&socket, 1, kStepMs) > 0) return true;
    }
}

}  // namespace

Argument integer(std::int64_t value) {
    Argument argument{kInt8, {}, false};
    put(argument.bytes, value, 8);
    return argument;
}

Argument text(std::string_view value) { return {kText, std::string(value), false}; }
Argument bytes(std::string_view value) { return {kBytea, std::string(value), false}; }
Argument no_bytes() { return {kBytea, {}, true}; }
Argument byte_array(const std::vector<std::string>& values) {
    return array_of(kByteaArray, kBytea, values);
}
Argument text_array(const std::vector<std::string>& values) {
    return array_of(kTextArray, kText, values);
}

Result<ConnectionParameters> parse_address(const std::string& address) {
    char* wrong = nullptr;
    PQconninfoOption* options = PQconninfoParse(address.c_str(), &wrong);
    if (options == nullptr) {
        const std::string why = first_line(wrong);
        PQfreemem(wrong);
        return fail(ErrorKind::InvalidInput,
                    "\"" + base::printable(address) +
                        "\" is no address of a hub; write postgresql://USER@HOST/DATABASE (" + why +
                        ")");
    }
    ConnectionParameters parameters;
    for (const PQconninfoOption* option = options; option->keyword != nullptr; ++option)
        if (option->val != nullptr) parameters.emplace_back(option->keyword, option->val);
    PQconninfoFree(options);
    return parameters;
}

bool is_local(const std::string& host) {
    return host.empty() || host[0] == '/' || host == "localhost" || host == "::1" ||
           host.starts_with("127.");
}

Rows::Rows(pg_result* result) : result_(result) {}
void Rows::Clear::operator()(pg_result* result) const { PQclear(result); }
int Rows::count() const { return PQntuples(result_.get()); }
bool Rows::is_null(int row, int column) const {
    return PQgetisnull(result_.get(), row, column) != 0;
}

std::string_view Rows::cell(int row, int column) const {
    return {PQgetvalue(result_.get(), row, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}

std::int64_t Rows::integer(int row, int column) const { return number(cell(row, column)); }
bool Rows::boolean(int row, int column) const { return number(cell(row, column)) != 0; }
std::string Rows::text(int row, int column) const { return std::string(cell(row, column)); }

std::vector<std::string> Rows::texts(int row, int column) const {
    std::string_view left = cell(row, column);
    const auto take = [&](std::size_t size) {
        CHECK(size <= left.size());  // PostgreSQL's own form
        const std::string_view part = left.substr(0, size);
        left.remove_prefix(size);
        return part;
    };
    std::vector<std::string> values;
    if (left.empty() || number(take(4)) == 0) return values;
    take(8);  // nulls, type
    const std::int64_t count = number(take(4));
    take(4);  // first index
    for (std::int64_t i = 0; i < count; ++i) {
        const std::int64_t size = number(take(4));
        values.emplace_back(size < 0 ? std::string_view() : take(static_cast<std::size_t>(size)));
    }
    return values;
}

void Postgres::Finish::operator()(pg_conn* connection) const { PQfinish(connection); }

Result<Postgres> Postgres::connect(const ConnectionParameters& parameters, Waiting waiting) {
    std::vector<const char*> names, values;
    for (const auto& [name, value] : parameters) {
        names.push_back(name.c_str());
        values.push_back(value.c_str());
    }
    names.push_back(nullptr);
    values.push_back(nullptr);
    std::unique_ptr<pg_conn, Finish> connection(
        PQconnectStartParams(names.data(), values.data(), 0));
    if (!connection) return fail(ErrorKind::Network, "no memory for a connection to the hub");
    const auto deadline = Clock::now() + waiting.connect;
    for (auto state = PGRES_POLLING_WRITING; state != PGRES_POLLING_OK;
         state = PQconnectPoll(connection.get())) {
        if (state == PGRES_POLLING_FAILED || PQstatus(connection.get()) == CONNECTION_BAD)
            return fail(why_not_connected(connection.get()));
        if (!wait_for(connection.get(), state == PGRES_POLLING_WRITING, deadline, waiting.ended))
            return fail(Error{ErrorKind::Network, "the hub does not answer", true});
    }
    PQsetNoticeProcessor(
        connection.get(), [](void*, const char*) {}, nullptr);
    PQsetnonblocking(connection.get(), 1);
    return Postgres(std::move(connection), std::move(waiting));
}

Result<void> Postgres::wait_for_answer() {
    PGconn* connection = connection_.get();
    const auto deadline = Clock::now() + waiting_.answer;
    const auto lost = [&] { return fail(why_failed(connection, nullptr)); };
    for (;;) {
        const int unsent = PQflush(connection);
        if (unsent < 0) return lost();
        if (unsent == 0 && PQisBusy(connection) == 0) return {};
        if (!wait_for(connection, unsent > 0, deadline, waiting_.ended))
            return fail(Error{ErrorKind::Network, "the hub does not answer", true, true});
        if (PQconsumeInput(connection) == 0) return lost();
    }
}

bool Postgres::send(const Sent& call) {
    std::vector<Oid> types;
    std::vector<const char*> values;
    std::vector<int> lengths;
    for (const Argument& argument : call.arguments) {
        types.push_back(argument.type);
        values.push_back(argument.is_null ? nullptr : argument.bytes.data());
        lengths.push_back(static_cast<int>(argument.bytes.size()));
    }
    const std::vector<int> binary(call.arguments.size(), 1);
    return PQsendQueryParams(connection_.get(), call.sql.c_str(),
                             static_cast<int>(call.arguments.size()), types.data(), values.data(),
                             lengths.data(), binary.data(), 1) != 0;
}

Result<Rows> Postgres::take_answer() {
    PGconn* connection = connection_.get();
    std::unique_ptr<PGresult, void (*)(PGresult*)> result(nullptr, PQclear);
    for (;;) {
        if (auto waited = wait_for_answer(); !waited) return fail(waited.error());
        PGresult* next = PQgetResult(connection);
        if (next == nullptr) break;
        result.reset(next);
    }
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        return fail(why_failed(connection, result.get()));
    return Rows(result.release());
}

Result<void> Postgres::throw_away_sent() {
    if (!std::exchange(sent_, std::nullopt)) return {};
    const auto answer = take_answer();
    // An error of what nobody asked for is none, unless it is the connection's.
    if (!answer && PQstatus(connection_.get()) == CONNECTION_BAD) return fail(answer.error());
    return {};
}

Result<Rows> Postgres::call(const std::string& sql, const std::vector<Argument>& arguments) {
    const Sent wanted{sql, arguments};
    if (sent_ == wanted) {
        sent_.reset();
        return take_answer();
    }
    if (auto free = throw_away_sent(); !free) return fail(free.error());
    if (!send(wanted)) return fail(why_failed(connection_.get(), nullptr));
    return take_answer();
}

void Postgres::call_ahead(const std::string& sql, const std::vector<Argument>& arguments) {
    if (sent_) return;
    Sent ahead{sql, arguments};
    if (!send(ahead)) return;
    sent_ = std::move(ahead);
    PQflush(connection_.get());  // what is left of it goes out when its answer is waited for
}

Result<void> Postgres::execute(const std::string& script) {
    if (auto free = throw_away_sent(); !free) return free;
    PGconn* connection = connection_.get();
    if (PQsendQuery(connection, ("BEGIN;" + script + ";COMMIT").c_str()) == 0)
        return fail(why_failed(connection, nullptr));
    Result<void> all;
    for (;;) {
        if (auto waited = wait_for_answer(); !waited) return waited;
        const std::unique_ptr<PGresult, void (*)(PGresult*)> result(PQgetResult(connection),
                                                                    PQclear);
        if (!result) break;
        if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR)
            all = fail(why_failed(connection, result.get()));
    }
    if (!all) static_cast<void>(call("ROLLBACK", {}));  // the first error is the one to be told
    return all;
}

Result<std::string> Postgres::encrypted(const std::string& password, const std::string& role) {
    char* form =
        PQencryptPasswordConn(connection_.get(), password.c_str(), role.c_str(), "scram-sha-256");
    if (form == nullptr) return fail(why_failed(connection_.get(), nullptr));
    std::string owned = form;
    PQfreemem(form);
    return owned;
}

std::string Postgres::quoted(const std::string& name) const {
    char* form = PQescapeIdentifier(connection_.get(), name.data(), name.size());
    CHECK(form != nullptr);  // only for broken UTF-8, which no name of ours is
    std::string owned = form;
    PQfreemem(form);
    return owned;
}

std::string Postgres::literal(const std::string& value) const {
    char* form = PQescapeLiteral(connection_.get(), value.data(), value.size());
    CHECK(form != nullptr);
    std::string owned = form;
    PQfreemem(form);
    return owned;
}

std::string Postgres::host() const {
    const char* host = PQhost(connection_.get());
    return host == nullptr ? "" : host;
}
std::string Postgres::port() const { return PQport(connection_.get()); }
std::string Postgres::database() const { return PQdb(connection_.get()); }

}  // namespace syncing

// A connection to PostgreSQL: one call, one answer, in binary. Only src/sync uses it.
//
// It belongs to one thread. A call waits for its answer, at most as long as Waiting says. Errors:
// Network, with retry_helps where it may be better later, and in_doubt when the answer was lost;
// Refused when the server does not let this device in.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

struct pg_conn;
struct pg_result;

namespace syncing {

// How long an answer is waited for, and whether somebody wants the waiting to end now.
struct Waiting {
    std::chrono::milliseconds connect{10'000}, answer{120'000};
    std::function<bool()> ended;
};

// What PostgreSQL calls connection parameters, as host, port, dbname, user, sslrootcert.
using ConnectionParameters = std::vector<std::pair<std::string, std::string>>;

// The parts of an address as libpq reads it (a URL or words "host=… dbname=…"). InvalidInput.
Result<ConnectionParameters> parse_address(const std::string& address);

// A parameter of a call.
struct Argument {
    unsigned type = 0;  // PostgreSQL's oid of it
    std::string bytes;  // in its binary form
    bool is_null = false;
    bool operator==(const Argument&) const = default;
};
Argument integer(std::int64_t value);
Argument text(std::string_view value);
Argument bytes(std::string_view value);
Argument no_bytes();
Argument byte_array(const std::vector<std::string>& values);
Argument text_array(const std::vector<std::string>& values);

// The rows of an answer. Columns count from 0; what is read must be of the type that is named.
class Rows {
 public:
    explicit Rows(pg_result* result);
    [[nodiscard]] int count() const;
    [[nodiscard]] bool is_null(int row, int column) const;
    [[nodiscard]] std::int64_t integer(int row, int column) const;  // of any width
    [[nodiscard]] bool boolean(int row, int column) const;
    [[nodiscard]] std::string text(int row, int column) const;                // of text and bytea
    [[nodiscard]] std::vector<std::string> texts(int row, int column) const;  // of arrays of them

 private:
    struct Clear {
        void operator()(pg_result* result) const;
    };
    [[nodiscard]] std::string_view cell(int row, int column) const;
    std::unique_ptr<pg_result, Clear> result_;
};

class Postgres {
 public:
    static Result<Postgres> connect(const ConnectionParameters& parameters, Waiting waiting);
    // One statement with its arguments ($1 …).
    Result<Rows> call(const std::string& sql, const std::vector<Argument>& arguments);
    // Sends the call that will probably be the next, so that the server is at it meanwhile; call()
    // with the same words takes its answer, any other call throws it away. What goes wrong is told
    // by that call.
    void call_ahead(const std::string& sql, const std::vector<Argument>& arguments);
    // Several statements without arguments, in one transaction.
    Result<void> execute(const std::string& script);
    // The form in which the server keeps a password.
    Result<std::string> encrypted(const std::string& password, const std::string& role);
    [[nodiscard]] std::string quoted(const std::string& name) const;  // as an identifier
    [[nodiscard]] std::string literal(const std::string& value) const;
    [[nodiscard]] std::string host() const;
    [[nodiscard]] std::string port() const;
    [[nodiscard]] std::string database() const;

 private:
    struct Finish {
        void operator()(pg_conn* connection) const;
    };
    Postgres(std::unique_ptr<pg_conn, Finish> connection, Waiting waiting)
        : connection_(std::move(connection)), waiting_(std::move(waiting)) {}
    struct Sent {
        std::string sql;
        std::vector<Argument> arguments;
        bool operator==(const Sent&) const = default;
    };
    bool send(const Sent& call);
    Result<void> wait_for_answer();
    Result<Rows> take_answer();
    Result<void> throw_away_sent();
    std::unique_ptr<pg_conn, Finish> connection_;
    Waiting waiting_;
    std::optional<Sent> sent_ = {};  // ahead; its answer was not taken yet
};

// Whether a device may go there without TLS: by a Unix socket or a loopback address.
bool is_local(const std::string& host);

}  // namespace syncing

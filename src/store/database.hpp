// SQLite's C API made safe: a connection, a prepared statement, a transaction. Only src/store uses
// it.
//
// A failure of SQLite is thrown as SqlError inside src/store and becomes a Result at the edge of
// Store (see guarded()). A connection belongs to one thread at a time.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace store {

struct SqlError : std::runtime_error {
    SqlError(int code_, const std::string& message) : std::runtime_error(message), code(code_) {}
    static SqlError damage(const std::string& message);  // what is read cannot have been written
    static SqlError read_only();
    int code;  // SQLite's extended result code
};

class Database;

// One prepared statement, on loan from its connection: preparing the same text again costs next to
// nothing. reset() or run() before it is bound again.
class Statement {
 public:
    Statement(Database& database, std::string_view sql);
    ~Statement();
    Statement(Statement&& other) noexcept;
    Statement& operator=(Statement&&) = delete;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    // Parameters count from 1; text and blobs are copied.
    Statement& bind(int index, std::int64_t value);
    Statement& bind(int index, std::string_view value);
    Statement& bind(int index, const std::string& value) {
        return bind(index, std::string_view(value));
    }
    Statement& bind(int index, std::span<const std::uint8_t> blob);
    Statement& bind(int index, const std::optional<std::string>& value);
    Statement& bind(int index, const std::optional<std::int64_t>& value);
    Statement& bind_null(int index);

    bool step();  // true: a row is there
    void run();   // steps to the end and resets; for statements without rows
    void reset();

    // Columns count from 0.
    [[nodiscard]] bool is_null(int column) const;
    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] std::string text(int column) const;  // of text and of blobs
    [[nodiscard]] std::optional<std::string> optional_text(int column) const;
    [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const;
    [[nodiscard]] std::span<const std::uint8_t> blob(int column) const;  // until the next step

 private:
    friend class Database;
    // Statements not in use, by their text. The longest have the same beginning.
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view sql) const {
            const std::size_t end = sql.size() - std::min<std::size_t>(sql.size(), 24);
            return std::hash<std::string_view>()(sql.substr(end)) ^ sql.size();
        }
    };
    using Idle = std::unordered_multimap<std::string, sqlite3_stmt*, TextHash, std::equal_to<>>;

    void check(int code);
    Database* database_;
    Idle::node_type entry_;  // its text and itself, out of the connection's idle ones
    sqlite3_stmt* statement_ = nullptr;
};

// Rows that a transaction changes so often that they are kept in memory until its end. There is one
// kind of them, those of unit_marks.cpp.
struct Deferred {
    virtual ~Deferred() = default;
    virtual void write(Database& database) = 0;
};

class Database {
 public:
    enum class Access : std::uint8_t { Create, ReadOnly };
    // Opens, or with Create makes a missing file; throws SqlError. `path` is a file, or ":memory:".
    explicit Database(const std::string& path, Access access = Access::Create);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    [[nodiscard]] Statement prepare(std::string_view sql) { return {*this, sql}; }
    void execute(const std::string& sql);  // one or several statements without parameters
    std::int64_t integer(
        std::string_view sql);  // the first column of the first row; 0 without a row
    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] bool read_only() const;
    // Of the open transaction: written and emptied before it is committed, forgotten when it is
    // rolled back. Who reads such rows writes it first.
    std::unique_ptr<Deferred> deferred;
    void write_deferred();
    // From now on whatever runs ends with an SqlError as soon as `given_up` says so; it is asked
    // all the time, on the thread that runs it. An empty one ends that.
    void give_up_when(std::function<bool()> given_up);
    // Makes `target` a copy of this database, consistently, while others use it; atomic for those
    // who use the target. `progress` gets pages done and all pages.
    void copy_to(Database& target,
                 const std::function<void(std::int64_t, std::int64_t)>& progress = {});

 private:
    friend class Statement;
    std::string path_;
    sqlite3* connection_ = nullptr;
    std::function<bool()> given_up_;
    Statement::Idle idle_;
};

// With Write, BEGIN IMMEDIATE: takes the write lock at once, so that what is read is still true
// when it is written. With Read, one view of the file whatever others write. Rolled back unless
// commit() was called.
class Transaction {
 public:
    enum class Mode : std::uint8_t { Read, Write };
    explicit Transaction(Database& database, Mode mode = Mode::Write);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();  // durable when it returns

 private:
    Database& database_;
    bool open_ = true;
};

// Whether the file itself is no sound database, rather than the disk or a lock in the way.
bool is_damage(const SqlError& error);

// What an operator is told of a failure of SQLite, with the file's name and what to do.
Error explain(const SqlError& error, const std::string& path);

// Runs `body` (which returns a Result) and turns a SqlError into a Storage error.
template <typename Body>
auto guarded(const std::string& path, Body body) -> decltype(body()) {
    try {
        return body();
    } catch (const SqlError& error) {
        return fail(explain(error, path));
    }
}

}  // namespace store

#include "store/database.hpp"

#include <sqlite3.h>

#include <utility>

namespace store {
namespace {

// Another process writes for milliseconds; what lasts longer than this is stuck.
constexpr int kBusyTimeoutMs = 5000;

// Between two steps of a copy others may write; 4 MiB.
constexpr int kPagesPerStep = 512;

// Of SQLite's machine; some tenths of a millisecond.
constexpr int kStepsBetweenAsking = 10'000;

// Of a new file. Records have about 400 bytes: pages of 4096 leave a tenth of the file unused.
constexpr int kPageBytes = 8192;

// The program's own statements are some dozens; what lists make of their filters comes on top.
constexpr std::size_t kIdleStatementsMax = 100;

[[noreturn]] void raise(sqlite3* connection, int code) {
    if (connection == nullptr) throw SqlError(code, sqlite3_errstr(code));
    throw SqlError(sqlite3_extended_errcode(connection), sqlite3_errmsg(connection));
}

}  // namespace

SqlError SqlError::damage(const std::string& message) { return {SQLITE_CORRUPT, message}; }

SqlError SqlError::read_only() { return {SQLITE_READONLY, "read-only"}; }

Statement::Statement(Database& database, std::string_view sql) : database_(&database) {
    if (const auto idle = database.idle_.find(sql); idle != database.idle_.end()) {
        entry_ = database.idle_.extract(idle);
        statement_ = entry_.mapped();
        return;
    }
    check(sqlite3_prepare_v3(database.connection_, sql.data(), static_cast<int>(sql.size()),
                             SQLITE_PREPARE_PERSISTENT, &statement_, nullptr));
    Idle fresh;
    entry_ = fresh.extract(fresh.emplace(sql, statement_));
}

Statement::~Statement() {
    if (statement_ == nullptr) return;
    sqlite3_reset(statement_);
    sqlite3_clear_bindings(statement_);
    if (database_->idle_.size() < kIdleStatementsMax)
        database_->idle_.insert(std::move(entry_));
    else
        sqlite3_finalize(statement_);
}

Statement::Statement(Statement&& other) noexcept
    : database_(other.database_),
      entry_(std::move(other.entry_)),
      statement_(std::exchange(other.statement_, nullptr)) {}

void Statement::check(int code) {
    if (code != SQLITE_OK) raise(database_->connection_, code);
}

Statement& Statement::bind(int index, std::int64_t value) {
    check(sqlite3_bind_int64(statement_, index, value));
    return *this;
}

Statement& Statement::bind(int index, std::string_view value) {
    // A null pointer would bind NULL, and an empty view may hold one.
    const char* text = value.data() == nullptr ? "" : value.data();
    check(
        sqlite3_bind_text64(statement_, index, text, value.size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    return *this;
}

Statement& Statement::bind(int index, std::span<const std::uint8_t> blob) {
    check(sqlite3_bind_blob64(statement_, index, blob.data(), blob.size(), SQLITE_TRANSIENT));
    return *this;
}

Statement& Statement::bind(int index, const std::optional<std::string>& value) {
    return value ? bind(index, std::string_view(*value)) : bind_null(index);
}

Statement& Statement::bind(int index, const std::optional<std::int64_t>& value) {
    return value ? bind(index, *value) : bind_null(index);
}

Statement& Statement::bind_null(int index) {
    check(sqlite3_bind_null(statement_, index));
    return *this;
}

bool Statement::step() {
    const int code = sqlite3_step(statement_);
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    const SqlError error(sqlite3_extended_errcode(database_->connection_),
                         sqlite3_errmsg(database_->connection_));
    sqlite3_reset(statement_);
    throw error;
}

void Statement::run() {
    while (step()) {
    }
    reset();
}

void Statement::reset() { sqlite3_reset(statement_); }

bool Statement::is_null(int column) const {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
}

std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(statement_, column);
}

std::string Statement::text(int column) const {
    const auto bytes = blob(column);
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::optional<std::string> Statement::optional_text(int column) const {
    const auto bytes = blob(column);
    if (bytes.data() == nullptr && is_null(column)) return std::nullopt;
    return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

std::optional<std::int64_t> Statement::optional_integer(int column) const {
    return is_null(column) ? std::nullopt : std::optional(integer(column));
}

std::span<const std::uint8_t> Statement::blob(int column) const {
    const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
    return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Database::Database(const std::string& path, Access access) : path_(path) {
    // SQLite would count its memory under a lock at every allocation, and nobody asks for the sum.
    // Only the first connection of the process can say so; later it is refused, and no harm done.
    [[maybe_unused]] static const int counted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    const int code =
        sqlite3_open_v2(path.c_str(), &connection_,
                        (access == Access::ReadOnly ? SQLITE_OPEN_READONLY
                                                    : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) |
                            SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                        nullptr);
    if (code != SQLITE_OK) {
        const SqlError error(code, connection_ ? sqlite3_errmsg(connection_) : "out of memory");
        sqlite3_close(connection_);
        throw error;
    }
    sqlite3_busy_timeout(connection_, kBusyTimeoutMs);
    if (access == Access::Create) execute("PRAGMA page_size = " + std::to_string(kPageBytes));
}

Database::~Database() {
    for (const auto& [sql, statement] : idle_) sqlite3_finalize(statement);
    sqlite3_close(connection_);
}

void Database::execute(const std::string& sql) {
    const int code = sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) raise(connection_, code);
}

std::int64_t Database::integer(std::string_view sql) {
    Statement statement = prepare(sql);
    return statement.step() ? statement.integer(0) : 0;
}

bool Database::read_only() const { return sqlite3_db_readonly(connection_, "main") == 1; }

void Database::write_deferred() {
    if (const auto rows = std::exchange(deferred, nullptr)) rows->write(*this);
}

void Database::give_up_when(std::function<bool()> given_up) {
    given_up_ = std::move(given_up);
    const auto ask = [](void* self) {
        return static_cast<const Database*>(self)->given_up_() ? 1 : 0;
    };
    sqlite3_progress_handler(connection_, given_up_ ? kStepsBetweenAsking : 0, ask, this);
}

void Database::copy_to(Database& target,
                       const std::function<void(std::int64_t, std::int64_t)>& progress) {
    // One view of the source: without it the copy begins again whenever another program writes.
    const Transaction view(*this, Transaction::Mode::Read);
    integer("SELECT count(*) FROM sqlite_schema");  // the view begins with the first read
    sqlite3_backup* backup = sqlite3_backup_init(target.connection_, "main", connection_, "main");
    if (backup == nullptr) raise(target.connection_, SQLITE_ERROR);
    int code = SQLITE_OK;
    while (code == SQLITE_OK) {
        code = sqlite3_backup_step(backup, kPagesPerStep);
        const int total = sqlite3_backup_pagecount(backup);
        if (progress) progress(total - sqlite3_backup_remaining(backup), total);
    }
    const int finished = sqlite3_backup_finish(backup);
    if (code != SQLITE_DONE) throw SqlError(code, sqlite3_errstr(code));
    if (finished != SQLITE_OK) raise(target.connection_, finished);
}

Transaction::Transaction(Database& database, Mode mode) : database_(database) {
    database_.execute(mode == Mode::Write ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
    if (!open_) return;
    database_.deferred.reset();
    try {
        database_.execute("ROLLBACK");
    } catch (const SqlError&) {
        // SQLite has rolled back by itself (disk full, I/O error): nothing is left to undo.
    }
}

void Transaction::commit() {
    database_.write_deferred();
    database_.execute("COMMIT");
    open_ = false;
}

bool is_damage(const SqlError& error) {
    const int code = error.code & 0xFF;
    return code == SQLITE_CORRUPT || code == SQLITE_NOTADB;
}

Error explain(const SqlError& error, const std::string& path) {
    const auto storage = [](std::string message, bool retry = false) {
        return Error{ErrorKind::Storage, std::move(message), retry, false};
    };
    switch (error.code & 0xFF) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return storage(path + " is being written by another program; try again when it is done",
                           true);
        case SQLITE_FULL:
            return storage("the disk is full, nothing was written; free some space and try again",
                           true);
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_AUTH:
            return storage("no permission to write " + path +
                           "; change its owner or rights, or name another file with --db");
        case SQLITE_CANTOPEN:
            return storage("cannot open " + path +
                           "; check that its folder exists and that you may write there");
        case SQLITE_NOTADB:
            return storage(path + " is no Unitrail database; name another file with --db");
        case SQLITE_CORRUPT:
            return storage(path + " is damaged (" + error.what() +
                           "); make a copy of it and go on with the last backup");
        case SQLITE_IOERR: {
            Error failed = storage("reading or writing " + path + " failed (" + error.what() +
                                   "); check the disk");
            failed.in_doubt = true;
            return failed;
        }
        default: return storage(path + ": " + error.what());
    }
}

}  // namespace store

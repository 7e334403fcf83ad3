#include "store/backup.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "base/clock.hpp"
#include "base/hash.hpp"
#include "journal/record.hpp"
#include "store/database.hpp"
#include "store/event_rows.hpp"
#include "store/migrate.hpp"
#include "store/verify.hpp"

namespace store {
namespace {

namespace fs = std::filesystem;

// A copy in the making, gone when it was not finished.
class PartialFile {
 public:
    explicit PartialFile(std::string path) : path_(std::move(path)) { remove(); }
    ~PartialFile() { remove(); }
    PartialFile(const PartialFile&) = delete;
    PartialFile& operator=(const PartialFile&) = delete;
    [[nodiscard]] const std::string& path() const { return path_; }

 private:
    void remove() const {
        std::error_code ignored;
        for (const char* suffix : {"", "-wal", "-shm", "-journal"})
            fs::remove(path_ + suffix, ignored);
    }
    std::string path_;
};

bool sync_path(const std::string& path) {
    const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return false;
    const bool synced = fsync(descriptor) == 0;
    close(descriptor);
    return synced;
}

// The file takes its final name, and that is on the disk when this returns.
Result<void> take_name(const std::string& from, const std::string& to) {
    std::error_code failed;
    const bool synced = sync_path(from);
    if (synced) fs::rename(from, to, failed);
    const std::string folder = fs::absolute(to).parent_path().string();
    if (synced && !failed && sync_path(folder)) return {};
    return fail(ErrorKind::Storage, "cannot write " + to + "; check the disk and your rights");
}

Result<void> check_is_ours(const std::string& file) {
    std::error_code ignored;
    if (!fs::exists(file, ignored)) return {};
    return guarded(file, [&]() -> Result<void> {
        Database existing(file, Database::Access::ReadOnly);
        if (existing.integer("PRAGMA application_id") == kApplicationId) return {};
        return fail(ErrorKind::Refused,
                    file + " is there and is no backup of Unitrail; name another file");
    });
}

Error damaged(const std::string& file, const Verification& verification) {
    const Damage& first = verification.damages.front();
    return {ErrorKind::Storage, file + " is damaged" +
                                    (first.event.empty() ? "" : " at event " + first.event) +
                                    (first.serial.empty() ? "" : ", unit " + first.serial) + ": " +
                                    first.what + "; nothing was changed"};
}

std::string time_stamp() {
    std::string stamp = base::to_iso(base::system_now().utc);
    std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
    return stamp;
}

void set_new_writer(Database& database) {
    Transaction transaction(database);
    database.prepare("UPDATE meta SET writer = ?1").bind(1, add_writer(database)).run();
    transaction.commit();
}

// One file without a log beside it, so that it can be moved and read anywhere.
void copy_to_one_file(Database& source, Database& copy, const Progress& progress = {}) {
    source.copy_to(copy, progress);
    copy.execute("PRAGMA journal_mode = DELETE");
}

// What was in the database's place, kept as a consistent copy; renamed when it cannot be read as a
// database any more. Any other failure leaves everything as it was.
Result<std::string> set_aside(const std::string& database) {
    const std::string kept = database + ".before-restore-" + time_stamp();
    bool readable = true;
    const auto copied = guarded(kept, [&]() -> Result<void> {
        try {
            Database live(database, Database::Access::ReadOnly);
            const PartialFile part(kept + ".part");
            {
                Database copy(part.path());
                copy_to_one_file(live, copy);
            }
            return take_name(part.path(), kept);
        } catch (const SqlError& error) {
            readable = !is_damage(error);
            throw;
        }
    });
    if (copied) return kept;
    if (readable) return fail(copied.error());
    std::error_code failed;
    fs::rename(database, kept, failed);
    if (failed)
        return fail(ErrorKind::Storage, "cannot rename " + database + "; check your rights");
    for (const char* suffix : {"-wal", "-shm"})
        fs::rename(database + suffix, kept + suffix, failed);
    return kept;
}

}  // namespace

Result<Verification> back_up(const std::string& database, const std::string& file,
                             const Progress& progress) {
    std::error_code ignored;
    if (fs::equivalent(database, file, ignored))
        return fail(ErrorKind::Refused, "a backup needs a file of its own, not the database's");
    if (auto ours = check_is_ours(file); !ours) return fail(ours.error());
    const PartialFile part(file + ".part");
    auto verified = guarded(file, [&]() -> Result<Verification> {
        Database source(database, Database::Access::ReadOnly);
        Database copy(part.path());
        copy_to_one_file(source, copy, progress);
        Verification result;
        verify_chains(copy, result, {});
        return result;
    });
    if (!verified) return verified;
    if (verified->damage_count > 0) return fail(damaged(database, *verified));
    if (auto named = take_name(part.path(), file); !named) return fail(named.error());
    return verified;
}

Result<std::string> restore(const std::string& file, const std::string& database,
                            const Options& options) {
    std::error_code ignored;
    if (!fs::exists(file, ignored))
        return fail(ErrorKind::InvalidInput, "no file " + file + "; name a backup");
    const PartialFile part(database + ".restoring");
    const auto prepared = guarded(file, [&]() -> Result<void> {
        {
            Database source(file, Database::Access::ReadOnly);
            if (source.integer("PRAGMA application_id") != kApplicationId)
                return fail(ErrorKind::Storage, file + " is no backup of Unitrail");
            Database copy(part.path());
            source.copy_to(copy);
        }
        auto store = Store::open(part.path(), options);
        if (!store) return fail(store.error());
        const auto verified = store->verify(true);
        if (!verified) return fail(verified.error());
        if (verified->damage_count > 0) return fail(damaged(file, *verified));
        Database copy(part.path());
        set_new_writer(copy);
        return {};
    });
    if (!prepared) return fail(prepared.error());
    Result<std::string> kept = std::string();
    if (fs::exists(database, ignored)) kept = set_aside(database);
    if (!kept) return kept;
    auto placed = guarded(database, [&]() -> Result<void> {
        Database source(part.path());
        Database live(database);
        source.copy_to(live);
        return {};
    });
    if (!placed) return fail(placed.error());
    return kept;
}

namespace {

// The id of the last event: what is made from the journal may know of events that are lost.
std::int64_t last_event(Database& from) {
    std::int64_t last = 0;
    for (const char* witness :
         {"SELECT max(id) FROM event", "SELECT max(tip) FROM unit", "SELECT max(tip) FROM variant",
          "SELECT max(tip) FROM lot", "SELECT max(tip) FROM warehouse",
          "SELECT max(tip) FROM location", "SELECT max(tip) FROM recall"}) {
        try {
            last = std::max(last, from.integer(witness));
        } catch (const SqlError&) {
            // Unreadable, too; the others may do.
        }
    }
    return last;
}

// Copies rows one by one, so that an unreadable page costs only what lies on it.
void copy_events(Database& from, Database& to, Salvaged& salvaged) {
    const std::int64_t last = last_event(from);
    for (std::int64_t id = 1; id <= last; ++id) {
        try {
            Statement row = from.prepare(
                "SELECT writer, seq, kind, root, record, hash FROM event WHERE id = ?1");
            if (!row.bind(1, id).step() || !journal::parse_record(row.text(4))) {
                ++salvaged.unreadable;
                continue;
            }
            to.prepare(
                  "INSERT OR IGNORE INTO event (id, writer, seq, kind, root, record, hash)"
                  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")
                .bind(1, id)
                .bind(2, row.integer(0))
                .bind(3, row.integer(1))
                .bind(4, row.integer(2))
                .bind(5, row.optional_integer(3))
                .bind(6, row.blob(4))
                .bind(7, row.blob(5))
                .run();
            ++salvaged.events;
        } catch (const SqlError&) {
            ++salvaged.unreadable;
        }
    }
}

void copy_writers(Database& from, Database& to) {
    Statement writers = from.prepare("SELECT id, uuid FROM writer");
    while (writers.step())
        to.prepare("INSERT INTO writer (id, uuid) VALUES (?1, ?2)")
            .bind(1, writers.integer(0))
            .bind(2, writers.blob(1))
            .run();
}

// Names are no part of the journal: what cannot be read of them costs the names only.
void copy_clients(Database& from, Database& to) try {
    Statement clients = from.prepare("SELECT ref, key, name FROM client");
    while (clients.step())
        to.prepare("INSERT OR IGNORE INTO client (ref, key, name) VALUES (?1, ?2, ?3)")
            .bind(1, clients.text(0))
            .bind(2, clients.optional_text(1))
            .bind(3, clients.optional_text(2))
            .run();
} catch (const SqlError&) {
    // Salvaged::names_lost says how many of them are missed.
}

}  // namespace

Result<Salvaged> salvage(const std::string& damaged_file, const std::string& file,
                         const Options& options) {
    std::error_code ignored;
    if (fs::exists(file, ignored))
        return fail(ErrorKind::Refused, file + " is there already; name a new file");
    const PartialFile part(file + ".part");
    Salvaged salvaged;
    auto copied = guarded(damaged_file, [&]() -> Result<void> {
        Database from(damaged_file, Database::Access::ReadOnly);
        Database to(part.path());
        if (auto made = migrate(to, migrations()); !made) return made;
        to.execute("PRAGMA foreign_keys = OFF");  // what an event refers to may be lost
        Transaction transaction(to);
        copy_writers(from, to);
        copy_clients(from, to);
        const std::int64_t names = to.integer("SELECT count(*) FROM client");
        copy_events(from, to, salvaged);
        to.execute(
            "INSERT INTO meta (id, writer, newest_at)"
            " VALUES (1, (SELECT min(id) FROM writer), 0)");
        rebuild_projection(to);
        salvaged.names_lost = to.integer("SELECT count(*) FROM client") - names;
        transaction.commit();
        set_new_writer(to);
        return {};
    });
    if (!copied) return fail(copied.error());
    {
        auto store = Store::open(part.path(), options);
        if (!store) return fail(store.error());
        auto verified = store->verify(true);
        if (!verified) return fail(verified.error());
        salvaged.verification = std::move(*verified);
    }
    if (auto named = take_name(part.path(), file); !named) return fail(named.error());
    return salvaged;
}

std::string daily_backup_folder(const std::string& database) { return database + ".backups"; }

Result<bool> back_up_daily(const std::string& database, inventory::Date today) {
    const std::string folder = daily_backup_folder(database);
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed)
        return fail(ErrorKind::Storage, "no daily backup: cannot make the folder " + folder);
    const std::string file = folder + "/" + inventory::to_iso(today) + ".db";
    if (fs::exists(file, failed)) return false;
    if (const auto done = back_up(database, file); !done) return fail(done.error());
    std::vector<std::string> backups;
    for (const auto& entry : fs::directory_iterator(folder, failed))
        if (entry.path().extension() == ".db" &&
            inventory::parse_date(entry.path().stem().string()))
            backups.push_back(entry.path().string());
    std::ranges::sort(backups, std::greater<>());  // by date, the newest first
    for (std::size_t i = kDailyBackupsKept; i < backups.size(); ++i) fs::remove(backups[i], failed);
    return true;
}

}  // namespace store

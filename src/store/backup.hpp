// Copies of a database file: backup, restore, salvage. Errors: Storage, Refused; one line each.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.hpp"
#include "inventory/dates.hpp"
#include "store/store.hpp"

namespace store {

// Copies the database to `file` while others use it. The copy is verified, then takes its name in
// one step; an older backup of that name is replaced, any other file is refused.
Result<Verification> back_up(const std::string& database, const std::string& file,
                             const Progress& progress = {});

// Puts the backup in the place of the database, as a new writer, so that no event number is ever
// used twice. The backup is verified first; what was there is kept beside it. Says the name of that
// copy,
// "" when there was no database.
Result<std::string> restore(const std::string& file, const std::string& database,
                            const Options& options);

struct Salvaged {
    std::int64_t events = 0;      // copied, byte by byte
    std::int64_t unreadable = 0;  // rows that cannot be read any more
    std::int64_t names_lost = 0;  // clients whose name cannot be read any more
    Verification verification;    // of the new file; what is missing shows as gaps
};

// Copies every event that can still be read into a new file. The damaged file is only read.
Result<Salvaged> salvage(const std::string& damaged, const std::string& file,
                         const Options& options);

inline constexpr int kDailyBackupsKept = 7;

// The folder of the daily backups, beside the database.
std::string daily_backup_folder(const std::string& database);

// Makes today's backup unless there is one, and removes all but the latest seven. False: there was
// one.
Result<bool> back_up_daily(const std::string& database, inventory::Date today);

}  // namespace store

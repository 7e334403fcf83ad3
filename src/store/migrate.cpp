#include "store/migrate.hpp"

#include <filesystem>

namespace embedded {
extern const std::string_view migration_001;
}

namespace store {
namespace {

Error not_ours(const std::string& path) {
    return {ErrorKind::Storage,
            path + " is the database of another program; name another file with --db"};
}

Error too_new(const std::string& path, std::int64_t version, std::size_t known) {
    return {ErrorKind::Storage, path + " was made by a newer Unitrail (schema " +
                                    std::to_string(version) + ", this one knows " +
                                    std::to_string(known) + "); update the program"};
}

Result<void> copy_aside(Database& database, std::int64_t version) {
    const std::string copy = database.path() + ".before-v" + std::to_string(version + 1);
    std::error_code ignored;  // a copy left by an interrupted try is made again
    std::filesystem::remove(copy, ignored);
    Database target(copy);
    database.copy_to(target);
    return {};
}

}  // namespace

std::span<const std::string_view> migrations() {
    static const std::string_view all[] = {embedded::migration_001};
    return all;
}

Result<void> migrate(Database& database, std::span<const std::string_view> migrations) {
    const auto version = [&] { return database.integer("PRAGMA user_version"); };
    const auto known = static_cast<std::int64_t>(migrations.size());
    const std::int64_t application = database.integer("PRAGMA application_id");
    const bool empty = database.integer("SELECT count(*) FROM sqlite_schema") == 0;
    if (application != kApplicationId && !(application == 0 && empty))
        return fail(not_ours(database.path()));
    if (version() > known) return fail(too_new(database.path(), version(), migrations.size()));
    while (version() < known) {
        const std::int64_t from = version();
        if (from > 0)
            if (auto copied = copy_aside(database, from); !copied) return copied;
        Transaction transaction(database);
        if (version() != from) continue;  // another process was faster
        database.execute(std::string(migrations[static_cast<std::size_t>(from)]));
        database.execute("PRAGMA user_version = " + std::to_string(from + 1));
        database.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
        transaction.commit();
    }
    return {};
}

}  // namespace store

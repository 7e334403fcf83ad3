// Brings a database file to the schema of this version.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "store/database.hpp"

namespace store {

// Marks the file as ours ("Utrl"), https://www.sqlite.org/pragma.html#pragma_application_id
inline constexpr int kApplicationId = 0x5574726C;

// Migration i brings a file from version i to i + 1 (PRAGMA user_version); each is one transaction.
std::span<const std::string_view> migrations();

// Before each migration of a file with data, a copy "FILE.before-vN" is written beside it. Storage:
// the file is another program's, or was made by a newer version.
Result<void> migrate(Database& database, std::span<const std::string_view> migrations);

}  // namespace store

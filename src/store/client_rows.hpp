// Clients' names, kept out of the journal so that they can be erased: records hold a reference.
// Internal to src/store; throws SqlError.
//
// A reference whose name has not come yet is known without one. Stations that write one client down
// apart give him a reference each: one name may have several.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "store/database.hpp"
#include "store/exchange.hpp"

namespace store {

// The reference for a new act: of those that go under the name the smallest, else a new one.
std::string client_ref(Database& database, const std::string& client);

// All references that go under the name, by whatever letters it is written with.
std::vector<std::string> client_refs(Database& database, const std::string& client);

// What is shown for a reference: the name, or in brackets why there is none.
std::string client_shown(Database& database, const std::string& ref);
// The same of the name as its column has it; nothing = it has not come yet, "" = erased.
std::string client_shown(const std::optional<std::string>& name);

// Adds the reference without a name, when it is not known here.
void keep_client(Database& database, const std::string& ref);

}  // namespace store

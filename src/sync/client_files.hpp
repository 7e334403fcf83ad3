// Clients' names in a folder: FOLDER/clients/REF, one small file a client, so that each can be
// erased by itself: an empty file says that the name was erased.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sync/transport.hpp"

namespace syncing {

// Files of other names are passed over; no folder means no clients yet.
Result<std::vector<ClientThere>> list_client_files(const std::filesystem::path& folder);
ClientNames read_client_files(const std::filesystem::path& folder,
                              std::span<const std::string> refs);
Result<void> write_client_files(const std::filesystem::path& folder,
                                std::span<const store::ClientName> names);

}  // namespace syncing

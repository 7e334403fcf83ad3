// Files that others see whole or not at all, whatever happens to the disk meanwhile.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/result.hpp"

namespace syncing {

enum class Present : std::uint8_t { Keep, Replace };  // a file of that name that is there already

// Written under another name and renamed.
Result<void> put_file(const std::filesystem::path& path, const std::string& text, Present present);

// The names in it are on the disk when this returns, where the folder can do that.
void sync_folder(const std::string& folder);

// Network: what cannot be written or listed.
Error unreachable(const std::string& path);

}  // namespace syncing

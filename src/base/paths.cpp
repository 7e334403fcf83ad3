#include "base/paths.hpp"

#include <cstdlib>
#include <filesystem>

namespace base {
namespace {

std::string path_below(const char* variable, const char* otherwise, const std::string& file) {
    const char* given = std::getenv(variable);
    std::filesystem::path folder;
    // The specification has relative paths ignored.
    if (given != nullptr && given[0] == '/') {
        folder = given;
    } else {
        const char* home = std::getenv("HOME");
        folder = std::filesystem::path(home != nullptr ? home : "/") / otherwise;
    }
    return folder / "unitrail" / file;
}

}  // namespace

std::string data_path(const std::string& file) {
    return path_below("XDG_DATA_HOME", ".local/share", file);
}

std::string config_path(const std::string& file) {
    return path_below("XDG_CONFIG_HOME", ".config", file);
}

std::string state_path(const std::string& file) {
    return path_below("XDG_STATE_HOME", ".local/state", file);
}

bool make_folder_of(const std::string& path) {
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    std::error_code failed;
    if (folder.empty() || std::filesystem::is_directory(folder, failed)) return true;
    std::filesystem::create_directories(folder, failed);
    return !failed;
}

}  // namespace base

#include "store/options.hpp"

#include <filesystem>
#include <limits>

namespace store {

std::uintmax_t disk_space_of(const std::string& file) {
    std::error_code failed;
    const auto space =
        std::filesystem::space(std::filesystem::absolute(file, failed).parent_path(), failed);
    return failed ? std::numeric_limits<std::uintmax_t>::max() : space.available;
}

}  // namespace store

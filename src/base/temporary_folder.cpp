#include "base/temporary_folder.hpp"

#include <cstdlib>
#include <filesystem>
#include <utility>

namespace base {

Result<TemporaryFolder> TemporaryFolder::make() {
    std::error_code failed;
    const std::string parent = std::filesystem::temp_directory_path(failed).string();
    std::string path = parent + "/unitrail-XXXXXX";
    if (failed || mkdtemp(path.data()) == nullptr)
        return fail(ErrorKind::Storage, "cannot make a folder in " +
                                            (failed ? "the folder that TMPDIR names" : parent) +
                                            "; check its rights and the disk");
    return TemporaryFolder(std::move(path));
}

TemporaryFolder::TemporaryFolder(TemporaryFolder&& other) noexcept
    : path_(std::exchange(other.path_, "")) {}

TemporaryFolder& TemporaryFolder::operator=(TemporaryFolder&& other) noexcept {
    std::swap(path_, other.path_);
    return *this;
}

TemporaryFolder::~TemporaryFolder() {
    if (path_.empty()) return;
    std::error_code ignored;  // what is left in the temporary folder harms nobody
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace base

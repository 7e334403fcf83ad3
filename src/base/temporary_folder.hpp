// A folder below the system's temporary one that is removed, with all that is in it, together with
// the value that owns it. For data that is thrown away: the demo's, a test's.
#pragma once

#include <string>

#include "base/result.hpp"

namespace base {

class TemporaryFolder {
 public:
    // A new, empty folder that only this user may enter. Storage when it cannot be made.
    static Result<TemporaryFolder> make();
    TemporaryFolder(TemporaryFolder&& other) noexcept;
    TemporaryFolder& operator=(TemporaryFolder&& other) noexcept;
    ~TemporaryFolder();

    [[nodiscard]] const std::string& path() const { return path_; }
    [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
    explicit TemporaryFolder(std::string path) : path_(std::move(path)) {}
    std::string path_;  // "" when it was moved away
};

}  // namespace base

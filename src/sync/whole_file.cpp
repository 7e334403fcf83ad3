#include "sync/whole_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

#include "base/hash.hpp"
#include "base/text.hpp"

namespace syncing {
namespace {

namespace fs = std::filesystem;

bool write_whole(const std::string& path, const std::string& text) {
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (file < 0) return false;
    std::size_t done = 0;
    bool good = true;
    while (good && done < text.size()) {
        const ssize_t wrote = write(file, text.data() + done, text.size() - done);
        good = wrote > 0;
        if (good) done += static_cast<std::size_t>(wrote);
    }
    good = good && fsync(file) == 0;
    return close(file) == 0 && good;
}

}  // namespace

Error unreachable(const std::string& path) {
    return {ErrorKind::Network,
            "cannot write " + path + "; check that the folder is there and has room", true, false};
}

void sync_folder(const std::string& folder) {
    const int descriptor = open(folder.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return;
    fsync(descriptor);  // some network shares cannot; the file itself is on the disk
    close(descriptor);
}

Result<void> put_file(const fs::path& path, const std::string& text, Present present) {
    const std::string part =
        (path.parent_path() / (".part-" + base::to_hex(base::random_id()))).string();
    std::error_code failed;
    if (!write_whole(part, text)) {
        fs::remove(part, failed);
        return fail(unreachable(path.string()));
    }
    if (present == Present::Keep && fs::exists(path, failed)) {
        fs::remove(part, failed);
        return {};
    }
    fs::rename(part, path, failed);
    if (failed) return fail(unreachable(path.string()));
    return {};
}

}  // namespace syncing

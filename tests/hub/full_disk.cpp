// Makes a PostgreSQL server's disk full for its tables, not for its log: preloaded into the server,
// it lets no file under base/ grow while the file that UNITRAIL_DISK_FULL names is there.
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <dlfcn.h>
#include <fcntl.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>

namespace {

bool is_full_for(int descriptor, off_t end) {
    const char* sign = std::getenv("UNITRAIL_DISK_FULL");
    if (sign == nullptr || ::access(sign, F_OK) != 0) return false;
    std::array<char, 512> path{};
    const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
    if (::readlink(link.c_str(), path.data(), path.size() - 1) <= 0) return false;
    struct stat file {};
    return std::strstr(path.data(), "/base/") != nullptr && ::fstat(descriptor, &file) == 0 &&
           end > file.st_size;
}

template <typename Function>
Function* next(const char* name) {
    return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

ssize_t write_at(const char* name, int descriptor, const void* bytes, size_t size, off_t at) {
    if (is_full_for(descriptor, at + static_cast<off_t>(size))) {
        errno = ENOSPC;
        return -1;
    }
    return next<ssize_t(int, const void*, size_t, off_t)>(name)(descriptor, bytes, size, at);
}

}  // namespace

extern "C" {

ssize_t pwrite(int descriptor, const void* bytes, size_t size, off_t at) {
    return write_at("pwrite", descriptor, bytes, size, at);
}
ssize_t pwrite64(int descriptor, const void* bytes, size_t size, off_t at) {
    return write_at("pwrite64", descriptor, bytes, size, at);
}
ssize_t pwritev(int descriptor, const iovec* parts, int count, off_t at) {
    off_t end = at;
    for (int i = 0; i < count; ++i) end += static_cast<off_t>(parts[i].iov_len);
    if (is_full_for(descriptor, end)) {
        errno = ENOSPC;
        return -1;
    }
    return next<ssize_t(int, const iovec*, int, off_t)>("pwritev")(descriptor, parts, count, at);
}
int posix_fallocate(int descriptor, off_t at, off_t size) {
    if (is_full_for(descriptor, at + size)) return ENOSPC;
    return next<int(int, off_t, off_t)>("posix_fallocate")(descriptor, at, size);
}
}

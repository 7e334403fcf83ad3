// A disk that fails on demand and remembers: a SQLite VFS over the real one that lets the n-th call
// of one kind fail, once or from then on, and notes the calls that were done. Registered as the
// default VFS while it lives; one at a time. Syncs and renames come in by faults/system_calls.cpp.
#pragma once

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "support/disk_calls.hpp"

struct Fault {
    enum class Call : std::uint8_t { Write, Sync, Read, Open, Truncate, Lock, FileSize, Rename };
    Call call = Call::Write;
    int nth = 0;              // of that kind, from 1; 0 = never
    int code = SQLITE_IOERR;  // what the call returns
    int torn_bytes = 0;       // of a write: so many bytes get through before it fails
    bool lasting = false;     // every later call of that kind fails, too
    bool silent = false;      // the call does nothing and says it was done (a disk that lies)
};

class FaultVfs {
 public:
    // Notes in `calls`, unless null, what was done to which file.
    explicit FaultVfs(Fault fault, std::vector<DiskCall>* calls = nullptr)
        : fault_(fault), calls_(calls) {
        current() = this;
        real_ = sqlite3_vfs_find("unix");
        vfs_ = *real_;
        vfs_.zName = "faults";
        vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
        vfs_.xOpen = &FaultVfs::open;
        vfs_.xDelete = &FaultVfs::erase;
        vfs_.pNext = nullptr;
        vfs_.pAppData = real_->pAppData;
        sqlite3_vfs_register(&vfs_, 1);
    }
    ~FaultVfs() {
        sqlite3_vfs_unregister(&vfs_);
        sqlite3_vfs_register(real_, 1);
        current() = nullptr;
    }
    FaultVfs(const FaultVfs&) = delete;
    FaultVfs& operator=(const FaultVfs&) = delete;

    [[nodiscard]] bool struck() const { return struck_; }

    static int sync(int descriptor) {
        if (current() == nullptr) return 0;
        if (strikes(Fault::Call::Sync)) {
            errno = EIO;
            return current()->fault_.silent ? 0 : -1;
        }
        std::array<char, 4096> path{};
        const std::string link = "/proc/self/fd/" + std::to_string(descriptor);
        if (readlink(link.c_str(), path.data(), path.size() - 1) < 0) return -1;
        const bool folder = std::filesystem::is_directory(path.data());
        note({folder ? DiskCall::Kind::SyncFolder : DiskCall::Kind::Sync, name_of(path.data()), "",
              0});
        return 0;
    }

    static int remove(const char* path) {
        if (access(path, F_OK) == 0) note({DiskCall::Kind::Remove, name_of(path), "", 0});
        const int code = unlinkat(AT_FDCWD, path, 0);
        return code != 0 && errno == EISDIR ? unlinkat(AT_FDCWD, path, AT_REMOVEDIR) : code;
    }

    static int rename(const char* from, const char* to) {
        if (current() != nullptr && strikes(Fault::Call::Rename)) {
            errno = EIO;
            return -1;
        }
        const int code = renameat(AT_FDCWD, from, AT_FDCWD, to);
        if (code == 0) note({DiskCall::Kind::Rename, name_of(from), name_of(to), 0});
        return code;
    }

 private:
    struct File {
        sqlite3_file base;
        sqlite3_file* real;  // directly behind this
        const char* path;    // SQLite's, valid while the file is open; null for a temporary file
    };

    static FaultVfs*& current() {
        static FaultVfs* instance = nullptr;
        return instance;
    }
    static sqlite3_file* real_of(sqlite3_file* file) { return reinterpret_cast<File*>(file)->real; }

    // Whether this call is the one that fails.
    static bool strikes(Fault::Call call) {
        FaultVfs& self = *current();
        if (self.fault_.nth == 0 || call != self.fault_.call) return false;
        ++self.met_;
        const bool now =
            self.fault_.lasting ? self.met_ >= self.fault_.nth : self.met_ == self.fault_.nth;
        self.struck_ = self.struck_ || now;
        return now;
    }
    static int outcome() { return current()->fault_.silent ? SQLITE_OK : current()->fault_.code; }

    static std::string name_of(const char* path) {
        return std::filesystem::path(path).filename().string();
    }
    static void note(DiskCall call) {
        if (current() != nullptr && current()->calls_ != nullptr)
            current()->calls_->push_back(std::move(call));
    }
    static void note_of(sqlite3_file* file, DiskCall::Kind kind, std::string bytes,
                        sqlite3_int64 at) {
        if (const char* path = reinterpret_cast<File*>(file)->path)
            note({kind, name_of(path), std::move(bytes), at});
    }

    static int erase(sqlite3_vfs*, const char* path, int sync_folder) {
        // Noted first: the folder is synced within the call.
        if (access(path, F_OK) == 0) note({DiskCall::Kind::Remove, name_of(path), "", 0});
        return current()->real_->xDelete(current()->real_, path, sync_folder);
    }

    static int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
        auto* mine = reinterpret_cast<File*>(file);
        mine->base.pMethods = nullptr;
        if (strikes(Fault::Call::Open)) return SQLITE_CANTOPEN;
        mine->real = reinterpret_cast<sqlite3_file*>(mine + 1);
        mine->path = name;
        const bool there = name != nullptr && access(name, F_OK) == 0;
        std::memset(mine->real, 0, static_cast<std::size_t>(current()->real_->szOsFile));
        const int code = current()->real_->xOpen(current()->real_, name, mine->real, flags, out);
        if (mine->real->pMethods != nullptr) mine->base.pMethods = methods();
        if (code == SQLITE_OK && !there) note_of(file, DiskCall::Kind::Create, "", 0);
        return code;
    }

    static const sqlite3_io_methods* methods() {
        static const sqlite3_io_methods kMethods = {
            2,  // without memory mapping: every read goes through xRead
            [](sqlite3_file* f) { return real_of(f)->pMethods->xClose(real_of(f)); },
            [](sqlite3_file* f, void* to, int size, sqlite3_int64 at) {
                if (strikes(Fault::Call::Read))
                    return outcome() == SQLITE_OK ? SQLITE_OK : SQLITE_IOERR_READ;
                return real_of(f)->pMethods->xRead(real_of(f), to, size, at);
            },
            [](sqlite3_file* f, const void* from, int size, sqlite3_int64 at) {
                if (!strikes(Fault::Call::Write)) {
                    note_of(f, DiskCall::Kind::Write,
                            {static_cast<const char*>(from), static_cast<std::size_t>(size)}, at);
                    return real_of(f)->pMethods->xWrite(real_of(f), from, size, at);
                }
                const int torn =
                    current()->fault_.torn_bytes < size ? current()->fault_.torn_bytes : size;
                if (torn > 0) real_of(f)->pMethods->xWrite(real_of(f), from, torn, at);
                return outcome();
            },
            [](sqlite3_file* f, sqlite3_int64 size) {
                if (strikes(Fault::Call::Truncate)) return outcome();
                note_of(f, DiskCall::Kind::Truncate, "", size);
                return real_of(f)->pMethods->xTruncate(real_of(f), size);
            },
            [](sqlite3_file* f, int flags) {
                return real_of(f)->pMethods->xSync(real_of(f), flags);
            },
            [](sqlite3_file* f, sqlite3_int64* size) {
                if (strikes(Fault::Call::FileSize)) return SQLITE_IOERR_FSTAT;
                return real_of(f)->pMethods->xFileSize(real_of(f), size);
            },
            [](sqlite3_file* f, int level) {
                if (strikes(Fault::Call::Lock)) return SQLITE_IOERR_LOCK;
                return real_of(f)->pMethods->xLock(real_of(f), level);
            },
            [](sqlite3_file* f, int level) {
                return real_of(f)->pMethods->xUnlock(real_of(f), level);
            },
            [](sqlite3_file* f, int* out) {
                return real_of(f)->pMethods->xCheckReservedLock(real_of(f), out);
            },
            [](sqlite3_file* f, int op, void* arg) {
                return real_of(f)->pMethods->xFileControl(real_of(f), op, arg);
            },
            [](sqlite3_file* f) { return real_of(f)->pMethods->xSectorSize(real_of(f)); },
            [](sqlite3_file* f) {
                return real_of(f)->pMethods->xDeviceCharacteristics(real_of(f));
            },
            [](sqlite3_file* f, int page, int size, int extend, void volatile** out) {
                return real_of(f)->pMethods->xShmMap(real_of(f), page, size, extend, out);
            },
            [](sqlite3_file* f, int offset, int n, int flags) {
                if ((flags & SQLITE_SHM_LOCK) != 0 && strikes(Fault::Call::Lock))
                    return SQLITE_IOERR_SHMLOCK;
                return real_of(f)->pMethods->xShmLock(real_of(f), offset, n, flags);
            },
            [](sqlite3_file* f) { real_of(f)->pMethods->xShmBarrier(real_of(f)); },
            [](sqlite3_file* f, int remove) {
                return real_of(f)->pMethods->xShmUnmap(real_of(f), remove);
            },
            nullptr,  // xFetch, of version 3
            nullptr,  // xUnfetch
        };
        return &kMethods;
    }

    Fault fault_;
    sqlite3_vfs vfs_{};
    sqlite3_vfs* real_ = nullptr;
    std::vector<DiskCall>* calls_;
    int met_ = 0;  // calls of the fault's kind
    bool struck_ = false;
};

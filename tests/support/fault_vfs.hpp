// A disk that fails on demand: a SQLite VFS over the real one that lets the n-th call of one kind
// fail, once or from then on. Registered as the default VFS while it lives; one at a time.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <cstring>
#include <string>

struct Fault {
    enum class Call : std::uint8_t { Write, Sync, Read, Open, Truncate, Lock, FileSize };
    Call call = Call::Write;
    int nth = 0;              // of that kind, from 1; 0 = never
    int code = SQLITE_IOERR;  // what the call returns
    int torn_bytes = 0;       // of a write: so many bytes get through before it fails
    bool lasting = false;     // every later call of that kind fails, too
    bool silent = false;      // the call does nothing and says it was done (a disk that lies)
};

class FaultVfs {
 public:
    explicit FaultVfs(Fault fault) : fault_(fault) {
        current() = this;
        real_ = sqlite3_vfs_find("unix");
        vfs_ = *real_;
        vfs_.zName = "faults";
        vfs_.szOsFile = static_cast<int>(sizeof(File)) + real_->szOsFile;
        vfs_.xOpen = &FaultVfs::open;
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

 private:
    struct File {
        sqlite3_file base;
        sqlite3_file* real;  // directly behind this
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
        ++self.calls_;
        const bool now =
            self.fault_.lasting ? self.calls_ >= self.fault_.nth : self.calls_ == self.fault_.nth;
        self.struck_ = self.struck_ || now;
        return now;
    }
    static int outcome() { return current()->fault_.silent ? SQLITE_OK : current()->fault_.code; }

    static int open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
        auto* mine = reinterpret_cast<File*>(file);
        mine->base.pMethods = nullptr;
        if (strikes(Fault::Call::Open)) return SQLITE_CANTOPEN;
        mine->real = reinterpret_cast<sqlite3_file*>(mine + 1);
        std::memset(mine->real, 0, static_cast<std::size_t>(current()->real_->szOsFile));
        const int code = current()->real_->xOpen(current()->real_, name, mine->real, flags, out);
        if (mine->real->pMethods != nullptr) mine->base.pMethods = methods();
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
                if (!strikes(Fault::Call::Write))
                    return real_of(f)->pMethods->xWrite(real_of(f), from, size, at);
                const int torn =
                    current()->fault_.torn_bytes < size ? current()->fault_.torn_bytes : size;
                if (torn > 0) real_of(f)->pMethods->xWrite(real_of(f), from, torn, at);
                return outcome();
            },
            [](sqlite3_file* f, sqlite3_int64 size) {
                if (strikes(Fault::Call::Truncate)) return outcome();
                return real_of(f)->pMethods->xTruncate(real_of(f), size);
            },
            [](sqlite3_file* f, int flags) {
                if (strikes(Fault::Call::Sync)) return outcome();
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
    int calls_ = 0;
    bool struck_ = false;
};

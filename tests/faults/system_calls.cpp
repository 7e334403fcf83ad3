// The system calls that reach the disk past SQLite's VFS: of backups (a file takes its name), and
// the sync of files and folders, which SQLite makes by itself. Defined here they come before those
// of the C library, for SQLite and the standard library, too.
//
// No test here waits for the real disk: what a sync makes safe is counted (disk_calls.hpp).
#include <cstdio>

#include "support/fault_vfs.hpp"

extern "C" {

int fsync(int descriptor) { return FaultVfs::sync(descriptor); }
int fdatasync(int descriptor) { return FaultVfs::sync(descriptor); }
int remove(const char* path) noexcept { return FaultVfs::remove(path); }
int rename(const char* from, const char* to) noexcept { return FaultVfs::rename(from, to); }
}

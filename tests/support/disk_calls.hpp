// What a disk was told to do, call by call, and what is left of it when the power goes.
//
// A write, a new length and a name are safe only after the sync of their file or folder; before
// that each may be there or not, in any order and in pieces. What was written beside a lost piece
// stays as it was (SQLite relies on that, too: SQLITE_IOCAP_POWERSAFE_OVERWRITE). Names of one
// folder are kept in their order, as a file system with a journal does. Shared memory (-shm) is
// none of the disk's.
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

struct DiskCall {
    enum class Kind : std::uint8_t { Create, Write, Truncate, Sync, Remove, Rename, SyncFolder };
    Kind kind;
    std::string name;     // of the file, without its folder: a test works in one
    std::string second;   // the bytes of a write, the new name of a rename
    std::int64_t at = 0;  // where a write begins, the length after a truncate
};

using Files = std::map<std::string, std::string>;  // name → bytes

inline Files files_in(const std::string& folder) {
    Files files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        if (entry.path().string().ends_with("-shm")) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        files[entry.path().filename().string()] = {std::istreambuf_iterator(file), {}};
    }
    return files;
}

inline std::size_t hash_of(const Files& files) {
    std::string hashes;
    for (const auto& [name, bytes] : files)
        hashes += name + "/" + std::to_string(std::hash<std::string>()(bytes)) + "/";
    return std::hash<std::string>()(hashes);
}

class Disk {
 public:
    // What a power cut leaves of what was not synced: a random choice except for the first.
    enum class Kept : std::uint8_t { Nothing, Writes, Sectors, Blocks };  // 512 and 4096 bytes

    // All of these are safe.
    explicit Disk(const Files& files) {
        for (const auto& [name, bytes] : files) add(name, bytes);
        safe_names_ = names_;
    }

    void apply(const DiskCall& call) {
        using Kind = DiskCall::Kind;
        if (call.name.ends_with("-shm")) return;
        switch (call.kind) {
            case Kind::Write:
            case Kind::Truncate: file(call.name).unsafe.push_back(call); return;
            case Kind::Sync: sync(file(call.name)); return;
            case Kind::SyncFolder:
                safe_names_ = names_;
                unsafe_names_.clear();
                return;
            case Kind::Create: add(call.name, ""); break;
            case Kind::Remove: names_.erase(call.name); break;
            case Kind::Rename: rename(names_, call); break;
        }
        unsafe_names_.push_back(names_);
    }

    // The disk as the programs see it, or as it is once everything is synced.
    [[nodiscard]] Files written() const {
        Files files;
        for (const auto& [name, id] : names_) {
            Inode inode = inodes_[id];
            sync(inode);
            files[name] = std::move(inode.safe);
        }
        return files;
    }

    // The disk as it is found after a reboot.
    [[nodiscard]] Files after_cut(Kept kept, std::mt19937& random) const {
        const auto upto = kept == Kept::Nothing ? 0 : random() % (unsafe_names_.size() + 1);
        Files files;
        for (const auto& [name, id] : upto == 0 ? safe_names_ : unsafe_names_[upto - 1]) {
            std::string& bytes = files[name] = inodes_[id].safe;
            if (kept == Kept::Nothing) continue;
            for (const DiskCall& call : inodes_[id].unsafe)
                write_in_part(bytes, call, kept, random);
        }
        return files;
    }

 private:
    using Names = std::map<std::string, std::size_t>;
    struct Inode {
        std::string safe;
        std::vector<DiskCall> unsafe;
    };

    void add(const std::string& name, std::string bytes) {
        names_[name] = inodes_.size();
        inodes_.push_back({std::move(bytes), {}});
    }

    Inode& file(const std::string& name) { return inodes_[names_.at(name)]; }

    static void rename(Names& names, const DiskCall& call) {
        names[call.second] = names.at(call.name);
        names.erase(call.name);
    }

    static void write(std::string& bytes, std::size_t at, std::string_view piece) {
        if (bytes.size() < at + piece.size()) bytes.resize(at + piece.size());
        std::ranges::copy(piece, bytes.begin() + static_cast<std::ptrdiff_t>(at));
    }

    static void sync(Inode& inode) {
        for (const DiskCall& call : inode.unsafe)
            if (call.kind == DiskCall::Kind::Truncate)
                inode.safe.resize(static_cast<std::size_t>(call.at));
            else
                write(inode.safe, static_cast<std::size_t>(call.at), call.second);
        inode.unsafe.clear();
    }

    static void write_in_part(std::string& bytes, const DiskCall& call, Kept kept,
                              std::mt19937& random) {
        auto at = static_cast<std::size_t>(call.at);
        if (call.kind == DiskCall::Kind::Truncate) {
            if (random() % 2 == 0) bytes.resize(at);
            return;
        }
        const std::size_t unit = kept == Kept::Sectors  ? 512
                                 : kept == Kept::Blocks ? 4096
                                                        : std::string::npos;
        std::string_view rest = call.second;
        while (!rest.empty()) {
            const std::size_t room = unit == std::string::npos ? rest.size() : unit - at % unit;
            const std::string_view piece = rest.substr(0, room);
            if (random() % 2 == 0) write(bytes, at, piece);
            at += piece.size();
            rest.remove_prefix(piece.size());
        }
    }

    std::vector<Inode> inodes_;
    Names names_, safe_names_;
    std::vector<Names> unsafe_names_;  // after each change since the last sync of the folder
};

#include "sync/client_files.hpp"

#include <fstream>
#include <optional>

#include "base/text.hpp"
#include "sync/whole_file.hpp"

namespace syncing {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kNameBytesMax = 2000;  // 500 characters, as the store takes them

// Nothing = the file is not one that this program wrote.
std::optional<std::string> name_in(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string text(kNameBytesMax + 2, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (!in.eof() || in.bad()) return std::nullopt;  // too long, or a folder
    if (text.empty()) return text;
    if (text.back() != '\n') return std::nullopt;  // not all of it
    text.pop_back();
    if (!base::is_utf8(text) || base::has_control_character(text) || base::trim(text).empty())
        return std::nullopt;
    return text;
}

}  // namespace

Result<std::vector<ClientThere>> list_client_files(const fs::path& folder) {
    std::vector<ClientThere> clients;
    std::error_code failed;
    if (!fs::exists(folder, failed)) return clients;
    for (const auto& entry : fs::directory_iterator(folder, failed)) {
        const std::string ref = entry.path().filename().string();
        if (!store::is_client_ref(ref)) continue;
        std::error_code gone;
        const bool empty = entry.is_regular_file(gone) && entry.file_size(gone) == 0;
        if (!gone) clients.push_back({ref, empty});
    }
    if (failed) return fail(unreachable(folder.string()));
    return clients;
}

ClientNames read_client_files(const fs::path& folder, std::span<const std::string> refs) {
    ClientNames read;
    for (const std::string& ref : refs) {
        const fs::path file = folder / ref;
        if (auto name = name_in(file))
            read.names.push_back({ref, std::move(*name)});
        else
            read.damaged.push_back(file.string() +
                                   " is damaged; delete it, a station that knows the name writes "
                                   "it again");
    }
    return read;
}

Result<void> write_client_files(const fs::path& folder, std::span<const store::ClientName> names) {
    std::error_code failed;
    fs::create_directory(folder, failed);
    if (failed) return fail(unreachable(folder.string()));
    for (const store::ClientName& client : names) {
        const bool erased = client.name.empty();
        const auto put = put_file(folder / client.ref, erased ? "" : client.name + "\n",
                                  erased ? Present::Replace : Present::Keep);
        if (!put) return fail(put.error());
    }
    sync_folder(folder.string());
    return {};
}

}  // namespace syncing

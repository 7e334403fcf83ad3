#include "sync/folder_transport.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "journal/event.hpp"
#include "journal/record.hpp"
#include "sync/client_files.hpp"
#include "sync/whole_file.hpp"

namespace syncing {
namespace {

namespace fs = std::filesystem;
constexpr std::string_view kFormat = "unitrail-segment 1";

struct Segment {
    std::int64_t first = 0, last = 0;
    std::string path;
};

struct Content {
    std::string organization;
    store::Records records;
    base::Sha256 hash{};  // of the last record
};

Error damaged(const std::string& path) {
    return {ErrorKind::InvalidInput,
            path + " is damaged; delete it, and sync the station that wrote it again"};
}

// A file that is there stays as it is.
Result<void> put_new(const fs::path& path, const std::string& text) {
    if (auto put = put_file(path, text, Present::Keep); !put) return put;
    sync_folder(path.parent_path().string());
    return {};
}

std::optional<Segment> segment_named(const fs::path& path) {
    Segment segment;
    const std::string name = path.filename().string();
    const std::size_t dash = name.find('-');
    if (path.extension() != ".seg" || dash == std::string::npos) return std::nullopt;
    const char *begin = name.data(), *end = name.data() + name.size() - 4;
    const auto first = std::from_chars(begin, begin + dash, segment.first);
    const auto last = std::from_chars(begin + dash + 1, end, segment.last);
    if (first.ptr != begin + dash || last.ptr != end || segment.first < 1 ||
        segment.last < segment.first)
        return std::nullopt;
    segment.path = path.string();
    return segment;
}

std::string name_of(const store::Records& records) {
    char name[64];
    std::snprintf(name, sizeof name, "%012lld-%012lld.seg",
                  static_cast<long long>(records.first_seq),
                  static_cast<long long>(records.first_seq) +
                      static_cast<long long>(records.records.size()) - 1);
    return name;
}

base::Sha256 last_hash(const store::Records& records) {
    base::Sha256 hash = records.previous_hash;
    for (const std::string& record : records.records) hash = journal::chain_hash(hash, record);
    return hash;
}

std::optional<Content> parse_first_line(const std::string& line, const Segment& segment) {
    std::istringstream words(line);
    std::string kind, format, writer, previous, hash;
    Content content;
    std::int64_t last = 0;
    words >> kind >> format >> content.organization >> writer >> content.records.first_seq >>
        last >> previous >> hash;
    const auto id = base::from_hex<base::RandomId>(writer);
    const auto before = base::from_hex<base::Sha256>(previous),
               after = base::from_hex<base::Sha256>(hash);
    if (!words || kind + " " + format != kFormat || !id || !before || !after ||
        content.records.first_seq != segment.first || last != segment.last)
        return std::nullopt;
    content.records.writer = *id;
    content.records.previous_hash = *before;
    content.hash = *after;
    return content;
}

Result<Content> read_segment(const Segment& segment, bool with_records) {
    std::ifstream file(segment.path, std::ios::binary);
    std::string line;
    if (!std::getline(file, line)) return fail(damaged(segment.path));
    auto content = parse_first_line(line, segment);
    if (!content) return fail(damaged(segment.path));
    if (!with_records) return *content;
    while (std::getline(file, line)) content->records.records.push_back(std::move(line));
    const auto count = static_cast<std::int64_t>(content->records.records.size());
    if (count != segment.last - segment.first + 1 || last_hash(content->records) != content->hash)
        return fail(damaged(segment.path));
    return *content;
}

class FolderTransport final : public Transport {
 public:
    explicit FolderTransport(std::string folder)
        : folder_(std::move(folder)), clients_(folder_ / "clients") {}

    Result<std::string> organization(const std::string& own) override {
        std::error_code failed;
        if (!fs::is_directory(folder_)) fs::create_directory(folder_, failed);
        if (!fs::is_directory(folder_, failed))
            return fail({ErrorKind::Network,
                         "no folder " + folder_.string() + "; connect the disk or make the folder",
                         true, false});
        const fs::path file = folder_ / "organization";
        if (!fs::exists(file, failed))
            if (auto put = put_new(file, own + "\n"); !put) return fail(put.error());
        std::ifstream in(file);
        in >> organization_;
        if (!base::from_hex<base::RandomId>(organization_)) return fail(damaged(file.string()));
        return organization_;
    }

    Result<std::vector<store::WriterHead>> heads() override {
        std::vector<store::WriterHead> heads;
        std::error_code failed;
        for (const auto& entry : fs::directory_iterator(folder_, failed)) {
            const auto writer = base::from_hex<base::RandomId>(entry.path().filename().string());
            if (!writer) continue;
            const Segment* end = nullptr;
            const auto& segments = segments_[*writer] = segments_of(*writer);
            for (const Segment& segment : segments)
                if (segment.first <= (end == nullptr ? 0 : end->last) + 1 &&
                    (end == nullptr || segment.last > end->last))
                    end = &segment;
            if (end == nullptr) continue;
            const auto content = read(*end, *writer, false);
            if (!content) return fail(content.error());
            heads.push_back({*writer, end->last, content->hash});
        }
        if (failed) return fail(unreachable(folder_.string()));
        return heads;
    }

    Result<void> push(const store::Records& records) override {
        if (records.records.empty()) return {};
        const fs::path folder = folder_ / base::to_hex(records.writer);
        std::error_code failed;
        fs::create_directory(folder, failed);
        if (failed) return fail(unreachable(folder.string()));
        const std::string name = name_of(records);
        std::string text = std::string(kFormat) + " " + organization_ + " " +
                           base::to_hex(records.writer) + " " + std::to_string(records.first_seq) +
                           " " +
                           std::to_string(records.first_seq - 1 +
                                          static_cast<std::int64_t>(records.records.size())) +
                           " " + base::to_hex(records.previous_hash) + " " +
                           base::to_hex(last_hash(records)) + "\n";
        for (const std::string& record : records.records) text += record + "\n";
        return put_new(folder / name, text);
    }

    Result<store::Records> pull(const base::RandomId& writer, std::int64_t seq) override {
        const Segment* longest = nullptr;  // as heads() chose, where two copies of a device wrote
        for (const Segment& segment : segments_[writer])
            if (segment.first <= seq && segment.last >= seq &&
                (longest == nullptr || segment.last > longest->last))
                longest = &segment;
        if (longest == nullptr) return fail(unreachable((folder_ / base::to_hex(writer)).string()));
        auto content = read(*longest, writer, true);
        if (!content) return fail(content.error());
        return std::move(content->records);
    }

    Result<std::vector<ClientThere>> clients() override { return list_client_files(clients_); }
    Result<ClientNames> client_names(std::span<const std::string> refs) override {
        return read_client_files(clients_, refs);
    }
    Result<void> put_client_names(std::span<const store::ClientName> names) override {
        return write_client_files(clients_, names);
    }

 private:
    // In order; of those that begin alike the longest last.
    [[nodiscard]] std::vector<Segment> segments_of(const base::RandomId& writer) const {
        std::vector<Segment> segments;
        std::error_code failed;
        for (const auto& entry : fs::directory_iterator(folder_ / base::to_hex(writer), failed))
            if (auto segment = segment_named(entry.path())) segments.push_back(std::move(*segment));
        std::ranges::sort(segments, {}, [](const Segment& segment) {
            return std::pair(segment.first, segment.last);
        });
        return segments;
    }

    [[nodiscard]] Result<Content> read(const Segment& segment, const base::RandomId& writer,
                                       bool with_records) const {
        auto content = read_segment(segment, with_records);
        if (!content) return content;
        if (content->organization != organization_)
            return fail(ErrorKind::Refused,
                        segment.path + " is of another organization; take it out of the folder");
        if (content->records.writer != writer) return fail(damaged(segment.path));
        return content;
    }

    fs::path folder_, clients_;
    std::string organization_;
    std::map<base::RandomId, std::vector<Segment>> segments_;  // as heads() found them
};

}  // namespace

Result<std::unique_ptr<Transport>> transport_to(const std::string& words) {
    constexpr std::string_view kFolder = "folder:";
    if (words.starts_with(kFolder) && words.size() > kFolder.size())
        return make_folder_transport(words.substr(kFolder.size()));
    return fail(ErrorKind::InvalidInput,
                "say where to sync with --to folder:DIR, or with to = \"folder:DIR\" under [sync] "
                "in the settings");
}

std::unique_ptr<Transport> make_folder_transport(std::string folder) {
    return std::make_unique<FolderTransport>(std::move(folder));
}

}  // namespace syncing

// The place where stations meet, in memory: what a server or a folder would be, without the disk.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "journal/record.hpp"
#include "sync/transport.hpp"

struct Place {
    std::string organization;
    std::map<base::RandomId, std::vector<std::string>> records;  // by writer
    std::map<std::string, std::string> names;                    // by the client's reference

    [[nodiscard]] base::Sha256 hash_at(const base::RandomId& writer, std::int64_t seq) const {
        base::Sha256 hash{};
        for (std::int64_t i = 0; i < seq; ++i)
            hash = journal::chain_hash(hash, records.at(writer)[static_cast<std::size_t>(i)]);
        return hash;
    }
};

// One station's way to it. It can be cut at any call.
class WayTo final : public syncing::Transport {
 public:
    explicit WayTo(Place& place) : place_(place) {}

    std::function<bool()> is_cut = [] { return false; };
    std::int64_t pull_max = 1000;  // records

    Result<std::string> organization(const std::string& own) override {
        if (place_.organization.empty()) place_.organization = own;
        return place_.organization;
    }
    Result<std::vector<store::WriterHead>> heads() override {
        std::vector<store::WriterHead> heads;
        for (const auto& [writer, records] : place_.records) {
            const auto seq = static_cast<std::int64_t>(records.size());
            heads.push_back({writer, seq, place_.hash_at(writer, seq)});
        }
        return heads;
    }
    Result<void> push(const store::Records& records) override {
        if (is_cut()) return cut();
        auto& there = place_.records[records.writer];
        if (static_cast<std::int64_t>(there.size()) != records.first_seq - 1 ||
            place_.hash_at(records.writer, records.first_seq - 1) != records.previous_hash)
            return fail(ErrorKind::Refused, "these records do not continue those of the place");
        there.insert(there.end(), records.records.begin(), records.records.end());
        return {};
    }
    Result<store::Records> pull(const base::RandomId& writer, std::int64_t seq) override {
        if (is_cut()) return cut();
        const auto& there = place_.records.at(writer);
        store::Records batch{writer, seq, place_.hash_at(writer, seq - 1), {}};
        const auto size = static_cast<std::int64_t>(there.size());
        for (std::int64_t i = seq; i <= size && i < seq + pull_max; ++i)
            batch.records.push_back(there[static_cast<std::size_t>(i - 1)]);
        return batch;
    }
    Result<std::vector<syncing::ClientThere>> clients() override {
        std::vector<syncing::ClientThere> clients;
        for (const auto& [ref, name] : place_.names) clients.push_back({ref, name.empty()});
        return clients;
    }
    Result<syncing::ClientNames> client_names(std::span<const std::string> refs) override {
        if (is_cut()) return cut();
        syncing::ClientNames named;
        for (const std::string& ref : refs) named.names.push_back({ref, place_.names.at(ref)});
        return named;
    }
    Result<void> put_client_names(std::span<const store::ClientName> names) override {
        if (is_cut()) return cut();
        for (const store::ClientName& client : names)
            if (client.name.empty() || !place_.names.contains(client.ref))
                place_.names[client.ref] = client.name;
        return {};
    }

 private:
    static tl::unexpected<Error> cut() { return fail(ErrorKind::Network, "the way is cut"); }
    Place& place_;
};

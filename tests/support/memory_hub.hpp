// A hub in memory, by the rules of src/sync/hub.sql, and one device's way to it, on which calls and
// replies can be lost. A copy of the value is a backup of the hub.
#pragma once

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "journal/record.hpp"
#include "sync/hub.hpp"

struct MemoryHub {
    struct Writer {
        std::string device;  // whose it is
        std::vector<std::string> records;
        std::vector<base::Sha256> hashes = {base::Sha256{}};  // before the first, after each
        std::int64_t position = 0;                            // of its latest push
        std::optional<syncing::HeadSignature> signature;      // nothing: handed on

        [[nodiscard]] std::int64_t seq() const { return static_cast<std::int64_t>(records.size()); }
    };
    struct Push {
        base::RandomId writer{};
        std::int64_t first_seq = 0, last_seq = 0;  // 1 to 0: names were changed
        base::Sha256 hash{};                       // of the feed
        std::optional<syncing::HeadSignature> signature;
    };
    struct Name {
        std::string name;  // "" = erased
        std::int64_t position = 0;
    };

    std::string organization = base::to_hex(base::RandomId{7});
    std::map<base::RandomId, Writer> writers;
    std::vector<Push> feed;  // position 1 is [0]
    std::map<std::string, Name> names;
    std::set<std::string> revoked;
    std::map<std::string, std::int64_t> events_this_hour;  // by device
    std::int64_t events_an_hour = 100'000;
    int alarms = 0;                               // for who runs it
    std::map<base::RandomId, std::int64_t> lost;  // what devices have and it has not
    int protocol = syncing::kProtocol;
    std::int64_t now_ms = 1'772'000'000'000;

    [[nodiscard]] store::FeedCursor end() const {
        if (feed.empty()) return {};
        return {static_cast<std::int64_t>(feed.size()), feed.back().hash};
    }
    // Records first_seq to last_seq of the writer.
    [[nodiscard]] syncing::SignedRecords records(const Push& push, bool with_records) const {
        const Writer& writer = writers.at(push.writer);
        store::Records found{push.writer,
                             push.first_seq,
                             writer.hashes[static_cast<std::size_t>(push.first_seq - 1)],
                             {}};
        if (with_records)
            found.records.assign(writer.records.begin() + push.first_seq - 1,
                                 writer.records.begin() + push.last_seq);
        return {std::move(found), push.signature};
    }
    void add(const base::RandomId& id, std::span<const std::string> records,
             const std::optional<syncing::HeadSignature>& signature) {
        Writer& writer = writers.at(id);
        const std::int64_t first = writer.seq() + 1;
        for (const std::string& record : records) {
            writer.hashes.push_back(journal::chain_hash(writer.hashes.back(), record));
            writer.records.push_back(record);
        }
        std::string text(id.begin(), id.end());
        for (int shift = 56; shift >= 0; shift -= 8)
            text += static_cast<char>(writer.seq() >> shift & 0xFF);
        text.append(writer.hashes.back().begin(), writer.hashes.back().end());
        feed.push_back({id, first, writer.seq(), base::sha256(end().hash, text), signature});
        writer.signature = signature;
        writer.position = static_cast<std::int64_t>(feed.size());
    }
};

enum class Fault : std::uint8_t { None, CallLost, ReplyLost };

class WayToHub final : public syncing::Hub {
 public:
    WayToHub(MemoryHub& hub, std::string device) : hub_(hub), device_(std::move(device)) {}

    std::function<Fault()> fault = [] { return Fault::None; };  // asked before every call
    std::int64_t pull_max = 1000;                               // records
    std::int64_t sent = 0;                                      // records in all pushes

    Result<syncing::Hello> hello(const store::WriterHead& own, const store::FeedCursor&) override {
        return call([&]() -> Result<syncing::Hello> {
            if (own.seq > 0) hub_.writers.try_emplace(own.writer, new_writer());
            return syncing::Hello{hub_.protocol, hub_.protocol, hub_.organization,
                                  device_,       hub_.now_ms,   hub_.end()};
        });
    }
    Result<syncing::Pushed> push(const syncing::SignedRecords& records) override {
        sent += static_cast<std::int64_t>(records.records.records.size());
        return call([&] { return pushed(records.records, records.signature); });
    }
    Result<syncing::News> pull(const store::FeedCursor& after, std::int64_t events,
                               const store::WriterHead& known) override {
        return call([&] { return pulled(after, std::min(events, pull_max), known); });
    }
    Result<syncing::SignedRecords> segment(const base::RandomId& writer,
                                           std::int64_t seq) override {
        return call([&]() -> Result<syncing::SignedRecords> {
            const MemoryHub::Push* best = nullptr;
            for (const MemoryHub::Push& push : hub_.feed)
                if (push.writer == writer && push.first_seq <= seq) best = &push;
            if (best == nullptr) return fail(ErrorKind::Network, "the hub has no such records");
            return hub_.records(*best, true);
        });
    }
    Result<std::vector<syncing::SignedHead>> heads(std::int64_t after, std::int64_t to) override {
        return call([&]() -> Result<std::vector<syncing::SignedHead>> {
            std::vector<syncing::SignedHead> heads;
            for (const auto& [id, writer] : hub_.writers) {
                const bool own = writer.device == device_;
                if (writer.seq() == 0 ||
                    !(own || (writer.position > after && writer.position <= to)))
                    continue;
                heads.push_back({{id, writer.seq(), writer.hashes.back()}, own, writer.signature});
            }
            return heads;
        });
    }
    Result<std::vector<store::ClientName>> client_names(std::int64_t after) override {
        return call([&]() -> Result<std::vector<store::ClientName>> {
            std::vector<store::ClientName> names;
            for (const auto& [ref, name] : hub_.names)
                if (name.position > after) names.push_back({ref, name.name});
            return names;
        });
    }
    Result<void> put_client_names(std::span<const store::ClientName> names) override {
        return call([&]() -> Result<void> {
            const std::int64_t position = hub_.end().position + 1;
            std::string changed;
            for (const store::ClientName& client : names) {
                const auto [there, is_new] =
                    hub_.names.try_emplace(client.ref, MemoryHub::Name{client.name, position});
                const bool erases = client.name.empty() && !there->second.name.empty();
                if (erases) there->second = {"", position};
                if (is_new || erases) changed += client.ref + (client.name.empty() ? "-" : "+");
            }
            if (!changed.empty())
                hub_.feed.push_back({{}, 1, 0, base::sha256(hub_.end().hash, changed), {}});
            return {};
        });
    }
    Result<void> report_lost(std::span<const store::WriterHead> here) override {
        return call([&]() -> Result<void> {
            for (const store::WriterHead& head : here) hub_.lost[head.writer] = head.seq;
            return {};
        });
    }

 private:
    template <typename Body>
    auto call(Body body) -> decltype(body()) {
        const Fault what = fault();
        if (what == Fault::CallLost) return lost();
        if (hub_.revoked.contains(device_))
            return fail(ErrorKind::Refused, "this device is not enrolled");
        auto answer = body();
        if (what == Fault::ReplyLost) return lost();
        return answer;
    }
    static tl::unexpected<Error> lost() {
        return fail(Error{ErrorKind::Network, "the hub does not answer", true});
    }
    [[nodiscard]] MemoryHub::Writer new_writer() const {
        MemoryHub::Writer writer;
        writer.device = device_;
        return writer;
    }
    Result<syncing::Pushed> pushed(const store::Records& records,
                                   const std::optional<syncing::HeadSignature>& signature) {
        using syncing::PushAnswer;
        if (hub_.protocol != syncing::kProtocol) return syncing::Pushed{PushAnswer::Version, 0, {}};
        const auto count = static_cast<std::int64_t>(records.records.size());
        if (count == 0 || count > 2000) return syncing::Pushed{PushAnswer::Limit, 0, {}};
        auto& writer = hub_.writers.try_emplace(records.writer, new_writer()).first->second;
        const std::int64_t has = writer.seq();
        syncing::Pushed answer{PushAnswer::Ok, has, writer.hashes.back()};
        const auto answered = [&](PushAnswer what) { return answer.answer = what, answer; };
        const auto alarm = [&](PushAnswer what) { return ++hub_.alarms, answered(what); };
        const auto key = [](const auto& one) {
            return one ? std::optional(one->key) : std::nullopt;
        };
        if (writer.device != device_ || (has > 0 && key(writer.signature) != key(signature)))
            return alarm(PushAnswer::Foreign);
        if (records.first_seq > has + 1) return answered(PushAnswer::Gap);
        const std::int64_t known = std::min(has - records.first_seq + 1, count);
        if (!std::equal(records.records.begin(), records.records.begin() + known,
                        writer.records.begin() + records.first_seq - 1) ||
            (known == 0 && records.previous_hash != writer.hashes.back()))
            return alarm(PushAnswer::Fork);
        if (known == count) return answer;
        std::int64_t& this_hour = hub_.events_this_hour[device_];
        if (this_hour + count - known > hub_.events_an_hour && this_hour > 0)
            return answered(PushAnswer::Limit);
        this_hour += count - known;
        hub_.add(records.writer,
                 std::span(records.records).subspan(static_cast<std::size_t>(known)), signature);
        return syncing::Pushed{PushAnswer::Ok, writer.seq(), writer.hashes.back()};
    }
    Result<syncing::News> pulled(const store::FeedCursor& after, std::int64_t events,
                                 const store::WriterHead& known) const {
        syncing::News news;
        news.read_to = after;
        const auto size = static_cast<std::int64_t>(hub_.feed.size());
        news.is_known =
            after.position == 0 ||
            (after.position <= size &&
             hub_.feed[static_cast<std::size_t>(after.position - 1)].hash == after.hash);
        if (!news.is_known) return news;
        for (std::int64_t at = after.position; at < size; ++at) {
            const MemoryHub::Push& push = hub_.feed[static_cast<std::size_t>(at)];
            events -= push.last_seq - push.first_seq + 1;
            if (events < 0 && at > after.position) break;
            if (push.last_seq > 0)
                news.records.push_back(hub_.records(
                    push, !(push.writer == known.writer && push.last_seq <= known.seq)));
            news.read_to = {at + 1, push.hash};
        }
        return news;
    }

    MemoryHub& hub_;
    std::string device_;
};

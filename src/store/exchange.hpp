// What devices exchange: heads, records, names, and how far a hub's feed was read. Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.hpp"
#include "base/hash.hpp"
#include "base/result.hpp"

namespace store {

// The end of one writer's chain.
struct WriterHead {
    base::RandomId writer{};
    std::int64_t seq = 0;
    base::Sha256 hash{};
    bool operator==(const WriterHead&) const = default;
};

// Consecutive records of one writer, as they were written.
struct Records {
    base::RandomId writer{};
    std::int64_t first_seq = 1;
    base::Sha256 previous_hash{};  // of the record before the first; zero bytes before all
    std::vector<std::string> records;
};

// How far a hub's feed was read: a position, and the feed's hash there.
struct FeedCursor {
    std::int64_t position = 0;
    base::Sha256 hash{};
    bool operator==(const FeedCursor&) const = default;
};

// A sync that went through to its end.
struct SyncEnd {
    std::int64_t own_pushed = 0;  // own events up to this number are there
    // The clock of a hub, whose feed was read to its end after that: own_pushed, and all that the
    // feed brought, are confirmed. Nothing with a folder.
    std::optional<base::Timestamp> hub_now;
    std::int64_t compared_to = 0;  // position of that feed
};

// A writer whose events the hub has up to `sent` only.
struct Unsent {
    base::RandomId writer{};
    std::int64_t sent = 0;
    std::optional<base::Sha256> public_key = std::nullopt;  // by a hub; 0: not yet
};

// Refused: the writer's records here and those that came are different ones.
Error copied_writer(const base::RandomId& writer);

// A client's name by the reference that records hold; "" = it was erased, and never comes back.
struct ClientName {
    std::string ref, name;
    bool operator==(const ClientName&) const = default;
};
bool is_client_ref(std::string_view ref);  // "client-" and 32 hex digits

// What taking records in came to.
struct Received {
    std::int64_t taken = 0;   // new here
    std::int64_t known = 0;   // here already
    bool new_writer = false;  // the records were this file's own and lost here: it writes under a
                              // new name from now on
    Received& operator+=(const Received& more) {
        taken += more.taken;
        known += more.known;
        new_writer = new_writer || more.new_writer;
        return *this;
    }
};

}  // namespace store

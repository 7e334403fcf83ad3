// A hub: a place that all devices of an organization reach, and that keeps the order in which their
// records came to it (its feed). hub_step.hpp syncs with one; PostgreSQL is one (postgres_hub.hpp).
//
// A hub that was restored gets back what it lost from the devices that wrote it, and from nobody
// else: it cannot check a signature, so a device that might push another's records could push what
// nobody wrote, and everybody would stop there. Until their author comes back, the others keep what
// they have and report it (`hub status` shows it as missing); they lose nothing.
//
// A Hub belongs to one thread. Errors: Network when it is not there or does not answer, Refused
// when it does not let this device in.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/signature.hpp"
#include "store/exchange.hpp"

namespace syncing {

inline constexpr int kProtocol = 1;

struct Hello {
    int protocol_min = 0, protocol_max = 0;
    std::string organization;  // 32 hex digits
    std::string device;        // the caller's name there
    std::int64_t now_ms = 0;   // the hub's clock, since 1970 UTC
    store::FeedCursor end;     // of its feed
};

enum class PushAnswer : std::uint8_t {
    Ok,
    Gap,      // records before these are missing there
    Fork,     // other records of that writer are there: the database was copied
    Foreign,  // the writer belongs to another device
    Version,  // the hub does not speak kProtocol
    Limit,    // too much at once, or too much in an hour
};

struct Pushed {
    PushAnswer answer = PushAnswer::Ok;
    std::int64_t seq = 0;  // what the hub has of the writer now
    base::Sha256 hash{};
};

// Who wrote up to some record: over the organization, the writer, its seq and hash there.
struct HeadSignature {
    base::PublicKey key{};
    base::Signature signature{};
};

struct SignedHead {
    store::WriterHead head;
    bool own = false;                        // the caller's
    std::optional<HeadSignature> signature;  // nothing: another device handed them on
};

struct SignedRecords {
    store::Records records;
    std::optional<HeadSignature> signature;  // of the head after them
};

struct News {
    std::vector<SignedRecords> records;  // in the order in which they came there
    store::FeedCursor read_to;
    bool is_known = true;  // false: the feed has no such position; the hub is not what it was
};

class Hub {
 public:
    Hub() = default;
    virtual ~Hub() = default;
    Hub(const Hub&) = delete;
    Hub& operator=(const Hub&) = delete;

    // Also tells it how far this device's writer reaches and how far its feed was read.
    virtual Result<Hello> hello(const store::WriterHead& own, const store::FeedCursor& read_to) = 0;
    virtual Result<Pushed> push(const SignedRecords& records) = 0;
    // What came after the cursor, at most about `events` of them; when it is not read further than
    // that, that was all. A change of names is a place in the feed, too, without records. Records
    // that are known, those of the head's writer up to it, may be left out.
    virtual Result<News> pull(const store::FeedCursor& after, std::int64_t events,
                              const store::WriterHead& known) = 0;
    // Consecutive records of the writer with number `seq` among them.
    virtual Result<SignedRecords> segment(const base::RandomId& writer, std::int64_t seq) = 0;
    // Of the writers whose latest records came after the one position and not after the other, and
    // of the caller's own.
    virtual Result<std::vector<SignedHead>> heads(std::int64_t after, std::int64_t to) = 0;

    // Clients' names that were given or erased after the position.
    virtual Result<std::vector<store::ClientName>> client_names(std::int64_t after) = 0;
    // A name that is there stays, but an empty one takes its place for ever. The feed goes on when
    // anything changed, so that a restored hub that lost it is found out.
    virtual Result<void> put_client_names(std::span<const store::ClientName> names) = 0;

    // Tells who runs the hub of other writers' records that are here and not there any more.
    virtual Result<void> report_lost(std::span<const store::WriterHead> here) = 0;
};

// What a head's signature is over.
std::string signed_text(const std::string& organization, const store::WriterHead& head);
// The writer's head after the records.
store::WriterHead head_after(const store::Records& records);

}  // namespace syncing

// The way to the other devices: a place that holds every writer's records, in their order. A server
// and a folder are such places; sync_step.hpp does the same with either.
//
// A Transport belongs to one thread. Errors: Network for a place that is not there or does not
// answer, InvalidInput for what is there and cannot be read, Refused for another organization.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "store/exchange.hpp"

namespace syncing {  // "sync" is a function of POSIX

inline constexpr std::int64_t kRecordsPerPush = 2000;

// A client whose name the place has, or has had.
struct ClientThere {
    std::string ref;
    bool erased = false;
};

struct ClientNames {
    std::vector<store::ClientName> names;
    std::vector<std::string> damaged;  // what could not be read and what to do, a sentence each
};

class Transport {
 public:
    Transport() = default;
    virtual ~Transport() = default;
    Transport(const Transport&) = delete;
    Transport& operator=(const Transport&) = delete;

    // Whose place it is. A place that is nobody's yet becomes that of `own`.
    virtual Result<std::string> organization(const std::string& own) = 0;
    // How far every writer's records reach there without a gap.
    virtual Result<std::vector<store::WriterHead>> heads() = 0;
    // Adds records that continue a writer's there. When it returns they are safe.
    virtual Result<void> push(const store::Records& records) = 0;
    // Records of the writer with the one of number `seq` among them, which the latest heads()
    // promised.
    virtual Result<store::Records> pull(const base::RandomId& writer, std::int64_t seq) = 0;

    virtual Result<std::vector<ClientThere>> clients() = 0;
    // The names of those references.
    virtual Result<ClientNames> client_names(std::span<const std::string> refs) = 0;
    // Adds names; a name that is there stays, but an empty one takes its place for ever.
    virtual Result<void> put_client_names(std::span<const store::ClientName> names) = 0;
};

}  // namespace syncing

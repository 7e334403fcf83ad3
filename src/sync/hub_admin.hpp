// What who runs a hub does: with the address of a PostgreSQL database and a role there that may
// make roles and owns the database.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "sync/enrolment.hpp"
#include "sync/postgres.hpp"

namespace syncing {

// The parameters of an administrator's address; a hub elsewhere must show a certificate of the CA
// that sslrootcert names. InvalidInput.
Result<ConnectionParameters> admin_parameters(const std::string& address);

struct Installed {
    std::string organization;       // 32 hex digits
    bool is_new = false;            // no hub was there before
    std::vector<std::string> open;  // what a device may do there and should not, in words
};

// Installs the hub or brings it up to date; again changes nothing. `organization` ("" = the hub's
// only one, or a new one) is known there afterwards. Refused: made by a newer version.
Result<Installed> install_hub(const ConnectionParameters& hub, const std::string& organization);

// Makes the device's role and says how it gets in. Refused: a device of that name is there, or the
// hub has several organizations and none is named.
Result<Enrolment> enroll_device(const ConnectionParameters& hub, const std::string& organization,
                                const std::string& device);

struct Revoked {
    std::string seen_at;            // UTC, "" = never
    std::vector<std::string> acts;  // "0123abcd:118 to 120": it had them and they never arrived
};

// Its role cannot log in any more, and who is logged in is thrown out. NotFound.
Result<Revoked> revoke_device(const ConnectionParameters& hub, const std::string& organization,
                              const std::string& device);

struct HubDevice {
    std::string name;
    bool revoked = false;
    std::string seen_at;       // UTC, "" = never
    std::int64_t behind = 0;   // pushes of others that it has not read
    std::int64_t events = 0;   // that it pushed
    std::int64_t missing = 0;  // that it said it had and that have not arrived
};

struct HubStatus {
    int version = 0;
    std::string organization;
    std::int64_t events = 0;
    std::vector<HubDevice> devices;
    // Lost by a restore, and their author did not come back: "0123abcd:118 to 120, Desk has them".
    std::vector<std::string> lost;
    std::vector<std::string> alarms;  // newest first, "2026-11-23 14:02 Dock 1: …"
};

Result<HubStatus> hub_status(const ConnectionParameters& hub, const std::string& organization);

}  // namespace syncing

// How a device reaches its hub: as a code that `hub enroll` prints, and as the file that lies
// beside the database. Both hold the device's secret. The file is never part of a backup, so that a
// restored copy elsewhere is not taken for this device.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/signature.hpp"
#include "sync/postgres.hpp"

namespace syncing {

struct Enrolment {
    std::string host, port, database;
    std::string role, secret;  // who the device is at the hub
    std::string organization;  // 32 hex digits
    std::string device;        // its name at the hub
    std::string ca;            // PEM, of the hub's certificate; "" = without TLS, a local hub only
    base::SigningKey signing_key{};  // not in the code: made by the device itself

    bool operator==(const Enrolment&) const = default;
};

// One word of letters, digits, "-" and "_", beginning with "UT1"; short enough for a QR code when
// the CA is one certificate.
std::string to_code(const Enrolment& enrolment);
// InvalidInput for what is no such code, or one with a slip in it.
Result<Enrolment> parse_code(std::string_view code);

std::string enrolment_path(const std::string& database);  // "FILE.hub"
// Nothing when the database is not enrolled; InvalidInput when the file is damaged,
// Storage when it cannot be read.
Result<std::optional<Enrolment>> read_enrolment(const std::string& database);
// Only its owner can read the file. A signing key that was there is kept. Storage.
Result<void> write_enrolment(const std::string& database, Enrolment enrolment);

// For Postgres::connect.
ConnectionParameters parameters_of(const Enrolment& enrolment, const std::string& database);

}  // namespace syncing

#include "sync/hub_admin.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "base/hash.hpp"
#include "base/text.hpp"

namespace embedded {
extern const std::string_view hub;  // hub.sql
}

namespace syncing {
namespace {

constexpr int kHubVersion = 1;

std::string value_of(const ConnectionParameters& parameters, const std::string& name) {
    for (const auto& [known, value] : parameters)
        if (known == name) return value;
    return "";
}

std::string bytes_of_hex(const std::string& hex) {
    const auto id = base::from_hex<base::RandomId>(hex);
    return id ? std::string(id->begin(), id->end()) : std::string();
}

std::string hex_of(const std::string& bytes) {
    return base::to_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

// The version of the hub in that database, 0 when there is none.
Result<int> installed_version(Postgres& hub) {
    const auto there = hub.call("SELECT to_regclass('unitrail.hub') IS NOT NULL", {});
    if (!there) return fail(there.error());
    if (!there->boolean(0, 0)) return 0;
    const auto version = hub.call("SELECT version FROM unitrail.hub", {});
    if (!version) return fail(version.error());
    return static_cast<int>(version->integer(0, 0));
}

Result<Postgres> connect_installed(const ConnectionParameters& parameters) {
    auto hub = Postgres::connect(parameters, {});
    if (!hub) return hub;
    const auto version = installed_version(*hub);
    if (!version) return fail(version.error());
    if (*version == 0)
        return fail(ErrorKind::NotFound,
                    "there is no hub in that database; make one: unitrail hub init URL");
    return hub;
}

// The organization that is meant, as bytes: the one named, else the hub's only one.
Result<std::string> find_organization(Postgres& hub, const std::string& named) {
    const auto rows = hub.call("SELECT id FROM unitrail.organization ORDER BY id", {});
    if (!rows) return fail(rows.error());
    for (int i = 0; i < rows->count(); ++i)
        if (hex_of(rows->text(i, 0)) == named || (named.empty() && rows->count() == 1))
            return rows->text(i, 0);
    return fail(ErrorKind::Refused,
                named.empty() ? "this hub serves several organizations; say with --db FILE a "
                                "database of the one that is meant"
                              : "this hub does not know the organization of this database; "
                                "unitrail hub init with this --db adds it");
}

// What a device can do though it should not, where whoever installed the hub was not allowed to
// forbid it.
Result<std::vector<std::string>> find_open(Postgres& hub) {
    const auto rows = hub.call(
        "SELECT words FROM (VALUES"
        " (has_database_privilege('unitrail_device', current_database(), 'TEMPORARY'),"
        "  'make temporary tables'),"
        " (has_schema_privilege('unitrail_device', 'public', 'USAGE'), 'use the public schema'),"
        " (has_language_privilege('unitrail_device', 'plpgsql', 'USAGE'), 'run code of its own'),"
        " (has_function_privilege('unitrail_device', 'pg_sleep(double precision)', 'EXECUTE'),"
        "  'sleep'),"
        " (has_function_privilege('unitrail_device', 'pg_advisory_lock(bigint)', 'EXECUTE'),"
        "  'take advisory locks'),"
        " (has_function_privilege('unitrail_device', 'lo_create(oid)', 'EXECUTE'),"
        "  'store large objects')) AS forbidden (possible, words) WHERE possible",
        {});
    if (!rows) return fail(rows.error());
    std::vector<std::string> open;
    for (int i = 0; i < rows->count(); ++i) open.push_back(rows->text(i, 0));
    return open;
}

Result<std::string> read_ca(const ConnectionParameters& parameters) {
    const std::string path = value_of(parameters, "sslrootcert");
    if (path.empty()) return std::string();
    std::ostringstream pem;
    std::ifstream file(path);
    pem << file.rdbuf();
    if (!file || pem.str().find("BEGIN CERTIFICATE") == std::string::npos)
        return fail(ErrorKind::InvalidInput,
                    path + " holds no certificate; sslrootcert names the CA's file (PEM)");
    return pem.str();
}

std::string new_secret() {
    const base::SigningKey random = base::new_signing_key();
    return base::to_base64(random, base::Base64::Url);
}

// Limits of what a device's connection may take. It could set the first two otherwise for itself;
// that it cannot do anything but call our functions is what protects the hub.
std::string role_script(const Postgres& hub, const std::string& role, const std::string& verifier) {
    const std::string name = hub.quoted(role);
    return "CREATE ROLE " + name + " LOGIN CONNECTION LIMIT 4 PASSWORD " + hub.literal(verifier) +
           ";GRANT unitrail_device TO " + name + ";ALTER ROLE " + name +
           " SET statement_timeout = '120s';ALTER ROLE " + name +
           " SET idle_in_transaction_session_timeout = '60s'";
}

}  // namespace

Result<ConnectionParameters> admin_parameters(const std::string& address) {
    auto parameters = parse_address(address);
    if (!parameters) return parameters;
    const std::string host = value_of(*parameters, "hostaddr").empty()
                                 ? value_of(*parameters, "host")
                                 : value_of(*parameters, "hostaddr");
    const bool has_ca = !value_of(*parameters, "sslrootcert").empty();
    if (!is_local(host) && !has_ca)
        return fail(ErrorKind::InvalidInput,
                    "a hub on another machine needs TLS; add ?sslrootcert=FILE with the CA of its "
                    "certificate to the address");
    if (has_ca) {
        std::erase_if(*parameters, [](const auto& one) { return one.first == "sslmode"; });
        parameters->emplace_back("sslmode", "verify-full");
    }
    return parameters;
}

Result<Installed> install_hub(const ConnectionParameters& parameters,
                              const std::string& organization) {
    auto hub = Postgres::connect(parameters, {});
    if (!hub) return fail(hub.error());
    const auto version = installed_version(*hub);
    if (!version) return fail(version.error());
    if (*version > kHubVersion)
        return fail(ErrorKind::Refused,
                    "the hub was made by a newer version of Unitrail; update this one");
    if (auto done = hub->execute(std::string(embedded::hub)); !done) return fail(done.error());
    const auto known = hub->call("SELECT count(*) FROM unitrail.organization", {});
    if (!known) return fail(known.error());
    Installed installed;
    installed.is_new = *version == 0;
    const bool any = known->integer(0, 0) > 0;
    if (!organization.empty() || !any) {
        const std::string id =
            organization.empty() ? base::to_hex(base::random_id()) : organization;
        const auto added =
            hub->call("INSERT INTO unitrail.organization (id) VALUES ($1) ON CONFLICT DO NOTHING",
                      {bytes(bytes_of_hex(id))});
        if (!added) return fail(added.error());
        installed.organization = id;
    } else if (known->integer(0, 0) == 1) {
        installed.organization = hex_of(*find_organization(*hub, ""));
    }
    const auto open = find_open(*hub);
    if (!open) return fail(open.error());
    installed.open = *open;
    return installed;
}

Result<Enrolment> enroll_device(const ConnectionParameters& parameters,
                                const std::string& organization, const std::string& device) {
    const std::string name = base::trim(device);
    if (name.empty() || base::has_control_character(name) || base::count_characters(name) > 64)
        return fail(ErrorKind::InvalidInput,
                    "name the device with --device NAME, 1 to 64 characters, as \"Dock 1\"");
    const auto ca = read_ca(parameters);
    if (!ca) return fail(ca.error());
    auto hub = connect_installed(parameters);
    if (!hub) return fail(hub.error());
    const auto id = find_organization(*hub, organization);
    if (!id) return fail(id.error());
    const auto taken = hub->call(
        "SELECT FROM unitrail.device WHERE organization = $1 AND name = $2 AND revoked_at IS NULL",
        {bytes(*id), text(name)});
    if (!taken) return fail(taken.error());
    if (taken->count() > 0)
        return fail(ErrorKind::Refused, "a device \"" + base::printable(name) +
                                            "\" is enrolled already; revoke it first, or take "
                                            "another name");
    Enrolment enrolment;
    enrolment.device = name;
    enrolment.role = "unitrail_" + base::to_hex(base::random_id()).substr(0, 16);
    enrolment.secret = new_secret();
    const auto verifier = hub->encrypted(enrolment.secret, enrolment.role);
    if (!verifier) return fail(verifier.error());
    const std::string device_row =
        ";INSERT INTO unitrail.device (role, organization, name) VALUES (" +
        hub->literal(enrolment.role) + ", decode(" + hub->literal(hex_of(*id)) + ", 'hex'), " +
        hub->literal(name) + ")";
    if (auto made = hub->execute(role_script(*hub, enrolment.role, *verifier) + device_row); !made)
        return fail(made.error());
    enrolment.host = hub->host();
    enrolment.port = hub->port();
    enrolment.database = hub->database();
    enrolment.organization = hex_of(*id);
    enrolment.ca = *ca;
    return enrolment;
}

Result<Revoked> revoke_device(const ConnectionParameters& parameters,
                              const std::string& organization, const std::string& device) {
    auto hub = connect_installed(parameters);
    if (!hub) return fail(hub.error());
    const auto id = find_organization(*hub, organization);
    if (!id) return fail(id.error());
    const auto found = hub->call(
        "UPDATE unitrail.device SET revoked_at = now()"
        " WHERE organization = $1 AND name = $2 AND revoked_at IS NULL"
        " RETURNING role, coalesce(to_char(seen_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), '')",
        {bytes(*id), text(base::trim(device))});
    if (!found) return fail(found.error());
    if (found->count() == 0)
        return fail(ErrorKind::NotFound, "no device \"" + base::printable(device) +
                                             "\" is enrolled; see: unitrail hub status URL");
    const std::string role = found->text(0, 0);
    const auto locked = hub->call("ALTER ROLE " + hub->quoted(role) + " NOLOGIN", {});
    if (!locked) return fail(locked.error());
    const auto ended = hub->call(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = $1", {text(role)});
    if (!ended) return fail(ended.error());
    const auto missing = hub->call(
        "SELECT writer, seq + 1, announced FROM unitrail.writer"
        " WHERE organization = $1 AND role = $2 AND announced > seq",
        {bytes(*id), text(role)});
    if (!missing) return fail(missing.error());
    Revoked revoked{found->text(0, 1), {}};
    for (int i = 0; i < missing->count(); ++i)
        revoked.acts.push_back(hex_of(missing->text(i, 0)).substr(0, 8) + ":" +
                               std::to_string(missing->integer(i, 1)) + " to " +
                               std::to_string(missing->integer(i, 2)));
    return revoked;
}

Result<HubStatus> hub_status(const ConnectionParameters& parameters,
                             const std::string& organization) {
    auto hub = connect_installed(parameters);
    if (!hub) return fail(hub.error());
    const auto version = installed_version(*hub);
    if (!version) return fail(version.error());
    const auto id = find_organization(*hub, organization);
    if (!id) return fail(id.error());
    const auto devices = hub->call(
        "SELECT d.name, d.revoked_at IS NOT NULL,"
        " coalesce(to_char(d.seen_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'), ''),"
        " (SELECT count(*) FROM unitrail.feed f WHERE f.organization = d.organization"
        "  AND f.position > d.position AND f.writer NOT IN"
        "  (SELECT writer FROM unitrail.writer o WHERE o.role = d.role)),"
        " coalesce(sum(w.seq), 0)::bigint, coalesce(sum(greatest(w.announced - w.seq, 0)), "
        "0)::bigint"
        " FROM unitrail.device d LEFT JOIN unitrail.writer w ON w.role = d.role"
        " WHERE d.organization = $1 GROUP BY d.role ORDER BY d.name, d.enrolled_at",
        {bytes(*id)});
    if (!devices) return fail(devices.error());
    HubStatus status;
    status.version = *version;
    status.organization = hex_of(*id);
    for (int i = 0; i < devices->count(); ++i) {
        status.devices.push_back({devices->text(i, 0), devices->boolean(i, 1), devices->text(i, 2),
                                  devices->integer(i, 3), devices->integer(i, 4),
                                  devices->integer(i, 5)});
        status.events += devices->integer(i, 4);
    }
    const auto lost = hub->call(
        "SELECT left(encode(l.writer, 'hex'), 8) || ':' || coalesce(w.seq, 0) + 1 || ' to '"
        " || l.seq || ', ' || d.name || ' has them' FROM unitrail.lost l"
        " JOIN unitrail.device d ON d.role = l.role LEFT JOIN unitrail.writer w"
        " ON w.organization = l.organization AND w.writer = l.writer"
        " WHERE l.organization = $1 AND l.seq > coalesce(w.seq, 0) ORDER BY l.writer LIMIT 100",
        {bytes(*id)});
    if (!lost) return fail(lost.error());
    for (int i = 0; i < lost->count(); ++i) status.lost.push_back(lost->text(i, 0));
    const auto alarms = hub->call(
        "SELECT to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') || ' ' || d.name || ': '"
        " || a.what FROM unitrail.alarm a JOIN unitrail.device d ON d.role = a.role"
        " WHERE a.organization = $1 ORDER BY a.id DESC LIMIT 20",
        {bytes(*id)});
    if (!alarms) return fail(alarms.error());
    for (int i = 0; i < alarms->count(); ++i) status.alarms.push_back(alarms->text(i, 0));
    return status;
}

}  // namespace syncing

#include "sync/enrolment.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "base/hash.hpp"
#include "base/text.hpp"

namespace syncing {
namespace {

constexpr std::string_view kPrefix = "UT1";
constexpr const char* kBegin = "-----BEGIN CERTIFICATE-----\n";
constexpr const char* kEnd = "-----END CERTIFICATE-----\n";
constexpr std::size_t kPemWidth = 64;

std::span<const std::uint8_t> bytes_of(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

// The certificates of a PEM text, as DER.
std::vector<std::string> certificates(const std::string& pem) {
    std::vector<std::string> all;
    std::istringstream lines(pem);
    std::string base64;
    bool inside = false;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("-----BEGIN CERTIFICATE")) {
            inside = true;
            base64.clear();
        } else if (line.starts_with("-----END CERTIFICATE")) {
            inside = false;
            if (auto der = base::from_base64(base64)) all.push_back(std::move(*der));
        } else if (inside) {
            base64 += base::trim(line);
        }
    }
    return all;
}

std::string to_pem(std::string_view der) {
    const std::string base64 = base::to_base64(bytes_of(der));
    std::string pem = kBegin;
    for (std::size_t i = 0; i < base64.size(); i += kPemWidth)
        pem += base64.substr(i, kPemWidth) + '\n';
    return pem + kEnd;
}

// The fields that both forms hold, in the code's order.
constexpr std::array kFields = {&Enrolment::host,  &Enrolment::port,   &Enrolment::database,
                                &Enrolment::role,  &Enrolment::secret, &Enrolment::organization,
                                &Enrolment::device};
constexpr std::array kNames = {"host",   "port",         "database", "role",
                               "secret", "organization", "device"};
constexpr const char* kSigningKey = "signing_key";

bool is_whole(const Enrolment& enrolment) {
    return !enrolment.database.empty() && !enrolment.role.empty() && !enrolment.secret.empty() &&
           base::from_hex<base::RandomId>(enrolment.organization) &&
           (!enrolment.ca.empty() || is_local(enrolment.host));
}

// The code's last bytes: one that was copied by hand with a slip must not enrol at another hub.
constexpr std::size_t kCheckBytes = 4;

std::string check_of(std::string_view text) {
    const base::Sha256 hash = base::sha256({}, text);
    return {reinterpret_cast<const char*>(hash.data()), kCheckBytes};
}

Error unsafe(const std::string& path) {
    return {ErrorKind::Storage, "cannot write " + path + "; check your rights and the disk's room"};
}

}  // namespace

std::string to_code(const Enrolment& enrolment) {
    std::string text;
    for (const auto field : kFields) text += enrolment.*field + '\n';
    for (const std::string& der : certificates(enrolment.ca)) {
        text += static_cast<char>(der.size() >> 8);
        text += static_cast<char>(der.size() & 0xFF);
        text += der;
    }
    return std::string(kPrefix) +
           base::to_base64(bytes_of(text + check_of(text)), base::Base64::Url);
}

Result<Enrolment> parse_code(std::string_view code) {
    const auto wrong = fail(ErrorKind::InvalidInput,
                            "this is no enrolment code; it is the line beginning with UT1 that "
                            "\"unitrail hub enroll\" prints");
    const std::string word = base::trim(code);
    if (!word.starts_with(kPrefix)) return wrong;
    const auto text =
        base::from_base64(std::string_view(word).substr(kPrefix.size()), base::Base64::Url);
    if (!text || text->size() < kCheckBytes) return wrong;
    std::string_view left(text->data(), text->size() - kCheckBytes);
    if (!text->ends_with(check_of(left))) return wrong;
    Enrolment enrolment;
    for (const auto field : kFields) {
        const std::size_t end = left.find('\n');
        if (end == std::string_view::npos) return wrong;
        enrolment.*field = left.substr(0, end);
        left.remove_prefix(end + 1);
    }
    while (!left.empty()) {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(left[i]); };
        const std::size_t size = left.size() < 2 ? left.size() : byte(0) * 256U + byte(1);
        if (left.size() < size + 2) return wrong;
        enrolment.ca += to_pem(left.substr(2, size));
        left.remove_prefix(size + 2);
    }
    if (!is_whole(enrolment)) return wrong;
    return enrolment;
}

std::string enrolment_path(const std::string& database) { return database + ".hub"; }

Result<std::optional<Enrolment>> read_enrolment(const std::string& database) {
    const std::string path = enrolment_path(database);
    std::ifstream file(path);
    if (!file && !std::filesystem::exists(path)) return std::nullopt;
    if (!file) return fail(ErrorKind::Storage, "cannot read " + path + "; check your rights");
    Enrolment enrolment;
    bool has_key = false;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("-----BEGIN")) {
            std::ostringstream rest;
            rest << file.rdbuf();
            enrolment.ca = line + '\n' + rest.str();
            break;
        }
        const std::size_t blank = line.find(' ');
        if (line.starts_with('#') || blank == std::string::npos) continue;
        const std::string name = line.substr(0, blank), value = line.substr(blank + 1);
        for (std::size_t i = 0; i < kNames.size(); ++i)
            if (name == kNames[i]) enrolment.*kFields[i] = value;
        if (name != kSigningKey) continue;
        const auto key = base::from_hex<base::SigningKey>(value);
        has_key = key.has_value();
        if (key) enrolment.signing_key = *key;
    }
    if (!has_key || !is_whole(enrolment))
        return fail(ErrorKind::InvalidInput,
                    path + " is damaged; enrol this device again (unitrail enroll CODE)");
    return enrolment;
}

Result<void> write_enrolment(const std::string& database, Enrolment enrolment) {
    const auto before = read_enrolment(database);
    enrolment.signing_key = before && *before ? (*before)->signing_key : base::new_signing_key();
    std::string text =
        "# How this device reaches its hub. It is this device's alone: do not copy it.\n";
    for (std::size_t i = 0; i < kNames.size(); ++i)
        text += std::string(kNames[i]) + ' ' + enrolment.*kFields[i] + '\n';
    text += std::string(kSigningKey) + ' ' + base::to_hex(enrolment.signing_key) + '\n';
    text += enrolment.ca;

    const std::string path = enrolment_path(database), written = path + ".new";
    const int file = open(written.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) return fail(unsafe(path));
    const bool good = fchmod(file, 0600) == 0 &&  // one that was left behind may be open to others
                      write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                      fsync(file) == 0;
    if (close(file) != 0 || !good || std::rename(written.c_str(), path.c_str()) != 0) {
        unlink(written.c_str());
        return fail(unsafe(path));
    }
    return {};
}

ConnectionParameters parameters_of(const Enrolment& enrolment, const std::string& database) {
    ConnectionParameters parameters = {
        {"host", enrolment.host},       {"port", enrolment.port},
        {"dbname", enrolment.database}, {"user", enrolment.role},
        {"password", enrolment.secret}, {"application_name", "unitrail"},
        {"tcp_user_timeout", "20000"},  {"keepalives_idle", "20"},
        {"client_encoding", "UTF8"},
    };
    if (enrolment.ca.empty()) {
        parameters.emplace_back("sslmode", "prefer");
    } else {
        parameters.emplace_back("sslmode", "verify-full");
        // Reading certificates, OpenSSL skips the lines before them.
        parameters.emplace_back("sslrootcert", enrolment_path(database));
    }
    return parameters;
}

}  // namespace syncing

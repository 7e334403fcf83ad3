// Goal: a device gets its way to the hub by a code, keeps it in a file that is its owner's alone,
// and says when either is damaged.
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "support/hub_server.hpp"
#include "support/program.hpp"

using hubs::Station;

namespace {

syncing::Enrolment enrolment_with(const std::string& ca) {
    syncing::Enrolment enrolment;
    enrolment.host = "hub.example.org";
    enrolment.port = "5432";
    enrolment.database = "stock";
    enrolment.role = "unitrail_1";
    enrolment.secret = "secret";
    enrolment.organization = std::string(32, 'a');
    enrolment.device = "Dock 1";
    enrolment.ca = ca;
    return enrolment;
}

const std::string kCertificate =
    "-----BEGIN CERTIFICATE-----\n" + std::string(64, 'A') + "\nAAAA\n-----END CERTIFICATE-----\n";

}  // namespace

TEST_CASE("an enrolment goes through its code unchanged", "[hub]") {
    const bool has_two = GENERATE(false, true);
    const std::string ca = has_two ? kCertificate + kCertificate : kCertificate;
    const auto enrolment = enrolment_with(ca);
    const std::string code = syncing::to_code(enrolment);
    CHECK(code.starts_with("UT1"));
    CHECK(hubs::must(syncing::parse_code(" " + code + "\n")) == enrolment);
    auto local = enrolment_with("");
    CHECK_FALSE(syncing::parse_code(syncing::to_code(local)));  // elsewhere only with TLS
    local.host = "/run/postgresql";
    CHECK(hubs::must(syncing::parse_code(syncing::to_code(local))) == local);
}

TEST_CASE("a damaged enrolment code is refused", "[hub]") {
    const std::string code = syncing::to_code(enrolment_with(kCertificate));
    for (std::size_t size = 0; size < code.size(); ++size) {
        const auto parsed = syncing::parse_code(code.substr(0, size));
        REQUIRE_FALSE(parsed);
        REQUIRE(parsed.error().kind == ErrorKind::InvalidInput);
    }
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 20'000; ++round) {
        std::string damaged = code;
        for (unsigned i = 0; i < 1 + random() % 3; ++i) {
            const std::size_t at = random() % damaged.size();
            switch (random() % 3) {
                case 0: damaged[at] = static_cast<char>(random()); break;
                case 1: damaged.erase(at, 1 + random() % 9); break;
                case 2: std::swap(damaged[at], damaged[random() % damaged.size()]); break;
            }
            if (damaged.empty()) break;
        }
        if (base::trim(damaged) == code) continue;
        CAPTURE(damaged);
        const auto parsed = syncing::parse_code(damaged);
        if (parsed) REQUIRE(*parsed == enrolment_with(kCertificate));  // bits that say nothing
    }
}

TEST_CASE("the enrolment's file is its owner's alone, and a damaged one is said", "[hub]") {
    const TemporaryFolder folder;
    const std::string database = folder.file("u.db"), path = syncing::enrolment_path(database);
    CHECK_FALSE(hubs::must(syncing::read_enrolment(database)).has_value());
    std::ofstream(path) << "an older one, that all could read";
    Shop::must(syncing::write_enrolment(database, enrolment_with(kCertificate)));
    struct stat file {};
    REQUIRE(stat(path.c_str(), &file) == 0);
    CHECK((file.st_mode & 0777) == 0600);
    const auto read = *hubs::must(syncing::read_enrolment(database));
    auto expected = enrolment_with(kCertificate);
    expected.signing_key = read.signing_key;
    CHECK(read == expected);
    CHECK(read.signing_key != base::SigningKey{});
    // Enrolled again, the device still is who it was.
    Shop::must(syncing::write_enrolment(database, enrolment_with(kCertificate)));
    CHECK(*hubs::must(syncing::read_enrolment(database)) == read);
    const std::string text = hubs::text_of(path);
    for (const char* gone : {"role ", "secret ", "signing_key ", "organization ", "database "}) {
        std::string damaged = text;
        damaged.replace(damaged.find(gone), 4, "what");
        std::ofstream(path) << damaged;
        const auto refused = syncing::read_enrolment(database);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().kind == ErrorKind::InvalidInput);
        CHECK_THAT(refused.error().message, ContainsSubstring("is damaged; enrol this device"));
    }
}

TEST_CASE("the program makes a hub, enrols two stations, syncs and revokes", "[hub]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    const Program program;
    const std::string url = hub->address();
    const auto file = [&](const char* name) { return program.folder().file(name); };
    CHECK_THAT(program.ok({"hub", "init", url}).out, ContainsSubstring("there and up to date"));
    for (const char* name : {"1.db", "2.db"}) {
        const std::string said = program.ok({"hub", "enroll", url, "--device", name, "--json"}).out;
        const std::size_t begin = said.find("UT1");
        const std::string code = said.substr(begin, said.find('"', begin) - begin);
        program.ok({"enroll", code, "--db", file(name)});
    }
    CHECK(program.run({"hub", "enroll", url, "--device", "1.db"}).status == 1);
    CHECK(program.run({"enroll", "UT1abc", "--db", file("1.db")}).status == 2);
    program.ok({"variant", "add", "ROUTER-X", "--db", file("1.db")});
    program.ok({"receive", "SN-1", "--variant", "ROUTER-X", "--db", file("1.db")});
    CHECK_THAT(program.ok({"sync", "--db", file("1.db")}).out, ContainsSubstring("sent 2"));
    CHECK_THAT(program.ok({"sync", "--db", file("2.db")}).out, ContainsSubstring("received 2"));
    CHECK_THAT(program.ok({"show", "SN-1", "--db", file("2.db")}).out,
               ContainsSubstring("ROUTER-X"));
    CHECK_THAT(program.ok({"history", "SN-1", "--db", file("2.db"), "--json"}).out,
               ContainsSubstring(R"("device":"1.db")"));  // the name that it was enrolled under
    CHECK_THAT(program.ok({"hub", "status", url}).out,
               ContainsSubstring("2 events from 2 devices") && ContainsSubstring("up to date"));
    CHECK_THAT(program.ok({"hub", "revoke", url, "--device", "2.db"}).out,
               ContainsSubstring("cannot sync any more"));
    const Ran out = program.run({"sync", "--db", file("2.db")});
    CHECK(out.status == 1);
    CHECK_THAT(out.err, ContainsSubstring("revoked"));
}

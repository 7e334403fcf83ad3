// A hub of its own for each test case, in a database of its own on the throw-away PostgreSQL that
// tests/hub/server runs, and stations that are enrolled at it.
//
// UNITRAIL_HUB_SERVER names the file that the script wrote. Without it, fresh_hub() says that the
// case was skipped and gives nothing.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "support/catch.hpp"
#include "support/shop.hpp"
#include "support/temporary.hpp"
#include "sync/enrolment.hpp"
#include "sync/hub_admin.hpp"
#include "sync/places.hpp"
#include "sync/postgres.hpp"
#include "sync/postgres_hub.hpp"

namespace hubs {

template <typename T>
T must(Result<T> result) {
    INFO((result ? "" : result.error().message));
    REQUIRE(result);
    if constexpr (!std::is_void_v<T>) return std::move(*result);
}

inline std::string text_of(const std::string& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

// A running server: its folder, and where its administrator goes.
struct Server {
    std::string folder;

    [[nodiscard]] std::string ca() const { return folder + "/ca.pem"; }
    [[nodiscard]] std::string other_ca() const { return folder + "/other-ca.pem"; }
    [[nodiscard]] std::string address(const std::string& database) const {
        std::string address = base::trim(text_of(folder + "/address"));
        const std::size_t end = address.find('?'), begin = address.rfind('/', end);
        return address.replace(begin + 1, end - begin - 1, database);
    }
    [[nodiscard]] syncing::ConnectionParameters to(const std::string& database) const {
        return must(syncing::admin_parameters(address(database)));
    }
};

inline Server server_of(const std::string& file) { return {base::trim(text_of(file))}; }

// A hub in a database that nobody else uses.
class FreshHub {
 public:
    explicit FreshHub(Server server)
        : server_(std::move(server)),
          database_("hub_" + base::to_hex(base::random_id()).substr(0, 12)) {
        // Roles belong to the whole server: two installations at once would meet there.
        auto others = must(syncing::Postgres::connect(server_.to("postgres"), {}));
        must(others.call("SELECT pg_advisory_lock(1)", {}));
        must(others.call("CREATE DATABASE " + database_ + " TEMPLATE template0", {}));
        organization_ = must(syncing::install_hub(parameters(), "")).organization;
    }
    ~FreshHub() {
        auto others = syncing::Postgres::connect(server_.to("postgres"), {});
        if (others)
            static_cast<void>(others->call("DROP DATABASE " + database_ + " WITH (FORCE)", {}));
    }
    FreshHub(const FreshHub&) = delete;
    FreshHub& operator=(const FreshHub&) = delete;

    [[nodiscard]] const Server& server() const { return server_; }
    [[nodiscard]] const std::string& database() const { return database_; }
    [[nodiscard]] const std::string& organization() const { return organization_; }
    [[nodiscard]] std::string address() const { return server_.address(database_); }
    [[nodiscard]] syncing::ConnectionParameters parameters() const { return server_.to(database_); }

    [[nodiscard]] syncing::Enrolment enroll(const std::string& device,
                                            const std::string& organization = "") const {
        return must(syncing::enroll_device(
            parameters(), organization.empty() ? organization_ : organization, device));
    }
    [[nodiscard]] syncing::HubStatus status() const {
        return must(syncing::hub_status(parameters(), organization_));
    }
    // As the administrator.
    [[nodiscard]] syncing::Postgres admin() const {
        return must(syncing::Postgres::connect(parameters(), {}));
    }
    // The number that the query's only row has.
    [[nodiscard]] std::int64_t number(const std::string& sql) const {
        auto connection = admin();
        return must(connection.call(sql, {})).integer(0, 0);
    }
    void change(const std::string& sql) const {
        auto connection = admin();
        must(connection.call(sql, {}));
    }

    // A backup of the whole database, under a name of its own; nobody may be connected.
    [[nodiscard]] std::string back_up() const {
        const std::string copy = database_ + "_copy";
        copy_database(database_, copy);
        return copy;
    }
    // The database is then what it was at the backup.
    void restore(const std::string& copy) const {
        auto others = must(syncing::Postgres::connect(server_.to("postgres"), {}));
        must(others.call("DROP DATABASE " + database_ + " WITH (FORCE)", {}));
        copy_database(copy, database_);
        must(others.call("DROP DATABASE " + copy + " WITH (FORCE)", {}));
    }

 private:
    void copy_database(const std::string& from, const std::string& to) const {
        auto others = must(syncing::Postgres::connect(server_.to("postgres"), {}));
        must(others.call("SELECT pg_advisory_lock(1)", {}));
        must(
            others.call("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE "
                        "datname = '" +
                            from + "'",
                        {}));
        must(others.call("CREATE DATABASE " + to + " TEMPLATE " + from, {}));
        // Rights on a database are not copied with it.
        must(others.call("REVOKE ALL ON DATABASE " + to + " FROM PUBLIC", {}));
        must(others.call("GRANT CONNECT ON DATABASE " + to + " TO unitrail_device", {}));
    }
    Server server_;
    std::string database_, organization_;
};

inline std::unique_ptr<FreshHub> fresh_hub() {
    const char* file = std::getenv("UNITRAIL_HUB_SERVER");
    if (file == nullptr) {
        WARN("skipped: no server; run \"tests/hub/server start FILE\" and set UNITRAIL_HUB_SERVER");
        return nullptr;
    }
    return std::make_unique<FreshHub>(server_of(file));
}

// A server that nobody else uses: it may be killed, or its disk be full.
struct OwnServer {
    TemporaryFolder folder;
    std::string file = folder.file("server");

    // `full_disk`: the library that it needs for that.
    explicit OwnServer(const std::string& full_disk = "") {
        REQUIRE(run("start " + file + " " + full_disk));
    }
    ~OwnServer() { static_cast<void>(run("stop " + file)); }
    OwnServer(const OwnServer&) = delete;
    OwnServer& operator=(const OwnServer&) = delete;
    void kill() const { REQUIRE(run("kill " + file)); }
    void restart() const { REQUIRE(run("restart " + file)); }
    void fill_disk() const { std::ofstream(sign()) << "full\n"; }
    void free_disk() const { std::filesystem::remove(sign()); }

 private:
    [[nodiscard]] std::string sign() const { return server_of(file).folder + "/full"; }
    static bool run(const std::string& words) {
        return std::system((UNITRAIL_SOURCE_DIR "/tests/hub/server " + words).c_str()) == 0;
    }
};

// As `unitrail enroll` does.
inline void enter(store::Store& store, const syncing::Enrolment& enrolment) {
    Shop::must(store.join(enrolment.organization));
    Shop::must(store.forget_hub());
    Shop::must(syncing::write_enrolment(store.path(), enrolment));
}

inline store::Store opened(const std::string& path, const std::string& device) {
    store::Options options;
    options.device = device;
    return must(store::Store::open(path, options));
}

// A station with a database on the disk.
struct Station {
    TemporaryFolder folder;
    std::string path = folder.file("u.db");
    store::Store store;

    explicit Station(const std::string& device) : store(opened(path, device)) {}
    Station(const FreshHub& hub, const std::string& device) : Station(device) {
        enter(store, hub.enroll(device));
    }

    Result<syncing::Synced> try_sync(const syncing::Waiting& waiting = {}) {
        return syncing::synchronize_all(store, {"", true}, waiting);
    }
    syncing::Synced sync() { return must(try_sync()); }
    [[nodiscard]] syncing::Enrolment enrolment() const {
        return *must(syncing::read_enrolment(path));
    }
    [[nodiscard]] std::unique_ptr<syncing::Hub> hub() const {
        return must(syncing::connect_hub(enrolment(), path, {}));
    }

    void act(journal::Kind kind, const std::string& serial, journal::Body body = {}) {
        Shop::must(store.act({kind, serial, std::move(body), "Kim", {}}));
    }
    void receive(const std::string& serial) {
        act(journal::Kind::Registered, serial, {{"variant", "ROUTER-X"}});
    }
    // Everything that this station knows of, by number.
    [[nodiscard]] std::int64_t units() { return (*store.counts())[0]; }
    // The only variant that the tests use; the first station adds it.
    void add_variant() {
        Shop::must(
            store.put(inventory::Variant{"ROUTER-X", "Router X", {}, 24}, store::Write::Add, ""));
    }
};

// All show the same, and nothing is wrong with any.
inline void check_agree(const std::vector<Station*>& stations, std::int64_t units) {
    for (Station* station : stations) {
        CHECK(*station->store.digest() == *stations.front()->store.digest());
        CHECK(station->units() == units);
        CHECK(station->store.verify(true)->damage_count == 0);
        CHECK(station->store.take_waiting() == 0);
    }
}

// No event is on the hub twice, and each writer's go on without a gap.
inline void check_whole(const FreshHub& hub) {
    CHECK(hub.number("SELECT count(*) FROM unitrail.writer w WHERE seq <> (SELECT count(*) FROM "
                     "unitrail.record r WHERE r.writer = w.writer AND r.organization = "
                     "w.organization)") == 0);
    CHECK(hub.number("SELECT count(*) FROM (SELECT first_seq - 1 - lag(last_seq, 1, 0::bigint) "
                     "OVER (PARTITION BY organization, writer ORDER BY first_seq) AS gap FROM "
                     "unitrail.feed) f WHERE gap <> 0") == 0);
}

}  // namespace hubs

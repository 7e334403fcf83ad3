// Goal: stations that share nothing but a folder end with the same units, and whatever is wrong
// with the folder is said and costs nothing.
#include <filesystem>
#include <fstream>

#include "support/catch.hpp"
#include "support/shop.hpp"
#include "support/temporary.hpp"
#include "sync/folder_transport.hpp"
#include "sync/sync_step.hpp"

namespace fs = std::filesystem;
using inventory::Action;
using inventory::Status;

namespace {

struct Station {
    store::Store store;
    explicit Station(const std::string& path = ":memory:")
        : store(*store::Store::open(path, options())) {}
    static store::Options options() {
        store::Options options;
        options.device = "Handheld";
        return options;
    }
    Result<syncing::Synced> sync(const std::string& folder) {
        return syncing::synchronize(store, *syncing::make_folder_transport(folder));
    }
};

Result<store::UnitRecord> sell(store::Store& store, const std::string& order) {
    return store.act({journal::Kind::Sold, "SN-1", {{"order", order}}, "Kim", {}});
}

std::string only_segment(const std::string& folder) {
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.path().extension() == ".seg") return entry.path().string();
    return "";
}

std::string text_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("two stations agree through a folder, and a second sync has no news", "[sync]") {
    const TemporaryFolder folder;
    Shop shop;
    shop.bring("SN-1", Status::Sold);
    REQUIRE(shop.receive("SN-2"));
    const auto sent =
        syncing::synchronize(shop.store, *syncing::make_folder_transport(folder.path()));
    REQUIRE(sent);
    CHECK(sent->sent > 10);
    Station other;
    const auto received = other.sync(folder.path());
    REQUIRE(received);
    CHECK(received->received == sent->sent);
    CHECK(received->waiting == 0);
    CHECK(*other.store.digest() == *shop.store.digest());
    CHECK(other.store.verify(true)->damage_count == 0);
    CHECK((*other.store.find("SN-1"))->unit.status == Status::Sold);
    const auto again = other.sync(folder.path());
    REQUIRE(again);
    CHECK(again->received + again->sent == 0);
}

TEST_CASE("one unit sold on two stations is said on both, and settled on both", "[sync]") {
    const TemporaryFolder folder;
    Shop shop;
    REQUIRE(shop.receive("SN-1"));
    const auto sync_shop = [&] {
        return syncing::synchronize(shop.store, *syncing::make_folder_transport(folder.path()));
    };
    Station other;
    REQUIRE(sync_shop());
    REQUIRE(other.sync(folder.path()));
    REQUIRE(sell(shop.store, "1"));
    REQUIRE(sell(other.store, "2"));
    REQUIRE(sync_shop());
    REQUIRE(other.sync(folder.path()));
    REQUIRE(sync_shop());
    for (store::Store* store : {&shop.store, &other.store}) {
        const auto conflicts = store->conflicts(10);
        REQUIRE(conflicts);
        REQUIRE(conflicts->size() == 1);
        CHECK_THAT(conflicts->front().conflict.sentence, ContainsSubstring("Sold twice"));
        CHECK(conflicts->front().sides.size() == 2);
    }
    const std::string id = other.store.conflicts(10)->front().conflict.id;
    const auto without = other.store.settle({id, "a", "", ""}, "Kim");
    REQUIRE_FALSE(without);
    CHECK_THAT(without.error().message, ContainsSubstring("--reason"));
    REQUIRE(other.store.settle({id, "a", "", "order 2 was cancelled"}, "Kim"));
    REQUIRE(other.sync(folder.path()));
    REQUIRE(sync_shop());
    CHECK(shop.store.conflicts(10)->empty());
    CHECK(*other.store.digest() == *shop.store.digest());
}

TEST_CASE("of a thousand records at once each is taken in its order, or none", "[sync]") {
    Shop shop;
    std::vector<store::Act> acts;
    for (int i = 0; i < 1000; ++i)
        acts.push_back({journal::Kind::Registered,
                        "SN-" + std::to_string(10'000 + i),
                        {{"variant", "ROUTER-X"}},
                        "",
                        {}});
    REQUIRE(shop.store.act_all(acts, false));
    const auto own = shop.store.own_head();
    const auto records = shop.store.records(own->writer, 1, 2000);
    REQUIRE(records->records.size() >= 1000);
    Station other;
    const auto received = other.store.receive(*records);
    REQUIRE(received);
    CHECK(received->taken == static_cast<std::int64_t>(records->records.size()));
    CHECK(*other.store.own_head() != *own);
    CHECK(other.store.head(own->writer) == *own);
    CHECK(*other.store.digest() == *shop.store.digest());
    CHECK(other.store.verify(true)->damage_count == 0);

    Station third;
    store::Records broken = *records;
    broken.records[900] = "{}";
    CHECK_FALSE(third.store.receive(broken));
    CHECK(third.store.head(own->writer)->seq == 0);
    CHECK(third.store.verify(true)->damage_count == 0);
    REQUIRE(third.store.receive(*records));  // the refused ones left nothing behind
    CHECK(*third.store.digest() == *shop.store.digest());
    CHECK(third.store.verify(true)->damage_count == 0);
}

TEST_CASE("a damaged or foreign segment is named and nothing of it is taken", "[sync]") {
    const TemporaryFolder folder;
    Shop shop;
    REQUIRE(shop.receive("SN-1"));
    REQUIRE(syncing::synchronize(shop.store, *syncing::make_folder_transport(folder.path())));
    const std::string segment = only_segment(folder.path());
    std::string text = text_of(segment);
    const auto write = [&] { std::ofstream(segment, std::ios::binary) << text; };
    Station other;
    SECTION("a changed record") {
        text.replace(text.find("SN-1"), 4, "SN-2");
        write();
        const auto failed = other.sync(folder.path());
        REQUIRE_FALSE(failed);
        CHECK_THAT(failed.error().message, ContainsSubstring("is damaged; delete it"));
    }
    SECTION("half of it") {
        text.resize(text.size() / 2);
        write();
        CHECK_FALSE(other.sync(folder.path()));
    }
    SECTION("another organization's") {
        const std::size_t at = std::string("unitrail-segment 1 ").size();
        text.replace(at, 32, std::string(32, 'a'));
        write();
        const auto failed = other.sync(folder.path());
        REQUIRE_FALSE(failed);
        CHECK(failed.error().kind == ErrorKind::Refused);
    }
    CHECK(other.store.heads()->empty());
    // its station writes it again
    fs::remove(segment);
    REQUIRE(syncing::synchronize(shop.store, *syncing::make_folder_transport(folder.path())));
    REQUIRE(other.sync(folder.path()));
    CHECK(*other.store.digest() == *shop.store.digest());
}

TEST_CASE("a database of another organization is refused", "[sync]") {
    const TemporaryFolder one, two;
    Shop first, second;
    REQUIRE(syncing::synchronize(first.store, *syncing::make_folder_transport(one.path())));
    REQUIRE(syncing::synchronize(second.store, *syncing::make_folder_transport(two.path())));
    const auto refused =
        syncing::synchronize(second.store, *syncing::make_folder_transport(one.path()));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::Refused);
    CHECK_THAT(refused.error().message, ContainsSubstring("another organization"));
}

TEST_CASE("a folder that is not there is said", "[sync]") {
    const TemporaryFolder folder;
    Station station;
    const auto failed = station.sync(folder.path() + "/no/such");
    REQUIRE_FALSE(failed);
    CHECK(failed.error().kind == ErrorKind::Network);
}

TEST_CASE("records that come before what they refer to wait and are not lost", "[sync]") {
    const TemporaryFolder folder;
    Shop shop;
    REQUIRE(shop.receive("SN-1"));
    Station middle, last;
    REQUIRE(syncing::synchronize(shop.store, *syncing::make_folder_transport(folder.path())));
    REQUIRE(middle.sync(folder.path()));
    REQUIRE(sell(middle.store, "1"));
    const auto own = middle.store.own_head();
    const auto sold = middle.store.records(own->writer, 1, 10);
    REQUIRE(last.store.receive(*sold));
    CHECK(last.store.take_waiting() == 1);
    CHECK(last.store.verify(true)->damage_count == 0);
    CHECK_FALSE((*last.store.find("SN-1")).has_value());
    REQUIRE(last.sync(folder.path()));
    CHECK((*last.store.find("SN-1"))->unit.status == Status::Sold);
    CHECK(last.store.take_waiting() == 0);
}

TEST_CASE("a copied database is found out before it can write over the other", "[sync]") {
    const TemporaryFolder folder, files;
    const std::string path = files.path() + "/u.db", copy = files.path() + "/copy.db";
    {
        Shop shop(path);
        REQUIRE(shop.receive("SN-1"));
        REQUIRE(syncing::synchronize(shop.store, *syncing::make_folder_transport(folder.path())));
    }
    fs::copy_file(path, copy);
    Station original(path), clone(copy);
    SECTION("the clone did nothing of its own: it gets what is new and a name of its own") {
        REQUIRE(sell(original.store, "1"));
        REQUIRE(original.sync(folder.path()));
        const auto synced = clone.sync(folder.path());
        REQUIRE(synced);
        CHECK(synced->new_writer);
        CHECK(clone.store.own_head()->writer != original.store.own_head()->writer);
        CHECK(*clone.store.digest() == *original.store.digest());
    }
    SECTION("both went on under one name") {
        REQUIRE(sell(original.store, "1"));
        REQUIRE(sell(clone.store, "2"));
        REQUIRE(original.sync(folder.path()));
        const auto synced = clone.sync(folder.path());
        REQUIRE(synced);
        CHECK(synced->reissued == 1);
        REQUIRE(original.sync(folder.path()));
        CHECK(original.store.conflict_count() == 1);
        CHECK(*clone.store.digest() == *original.store.digest());
    }
}

namespace {

// The way to the folder, on which another process of the same device is faster.
class Overtaken final : public syncing::Transport {
 public:
    Overtaken(std::string folder, std::function<void()> faster)
        : way_(syncing::make_folder_transport(std::move(folder))), faster_(std::move(faster)) {}
    Result<std::string> organization(const std::string& own) override {
        return way_->organization(own);
    }
    Result<std::vector<store::WriterHead>> heads() override { return way_->heads(); }
    Result<void> push(const store::Records& records) override { return way_->push(records); }
    Result<store::Records> pull(const base::RandomId& writer, std::int64_t seq) override {
        faster_();
        return way_->pull(writer, seq);
    }
    Result<std::vector<syncing::ClientThere>> clients() override { return way_->clients(); }
    Result<syncing::ClientNames> client_names(std::span<const std::string> refs) override {
        return way_->client_names(refs);
    }
    Result<void> put_client_names(std::span<const store::ClientName> names) override {
        return way_->put_client_names(names);
    }

 private:
    std::unique_ptr<syncing::Transport> way_;
    std::function<void()> faster_;
};

}  // namespace

TEST_CASE("two processes that sync one database at once take nothing twice", "[sync]") {
    const TemporaryFolder folder, files;
    Shop shop;
    REQUIRE(shop.receive("SN-1"));
    REQUIRE(syncing::synchronize(shop.store, *syncing::make_folder_transport(folder.path())));
    Station window(files.path() + "/u.db"), command_line(files.path() + "/u.db");
    Overtaken way(folder.path(), [&] { REQUIRE(command_line.sync(folder.path())); });
    REQUIRE(syncing::synchronize(window.store, way));
    CHECK(*window.store.digest() == *shop.store.digest());
    CHECK(window.store.verify(true)->damage_count == 0);
}

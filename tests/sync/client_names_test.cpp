// Goal: every station shows clients by their names, whoever wrote them down; no record holds one;
// a name that was erased anywhere is erased everywhere, for ever.
#include <filesystem>
#include <fstream>

#include "support/catch.hpp"
#include "support/shop.hpp"
#include "support/temporary.hpp"
#include "sync/folder_transport.hpp"
#include "sync/sync_step.hpp"

namespace fs = std::filesystem;
using journal::Kind;

namespace {

constexpr const char* kUnknown = "(name not known here)";
constexpr const char* kErased = "(name erased)";

syncing::Synced sync(store::Store& store, const std::string& folder) {
    const auto synced = syncing::synchronize(store, *syncing::make_folder_transport(folder));
    Shop::must(synced);
    return *synced;
}

store::Store opened() { return std::move(*store::Store::open(":memory:", {})); }

void sell(store::Store& store, const std::string& serial, const std::string& client) {
    Shop::must(store.act({Kind::Sold, serial, {{"client", client}, {"order", "1"}}, "Kim", {}}));
}

std::string client_of(store::Store& store, const std::string& serial) {
    const auto unit = store.find(serial);
    REQUIRE(unit);
    REQUIRE(*unit);
    return (*unit)->unit.client.value_or("");
}

std::string ref_of(store::Store& store, const std::string& serial) {
    const auto history = store.history(serial);
    REQUIRE(history);
    return history->back().event.body.at("client").value();
}

std::vector<std::string> of_client(store::Store& store, const std::string& client) {
    store::Filter filter;
    filter.client = client;
    const auto page = store.list(filter, 100, "");
    REQUIRE(page);
    std::vector<std::string> serials;
    for (const store::UnitRecord& unit : page->units) serials.push_back(unit.unit.serial);
    return serials;
}

// Two stations that know of SN-1 and SN-2.
struct Two {
    TemporaryFolder folder;
    Shop shop;
    store::Store desk = opened();

    Two() {
        Shop::must(shop.receive("SN-1"));
        Shop::must(shop.receive("SN-2"));
        sync(shop.store, folder.path());
        sync(desk, folder.path());
    }
    void meet() {
        for (store::Store* store : {&shop.store, &desk, &shop.store}) sync(*store, folder.path());
    }
    [[nodiscard]] fs::path file_of(const std::string& ref) const {
        return fs::path(folder.path()) / "clients" / ref;
    }
};

std::string text_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("a client's name comes to every station and into no record", "[sync][clients]") {
    Two two;
    sell(two.shop.store, "SN-1", "Zo\xC3\xAB Client");
    const auto sent = sync(two.shop.store, two.folder.path());
    CHECK(sent.names.sent == 1);
    CHECK(client_of(two.desk, "SN-1").empty());
    const auto received = sync(two.desk, two.folder.path());
    CHECK(received.names.received == 1);
    CHECK(client_of(two.desk, "SN-1") == "Zo\xC3\xAB Client");
    CHECK(two.desk.history("SN-1")->back().words == "Sold to Zo\xC3\xAB Client, order 1");
    for (const auto& entry : fs::recursive_directory_iterator(two.folder.path()))
        if (entry.path().extension() == ".seg")
            CHECK(text_of(entry.path()).find("Client") == std::string::npos);
    const auto again = sync(two.desk, two.folder.path());
    CHECK(again.names.received + again.names.sent == 0);
}

TEST_CASE("one client written down by two stations is found by his name on both",
          "[sync][clients]") {
    Two two;
    sell(two.shop.store, "SN-1", "Client K");
    sell(two.desk, "SN-2", "client  k");
    REQUIRE(ref_of(two.shop.store, "SN-1") != ref_of(two.desk, "SN-2"));
    const bool desk_first = GENERATE(false, true);
    if (desk_first) sync(two.desk, two.folder.path());
    two.meet();
    for (store::Store* store : {&two.shop.store, &two.desk}) {
        CHECK(of_client(*store, "CLIENT K") == std::vector<std::string>{"SN-1", "SN-2"});
        CHECK(client_of(*store, "SN-1") == "Client K");
        CHECK(store->verify(true)->damage_count == 0);
    }
    // the next act on either station names him alike
    Shop::must(two.shop.receive("SN-3"));
    Shop::must(two.shop.receive("SN-4"));
    two.meet();
    sell(two.shop.store, "SN-3", "Client K");
    sell(two.desk, "SN-4", "Client K");
    CHECK(ref_of(two.shop.store, "SN-3") == ref_of(two.desk, "SN-4"));
    CHECK(*two.shop.store.digest() != *two.desk.digest());
    two.meet();
    CHECK(*two.shop.store.digest() == *two.desk.digest());
    CHECK(of_client(two.desk, "Client K").size() == 4);
}

TEST_CASE("a page of a client with several references goes on where the last one ended",
          "[sync][clients]") {
    Two two;
    sell(two.shop.store, "SN-1", "Client K");
    sell(two.desk, "SN-2", "Client K");
    two.meet();
    store::Filter filter;
    filter.client = "Client K";
    const auto first = two.desk.list(filter, 1, "");
    REQUIRE(first->units.size() == 1);
    CHECK(first->more);
    const auto second = two.desk.list(filter, 1, first->units.back().unit.key);
    REQUIRE(second->units.size() == 1);
    CHECK(second->units.front().unit.serial == "SN-2");
    CHECK_FALSE(second->more);
}

TEST_CASE("who settles a conflict reads the clients' names, the record does not hold them",
          "[sync][clients]") {
    Two two;
    Shop::must(two.shop.store.act(
        {Kind::Sold, "SN-1", {{"client", "Client K"}, {"order", "4711"}}, "Alex", {}}));
    Shop::must(
        two.desk.act({Kind::Sold, "SN-1", {{"client", "Client L"}, {"order", "4712"}}, "Kim", {}}));
    two.meet();
    for (store::Store* store : {&two.shop.store, &two.desk}) {
        const auto conflict = store->conflicts(1)->front();
        REQUIRE(conflict.choices.size() == 2);
        std::string labels, sides;
        for (const journal::Choice& choice : conflict.choices) labels += choice.label + "\n";
        for (const store::ConflictSide& side : conflict.sides) sides += side.summary + "\n";
        for (const std::string& words : {labels, sides}) {
            CHECK_THAT(words, ContainsSubstring("Sold to Client K, order 4711"));
            CHECK_THAT(words, ContainsSubstring("Sold to Client L, order 4712"));
        }
    }
    const std::string id = two.desk.conflicts(1)->front().conflict.id;
    Shop::must(two.desk.settle({id, "a", "", "the other was cancelled"}, "Kim"));
    const auto resolved = two.desk.history("SN-1")->back();
    REQUIRE(resolved.event.kind == Kind::Resolved);
    CHECK(resolved.record.find("Client") == std::string::npos);
    CHECK_THAT(resolved.words, ContainsSubstring("Sold, order 471"));
}

TEST_CASE("a name that was erased is erased at every station and never comes back",
          "[sync][clients]") {
    Two two;
    sell(two.shop.store, "SN-1", "Client K");
    two.meet();
    const std::string ref = ref_of(two.shop.store, "SN-1");
    store::Store late = opened();
    SECTION("by emptying its file") { std::ofstream(two.file_of(ref), std::ios::trunc); }
    SECTION("at a station") {
        REQUIRE(two.desk.take_client_names(std::vector<store::ClientName>{{ref, ""}}) == 1);
        sync(two.desk, two.folder.path());
        CHECK(fs::file_size(two.file_of(ref)) == 0);
    }
    two.meet();
    sync(late, two.folder.path());
    for (store::Store* store : {&two.shop.store, &two.desk, &late}) {
        CHECK(client_of(*store, "SN-1") == kErased);
        CHECK(of_client(*store, "Client K").empty());
        CHECK(store->verify(true)->damage_count == 0);
    }
    // neither from a station nor from a place that still has it
    const std::vector<store::ClientName> old = {{ref, "Client K"}};
    CHECK(two.shop.store.take_client_names(old) == 0);
    std::ofstream(two.file_of(ref)) << "Client K\n";
    two.meet();
    CHECK(client_of(two.desk, "SN-1") == kErased);
    CHECK(fs::file_size(two.file_of(ref)) == 0);
    // the next act with that client is a new beginning
    Shop::must(two.shop.receive("SN-3"));
    sell(two.shop.store, "SN-3", "Client K");
    CHECK(ref_of(two.shop.store, "SN-3") != ref);
}

TEST_CASE("what is no name among the clients' files is said and costs nothing else",
          "[sync][clients]") {
    Two two;
    sell(two.shop.store, "SN-1", "Client K");
    sell(two.shop.store, "SN-2", "Client L");
    sync(two.shop.store, two.folder.path());
    const std::string ref = ref_of(two.shop.store, "SN-1");
    const std::string garbage = GENERATE(
        std::string("\xFF\xFE\n"), std::string("two\nlines\n"), std::string("half of a na"),
        std::string(" \n"), std::string(100'000, 'x') + "\n", std::string("a\0b\n", 4));
    std::ofstream(two.file_of(ref), std::ios::binary) << garbage;
    std::ofstream(two.file_of("Thumbs.db")) << "garbage";
    fs::create_directory(two.file_of("client-" + std::string(32, 'a')));
    const auto synced = sync(two.desk, two.folder.path());
    REQUIRE(synced.names.damaged.size() == 2);
    CHECK_THAT(synced.names.damaged[0] + synced.names.damaged[1],
               ContainsSubstring(ref + " is damaged; delete it"));
    CHECK(client_of(two.desk, "SN-1") == kUnknown);
    CHECK(client_of(two.desk, "SN-2") == "Client L");
    // a station that knows the name writes it again
    fs::remove(two.file_of(ref));
    two.meet();
    CHECK(client_of(two.desk, "SN-1") == "Client K");
}

TEST_CASE("only what is a reference and a name is taken", "[sync][clients]") {
    store::Store store = opened();
    const std::string ref = "client-" + std::string(32, 'a');
    for (const store::ClientName& wrong :
         std::vector<store::ClientName>{{"../x", "K"}, {"client-1", "K"}, {ref, "a\nb"}})
        CHECK_FALSE(store.take_client_names(std::vector{wrong}));
    CHECK(store.take_client_names(std::vector<store::ClientName>{{ref, "K"}}) == 1);
    CHECK(store.take_client_names(std::vector<store::ClientName>{{ref, "L"}}) == 0);
    const auto names = store.client_names("", 10);
    REQUIRE(names);
    CHECK(*names == std::vector<store::ClientName>{{ref, "K"}});
    CHECK(store.client_names(ref, 10)->empty());
}

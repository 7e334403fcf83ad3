// Goal: what a copied file did since it was copied goes on under another name, and nothing else
// of it changes.
#include <filesystem>

#include "base/text.hpp"
#include "store/database.hpp"
#include "support/catch.hpp"
#include "support/meeting.hpp"
#include "support/shop.hpp"
#include "support/sound.hpp"
#include "support/temporary.hpp"

using inventory::Action;
using inventory::Status;
using journal::Kind;

namespace {

// The end of what both copies have, then acts of every sort that refer to each other.
journal::EventId act_since_the_copy(Shop& shop) {
    Shop::must(shop.receive("SN-1"));
    Shop::must(shop.receive("SN-2"));
    const auto head = shop.store.own_head();
    REQUIRE(head);
    shop.bring("SN-3", Status::Sold);
    Shop::must(shop.act(Action::Sell, "SN-1", {{"client", "Client K"}, {"order", "1"}}));
    Shop::must(shop.act(Action::Reserve, "SN-2", {{"order", "2"}}));
    Shop::must(shop.store.undo("SN-2", "Alex"));
    Shop::must(shop.store.act({Kind::Renamed, "SN-2", {{"serial", "SN-20"}}, "Alex", {}}));
    Shop::must(shop.store.put(inventory::Variant{"HUB-Z", "Hub Z", {}, {}}, store::Write::Add, ""));
    Shop::must(shop.store.put(inventory::Variant{"ROUTER-X", "Router Ten", {}, 12},
                              store::Write::Edit, ""));
    return {head->writer, head->seq};
}

void check_sound(store::Store& store) {
    const auto verified = store.verify(true);
    REQUIRE(verified);
    CHECK(verified->damage_count == 0);
    const auto digest = store.digest();
    REQUIRE(store.rebuild());
    CHECK(*store.digest() == *digest);
    CHECK(store.verify(true)->damage_count == 0);
}

std::vector<store::EventRecord> events_of(store::Store& store, const std::string& serial) {
    auto history = store.history(serial);
    REQUIRE(history);
    return *history;
}

}  // namespace

TEST_CASE("acts under a new name are the same acts", "[store][reissue]") {
    Shop shop;
    const journal::EventId copied = act_since_the_copy(shop);
    const std::string before = told(shop.store), digest = *shop.store.digest();
    const auto old_head = *shop.store.own_head();

    const auto count = shop.store.reissue(copied);
    REQUIRE(count);
    CHECK(*count == old_head.seq - copied.seq);
    const auto head = *shop.store.own_head();
    CHECK(head.writer != copied.writer);
    CHECK(head.seq == *count);
    CHECK(told(shop.store) == before);
    CHECK(*shop.store.digest() == digest);
    check_sound(shop.store);

    // the old name ends where both copies agreed
    const auto heads = shop.store.heads();
    REQUIRE(heads);
    for (const store::WriterHead& writer : *heads)
        if (writer.writer == copied.writer) CHECK(writer.seq == copied.seq);
}

TEST_CASE("an act under a new name says where it comes from and refers to the new names",
          "[store][reissue]") {
    Shop shop;
    const journal::EventId copied = act_since_the_copy(shop);
    const auto before = events_of(shop.store, "SN-20");
    REQUIRE(shop.store.reissue(copied));
    const auto after = events_of(shop.store, "SN-20");
    REQUIRE(after.size() == before.size());
    CHECK(after[0].record == before[0].record);  // both copies have the registration
    for (std::size_t i = 1; i < after.size(); ++i) {
        const journal::Event& event = after[i].event;
        CHECK(event.reissue_of == before[i].event.id);
        CHECK(event.parents == std::vector{after[i - 1].event.id});
        CHECK(event.root == after[0].event.id);
        CHECK(event.at.utc == before[i].event.at.utc);
        CHECK(event.device == before[i].event.device);
    }
    REQUIRE(after[2].event.kind == Kind::Undone);
    CHECK(after[2].event.body.at("undoes") == journal::to_text(after[1].event.id));
    const auto sold = events_of(shop.store, "SN-3");
    CHECK_FALSE(sold[0].event.root);  // a registration is its own
    CHECK(sold[1].event.root == sold[0].event.id);
}

TEST_CASE("the journal is append-only again after acts got a new name", "[store][reissue]") {
    const TemporaryFolder files;
    Shop shop(files.file("u.db"));
    REQUIRE(shop.store.reissue(act_since_the_copy(shop)));
    store::Database database(files.file("u.db"));
    CHECK_THROWS_AS(database.execute("UPDATE event SET seq = seq + 1000"), store::SqlError);
    CHECK_THROWS_AS(database.execute("DELETE FROM event"), store::SqlError);
}

TEST_CASE("acts under a new name can be undone, and others come after them", "[store][reissue]") {
    Shop shop;
    const journal::EventId copied = act_since_the_copy(shop);
    REQUIRE(shop.store.reissue(copied));
    REQUIRE(shop.store.undo("SN-1", "Alex"));
    CHECK((*shop.store.find("SN-1"))->unit.status == Status::InStock);
    REQUIRE(shop.act(Action::Return, "SN-3"));
    const auto last = shop.store.last_act();
    REQUIRE(last);
    CHECK((**last).serial == "SN-3");
    check_sound(shop.store);
}

TEST_CASE("copies that both went on agree after they met", "[store][reissue]") {
    const TemporaryFolder files;
    const std::string path = files.file("u.db"), copy = files.file("copy.db");
    journal::EventId copied;
    {
        Shop shop(path);
        REQUIRE(shop.receive("SN-1"));
        const auto head = *shop.store.own_head();
        copied = {head.writer, head.seq};
    }
    std::filesystem::copy_file(path, copy);
    auto one = store::Store::open(path, {}), other = store::Store::open(copy, {});
    const auto sell = [](store::Store& store, const std::string& order) {
        return store.act({Kind::Sold, "SN-1", {{"order", order}}, "Kim", {}});
    };
    REQUIRE(sell(*one, "1"));
    REQUIRE(sell(*other, "2"));
    REQUIRE_FALSE(one->receive(*other->records(copied.writer, copied.seq + 1, 10)));
    REQUIRE(other->reissue(copied) == 1);
    meet(*one, *other);
    CHECK(*one->digest() == *other->digest());
    REQUIRE(one->conflict_count() == 1);
    CHECK(one->conflicts(1)->front().conflict.id == other->conflicts(1)->front().conflict.id);
    check_sound(*one);
    check_sound(*other);
}

TEST_CASE("what was settled stays settled under new names", "[store][reissue]") {
    Shop shop;
    REQUIRE(shop.receive("SN-1"));
    auto desk = another_station(shop);
    const auto head = *shop.store.own_head();
    REQUIRE(shop.act(Action::Sell, "SN-1", {{"order", "1"}}));
    REQUIRE(desk.act({Kind::Sold, "SN-1", {{"order", "2"}}, "Kim", {}}));
    send_all(desk, shop.store);
    const auto open = shop.store.conflicts(1);
    REQUIRE(open->size() == 1);
    SECTION("open: it is under the names of its acts") {
        REQUIRE(shop.store.reissue({head.writer, head.seq}) == 1);
        const auto renamed = shop.store.conflicts(1);
        REQUIRE(renamed->size() == 1);
        CHECK(renamed->front().conflict.id != open->front().conflict.id);
        CHECK(renamed->front().conflict.sentence == open->front().conflict.sentence);
    }
    SECTION("settled: the resolution names the conflict as it is called now") {
        REQUIRE(shop.store.settle({open->front().conflict.id, "a", "", "looked"}, "Kim"));
        REQUIRE(shop.store.reissue({head.writer, head.seq}) == 2);
        CHECK(shop.store.conflict_count() == 0);
        const auto events = events_of(shop.store, "SN-1");
        std::vector<journal::EventId> sales;
        for (const auto& event : events)
            if (event.event.kind == Kind::Sold) sales.push_back(event.event.id);
        REQUIRE(sales.size() == 2);
        std::ranges::sort(sales, journal::before);
        CHECK(events.back().event.body.at("conflict") == journal::conflict_id(sales[0], sales[1]));
    }
    check_sound(shop.store);
    send_all(shop.store, desk);
    CHECK(*desk.digest() == *shop.store.digest());
}

TEST_CASE("acts on which another station has built keep their name", "[store][reissue]") {
    Shop shop;
    REQUIRE(shop.receive("SN-1"));
    const auto head = *shop.store.own_head();
    REQUIRE(shop.act(Action::Sell, "SN-1", {{"order", "1"}}));
    auto desk = another_station(shop);
    REQUIRE(desk.act({Kind::Returned, "SN-1", {}, "Kim", {}}));
    send_all(desk, shop.store);
    const std::string before = told(shop.store);
    const auto refused = shop.store.reissue({head.writer, head.seq});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::Refused);
    CHECK(told(shop.store) == before);
    CHECK(shop.store.own_head()->writer == head.writer);
}

TEST_CASE("a name is given up once only", "[store][reissue]") {
    Shop shop;
    const journal::EventId copied = act_since_the_copy(shop);
    REQUIRE(shop.store.reissue(copied));
    const auto head = *shop.store.own_head();
    CHECK(shop.store.reissue(copied) == 0);
    CHECK(*shop.store.own_head() == head);
    // another copy of the copy: the first name of all is kept
    REQUIRE(shop.store.reissue({head.writer, 0}) == head.seq);
    CHECK(events_of(shop.store, "SN-3")[0].event.reissue_of->writer == copied.writer);
    check_sound(shop.store);
}

TEST_CASE("an act on a unit that another event of that number registered here waits",
          "[store][reissue]") {
    const TemporaryFolder files;
    const std::string path = files.file("u.db"), copy = files.file("copy.db");
    { Shop shop(path); }
    std::filesystem::copy_file(path, copy);
    auto one = store::Store::open(path, {}), other = store::Store::open(copy, {});
    const auto receive = [](store::Store& store, const std::string& serial) {
        return store.act({Kind::Registered, serial, {{"variant", "ROUTER-X"}}, "Kim", {}});
    };
    REQUIRE(receive(*one, "SN-1"));
    REQUIRE(receive(*other, "SN-2"));
    auto third = store::Store::open(":memory:", {});
    send_all(*one, *third);
    REQUIRE(third->act({Kind::Sold, "SN-1", {{"order", "1"}}, "Kim", {}}));
    const auto third_head = *third->own_head();
    REQUIRE(other->receive(*third->records(third_head.writer, 1, 10)));
    CHECK(other->take_waiting() == 1);
    CHECK((*other->find("SN-2"))->unit.status == Status::InStock);
    CHECK(other->verify(true)->damage_count == 0);
}

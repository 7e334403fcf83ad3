// No record is larger than others take: neither one's own nor one that comes in.
#include "journal/record.hpp"
#include "support/catch.hpp"
#include "support/meeting.hpp"

namespace {

const std::string kLong(journal::kRecordBytesMax, 'x');

store::Act sale_of(const std::string& serial, const std::string& raw) {
    return {journal::Kind::Sold,
            serial,
            {{"order", "4711"}},
            "Alex",
            journal::Evidence{raw, "]Q3", "AI 21"}};
}

// The first record of another device, with a device's name of so many bytes.
store::Records first_record(std::size_t bytes) {
    journal::Event event;
    event.id = {base::random_id(), 1};
    event.kind = journal::Kind::Warehouse;
    event.serial = "NORTH";
    event.key = "north";
    event.device = std::string(bytes, 'd');
    return {event.id.writer, 1, {}, {journal::to_record(event)}};
}

}  // namespace

TEST_CASE("an act whose record would be too large is refused, and its longest text named",
          "[store][journal][refusal]") {
    Shop shop;
    shop.receive_many(2);
    const store::WriterHead head = *shop.store.own_head();
    const auto refused = shop.store.act(sale_of("SN-10000", kLong));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::Refused);
    CHECK_THAT(refused.error().message, ContainsSubstring("65536 are the scanned code"));
    CHECK(*shop.store.own_head() == head);

    const auto together =
        shop.store.act_all({sale_of("SN-10000", kLong), sale_of("SN-10001", "U04=")}, false);
    REQUIRE(together);
    CHECK((*together)[0]);
    CHECK_FALSE((*together)[1]);
    CHECK(shop.store.own_head()->seq == head.seq + 1);
    CHECK(shop.store.verify(true)->damage_count == 0);
}

TEST_CASE("a record that is too large is not taken in, whoever wrote it", "[store][journal]") {
    Shop shop;
    const auto refused = shop.store.receive(first_record(journal::kRecordBytesMax));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::InvalidInput);
    CHECK_THAT(refused.error().message, ContainsSubstring("at most 65536"));
    CHECK(shop.store.warehouses()->size() == 2);

    const store::Records small = first_record(journal::kRecordBytesMax / 2);
    const std::size_t rest = journal::kRecordBytesMax - small.records.front().size();
    REQUIRE(shop.store.receive(first_record(journal::kRecordBytesMax / 2 + rest)));
    CHECK(shop.store.warehouses()->size() == 3);
    CHECK_FALSE(shop.store.receive(first_record(journal::kRecordBytesMax / 2 + rest + 1)));
}

TEST_CASE("a conflict of acts with the longest texts can be settled", "[store][conflict]") {
    Shop dock;
    store::Store desk = another_station(dock);
    Shop::must(dock.receive("SN-1"));
    send_all(dock.store, desk);
    const std::string order(499, '7');
    Shop::must(dock.act(inventory::Action::Sell, "SN-1", {{"order", order + "1"}}));
    Shop::must(desk.act({journal::Kind::Sold, "SN-1", {{"order", order + "2"}}, "Kim", {}}));
    meet(dock.store, desk);
    const auto conflicts = dock.store.conflicts(1);
    REQUIRE(conflicts->size() == 1);
    const std::string id = conflicts->front().conflict.id;
    const auto settled = dock.store.settle({id, "a", "", "looked"}, "Alex");
    INFO((settled ? "" : settled.error().message));
    CHECK(settled);
    CHECK_FALSE(dock.store.settle({id, "a", "", std::string(501, 'x')}, "Alex"));
}

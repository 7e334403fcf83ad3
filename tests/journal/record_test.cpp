#include "journal/record.hpp"

#include "base/text.hpp"
#include "support/catch.hpp"

using namespace journal;
using namespace std::chrono;

namespace {

Event sale() {
    Event event;
    event.id = {{1, 2, 3}, 7};
    event.kind = Kind::Sold;
    event.kind_text = "sold";
    event.serial = "SN-1";
    event.key = "sn-1";
    event.key_rule = 1;
    event.parents = {{{9}, 4}};
    event.root = EventId{{9}, 2};
    event.at = {sys_days(2026y / March / 1) + 9h, 60min};
    event.hub_offset = -7205s;
    event.operator_name = "Zoë \"Z\"\\";
    event.device = "Dock 1";
    event.app_version = "0.1.0";
    event.scan = Evidence{"U04tMQ==", "]C0", "the only plain code"};
    event.body = {{"order", "4711"}, {"client", "client-1"}, {"location", std::nullopt}};
    return event;
}

}  // namespace

TEST_CASE("a record is canonical JSON, members sorted, escapes as in RFC 8785",
          "[journal][record]") {
    CHECK(to_record(sale()) ==
          R"({"app":"0.1.0","at":"2026-03-01T09:00:00.000Z",)"
          R"("body":{"client":"client-1","location":null,"order":"4711"},"device":"Dock 1",)"
          R"("hub_offset":-7205,"key":"sn-1","key_rule":1,"kind":"sold","operator":"Zoë \"Z\"\\",)"
          R"("parents":["09000000000000000000000000000000:4"],)"
          R"("root":"09000000000000000000000000000000:2",)"
          R"("scan":{"raw":"U04tMQ==","rule":"the only plain code","symbology":"]C0"},"seq":7,)"
          R"("serial":"SN-1","v":1,"writer":"01020300000000000000000000000000","zone":"+01:00"})");
}

TEST_CASE("an event survives being written and read", "[journal][record]") {
    const auto read = parse_record(to_record(sale()));
    REQUIRE(read);
    CHECK(to_record(*read) == to_record(sale()));
    CHECK(read->parents == sale().parents);
    CHECK(read->root == sale().root);
    CHECK(read->hub_offset == sale().hub_offset);
}

TEST_CASE("a record under other names keeps all else, also what this version does not know",
          "[journal][record]") {
    Event event = sale();
    event.body["undoes"] = "09000000000000000000000000000000:3";
    std::string record = to_record(event);
    record.insert(record.find("\"device\""), R"("colour":{"of":"the future"},)");
    Event renamed = event;
    renamed.id = {{5}, 1};
    renamed.parents = {{{5}, 9}};
    renamed.root = EventId{{5}, 8};
    renamed.reissue_of = event.id;
    renamed.body["undoes"] = "05000000000000000000000000000000:7";
    renamed.body["order"] = "not a name";
    const std::string reissued = reissued_record(record, renamed);
    CHECK_THAT(reissued, ContainsSubstring(R"("colour":{"of":"the future"})"));
    const auto read = parse_record(reissued);
    REQUIRE(read);
    CHECK(read->id == renamed.id);
    CHECK(read->parents == renamed.parents);
    CHECK(read->root == renamed.root);
    CHECK(read->reissue_of == event.id);
    CHECK(read->body.at("undoes") == renamed.body.at("undoes"));
    CHECK(read->body.at("order") == "4711");
    CHECK(to_record(*parse_record(to_record(*read))) == to_record(*read));
}

TEST_CASE("an act of a newer version is kept as unknown, its bytes untouched",
          "[journal][record]") {
    std::string record = to_record(sale());
    record.replace(record.find("\"sold\""), 6, "\"cloned\"");
    const auto read = parse_record(record);
    REQUIRE(read);
    CHECK(read->kind == Kind::Unknown);
    CHECK(read->kind_text == "cloned");
}

TEST_CASE("what is no record is refused", "[journal][record]") {
    const std::string good = to_record(sale());
    for (std::size_t size = 0; size < good.size(); ++size)
        REQUIRE_FALSE(parse_record(std::string_view(good).substr(0, size)));
    CHECK_FALSE(parse_record("[]"));
    CHECK_FALSE(parse_record("{}"));
    std::string bad = good;
    bad.replace(bad.find(":7,"), 3, ":0,");
    CHECK_FALSE(parse_record(bad));
}

TEST_CASE("the chain depends on every byte before it", "[journal][record]") {
    const base::Sha256 zero{};
    const auto first = chain_hash(zero, "a");
    // SHA-256 of 32 zero bytes and "a", computed with sha256sum.
    CHECK(base::to_hex(first) ==
          "41a0370c3d9f42773a59e8e01651911cf43b1e3f66944cbb690029debc4eb647");
    CHECK(chain_hash(first, "b") != chain_hash(zero, "b"));
    CHECK(chain_hash(first, "b") != chain_hash(first, "c"));
}

TEST_CASE("an act says how right the clock of its device was", "[journal]") {
    const auto words = [](std::optional<seconds> hub_offset) {
        Event event = sale();
        event.hub_offset = hub_offset;
        return clock_words(event);
    };
    CHECK(words({}).empty());
    CHECK(words(0s) == "right");
    CHECK(words(-119s) == "right");
    CHECK(words(120s) == "2 minutes ahead");
    CHECK(words(-119min) == "119 minutes behind");
    CHECK(words(3h + 59min) == "3 hours ahead");
    CHECK(words(-24h * 3650) == "3650 days behind");
}

TEST_CASE("an event's name is a writer and a number", "[journal]") {
    const EventId id{{0xAB}, 42};
    CHECK(to_text(id) == "ab000000000000000000000000000000:42");
    CHECK(parse_event_id(to_text(id)) == id);
    for (const char* bad :
         {"", "ab:1", "zz000000000000000000000000000000:1", "ab000000000000000000000000000000:0",
          "ab000000000000000000000000000000:x"})
        CHECK_FALSE(parse_event_id(bad));
}

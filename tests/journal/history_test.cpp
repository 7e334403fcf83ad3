#include "journal/history.hpp"
#include "journal/fold.hpp"

#include <random>

#include "support/catch.hpp"

using namespace journal;
using inventory::Action;
using inventory::Status;

namespace {

// A history being written, one act after the other.
struct Story {
    std::vector<Event> events;

    Event& add(Kind kind, Body body = {}) {
        Event event;
        event.id = {{1}, static_cast<std::int64_t>(events.size()) + 1};
        event.kind = kind;
        event.kind_text = name(kind);
        event.serial = "SN-1";
        event.key = "sn-1";
        event.body = std::move(body);
        if (!events.empty()) {
            event.parents = {events.back().id};
            event.root = events.front().id;
        }
        return events.emplace_back(std::move(event));
    }
    void undo(std::size_t index) { add(Kind::Undone, {{"undoes", to_text(events[index].id)}}); }
    Folded folded() const { return fold(events); }
};

Story registered() {
    Story story;
    story.add(Kind::Registered, {{"variant", "ROUTER-X"},
                                 {"warehouse", "MAIN"},
                                 {"location", "A-03"},
                                 {"purchase_date", "2026-03-01"}});
    return story;
}

}  // namespace

TEST_CASE("a registered unit is In Stock with its fields", "[journal][fold]") {
    const auto unit = registered().folded().unit;
    REQUIRE(unit);
    CHECK(unit->status == Status::InStock);
    CHECK(unit->variant == "ROUTER-X");
    CHECK(unit->location == std::string("A-03"));
}

TEST_CASE("Sold clears the location and keeps the warehouse", "[journal][fold]") {
    Story story = registered();
    story.add(Kind::Sold, {{"client", "c1"}, {"order", "4711"}});
    const auto unit = story.folded().unit;
    CHECK(unit->status == Status::Sold);
    CHECK_FALSE(unit->location);
    CHECK(unit->warehouse == std::string("MAIN"));
    CHECK(unit->client == std::string("c1"));
}

TEST_CASE("a unit back in stock belongs to no client", "[journal][fold]") {
    Story story = registered();
    story.add(Kind::Reserved, {{"client", "c1"}, {"order", "1"}});
    story.add(Kind::ReturnedToStock);
    const auto unit = story.folded().unit;
    CHECK(unit->status == Status::InStock);
    CHECK_FALSE(unit->client);
    CHECK_FALSE(unit->order);
}

TEST_CASE("a returned unit still says who had it", "[journal][fold]") {
    Story story = registered();
    story.add(Kind::Sold, {{"client", "c1"}});
    story.add(Kind::Returned, {{"rma", "R1"}});
    CHECK(story.folded().unit->client == std::string("c1"));
    CHECK(story.folded().unit->rma == std::string("R1"));
}

TEST_CASE("an undo restores the state before the act", "[journal][undo]") {
    Story story = registered();
    const auto before = story.folded().unit;
    story.add(Kind::Sold, {{"client", "c1"}});
    story.undo(1);
    const Folded folded = story.folded();
    CHECK(folded.unit == before);
    CHECK(folded.stands == std::vector<bool>{true, false, false});
    CHECK(folded.latest == 0U);
}

TEST_CASE("undoing a registration takes the unit off the lists", "[journal][undo]") {
    Story story = registered();
    story.undo(0);
    CHECK_FALSE(story.folded().unit);
    CHECK_FALSE(story.folded().latest);
}

TEST_CASE("only the latest standing act can be undone", "[journal][undo]") {
    Story story = registered();
    story.add(Kind::Sold);
    story.add(Kind::Returned);
    story.undo(1);
    CHECK(story.folded().unit->status == Status::Returned);
    CHECK_FALSE(story.folded().refusals[3].empty());
}

TEST_CASE("an unlawful event is kept and not applied", "[journal][fold]") {
    Story story = registered();
    story.add(Kind::Returned);
    const Folded folded = story.folded();
    CHECK(folded.unit->status == Status::InStock);
    CHECK_FALSE(folded.stands[1]);
    CHECK_THAT(folded.refusals[1], ContainsSubstring("is In Stock"));
}

TEST_CASE("a warranty does not end before the purchase", "[journal][fold]") {
    Story story = registered();
    story.add(Kind::Edited, {{"warranty_expiry", "2026-02-28"}});
    CHECK_THAT(story.folded().refusals[1], ContainsSubstring("before the purchase"));
    story.add(Kind::Edited, {{"warranty_expiry", "2026-03-01"}});
    CHECK(story.folded().refusals[2].empty());
}

TEST_CASE("in any history only undo leaves the lifecycle, and undo restores exactly",
          "[journal][property]") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const Kind kinds[] = {Kind::Sold,     Kind::Reserved,        Kind::ReturnedToStock,
                          Kind::Returned, Kind::MarkedDefective, Kind::Moved,
                          Kind::Edited,   Kind::Registered};
    for (int round = 0; round < 300; ++round) {
        Story story = registered();
        std::vector<std::optional<inventory::Unit>> before{std::nullopt};  // by event index
        for (int step = 0; step < 30; ++step) {
            const Folded folded = story.folded();
            const auto pick = random() % (std::size(kinds) + 2);
            if (pick >= std::size(kinds)) {
                if (!folded.latest || *folded.latest == 0) continue;
                before.push_back(std::nullopt);
                story.undo(*folded.latest);
                REQUIRE(story.folded().unit == before[*folded.latest]);
                continue;
            }
            before.push_back(folded.unit);
            story.add(kinds[pick], {{"client", "c" + std::to_string(random() % 3)},
                                    {"location", "L" + std::to_string(random() % 3)}});
            const Folded after = story.folded();
            const auto action = action_of(kinds[pick]);
            const auto next = action ? inventory::next_status(folded.unit->status, *action)
                                     : std::optional(folded.unit->status);
            REQUIRE(after.unit->status == next.value_or(folded.unit->status));
            REQUIRE(after.stands.back() == (next && kinds[pick] != Kind::Registered));
        }
    }
}

TEST_CASE("every event is told in words", "[journal][words]") {
    Story story = registered();
    CHECK(describe(story.events[0], "") == "Registered as ROUTER-X at MAIN / A-03");
    CHECK(describe(story.add(Kind::Sold, {{"client", "c1"}, {"order", "4711"}}), "Client K") ==
          "Sold to Client K, order 4711");
    CHECK(describe(story.add(Kind::Returned, {{"rma", "R-1"}, {"reason", "broken"}}), "") ==
          "Returned, RMA R-1: broken");
    CHECK(describe(story.add(Kind::Edited, {{"lot", std::nullopt}}), "") == "Edited: lot none");
    CHECK(describe(story.add(Kind::Undone, {{"what", "sold"}}), "") == "Undone: sold");
}

// Goal: a settlement that is taken back leaves its question open again, and what an act answers is
// what the record shows afterwards, also where two stations parted the same boxes in two ways.
#include "support/meeting.hpp"

namespace {

store::ConflictRecord only_conflict(store::Store& station) {
    const auto open = station.conflicts(10);
    REQUIRE(open);
    REQUIRE(open->size() == 1);
    return open->front();
}

store::UnitRecord settle(store::Store& station, std::size_t choice, const std::string& second) {
    const auto open = only_conflict(station);
    REQUIRE(open.choices.size() > choice);
    auto settled =
        station.settle({open.conflict.id, open.choices[choice].id, second, "looked"}, "Kim");
    REQUIRE(settled);
    CHECK(station.conflict_count() == 0);
    return *settled;
}

}  // namespace

TEST_CASE("a settlement taken back leaves the question open again", "[store][undo]") {
    Meeting meeting;
    meeting.sell_twice("SN-1");
    const std::string sentence = only_conflict(meeting.desk).conflict.sentence;
    settle(meeting.desk, 0, "");
    REQUIRE(meeting.desk.undo("SN-1", "Kim"));
    CHECK(only_conflict(meeting.desk).conflict.sentence == sentence);
}

TEST_CASE("of two serials for the second box, the one that was chosen is shown and found",
          "[store][undo]") {
    Meeting meeting;
    meeting.register_twice("SN-1");
    settle(meeting.dock.store, 2, "SN-1-A");
    settle(meeting.desk, 2, "SN-1-B");
    meet(meeting.dock.store, meeting.desk);
    for (std::size_t choice = 0; choice < 2; ++choice) {
        const auto settled = settle(meeting.desk, choice, "");
        const auto found = meeting.desk.find(settled.unit.serial);
        REQUIRE(found);
        REQUIRE(*found);
        CHECK((*found)->unit == settled.unit);
        CHECK(only_conflict(meeting.dock.store).choices[choice].label.find(settled.unit.serial) !=
              std::string::npos);
        const auto undone = meeting.desk.undo(settled.unit.serial, "Kim");
        REQUIRE(undone);
        REQUIRE(undone->unit);
        CHECK((*meeting.desk.find(undone->unit->unit.serial))->unit == undone->unit->unit);
    }
}

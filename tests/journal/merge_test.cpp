// Goal: what two people did to one box apart is either one thing or one sentence, on every device
// the same, whatever arrived first.
// Method: histories of several writers are written by hand for every row of the merge table, and at
// random (seed printed) for what must hold of all of them.
#include <algorithm>
#include <random>

#include "journal/fold.hpp"
#include "journal/merge_table.hpp"
#include "support/catch.hpp"

using namespace journal;
using inventory::Status;

namespace {

const Kind kUnitKinds[] = {
    Kind::Registered, Kind::Edited,          Kind::Moved,           Kind::Reserved, Kind::Sold,
    Kind::Returned,   Kind::MarkedDefective, Kind::ReturnedToStock, Kind::Renamed,  Kind::Undone,
    Kind::Held,       Kind::Released,        Kind::Resolved};

std::string nobody(const Event& /*event*/) { return ""; }

struct Written {
    Kind kind;
    Body body;
};

// Stations that write apart: each act names what its author saw.
struct Stations {
    std::vector<Event> events;

    std::size_t act(std::uint8_t writer, Written written, std::vector<std::size_t> seen) {
        Event event;
        event.id = {{writer}, 1};
        for (const Event& other : events)
            if (other.id.writer == event.id.writer) event.id.seq = other.id.seq + 1;
        event.kind = written.kind;
        event.kind_text = name(written.kind);
        event.serial = "SN-1";
        event.key = "sn-1";
        event.device = "Dock " + std::to_string(writer);
        event.body = std::move(written.body);
        for (const std::size_t i : seen) event.parents.push_back(events[i].id);
        if (event.kind != Kind::Registered) {
            const Event& first = events[seen.front()];
            event.root = first.root.value_or(first.id);
        }
        events.push_back(std::move(event));
        return events.size() - 1;
    }
    std::size_t undo(std::uint8_t writer, std::size_t target, std::vector<std::size_t> seen) {
        return act(writer, {Kind::Undone, {{"undoes", to_text(events[target].id)}}},
                   std::move(seen));
    }
    std::size_t settle(std::uint8_t writer, const std::string& choice) {
        const Folded folded = fold(events);
        REQUIRE(folded.conflict);
        for (const Choice& offered : choices(events, *folded.conflict, nobody))
            if (offered.id == choice)
                return act(writer, {Kind::Resolved, offered.body}, folded.tips);
        FAIL("no choice " << choice);
        return 0;
    }
};

Written registration(Body differing = {}) {
    Body body = {{"variant", "ROUTER-X"}, {"warehouse", "MAIN"}, {"location", "A-03"}};
    for (auto& [field, value] : differing) body[field] = value;
    return {Kind::Registered, body};
}

// A unit brought into the status by station 1.
Stations in(Status status) {
    Stations stations;
    std::size_t last = stations.act(1, registration(), {});
    if (status == Status::Reserved)
        last = stations.act(1, {Kind::Reserved, {{"order", "7"}}}, {last});
    if (status == Status::Sold || status == Status::Returned || status == Status::Defective)
        last = stations.act(1, {Kind::Sold, {{"order", "1"}}}, {last});
    if (status == Status::Returned) stations.act(1, {Kind::Returned, {}}, {last});
    if (status == Status::Defective) stations.act(1, {Kind::MarkedDefective, {}}, {last});
    return stations;
}

struct Row {
    const char* what;
    Status common;
    Written a, b;
    Severity severity;
    Status shown;
    bool sellable;
};

}  // namespace

TEST_CASE("two acts done apart end as the merge table says", "[journal][merge]") {
    using enum Severity;
    const Written sell_1{Kind::Sold, {{"order", "1"}}}, sell_2{Kind::Sold, {{"order", "2"}}};
    const Written sell_unnamed{Kind::Sold, {}};
    const Written reserve_1{Kind::Reserved, {{"order", "1"}}};
    const Written reserve_2{Kind::Reserved, {{"order", "2"}}};
    const Written restock{Kind::ReturnedToStock, {}}, defect{Kind::MarkedDefective, {}};
    const Written return_1{Kind::Returned, {{"rma", "R1"}}},
        return_2{Kind::Returned, {{"rma", "R2"}}};
    const Written move_a{Kind::Moved, {{"location", "A-12"}}},
        move_b{Kind::Moved, {{"location", "B-03"}}};
    const Written edit_a{Kind::Edited, {{"lot", "L-1"}}}, edit_b{Kind::Edited, {{"lot", "L-2"}}};
    const Written edit_other{Kind::Edited, {{"reason", "scratched"}}};
    const Written rename_a{Kind::Renamed, {{"serial", "SN-1A"}}},
        rename_b{Kind::Renamed, {{"serial", "SN-1B"}}};
    const Written hold{Kind::Held, {{"reason", "recall"}}};
    const auto row = GENERATE_COPY(values<Row>({
        {"one sale recorded twice", Status::InStock, sell_1, sell_1, None, Status::Sold, false},
        {"sold twice", Status::InStock, sell_1, sell_2, High, Status::Sold, false},
        {"two sales without a reference", Status::InStock, sell_unnamed, sell_unnamed, High,
         Status::Sold, false},
        {"sold twice from a reservation", Status::Reserved, sell_1, sell_2, High, Status::Sold,
         false},
        {"sold while reserved", Status::InStock, sell_1, reserve_2, Medium, Status::Sold, false},
        {"one reservation twice", Status::InStock, reserve_1, reserve_1, None, Status::Reserved,
         false},
        {"promised twice", Status::InStock, reserve_1, reserve_2, Medium, Status::Reserved, false},
        {"released while sold", Status::Reserved, restock, sell_1, Low, Status::Sold, false},
        {"released twice", Status::Reserved, restock, restock, None, Status::InStock, true},
        {"one return twice", Status::Sold, return_1, return_1, None, Status::Returned, false},
        {"returned twice", Status::Sold, return_1, return_2, Medium, Status::Returned, false},
        {"taken back and defective", Status::Sold, return_1, defect, Medium, Status::Defective,
         false},
        {"defective twice", Status::Sold, defect, defect, None, Status::Defective, false},
        {"back on the shelf and defective", Status::Returned, restock, defect, High,
         Status::Defective, false},
        {"put back twice", Status::Returned, restock, restock, None, Status::InStock, true},
        {"put back twice from defective", Status::Defective, restock, restock, None,
         Status::InStock, true},
        {"sold while edited", Status::InStock, sell_1, edit_a, None, Status::Sold, false},
        {"sold while moved", Status::InStock, sell_1, move_a, Low, Status::Sold, false},
        {"one edit twice", Status::InStock, edit_a, edit_a, None, Status::InStock, true},
        {"edits of two fields", Status::InStock, edit_a, edit_other, None, Status::InStock, true},
        {"one field, two values", Status::InStock, edit_a, edit_b, Low, Status::InStock, true},
        {"moved to two places", Status::InStock, move_a, move_b, Low, Status::InStock, true},
        {"sold while the serial was corrected", Status::InStock, sell_1, rename_a, None,
         Status::Sold, false},
        {"two corrections", Status::InStock, rename_a, rename_b, High, Status::InStock, false},
        {"sold while recalled", Status::InStock, hold, sell_1, High, Status::Sold, false},
        {"held twice", Status::InStock, hold, hold, None, Status::InStock, false},
        {"reserved while held", Status::InStock, hold, reserve_1, None, Status::Reserved, false},
    }));
    CAPTURE(row.what);
    const bool swapped = GENERATE(false, true);
    Stations stations = in(row.common);
    const std::size_t tip = stations.events.size() - 1;
    stations.act(swapped ? 3 : 2, swapped ? row.b : row.a, {tip});
    stations.act(swapped ? 2 : 3, swapped ? row.a : row.b, {tip});
    const Folded folded = fold(stations.events);
    REQUIRE(folded.unit);
    CHECK((folded.conflict ? folded.conflict->severity : None) == row.severity);
    CHECK(folded.unit->status == row.shown);
    const bool for_sale =
        inventory::next_status(folded.unit->status, inventory::Action::Sell).has_value() &&
        !folded.unit->hold && (!folded.conflict || folded.conflict->sellable);
    if (row.shown == Status::InStock) CHECK(for_sale == row.sellable);
}

TEST_CASE("one serial registered apart is one unit, or a question", "[journal][merge]") {
    using enum Severity;
    struct Registered {
        Body differs;
        Severity severity;
        bool sellable;
    };
    const auto row = GENERATE(values<Registered>({
        {{}, None, true},
        {{{"location", "B-03"}}, Low, true},
        {{{"warehouse", "SHOP"}, {"location", "SHELF"}}, Medium, false},
        {{{"variant", "SWITCH-Y"}}, High, false},
        {{{"lot", "L-9"}}, High, false},
        {{{"warranty_expiry", "2030-01-01"}}, High, false},
    }));
    Stations stations;
    stations.act(1, registration(), {});
    stations.act(2, registration(row.differs), {});
    const auto units = split_by_serial(stations.events);
    REQUIRE(units.size() == 1);
    CHECK(units[0].roots.size() == 2);
    const Folded folded = fold(stations.events);
    CHECK(folded.unit->status == Status::InStock);
    CHECK((folded.conflict ? folded.conflict->severity : None) == row.severity);
    CHECK((folded.conflict ? folded.conflict->sellable : true) == row.sellable);
}

TEST_CASE("every pair of acts that the product writes is in the merge table", "[journal][merge]") {
    const auto table = merge_table();
    for (const Kind a : kUnitKinds)
        for (const Kind b : kUnitKinds)
            for (const bool used : {false, true}) {
                Event first, second;
                first.kind = a;
                second.kind = b;
                const MergeRule* rule = judge(first, second, used).rule;
                CAPTURE(name(a), name(b));
                CHECK((rule >= table.data() && rule < table.data() + table.size()));
            }
}

TEST_CASE("every rule of the merge table can count", "[journal][merge]") {
    const auto table = merge_table();
    for (std::size_t i = 0; i < table.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            const bool same_pair =
                (table[j].first == table[i].first && table[j].second == table[i].second);
            CAPTURE(table[i].words, table[j].words);
            CHECK_FALSE((same_pair && (table[j].condition == Condition::Always ||
                                       table[j].condition == table[i].condition)));
        }
}

TEST_CASE("a settled conflict stays settled, new evidence opens it again", "[journal][merge]") {
    Stations stations = in(Status::InStock);
    stations.act(2, {Kind::Sold, {{"order", "1"}}}, {0});
    stations.act(3, {Kind::Sold, {{"order", "2"}}}, {0});
    REQUIRE(fold(stations.events).conflict);
    CHECK_THAT(fold(stations.events).conflict->sentence,
               Catch::Matchers::StartsWith("Sold twice, at Dock 2 ("));
    const std::size_t settled = stations.settle(1, "b");
    const Folded folded = fold(stations.events);
    CHECK_FALSE(folded.conflict);
    CHECK(folded.unit->order == std::string("2"));
    CHECK(folded.unit->status == Status::Sold);
    CHECK(folded.stands[1]);  // both sales stay in the history

    SECTION("work goes on") {
        stations.act(2, {Kind::Returned, {{"rma", "R"}}}, {settled});
        CHECK_FALSE(fold(stations.events).conflict);
        CHECK(fold(stations.events).unit->status == Status::Returned);
    }
    SECTION("a third sale arrives late") {
        stations.act(4, {Kind::Sold, {{"order", "3"}}}, {0});
        REQUIRE(fold(stations.events).conflict);
        CHECK(fold(stations.events).conflict->severity == Severity::High);
    }
    SECTION("settled in two ways") {
        Stations other = stations;
        other.events.pop_back();
        const std::size_t second = other.settle(2, "a");
        stations.events.push_back(other.events[second]);
        REQUIRE(fold(stations.events).conflict);
        CHECK_THAT(fold(stations.events).conflict->sentence,
                   Catch::Matchers::StartsWith("Settled in two ways"));
    }
    SECTION("settled alike") {
        Stations other = stations;
        other.events.pop_back();
        stations.events.push_back(other.events[other.settle(2, "b")]);
        CHECK_FALSE(fold(stations.events).conflict);
    }
}

TEST_CASE("a provisional registration joins the true one of its variant and gives way to it",
          "[journal][merge]") {
    const bool true_first = GENERATE(false, true);
    const bool same_variant = GENERATE(false, true);
    CAPTURE(true_first, same_variant);
    Stations stations;
    const Written provisional{Kind::Registered, {{"variant", "ROUTER-X"}, {"provisional", "yes"}}};
    const Written known =
        registration({{"variant", same_variant ? "ROUTER-X" : "SWITCH-Y"}, {"lot", "L-1"}});
    const auto dock = static_cast<std::uint8_t>(true_first ? 1 : 2);
    const auto shop = static_cast<std::uint8_t>(3 - dock);
    const std::size_t sold_as = stations.act(shop, provisional, {});
    stations.act(shop, {Kind::Sold, {{"order", "1"}, {"provisional", "yes"}}}, {sold_as});
    CHECK(fold(stations.events).unit->provisional);
    stations.act(dock, known, {});
    const Folded folded = fold(stations.events);
    REQUIRE(folded.unit);
    CHECK_FALSE(folded.unit->provisional);
    CHECK(folded.unit->status == Status::Sold);
    CHECK(folded.unit->lot == std::string("L-1"));
    CHECK(folded.unit->warehouse == std::string("MAIN"));
    CHECK(folded.conflict.has_value() == !same_variant);
    if (folded.conflict) CHECK(folded.conflict->severity == Severity::High);
}

TEST_CASE("two boxes under one serial are parted by a second serial", "[journal][merge]") {
    Stations stations;
    stations.act(1, registration(), {});
    stations.act(2, registration({{"variant", "SWITCH-Y"}}), {});
    stations.act(2, {Kind::Sold, {{"order", "1"}}}, {1});
    const Folded folded = fold(stations.events);
    REQUIRE(folded.conflict);
    const auto offered = choices(stations.events, *folded.conflict, nobody);
    REQUIRE(offered.size() == 3);
    CHECK(offered[2].needs_serial);
    // the second box gets its serial by an event of its own registration
    std::vector<std::size_t> tips = folded.tips;
    std::ranges::reverse(tips);  // the first names the registration that it is of
    const std::size_t renamed = stations.act(3, {Kind::Renamed, {{"serial", "SN-1-B"}}}, tips);
    CHECK(stations.events[renamed].root == stations.events[1].id);
    const auto units = split_by_serial(stations.events);
    REQUIRE(units.size() == 2);
    for (const Lineages& unit : units) {
        std::vector<Event> history;
        for (const std::size_t i : unit.events) history.push_back(stations.events[i]);
        const Folded alone = fold(history);
        CHECK_FALSE(alone.conflict);
        CHECK(alone.unit->variant == (unit.serial.key == "sn-1" ? "ROUTER-X" : "SWITCH-Y"));
        CHECK(alone.unit->status == (unit.serial.key == "sn-1" ? Status::InStock : Status::Sold));
        CHECK(alone.unit->key == unit.serial.key);
    }
}

TEST_CASE("an undo beside an act on what it takes back leaves the act standing",
          "[journal][merge]") {
    Stations stations = in(Status::InStock);
    const std::size_t reserved = stations.act(2, {Kind::Reserved, {{"order", "1"}}}, {0});
    stations.undo(2, reserved, {reserved});
    CHECK(fold(stations.events).unit->status == Status::InStock);
    stations.act(3, {Kind::Sold, {{"order", "1"}}}, {reserved});
    const Folded folded = fold(stations.events);
    CHECK(folded.unit->status == Status::Sold);
    CHECK(folded.stands[reserved]);
    REQUIRE(folded.conflict);
    CHECK(folded.conflict->severity == Severity::Medium);
    CHECK_THAT(folded.conflict->sentence, Catch::Matchers::StartsWith("Undone at Dock 2"));
}

TEST_CASE("an act that the rules did not allow is shown, with who wrote it", "[journal][merge]") {
    Stations stations = in(Status::InStock);
    stations.events.push_back(stations.events.front());
    stations.events.pop_back();
    stations.act(2, {Kind::Returned, {}}, {0});
    const Folded chain = fold(stations.events);
    REQUIRE(chain.conflict);
    CHECK(chain.conflict->severity == Severity::Rule);
    CHECK_THAT(chain.conflict->sentence, ContainsSubstring("Dock 2"));
    stations.act(3, {Kind::Moved, {{"location", "B"}}}, {0});
    CHECK(fold(stations.events).conflict->severity == Severity::Rule);
    CHECK(fold(stations.events).unit->location == std::string("B"));
    stations.settle(1, "a");
    CHECK_FALSE(fold(stations.events).conflict);
}

TEST_CASE("what a newer version wrote is kept and shown", "[journal][merge]") {
    Stations stations = in(Status::InStock);
    stations.act(2, {Kind::Unknown, {}}, {0});
    const Folded folded = fold(stations.events);
    CHECK(folded.unit->status == Status::InStock);
    REQUIRE(folded.conflict);
    CHECK(folded.conflict->severity == Severity::Info);
    CHECK_FALSE(folded.conflict->sellable);
}

namespace {

// Stations that act on what they have seen and meet now and then.
Stations random_history(std::mt19937& random, int acts) {
    Stations stations;
    stations.act(1, registration(), {});
    std::vector<std::vector<std::size_t>> seen(3, {0});
    if (random() % 3 == 0) {
        stations.act(2, random() % 2 == 0 ? registration() : registration({{"lot", "L-9"}}), {});
        seen[1] = {1};
    }
    for (int i = 0; i < acts; ++i) {
        const std::size_t station = random() % 3;
        if (random() % 4 == 0) {  // two stations meet
            const std::size_t other = random() % 3;
            std::vector<std::size_t> both = seen[station];
            both.insert(both.end(), seen[other].begin(), seen[other].end());
            std::ranges::sort(both);
            both.erase(std::unique(both.begin(), both.end()), both.end());
            seen[station] = seen[other] = both;
        }
        std::vector<Event> known;
        for (const std::size_t k : seen[station]) known.push_back(stations.events[k]);
        const Folded view = fold(known);
        std::vector<std::size_t> tips;
        for (const std::size_t tip : view.tips) tips.push_back(seen[station][tip]);
        // acts on a unit name the registration of the smaller id
        std::ranges::sort(tips, [&](std::size_t a, std::size_t b) {
            const Event &ea = stations.events[a], &eb = stations.events[b];
            return before(ea.root.value_or(ea.id), eb.root.value_or(eb.id));
        });
        const auto writer = static_cast<std::uint8_t>(station + 1);
        std::size_t done = 0;
        if (random() % 6 == 0 && view.latest) {
            done = stations.undo(writer, seen[station][*view.latest], tips);
        } else if (random() % 3 == 0 && view.conflict && view.conflict->a != view.conflict->b) {
            const auto offered = choices(known, *view.conflict, nobody);
            if (offered.empty()) continue;
            done = stations.act(writer, {Kind::Resolved, offered[random() % offered.size()].body},
                                tips);
        } else {
            const Kind kind = kUnitKinds[1 + random() % 12];
            if (kind == Kind::Undone || kind == Kind::Resolved || kind == Kind::Renamed) continue;
            const std::string number = std::to_string(random() % 3);
            done =
                stations.act(writer, {kind, {{"order", number}, {"location", "A" + number}}}, tips);
        }
        seen[station].push_back(done);
    }
    return stations;
}

// Another order in which the same events may arrive.
std::vector<Event> shuffled(const std::vector<Event>& events, std::mt19937& random) {
    std::vector<Event> waiting = events, order;
    while (!waiting.empty()) {
        const std::size_t pick = random() % waiting.size();
        const auto is_there = [&](const EventId& id) {
            return std::ranges::find(order, id, &Event::id) != order.end();
        };
        if (!std::ranges::all_of(waiting[pick].parents, is_there)) continue;
        order.push_back(waiting[pick]);
        waiting.erase(waiting.begin() + static_cast<std::ptrdiff_t>(pick));
    }
    return order;
}

}  // namespace

TEST_CASE("all devices agree, whatever arrived first", "[journal][merge][property]") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 150; ++round) {
        const Stations stations = random_history(random, 25);
        const Folded folded = fold(stations.events);
        for (int order = 0; order < 4; ++order) {
            const std::vector<Event> other = shuffled(stations.events, random);
            const Folded again = fold(other);
            REQUIRE(again.unit == folded.unit);
            REQUIRE(again.conflict.has_value() == folded.conflict.has_value());
            if (!folded.conflict) continue;
            REQUIRE(again.conflict->sentence == folded.conflict->sentence);
            REQUIRE(conflict_id(other, *again.conflict) ==
                    conflict_id(stations.events, *folded.conflict));
        }
    }
}

TEST_CASE("a history of one station folds as a graph as it does as a chain",
          "[journal][merge][property]") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    for (int round = 0; round < 100; ++round) {
        Stations stations;
        stations.act(1, registration(), {});
        for (int i = 0; i < 20; ++i) {
            const Folded view = fold(stations.events);
            const std::size_t last = stations.events.size() - 1;
            if (random() % 5 == 0 && view.latest)
                stations.undo(1, *view.latest, {last});
            else
                stations.act(1, {kUnitKinds[1 + random() % 11], {{"order", std::to_string(i)}}},
                             {last});
        }
        std::vector<Event> graph = stations.events;
        for (Event& event : graph)  // a parent named twice is one parent, but no chain
            if (!event.parents.empty()) event.parents.push_back(event.parents.front());
        const Folded as_chain = fold(stations.events), as_graph = fold(graph);
        REQUIRE(as_graph.unit == as_chain.unit);
        REQUIRE(as_graph.stands == as_chain.stands);
        REQUIRE(as_graph.latest == as_chain.latest);
        for (std::size_t i = 0; i < graph.size(); ++i)
            REQUIRE(as_graph.refusals[i].empty() == as_chain.refusals[i].empty());
    }
}

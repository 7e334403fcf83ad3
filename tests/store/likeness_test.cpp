// Goal: what is asked of the store at every scan costs the same however many units there are.
// Method: SQLite's own steps are counted, with few units and with many: a scan of a table would
// take as many more as there are rows.
#include "support/catch.hpp"
#include "support/shop.hpp"

namespace {

void receive_many(store::Store& store, int from, int to) {
    std::vector<store::Act> acts;
    for (int i = from; i < to; ++i)
        acts.push_back({journal::Kind::Registered,
                        "SN-2026-" + std::to_string(100000 + i),
                        {{"variant", "ROUTER-X"}, {"warehouse", "MAIN"}, {"location", "A-03"}},
                        "Alex",
                        {}});
    const auto done = store.act_all(acts, false);
    REQUIRE(done);
}

// In thousands of the virtual machine's steps.
template <typename Question>
int steps_of(store::Store& store, Question question) {
    int steps = 0;
    store.give_up_when([&] {
        ++steps;
        return false;
    });
    for (int i = 0; i < 20; ++i) question();
    store.give_up_when({});
    return steps;
}

}  // namespace

TEST_CASE("near misses, shapes and identifiers are found without a scan", "[store][near_miss]") {
    Shop shop;
    const auto near = [&](inventory::Entry entry) {
        return [&, entry] {
            const auto found = shop.store.near_misses("SN-2O26-100007", "ROUTER-X", entry);
            REQUIRE(found);
            CHECK(found->size() == 1);
        };
    };
    const auto shape = [&] { CHECK(shop.store.shape_of("ROUTER-X")); };
    const auto identifier = [&] { CHECK(shop.store.find_by_identifier("356938035643809")); };
    const auto all = [&] {
        return std::vector<int>{steps_of(shop.store, near(inventory::Entry::Read)),
                                steps_of(shop.store, near(inventory::Entry::Typed)),
                                steps_of(shop.store, shape), steps_of(shop.store, identifier)};
    };
    receive_many(shop.store, 0, 200);
    const auto few = all();
    receive_many(shop.store, 200, 8000);
    const auto many = all();
    for (std::size_t i = 0; i < few.size(); ++i) {
        CAPTURE(i, few[i], many[i]);
        CHECK(many[i] <= few[i] + 2);
    }
}

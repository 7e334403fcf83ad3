// The list of units on the screen, through the application's commands.
#include "app/unit_list.hpp"

#include <algorithm>

#include "app/application.hpp"
#include "support/catch.hpp"
#include "support/shop.hpp"

using namespace app;
using inventory::Action;
using inventory::Status;

namespace {

using Shown = std::shared_ptr<const State>;
using Keys = std::vector<std::string>;

Application list_of(Shop shop) {
    Application application(std::move(shop.store), {"Alex", "MAIN", "A-03"}, "Dock 1",
                            [moment = shop.now] { return *moment; });
    application.handle(ShowScreen{Screen::Units});
    return application;
}

Shop shop_with_units(int count) {
    Shop shop;
    shop.receive_many(count);
    return shop;
}

Keys keys_of(const State& state) {
    Keys keys;
    std::ranges::transform(*state.list.rows, std::back_inserter(keys), &ListRow::key);
    return keys;
}

// Scrolls on until there is no more; the keys in the order in which they came into the window.
template <typename Command>
Keys scroll(Application& application, bool List::*beyond) {
    Shown state = application.state();
    Keys seen = keys_of(*state);
    const bool down = beyond == &List::more;
    if (!down) std::ranges::reverse(seen);
    while ((*state).list.*beyond) {
        const std::string edge =
            down ? state->list.rows->back().key : state->list.rows->front().key;
        state = application.handle(Command{});
        REQUIRE(state->list.rows->size() <= kListRowsMax);
        Keys keys = keys_of(*state);
        REQUIRE(std::ranges::is_sorted(keys));
        if (!down) std::ranges::reverse(keys);
        const auto kept = std::ranges::find(keys, edge);
        REQUIRE(kept != keys.end());  // what is visible stays in the window
        seen.insert(seen.end(), std::next(kept), keys.end());
    }
    return seen;
}

}  // namespace

TEST_CASE("the list is scrolled to its end and back, and only a stretch of it is ever held",
          "[app][list]") {
    constexpr int kUnits = 5000;
    Application application = list_of(shop_with_units(kUnits));
    CHECK_FALSE(application.state()->list.before);
    const Keys down = scroll<LoadNextRows>(application, &List::more);
    CHECK(down.size() == kUnits);
    CHECK(std::ranges::is_sorted(down));
    CHECK(std::ranges::adjacent_find(down) == down.end());
    CHECK(down.back() == "sn-14999");
    CHECK(application.state()->list.before);

    Keys up = scroll<LoadPreviousRows>(application, &List::before);
    std::ranges::reverse(up);
    // From the end's window on: everything, once.
    CHECK(up == down);
    CHECK(application.state()->list.more);
}

TEST_CASE("the list stays where it is after an act, anywhere in it", "[app][list]") {
    Application application = list_of(shop_with_units(1000));
    for (int i = 0; i < 7; ++i) application.handle(LoadNextRows{});
    const Shown before = application.state();
    REQUIRE(before->list.rows->size() == kListRowsMax);
    const std::string first = before->list.rows->front().key;
    CHECK(first == "sn-10200");
    const Shown after = application.handle(Act{Action::Sell, "sn-10400", ""});
    CHECK(keys_of(*after) == keys_of(*before));
    CHECK(after->list.before);
    CHECK(after->list.more);
    CHECK(after->list.rows->at(200).status == Status::Sold);
}

TEST_CASE("when all that was shown has left the tab, its start is shown", "[app][list]") {
    Shop shop = shop_with_units(3);
    for (const char* serial : {"SN-10000", "SN-10001", "SN-10002"})
        Shop::must(shop.act(Action::Reserve, serial));
    Application application = list_of(std::move(shop));
    List list = application.handle(SetList{Status::Reserved, ""})->list;
    CHECK(list.rows->size() == 3);
    for (const char* key : {"sn-10002", "sn-10001"})
        list = application.handle(Act{Action::Restock, key, ""})->list;
    CHECK(list.rows->size() == 1);
    list = application.handle(Act{Action::Restock, "sn-10000", ""})->list;
    CHECK(list.rows->empty());
    CHECK_FALSE(list.before);
    CHECK_FALSE(list.more);
}

TEST_CASE("the stretch read again after others left in front of it and in it", "[app][list]") {
    Shop shop = shop_with_units(900);
    List list;
    list = *read_list(shop.store, {1, ListPart::Start, list});
    for (int i = 0; i < 8; ++i) list = *read_list(shop.store, {1, ListPart::Behind, list});
    REQUIRE(list.rows->front().key == "sn-10300");
    Shop::must(shop.act(Action::Sell, "SN-10299"));  // the one before the first, as it was
    Shop::must(shop.act(Action::Sell, "SN-10300"));
    list.tab = Status::InStock;
    list = *read_list(shop.store, {1, ListPart::Again, list});
    CHECK(list.rows->front().key == "sn-10301");
    CHECK(list.rows->size() == 599);
    CHECK(list.before);
    CHECK_FALSE(list.more);
}

TEST_CASE("tabs and search filter the list, the counts stay", "[app][list]") {
    Shop shop = shop_with_units(5);
    REQUIRE(shop.act(Action::Sell, "SN-10003"));
    Application application = list_of(std::move(shop));
    Shown state = application.handle(SetList{Status::Sold, ""});
    CHECK(state->list.rows->size() == 1);
    CHECK(state->counts.all == 5);
    CHECK(state->counts.of(Status::Sold) == 1);
    state = application.handle(SetList{std::nullopt, "004"});
    REQUIRE(state->list.rows->size() == 1);
    CHECK(state->list.rows->front().serial == "SN-10004");
}

TEST_CASE("of what was asked of the list, the newest counts", "[app][list]") {
    Application application = list_of(shop_with_units(3));
    std::vector<ListRequest> asked;
    application.read_lists_by([&](ListRequest request) { asked.push_back(std::move(request)); });
    application.handle(SetList{std::nullopt, "first"});
    auto state = application.handle(SetList{Status::Sold, "second"});
    CHECK(state->list_awaited);
    CHECK(state->list.rows->size() == 3);  // what was there stays until the answer
    REQUIRE(asked.size() == 2);
    application.handle(LoadNextRows{});
    CHECK(asked.size() == 2);
    // An act reads the list anew, but not the one that is about to go.
    application.handle(Act{Action::Sell, "sn-10001", ""});
    REQUIRE(asked.size() == 3);
    CHECK(asked[2].part == ListPart::Start);
    CHECK(asked[2].list.search == "second");

    for (const std::size_t stale : {0U, 1U})
        state = application.handle(ListRead{asked[stale].number, asked[stale].list});
    CHECK(state->list_awaited);
    CHECK(state->list.search.empty());
    state = application.handle(ListRead{asked[2].number, asked[2].list});
    CHECK_FALSE(state->list_awaited);
    CHECK(state->list.search == "second");
    CHECK(state->list.tab == Status::Sold);

    application.handle(Act{Action::Return, "sn-10001", ""});
    REQUIRE(asked.size() == 4);
    CHECK(asked[3].part == ListPart::Again);
    state = application.handle(
        ListRead{asked[3].number, fail(ErrorKind::Storage, "the disk cannot be read")});
    CHECK(state->feedback.tone == Tone::Stop);
    CHECK(state->list.search == "second");
    CHECK_FALSE(state->list_awaited);
}

// Goal: a client's name that was erased anywhere stays erased, whichever hub was restored,
// whichever sync was cut and whoever slept meanwhile.
#include "support/hub_server.hpp"

using hubs::Station;

namespace {

// Three stations that know one client.
struct Named {
    std::unique_ptr<hubs::FreshHub> hub;
    Station dock{*hub, "Dock 1"}, desk{*hub, "Desk"}, slept{*hub, "Van"};
    std::string ref;

    explicit Named(std::unique_ptr<hubs::FreshHub> there) : hub(std::move(there)) {
        dock.add_variant();
        dock.receive("SN-1");
        dock.act(journal::Kind::Sold, "SN-1", {{"client", "Client K"}});
        for (Station* station : {&dock, &desk, &slept}) station->sync();
        ref = hubs::must(slept.store.client_names("", 10)).at(0).ref;
    }
    void erase(Station& station) const {
        const store::ClientName erased[] = {{ref, ""}};
        Shop::must(station.store.take_client_names(erased));
    }
    [[nodiscard]] std::int64_t names_on_hub() const {
        return hub->number("SELECT count(*) FROM unitrail.client WHERE name <> ''");
    }
    static std::string name_at(Station& station) {
        return hubs::must(station.store.find("SN-1"))->unit.client.value_or("");
    }
    void check_erased() {
        CHECK(names_on_hub() == 0);
        for (Station* station : {&dock, &desk, &slept}) {
            CHECK(name_at(*station) == "(name erased)");
            const auto again = station->sync();
            CHECK(again.names.sent + again.names.received == 0);
        }
    }
};

}  // namespace

TEST_CASE("a restored hub that lost an erasure is found out and gets it back", "[hub]") {
    auto there = hubs::fresh_hub();
    if (!there) return;
    Named named(std::move(there));
    const std::string backup = named.hub->back_up();
    named.erase(named.desk);
    named.desk.sync();
    SECTION("by who erased it") {
        named.hub->restore(backup);
        CHECK(named.names_on_hub() == 1);
        named.desk.sync();
    }
    SECTION("by another who had heard of it") {
        named.dock.sync();
        named.hub->restore(backup);
        named.dock.sync();
    }
    SECTION("after others had gone on with the restored one") {
        named.dock.sync();
        named.hub->restore(backup);
        named.slept.act(journal::Kind::Returned, "SN-1");
        named.slept.sync();
        CHECK(Named::name_at(named.slept) == "Client K");
        named.dock.sync();
    }
    CHECK(named.names_on_hub() == 0);
    for (Station* station : {&named.slept, &named.desk, &named.dock}) station->sync();
    named.check_erased();
}

TEST_CASE("an erasure whose sync was cut reaches a hub that was restored then", "[hub]") {
    auto there = hubs::fresh_hub();
    if (!there) return;
    Named named(std::move(there));
    const std::string backup = named.hub->back_up();
    named.erase(named.desk);
    named.hub->change("REVOKE EXECUTE ON FUNCTION unitrail.pull FROM unitrail_device");
    CHECK_FALSE(named.desk.try_sync());
    CHECK(named.names_on_hub() == 0);
    named.hub->restore(backup);
    CHECK(named.names_on_hub() == 1);
    for (Station* station : {&named.desk, &named.dock, &named.slept}) station->sync();
    named.check_erased();
}

TEST_CASE("a name on a hub that was changed by hand does not undo an erasure", "[hub]") {
    auto there = hubs::fresh_hub();
    if (!there) return;
    Named named(std::move(there));
    named.erase(named.desk);
    for (Station* station : {&named.desk, &named.dock, &named.slept}) station->sync();
    named.hub->change("UPDATE unitrail.client SET name = 'Client K', position = 1000000");
    named.dock.sync();
    CHECK(Named::name_at(named.dock) == "(name erased)");
    CHECK(named.names_on_hub() == 1);
    named.dock.sync();  // it had to see that the hub has a name again
    named.check_erased();
}

TEST_CASE("a change of names is a place in the feed, and the same again is none", "[hub]") {
    auto there = hubs::fresh_hub();
    if (!there) return;
    Named named(std::move(there));
    const auto end = [&] {
        return named.hub->number("SELECT position FROM unitrail.organization");
    };
    const auto before = end();
    const auto hub = named.slept.hub();
    const store::ClientName known[] = {{named.ref, "Client K"}}, erased[] = {{named.ref, ""}};
    hubs::must(hub->put_client_names(known));
    CHECK(end() == before);
    hubs::must(hub->put_client_names(erased));
    CHECK(end() == before + 1);
    hubs::must(hub->put_client_names(erased));
    hubs::must(hub->put_client_names(known));
    CHECK(end() == before + 1);
    CHECK(named.hub->number("SELECT count(*) FROM unitrail.feed WHERE length(writer) = 0") == 2);
    const auto cursor = hubs::must(named.dock.store.hub_cursor());
    CHECK(named.dock.sync().names.received == 1);
    CHECK(hubs::must(named.dock.store.hub_cursor()).position == cursor.position + 1);
}

TEST_CASE("one name that cannot be shown does not keep the others away", "[hub]") {
    auto there = hubs::fresh_hub();
    if (!there) return;
    Named named(std::move(there));
    named.hub->change(
        "INSERT INTO unitrail.client SELECT organization, 'client-' || repeat('0', 32),"
        " E'a\\u0007b', 1000000 FROM unitrail.client");
    named.erase(named.desk);
    for (Station* station : {&named.desk, &named.dock, &named.slept}) {
        station->sync();
        CHECK(Named::name_at(*station) == "(name erased)");
    }
}

// hold, recall, verify, backup, restore, doctor on the command line.
#include <nlohmann/json.hpp>

#include "store/database.hpp"
#include "support/catch.hpp"
#include "support/program.hpp"

using nlohmann::json;

namespace {

struct Shop : Program {
    Shop() {
        ok({"variant", "add", "ROUTER-X"});
        ok({"lot", "add", "L-22", "--variant", "ROUTER-X"});
        ok({"receive", "SN-1", "SN-2", "--variant", "ROUTER-X", "--lot", "L-22"});
        ok({"receive", "SN-3", "--variant", "ROUTER-X"});
    }
    [[nodiscard]] std::string file(const std::string& name) const { return folder().file(name); }
    [[nodiscard]] std::string database() const {
        return file("XDG_DATA_HOME/unitrail/unitrail.db");
    }
};

}  // namespace

TEST_CASE("a recall finds its units, stops their sale and ends", "[cli][recall]") {
    const Shop shop;
    shop.ok({"recall", "start", "--lot", "l-22", "--reason", "burns"});
    CHECK(shop.ok({"recall", "show", "--lot", "L-22"}).out ==
          "SN-1\tIn Stock\tROUTER-X\t-\nSN-2\tIn Stock\tROUTER-X\t-\n");
    const Ran refused = shop.run({"sell", "SN-1", "--json"});
    CHECK(refused.status == 1);
    CHECK(json::parse(refused.out)["unit"]["recalled"] == true);
    CHECK_THAT(refused.err, ContainsSubstring("is recalled (burns)"));
    shop.ok({"sell", "SN-3"});
    shop.ok({"recall", "end", "--lot", "L-22"});
    shop.ok({"sell", "SN-1"});
    CHECK(shop.run({"recall", "start"}).status == 2);
    CHECK(shop.run({"recall", "start", "--lot", "NOPE"}).status == 1);
}

TEST_CASE("a recall of a list of serials holds each of them", "[cli][recall]") {
    const Shop shop;
    std::ofstream(shop.file("list.txt")) << "SN-1\r\n\n SN-3 \n";
    shop.ok({"recall", "start", "--serials", shop.file("list.txt"), "--reason", "burns"});
    CHECK(shop.run({"sell", "SN-3"}).status == 1);
    CHECK(shop.run({"sell", "SN-2"}).status == 0);
    shop.ok({"recall", "end", "--serials", shop.file("list.txt")});
    CHECK(shop.run({"sell", "SN-3"}).status == 0);
}

TEST_CASE("hold and release", "[cli][hold]") {
    const Shop shop;
    shop.ok({"hold", "SN-1", "--reason", "wet"});
    CHECK(json::parse(shop.ok({"show", "SN-1", "--json"}).out)["hold"] == "wet");
    CHECK(shop.run({"reserve", "SN-1"}).status == 1);
    shop.ok({"release", "SN-1"});
    shop.ok({"reserve", "SN-1"});
}

TEST_CASE("backup, damage, doctor, restore: the whole bad day", "[cli][care]") {
    const Shop shop;
    CHECK_THAT(shop.ok({"verify"}).out, ContainsSubstring("all well: 5 events and 3 units"));
    shop.ok({"backup", shop.file("b.db")});
    shop.ok({"sell", "SN-3"});
    {
        store::Database database(shop.database());
        database.execute("UPDATE unit SET status = 1");
    }
    Ran ran = shop.run({"verify"});
    CHECK(ran.status == 3);
    CHECK_THAT(ran.err, ContainsSubstring("unit SN-3") && ContainsSubstring("history says Sold"));
    ran = shop.run({"doctor"});
    CHECK(ran.status == 3);
    CHECK_THAT(ran.out,
               ContainsSubstring("The journal is whole") && ContainsSubstring("--rebuild"));
    shop.ok({"doctor", "--rebuild"});
    CHECK(json::parse(shop.ok({"verify", "--json"}).out)["ok"] == true);
    {
        store::Database database(shop.database());
        database.execute(
            "DROP TRIGGER event_is_never_changed;"
            "UPDATE event SET hash = zeroblob(32) WHERE id = 4");
    }
    ran = shop.run({"doctor"});
    CHECK(ran.status == 3);
    CHECK_THAT(ran.out, ContainsSubstring("SN-2") && ContainsSubstring("--salvage"));
    shop.ok({"doctor", "--salvage", shop.file("saved.db")});
    CHECK(shop.run({"show", "SN-3", "--db", shop.file("saved.db")}).status == 0);
    CHECK_THAT(shop.ok({"restore", shop.file("b.db")}).out, ContainsSubstring("before-restore"));
    CHECK(json::parse(shop.ok({"show", "SN-3", "--json"}).out)["status"] == "in_stock");
    CHECK(shop.run({"restore", shop.file("nope.db")}).status == 2);
}

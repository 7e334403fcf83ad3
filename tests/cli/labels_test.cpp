// Goal: the command line keeps and finds identifiers, tells near misses and clashes of serials.
// Method: the real program.
#include <nlohmann/json.hpp>

#include "support/program.hpp"

using nlohmann::json;

namespace {

struct Shop : Program {
    Shop() {
        ok({"variant", "add", "ROUTER-X", "--name", "Router X", "--gtin", "9520123456788"});
        ok({"variant", "add", "SWITCH-Y", "--name", "Switch Y"});
    }
};

}  // namespace

TEST_CASE("a unit is listed by its identifiers", "[cli][identifiers]") {
    const Shop shop;
    shop.ok({"receive", "SN-1", "--variant", "ROUTER-X", "--identifier", "imei:356938035643809",
             "--identifier", "mac:001EC947D49B"});
    const json unit = json::parse(shop.ok({"show", "SN-1", "--json"}).out);
    CHECK(unit["identifiers"] == json::parse(R"([{"kind":"imei","value":"356938035643809"},
                                                 {"kind":"mac","value":"001EC947D49B"}])"));
    const json found =
        json::parse(shop.ok({"list", "--search", "00:1e:c9:47:d4:9b", "--json"}).out);
    CHECK(found["serial"] == "SN-1");
    const Ran second = shop.ok(
        {"receive", "SN-2", "--variant", "ROUTER-X", "--identifier", "imei:356938035643809"});
    CHECK_THAT(second.err, ContainsSubstring("its IMEI 356938035643809 is that of SN-1, too"));
    CHECK(shop.run({"receive", "SN-3", "--variant", "ROUTER-X", "--identifier", "imei"}).status ==
          2);
    CHECK(shop.run({"receive", "SN-3", "SN-4", "--variant", "ROUTER-X", "--identifier", "mac:1"})
              .status == 2);
}

TEST_CASE("a near miss is registered and told on standard error", "[cli][near_miss]") {
    const Shop shop;
    shop.ok({"receive", "A0010", "A0011", "A0012", "--variant", "ROUTER-X"});
    const Ran near = shop.ok({"receive", "A0O12", "--variant", "ROUTER-X"});
    CHECK_THAT(near.err, ContainsSubstring("look at A0O12 again: it looks like A0012"));
    CHECK(near.out == "A0O12 registered\n");
    CHECK(shop.ok({"receive", "A0013", "--variant", "ROUTER-X"}).err.empty());
}

TEST_CASE("a serial of another product is refused with the one that tells the two apart",
          "[cli][clash]") {
    const Shop shop;
    shop.ok({"receive", "12345", "--variant", "SWITCH-Y"});
    const Ran clash = shop.run({"receive", "12345", "--variant", "ROUTER-X"});
    CHECK(clash.status == 1);
    CHECK_THAT(clash.err, ContainsSubstring("12345 is already registered: Switch Y"));
    CHECK_THAT(clash.err, ContainsSubstring("if this is another box, a Router X, register it as "
                                            "(01)09520123456788(21)12345"));
    shop.ok({"receive", "(01)09520123456788(21)12345", "--variant", "ROUTER-X"});
    const Ran same = shop.run({"receive", "12345", "--variant", "SWITCH-Y"});
    CHECK(same.status == 1);
    CHECK(same.err.find("another box") == std::string::npos);
}

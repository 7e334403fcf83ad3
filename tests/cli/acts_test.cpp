// The command line, run as a program: acts, refusals, exit statuses, JSON.
#include <signal.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "inventory/lifecycle.hpp"
#include "support/catch.hpp"
#include "support/program.hpp"

using inventory::Action;
using inventory::Status;
using nlohmann::json;

namespace {

struct Shop : Program {
    Shop() {
        ok({"warehouse", "add", "MAIN"});
        ok({"location", "add", "A-03", "--warehouse", "MAIN"});
        ok({"variant", "add", "ROUTER-X", "--name", "Router X", "--warranty-months", "24"});
        ok({"lot", "add", "L-22", "--variant", "ROUTER-X"});
    }
    // Registers the unit and brings it into the status.
    void bring(const std::string& serial, Status status) const {
        ok({"receive", serial, "--variant", "ROUTER-X"});
        if (status == Status::Reserved) ok({"reserve", serial});
        if (status >= Status::Sold) ok({"sell", serial});
        if (status == Status::Returned) ok({"return", serial});
        if (status == Status::Defective) ok({"defect", serial});
    }
};

std::vector<json> lines(const std::string& text) {
    std::vector<json> parsed;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) parsed.push_back(json::parse(line));
    return parsed;
}

bool one_line(const std::string& text) {
    return std::ranges::count(text, '\n') == 1 && text.back() == '\n';
}

}  // namespace

TEST_CASE("a unit is received with all seven fields and shown", "[cli]") {
    const Shop shop;
    const Ran ran = shop.ok({"receive", "SN-1", "--variant", "ROUTER-X", "--lot", "L-22",
                             "--warehouse", "MAIN", "--location", "A-03", "--purchase-date",
                             "2026-02-01", "--warranty-expiry", "2027-01-31", "--json"});
    const json outcome = lines(ran.out).at(0);
    CHECK(outcome["ok"] == true);
    const json& unit = outcome["unit"];
    CHECK(unit == lines(shop.ok({"show", "sn-1", "--json"}).out).at(0));
    CHECK(unit["serial"] == "SN-1");
    CHECK(unit["key"] == "sn-1");
    CHECK(unit["variant"] == "ROUTER-X");
    CHECK(unit["variant_name"] == "Router X");
    CHECK(unit["lot"] == "L-22");
    CHECK(unit["lot_expiry"].is_null());
    CHECK(unit["warehouse"] == "MAIN");
    CHECK(unit["location"] == "A-03");
    CHECK(unit["purchase_date"] == "2026-02-01");
    CHECK(unit["warranty_expiry"] == "2027-01-31");
    CHECK(unit["status"] == "in_stock");
    CHECK(unit["actions"] == json({"sell", "reserve"}));
    for (const char* absent : {"client", "order", "gtin"}) CHECK(unit[absent].is_null());
    for (const char* no : {"recalled", "confirmed", "provisional"}) CHECK(unit[no] == false);
    for (const char* none : {"conflicts", "identifiers"}) CHECK(unit[none] == json::array());
}

TEST_CASE("the nine lawful moves succeed and the sixteen others are refused", "[cli][lifecycle]") {
    const Shop shop;
    int lawful = 0, unlawful = 0;
    for (const Status from : inventory::kStatuses) {
        for (const Action action : inventory::kActions) {
            const std::string serial =
                std::string(inventory::name(from)) + "-" + std::string(inventory::name(action));
            CAPTURE(serial);
            shop.bring(serial, from);
            const auto to = inventory::next_status(from, action);
            const Ran ran = shop.run({std::string(inventory::name(action)), serial, "--json"});
            const json outcome = lines(ran.out).at(0);
            CHECK(outcome["ok"] == to.has_value());
            CHECK(outcome["unit"]["status"] == inventory::name(to.value_or(from)));
            CHECK(ran.status == (to ? 0 : 1));
            ++(to ? lawful : unlawful);
            if (to) continue;
            CHECK(one_line(ran.err));
            CHECK_THAT(ran.err, ContainsSubstring("is " + std::string(inventory::label(from))) &&
                                    ContainsSubstring("possible now"));
            CHECK(outcome["error"]["kind"] == "refused");
        }
    }
    CHECK(lawful == 9);
    CHECK(unlawful == 16);
}

TEST_CASE("one refusal does not stop the others of a list", "[cli]") {
    const Shop shop;
    shop.bring("B", Status::InStock);
    const Ran ran = shop.run({"receive", "A", "B", "", "C", "--variant", "ROUTER-X", "--json"});
    CHECK(ran.status == 1);
    const auto outcomes = lines(ran.out);
    REQUIRE(outcomes.size() == 4);
    CHECK(outcomes[0]["ok"] == true);
    CHECK(outcomes[1]["ok"] == false);
    CHECK(outcomes[1]["unit"]["serial"] == "B");
    CHECK(outcomes[2]["unit"].is_null());
    CHECK(outcomes[3]["ok"] == true);
    CHECK(std::ranges::count(ran.err, '\n') == 2);
}

TEST_CASE("serials that look like words, options, lists or SQL are serials", "[cli]") {
    const Shop shop;
    const std::string serial =
        GENERATE("list", "[A1]", "[]", "a,b", "x'; DROP TABLE unit;--", "\"quoted\"",
                 "(01)09520123456788", "Ünïcode-№7", "$HOME", "%s%n");
    shop.ok({"receive", serial, "--variant", "ROUTER-X"});
    CHECK(lines(shop.ok({"show", serial, "--json"}).out).at(0)["serial"] == serial);
    shop.ok({"sell", serial});
    CHECK(lines(shop.ok({"counts", "--json"}).out).at(0)["sold"] == 1);
}

TEST_CASE("bad input: one line on standard error and the right exit status", "[cli][errors]") {
    const Shop shop;
    shop.bring("SN-1", Status::InStock);
    struct Row {
        std::vector<std::string> words;
        int status;
        const char* says;
    };
    const std::vector<Row> rows = {
        {{"bogus"}, 2, "bogus"},
        {{"receive"}, 2, "SERIAL"},
        {{"receive", "X"}, 2, "--variant"},
        {{"receive", "X", "--variant", "NOPE"}, 1, "unitrail variant add NOPE"},
        {{"receive", "X", "--variant", "ROUTER-X", "--purchase-date", "2026-02-30"},
         2,
         "YYYY-MM-DD"},
        {{"receive", "X", "--variant", "ROUTER-X", "--purchase-date", "2026-02-03",
          "--warranty-expiry", "2026-02-02"},
         1,
         "before the purchase"},
        {{"receive", std::string(4096, 'x'), "--variant", "ROUTER-X"}, 1, "4096 characters"},
        {{"receive", "a\tb", "--variant", "ROUTER-X"}, 1, "control character"},
        {{"receive", "sn-1", "--variant", "ROUTER-X"},
         1,
         "SN-1 is already registered: Router X, In Stock"},
        {{"sell", "NOPE"}, 1, "no unit NOPE"},
        {{"show", "NOPE"}, 1, "no unit NOPE"},
        {{"history", "NOPE"}, 1, "no unit NOPE"},
        {{"undo", "NOPE"}, 1, "no unit NOPE"},
        {{"edit", "SN-1"}, 2, "nothing to edit"},
        {{"edit", "SN-1", "--colour", "red"}, 2, "--colour"},
        {{"edit", "SN-1", "--lot", "L-99"}, 1, "no lot L-99"},
        {{"move", "SN-1", "--warehouse", "NOPE"}, 1, "no warehouse NOPE"},
        {{"list", "--status", "lost"}, 2, "no status"},
        {{"list", "--limit", "0"}, 2, "--limit"},
        {{"list", "--variant", "NOPE"}, 1, "no variant NOPE"},
        {{"variant", "add", "ROUTER-X"}, 1, "exists already"},
        {{"variant", "add", "Y", "--gtin", "123"}, 1, "no GTIN"},
        {{"variant", "add", "Y", "--gtin", "9520123456789"}, 1, "check digit"},
        {{"lot", "add", "L", "--variant", "NOPE"}, 1, "no product variant NOPE"},
        {{"lot", "add", "L", "--variant", "ROUTER-X", "--expiry", "soon"}, 2, "YYYY-MM-DD"},
        {{"location", "add", "L", "--warehouse", "NOPE"}, 1, "no warehouse NOPE"},
        {{"scan", "/no/such/file.png"}, 2, "/no/such/file.png"},
        {{"screenshot", "nowhere", "--demo", "--out", "x.png"}, 2, "nowhere"},
        {{"screenshot", "list", "--size", "10x10", "--out", "x.png"}, 2, "size"},
        {{"list", "--db", "/proc/none.db"}, 3, "/proc/none.db"},
        {{"list", "--db", "/"}, 3, "folder"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.words);
        const Ran ran = shop.run(row.words);
        CHECK(ran.status == row.status);
        CHECK_THAT(ran.err, ContainsSubstring(row.says));
        CHECK(one_line(ran.err));
        CHECK(ran.err.starts_with("unitrail: "));
    }
    CHECK(lines(shop.ok({"counts", "--json"}).out).at(0)["all"] == 1);
}

TEST_CASE("the history tells every event, and an undo is one of them", "[cli]") {
    const Shop shop;
    shop.bring("SN-1", Status::InStock);
    shop.ok({"sell", "SN-1", "--client", "Client K", "--order", "4711", "--operator", "Alex"});
    shop.ok({"undo"});
    const auto events = lines(shop.ok({"history", "SN-1", "--json"}).out);
    REQUIRE(events.size() == 3);
    CHECK(events[1]["kind"] == "sold");
    CHECK(events[1]["operator"] == "Alex");
    CHECK(events[1]["client"] == "Client K");
    CHECK(events[1]["stands"] == false);
    CHECK(events[2]["kind"] == "undone");
    CHECK(events[2]["hash"].get<std::string>().size() == 64);
    CHECK(events[2]["seq"] > events[1]["seq"]);
    CHECK(lines(shop.ok({"show", "SN-1", "--json"}).out)[0]["status"] == "in_stock");
}

TEST_CASE("move, edit and rename change what they name and nothing else", "[cli]") {
    const Shop shop;
    shop.bring("SN-1", Status::InStock);
    shop.ok({"move", "SN-1", "--warehouse", "main", "--location", "a-03"});
    shop.ok({"edit", "SN-1", "--lot", "L-22", "--warranty-expiry", ""});
    shop.ok({"rename", "SN-1", "SN-2"});
    const json unit = lines(shop.ok({"show", "SN-2", "--json"}).out).at(0);
    CHECK(unit["location"] == "A-03");
    CHECK(unit["lot"] == "L-22");
    CHECK(unit["warranty_expiry"].is_null());
    CHECK(unit["status"] == "in_stock");
    CHECK(shop.run({"show", "SN-1"}).status == 1);
}

TEST_CASE("lists are filtered, limited and continued", "[cli]") {
    const Shop shop;
    std::vector<std::string> words = {"receive", "--variant", "ROUTER-X"};
    for (int i = 100; i < 170; ++i) words.push_back("SN-" + std::to_string(i));
    shop.ok(words);
    shop.ok({"sell", "SN-105", "--client", "Client K"});
    CHECK(lines(shop.ok({"list", "--json"}).out).size() == 50);
    CHECK(lines(shop.ok({"list", "--json", "--limit", "1000"}).out).size() == 70);
    const auto rest = lines(shop.ok({"list", "--json", "--after", "sn-165"}).out);
    CHECK(rest.size() == 4);
    CHECK(lines(shop.ok({"list", "--json", "--status", "sold"}).out).size() == 1);
    CHECK(lines(shop.ok({"list", "--json", "--search", "16"}).out).size() == 11);
    CHECK(lines(shop.ok({"list", "--json", "--client", "client k"}).out).size() == 1);
    CHECK(lines(shop.ok({"counts", "--json"}).out).at(0) == json({{"all", 70},
                                                                  {"in_stock", 69},
                                                                  {"reserved", 0},
                                                                  {"sold", 1},
                                                                  {"returned", 0},
                                                                  {"defective", 0}}));
}

TEST_CASE("a missing database is made together with its folder", "[cli]") {
    const Program program;
    const std::string file = program.folder().file("new/folder/u.db");
    CHECK(program.run({"counts", "--db", file}).status == 0);
    CHECK(std::filesystem::exists(file));
}

TEST_CASE("reference data is listed as JSON", "[cli]") {
    const Shop shop;
    CHECK(lines(shop.ok({"variant", "list", "--json"}).out).at(0)["warranty_months"] == 24);
    shop.ok({"variant", "edit", "ROUTER-X", "--gtin", "9520123456788"});
    const json variant = lines(shop.ok({"variant", "list", "--json"}).out).at(0);
    CHECK(variant["name"] == "Router X");
    CHECK(variant["gtin"] == "09520123456788");
    CHECK(lines(shop.ok({"lot", "list", "--json"}).out).at(0)["variant"] == "ROUTER-X");
    CHECK(lines(shop.ok({"location", "list", "--json"}).out).at(0)["warehouse"] == "MAIN");
}

TEST_CASE("every command explains itself", "[cli][help]") {
    const Program program;
    const Ran help = program.run({"--help"});
    CHECK(help.status == 0);
    for (const char* command :
         {"scan",   "receive", "sell",   "reserve",   "return",   "restock",   "defect",
          "move",   "edit",    "rename", "undo",      "show",     "history",   "list",
          "counts", "variant", "lot",    "warehouse", "location", "screenshot"}) {
        CHECK_THAT(help.out, ContainsSubstring(command));
        const Ran own = program.run({command, "--help"});
        CHECK(own.status == 0);
        CHECK_THAT(own.out, ContainsSubstring("unitrail " + std::string(command)));
    }
    CHECK(program.run({"--version"}).out.starts_with("unitrail "));
}

TEST_CASE("settings name the place, and a wrong one is named with its line", "[cli][settings]") {
    const Shop shop;
    const std::string file = shop.folder().file("XDG_CONFIG_HOME/unitrail/unitrail.toml");
    std::filesystem::create_directories(std::filesystem::path(file).parent_path());
    std::ofstream(file) << "device = \"Dock 7\"\n[place]\nwarehouse = \"MAIN\"\nlocation = 3\n";
    const Ran ran = shop.run({"receive", "SN-1", "--variant", "ROUTER-X", "--json"});
    CHECK(ran.status == 0);
    CHECK_THAT(ran.err, ContainsSubstring("unitrail.toml:4: location is a text in quotes"));
    CHECK(lines(ran.out).at(0)["unit"]["warehouse"] == "MAIN");
    CHECK(lines(shop.run({"history", "SN-1", "--json"}).out).at(0)["device"] == "Dock 7");
}

TEST_CASE("the lengths of ITF codes are even numbers of digits", "[cli][settings]") {
    const std::string wrong = GENERATE(R"(14)", R"([])", R"([7])", R"([2, 14])", R"(["14"])");
    CAPTURE(wrong);
    const Shop shop;
    const std::string file = shop.folder().file("XDG_CONFIG_HOME/unitrail/unitrail.toml");
    std::filesystem::create_directories(std::filesystem::path(file).parent_path());
    std::ofstream(file) << "[camera]\nitf_lengths = " << wrong << "\n";
    CHECK_THAT(shop.run({"counts"}).err, ContainsSubstring("unitrail.toml:2: itf_lengths "));
    std::ofstream(file) << "[camera]\nitf_lengths = [6, 14]\n";
    CHECK(shop.run({"counts"}).err.empty());
    const Ran scan = shop.run({"scan", "--itf-lengths", "7", "picture.png"});
    CHECK(scan.status == 2);
    CHECK_THAT(scan.err, ContainsSubstring("even numbers of digits"));
}

TEST_CASE("kill -9 in a burst of a thousand receives loses no acknowledged unit",
          "[cli][durable]") {
    const Shop shop;
    std::vector<std::string> words = {"receive", "--json", "--variant", "ROUTER-X"};
    for (int i = 0; i < 1000; ++i) words.push_back("SN-" + std::to_string(10000 + i));
    const std::string out = shop.folder().file("burst"), err = shop.folder().file("burst.err");
    const pid_t child = shop.start(words, out, err);
    // Killed in the middle of the work, as soon as something was acknowledged.
    for (int tries = 0; tries < 20000 && Program::read(out).size() < 60000; ++tries) usleep(500);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(WIFSIGNALED(status));
    std::string text = Program::read(out);
    text.resize(text.rfind('\n') + 1);  // the last line may be half written
    const auto acknowledged = lines(text);
    REQUIRE(acknowledged.size() > 50);
    REQUIRE(acknowledged.size() < 1000);
    const auto units = lines(shop.ok({"list", "--json", "--limit", "2000"}).out);
    CHECK(units.size() >= acknowledged.size());
    for (const json& outcome : acknowledged)
        CHECK(std::ranges::any_of(
            units, [&](const json& u) { return u["key"] == outcome["unit"]["key"]; }));
    CHECK(lines(shop.ok({"counts", "--json"}).out).at(0)["all"] == units.size());
    CHECK(shop.run({"receive", "SN-99999", "--variant", "ROUTER-X"}).status == 0);
}

TEST_CASE("a reader that goes away ends the program quietly", "[cli]") {
    const Shop shop;
    std::vector<std::string> words = {"receive", "--variant", "ROUTER-X"};
    for (int i = 0; i < 200; ++i) words.push_back("SN-" + std::to_string(1000 + i));
    shop.ok(words);
    const std::string command = std::string("\"") + UNITRAIL_PROGRAM + "\" list --limit 1000 2>\"" +
                                shop.folder().file("e") + "\" | head -1 >/dev/null";
    CHECK(std::system(command.c_str()) == 0);
    CHECK(Program::read(shop.folder().file("e")).empty());
}

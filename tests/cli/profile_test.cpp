// Goal: a person writes, learns, tries and removes a variant's label profile, and `parse` uses it.
// Method: the real program.
#include <nlohmann/json.hpp>

#include "support/program.hpp"

using nlohmann::json;

TEST_CASE("a profile is written, tried, listed and removed", "[cli][profile]") {
    const Program program;
    program.ok({"variant", "add", "NODE"});
    program.ok({"profile", "set", "node", "--pattern", "^http://domat\\.cz/s/(\\d+)$"});
    const json listed = json::parse(program.ok({"profile", "list", "--json"}).out);
    CHECK(listed["variant"] == "NODE");
    CHECK(listed["pattern"] == "^http://domat\\.cz/s/(\\d+)$");
    CHECK(listed["strip"].is_null());
    CHECK(listed["express"] == false);
    const Ran tried = program.ok({"profile", "test", "NODE", "http://domat.cz/s/090044", "--json"});
    CHECK(json::parse(tried.out)["serial"] == "090044");
    CHECK(json::parse(tried.out)["by_profile"] == true);
    CHECK(program.run({"profile", "test", "NODE", "http://example.com"}).status == 1);
    const json parsed = json::parse(
        program.ok({"parse", "http://domat.cz/s/090044", "--variant", "NODE", "--json"}).out);
    CHECK(parsed["fields"]["serial"] == "090044");
    CHECK(parsed["fields"]["url"] == "http://domat.cz/s/090044");
    CHECK(parsed["why"] == "the label profile of NODE");
    program.ok({"profile", "remove", "NODE"});
    CHECK(program.ok({"profile", "list"}).out.empty());
    CHECK(program.run({"profile", "remove", "NODE"}).status == 1);
}

TEST_CASE("a profile is learned from a label and its serial", "[cli][profile]") {
    const Program program;
    program.ok({"variant", "add", "PHONE"});
    program.ok({"profile", "set", "PHONE", "--serial", "NA02001263", "--sample",
                "NA02001263NA19121620", "XT2041-3"});
    const Ran next = program.feed({"parse", "--json"},
                                  "{\"raw\":\"NA02001264NA19121621\",\"variant\":\"phone\"}\n"
                                  "{\"raw\":\"NA02001264\",\"variant\":\"NONE\"}\n");
    const auto end = next.out.find('\n');
    CHECK(json::parse(next.out.substr(0, end))["fields"]["serial"] == "NA02001264");
    const json without = json::parse(next.out.substr(end + 1));
    CHECK_THAT(without["warnings"][0].get<std::string>(), ContainsSubstring("no label profile"));
}

TEST_CASE("a profile that says nothing lawful is refused with what to do", "[cli][profile]") {
    const Program program;
    program.ok({"variant", "add", "NODE"});
    CHECK(program.run({"profile", "set", "NODE"}).status == 2);
    const Ran wrong = program.run({"profile", "set", "NODE", "--pattern", "(a"});
    CHECK(wrong.status == 2);
    CHECK_THAT(wrong.err, ContainsSubstring("missing )"));
    CHECK(program.run({"profile", "set", "NOPE", "--strip", "S"}).status == 1);
    CHECK(program.run({"profile", "set", "NODE", "--serial", "X", "--sample", "A1"}).status == 1);
    CHECK(program.run({"profile", "set", "NODE", "--serial", "X"}).status == 2);
    CHECK(program.run({"profile", "test", "NODE", "A1"}).status == 1);
}

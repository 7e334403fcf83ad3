// Goal: a person's name can be erased from the command line, here and wherever it went.
#include <filesystem>
#include <fstream>
#include <iterator>

#include "support/program.hpp"

namespace {

struct Desk {
    Program program;

    Desk() {
        program.ok({"variant", "add", "ROUTER-X"});
        program.ok({"receive", "SN-1", "SN-2", "--variant", "ROUTER-X"});
        program.ok({"sell", "SN-1", "--client", "Jane Q. Public"});
        program.ok({"sell", "SN-2", "--client", "Other Ltd"});
    }
    std::string ref_of(const std::string& name) const {
        const std::string all = program.ok({"client", "list"}).out;
        const auto end = all.find('\t' + name);
        REQUIRE(end != std::string::npos);
        const auto before = all.rfind('\n', end);
        const auto begin = before == std::string::npos ? 0 : before + 1;
        return all.substr(begin, end - begin);
    }
    void check_erased() const {
        CHECK_THAT(program.ok({"show", "SN-1"}).out, ContainsSubstring("(name erased)"));
        CHECK_THAT(program.ok({"show", "SN-2"}).out, ContainsSubstring("Other Ltd"));
        const std::string all = program.ok({"client", "list"}).out;
        CHECK_THAT(all, ContainsSubstring("\t(name erased)\n"));
        CHECK_THAT(all, !ContainsSubstring("Jane"));
    }
};

}  // namespace

TEST_CASE("a client is erased by reference or by name", "[cli][client]") {
    const Desk desk;
    const std::string ref = desk.ref_of("Jane Q. Public");
    SECTION("by reference") { desk.program.ok({"client", "erase", ref}); }
    SECTION("by name, however it is written") {
        const Ran ran = desk.program.ok({"client", "erase", " jane q. public", "--json"});
        CHECK(ran.out == "{\"ref\":\"" + ref + "\",\"name\":null,\"erased\":true}\n");
    }
    desk.check_erased();
    const Ran again = desk.program.run({"client", "erase", ref});
    CHECK(again.status == 1);
    CHECK_THAT(again.err, ContainsSubstring("is erased already"));
}

TEST_CASE("a client that is not known here is not erased", "[cli][client]") {
    const Desk desk;
    for (const std::string wrong : {"Jane", "", "client-0123456789abcdef0123456789abcdef"}) {
        const Ran ran = desk.program.run({"client", "erase", wrong});
        CAPTURE(wrong);
        CHECK(ran.status == 1);
        CHECK_THAT(ran.err, ContainsSubstring("client list"));
    }
    CHECK_THAT(desk.program.ok({"show", "SN-1"}).out, ContainsSubstring("Jane Q. Public"));
}

TEST_CASE("an erased client is erased at the other stations of a folder, too", "[cli][client]") {
    const Desk desk;
    const std::string place = "folder:" + desk.program.folder().path() + "/share",
                      other = desk.program.folder().file("other.db");
    desk.program.ok({"sync", "--to", place});
    desk.program.ok({"sync", "--to", place, "--db", other});
    CHECK_THAT(desk.program.ok({"show", "SN-1", "--db", other}).out,
               ContainsSubstring("Jane Q. Public"));
    desk.program.ok({"client", "erase", "Jane Q. Public", "--db", other});
    desk.program.ok({"sync", "--to", place, "--db", other});
    desk.program.ok({"sync", "--to", place});
    desk.check_erased();
}

TEST_CASE("what was erased is not in the file any more", "[cli][client]") {
    const Desk desk;
    desk.program.ok({"client", "erase", "Jane Q. Public"});
    std::string database;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(desk.program.folder().path()))
        if (entry.path().extension() == ".db") database = entry.path();
    std::ifstream file(database, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    CHECK(bytes.size() > 4096);
    CHECK(bytes.find("Other Ltd") != std::string::npos);
    CHECK(bytes.find("Jane Q. Public") == std::string::npos);
    CHECK(bytes.find("jane q. public") == std::string::npos);
}

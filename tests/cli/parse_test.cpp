// Goal: `parse` answers every line with what it says, whatever stands in it.
// Method: the real program, its lines on standard input.
#include <nlohmann/json.hpp>
#include <sstream>

#include "support/program.hpp"

using nlohmann::json;

namespace {

std::vector<json> lines_of(const std::string& text) {
    std::vector<json> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);) lines.push_back(json::parse(line));
    return lines;
}

}  // namespace

TEST_CASE("every line is answered in order, also one that is no JSON", "[cli][parse]") {
    const Program program;
    const Ran ran =
        program.feed({"parse", "--json"},
                     "{\"raw\":\"0109520123456788\\u001d21A1\",\"symbology_id\":\"]d2\"}\n"
                     "no JSON\n"
                     "\n"
                     "{\"raw_base64\":\"U04tMQ==\"}\n"
                     "{\"raw_base64\":\"/w==\",\"symbology_id\":\"]C0\",\"variant\":\"RX\"}\n"
                     "{\"raw\":7}\n"
                     "{\"raw\":\"Q:1;QTY=3\"}");  // the last line without its end
    REQUIRE(ran.status == 0);
    const auto answers = lines_of(ran.out);
    REQUIRE(answers.size() == 7);
    CHECK(answers[0]["family"] == "gs1");
    CHECK(answers[0]["fields"] == json{{"gtin", "09520123456788"}, {"serial", "A1"}});
    CHECK(answers[0]["codes"] == json{{"01", "09520123456788"}, {"21", "A1"}});
    CHECK(answers[0]["why"] == "the field named serial (AI 21)");
    CHECK(answers[0]["warnings"].empty());
    CHECK(answers[0]["rest"] == "");
    for (const std::size_t wrong : {1U, 2U, 5U}) {
        CAPTURE(wrong);
        CHECK(answers[wrong]["family"].is_null());
        CHECK(answers[wrong]["warnings"].size() == 1);
    }
    CHECK(answers[3]["fields"]["serial"] == "SN-1");
    CHECK(answers[4]["fields"]["serial"].is_null());  // bytes that are no UTF-8
    CHECK(answers[6]["fields"]["qty"] == 3);
}

TEST_CASE("one text is explained for people", "[cli][parse]") {
    const Program program;
    const Ran ran = program.ok({"parse", "(01)09520123456788(21)A1"});
    CHECK_THAT(ran.out, ContainsSubstring("gtin (01)"));
    CHECK_THAT(ran.out, ContainsSubstring("the field named serial (AI 21)"));
    const Ran flagged = program.ok({"parse", "168901", "--symbology", "]C1", "--json"});
    CHECK(lines_of(flagged.out).at(0)["warnings"][0] == "AI 16 needs 6 digits");
}

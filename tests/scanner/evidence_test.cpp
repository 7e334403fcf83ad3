// Goal: a text is believed when enough independent looks gave it, and never when they contradict
// each other. Method: reads made up by hand, frame by frame.
#include "scanner/evidence.hpp"
#include "support/catch.hpp"

using namespace scanner;

namespace {

Evidence::Time at(int milliseconds) {
    return Evidence::Time(std::chrono::seconds(10)) + std::chrono::milliseconds(milliseconds);
}

Read read(Symbology symbology, const std::string& text, int votes, float x = 100) {
    Read made;
    made.symbol.symbology = symbology;
    made.symbol.text = text;
    made.symbol.bytes.assign(text.begin(), text.end());
    made.symbol.corners = {Point{x, 100}, {x + 200, 100}, {x + 200, 160}, {x, 160}};
    made.votes = votes;
    return made;
}

}  // namespace

TEST_CASE("a linear text read once in each of two frames is believed", "[scanner][evidence]") {
    Evidence evidence;
    evidence.weigh({read(Symbology::Code128, "SN-1", 1)}, at(0));
    CHECK(evidence.believed(at(0)).empty());
    evidence.weigh({read(Symbology::Code128, "SN-1", 1, 110)}, at(33));
    REQUIRE(evidence.believed(at(33)).size() == 1);
    CHECK(evidence.believed(at(33))[0].corners[0].x == 110);
}

TEST_CASE("a symbology without a check needs three looks", "[scanner][evidence]") {
    const auto symbology = GENERATE(Symbology::Code39, Symbology::ITF, Symbology::Codabar);
    const char* text = "00012345678905";
    Evidence evidence;
    evidence.weigh({read(symbology, text, 2)}, at(0));
    CHECK(evidence.believed(at(0)).empty());
    evidence.weigh({read(symbology, text, 1)}, at(33));
    CHECK(evidence.believed(at(33)).size() == 1);
}

TEST_CASE("a matrix symbol needs one look", "[scanner][evidence]") {
    Evidence evidence;
    evidence.weigh({read(Symbology::QRCode, "SN-1", 0)}, at(0));
    CHECK(evidence.believed(at(0)).size() == 1);
}

TEST_CASE("the smallest DataMatrix needs two looks", "[scanner][evidence]") {
    // Three codewords: letters, or digits in pairs.
    const auto [text, looks] = GENERATE(table<const char*, int>(
        {{"ABC", 2}, {"123456", 2}, {"A12B", 2}, {"ABCD", 1}, {"1234567", 1}, {"A1B2", 1}}));
    CAPTURE(text);
    Evidence evidence;
    evidence.weigh({read(Symbology::DataMatrix, text, 0)}, at(0));
    CHECK(evidence.believed(at(0)).empty() == (looks == 2));
    evidence.weigh({read(Symbology::DataMatrix, text, 0)}, at(33));
    CHECK(evidence.believed(at(33)).size() == 1);
}

TEST_CASE("two texts at one place are neither, and are counted", "[scanner][evidence]") {
    Evidence evidence;
    evidence.weigh({read(Symbology::Code128, "SN-1", 1)}, at(0));
    evidence.weigh({read(Symbology::Code128, "SN-7", 2)}, at(33));
    CHECK(evidence.believed(at(33)).empty());
    CHECK(evidence.contradictions() == 1);
    Evidence one_frame;
    one_frame.weigh({read(Symbology::Code128, "SN-1", 2), read(Symbology::Code128, "SN-7", 2)},
                    at(0));
    CHECK(one_frame.believed(at(0)).empty());
    CHECK(one_frame.contradictions() == 1);
}

TEST_CASE("the next label in the same place is believed in its turn", "[scanner][evidence]") {
    Evidence evidence;
    evidence.weigh({read(Symbology::Code128, "SN-1", 2)}, at(0));
    evidence.weigh({read(Symbology::Code128, "SN-2", 2)}, at(33));
    CHECK(evidence.believed(at(33)).size() == 2);
    CHECK(evidence.contradictions() == 0);
}

TEST_CASE("a text that is not read for a moment stays in view, and goes in the end",
          "[scanner][evidence]") {
    Evidence evidence;
    evidence.weigh({read(Symbology::Code128, "SN-1", 2)}, at(0));
    evidence.weigh({}, at(100));
    CHECK(evidence.believed(at(100)).size() == 1);
    evidence.weigh({}, at(600));
    CHECK(evidence.believed(at(600)).empty());
    CHECK(evidence.claims().empty());
}

TEST_CASE(
    "a camera reports an ITF of the lengths that are in use, one of 14 digits if its check "
    "digit is right",
    "[scanner][evidence]") {
    struct Case {
        const char* text;
        std::vector<int> lengths;
        bool reported, told;
    };
    const Case each = GENERATE(values<Case>({
        {"00012345678905", {14}, true, false},
        {"00012345678906", {14}, false, false},
        {"12345670", {14}, false, true},  // may be a part of a longer one
        {"12345671", {14}, false, false},
        {"12345670", {8, 14}, true, false},
        {"12345671", {8, 14}, true, false},
        {"00012345678905", {8}, false, true},
    }));
    CAPTURE(each.text, each.lengths);
    Evidence evidence(each.lengths);
    for (int frame = 0; frame < 5; ++frame)
        evidence.weigh({read(Symbology::ITF, each.text, 3)}, at(33 * frame));
    CHECK(evidence.believed(at(132)).empty() != each.reported);
    CHECK(evidence.sees_unlisted_itf() == each.told);
}

TEST_CASE("a part of an ITF does not contradict the whole", "[scanner][evidence]") {
    Evidence evidence;
    for (int frame = 0; frame < 5; ++frame)
        evidence.weigh(
            {read(Symbology::ITF, "00012345678905", 3), read(Symbology::ITF, "12345670", 3)},
            at(33 * frame));
    REQUIRE(evidence.believed(at(132)).size() == 1);
    CHECK(evidence.believed(at(132))[0].text == "00012345678905");
}

// Goal: one code in view is one scan until it leaves the view.
#include "scanner/tracker.hpp"
#include "support/catch.hpp"

using namespace scanner;
using namespace std::chrono_literals;

namespace {

Symbol code(const std::string& text) {
    Symbol symbol;
    symbol.text = text;
    symbol.bytes.assign(text.begin(), text.end());
    return symbol;
}

struct Look {
    std::chrono::milliseconds at;
    std::vector<Symbol> seen;
    std::vector<std::size_t> fresh;
};

void check(const std::vector<Look>& looks) {
    Tracker tracker;
    const Tracker::Time start{};
    for (const Look& look : looks) {
        CAPTURE(look.at.count());
        CHECK(tracker.update(look.seen, start + look.at) == look.fresh);
    }
}

}  // namespace

TEST_CASE("a code that stays is one scan", "[scanner][tracker]") {
    check({{0ms, {code("A")}, {0}}, {33ms, {code("A")}, {}}, {5000ms, {code("A")}, {}}});
}

TEST_CASE("some unread frames do not make it another scan", "[scanner][tracker]") {
    check({{0ms, {code("A")}, {0}}, {100ms, {}, {}}, {499ms, {}, {}}, {520ms, {code("A")}, {}}});
}

TEST_CASE("a code that left and came back is a new scan", "[scanner][tracker]") {
    check({{0ms, {code("A")}, {0}}, {500ms, {}, {}}, {510ms, {code("A")}, {0}}});
}

TEST_CASE("a slow machine does not see a code leave between two frames", "[scanner][tracker]") {
    check({{0ms, {code("A")}, {0}}, {900ms, {code("A")}, {}}, {1800ms, {code("A")}, {}}});
}

TEST_CASE("a second code beside the first is fresh alone", "[scanner][tracker]") {
    check({{0ms, {code("A")}, {0}},
           {33ms, {code("B"), code("A")}, {0}},
           {66ms, {code("A"), code("C"), code("B")}, {1}}});
}

TEST_CASE("the same code on two boxes is one code", "[scanner][tracker]") {
    check({{0ms, {code("A"), code("A")}, {0}}, {33ms, {code("A")}, {}}});
}

TEST_CASE("the same text in another symbology is another code", "[scanner][tracker]") {
    Symbol matrix = code("A");
    matrix.symbology = Symbology::QRCode;
    check({{0ms, {code("A")}, {0}}, {33ms, {matrix, code("A")}, {0}}});
}

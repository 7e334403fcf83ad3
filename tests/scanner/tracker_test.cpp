// Goal: one code in view is one scan until it leaves the view, and what may change its meaning is
// news.
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
        CHECK(tracker.update(look.seen, 1280, 720, start + look.at).fresh == look.fresh);
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

TEST_CASE("the age of a code counts from when it came into view", "[scanner][tracker]") {
    Tracker tracker;
    const Tracker::Time start{};
    CHECK(tracker.update({code("A")}, 1280, 720, start).standing.at(0).age == 0ms);
    const auto seen = tracker.update({code("B"), code("A")}, 1280, 720, start + 200ms);
    CHECK(seen.standing.at(0).age == 0ms);
    CHECK(seen.standing.at(1).age == 200ms);
    CHECK(tracker.update({code("A")}, 1280, 720, start + 450ms).standing.at(0).age == 450ms);
}

TEST_CASE("a code is aimed at when its middle is in the aim box", "[scanner][tracker]") {
    const auto aimed = [](float x, float y) {
        Symbol symbol = code("A");
        symbol.corners = {
            Point{x - 50, y - 10}, {x + 50, y - 10}, {x + 50, y + 10}, {x - 50, y + 10}};
        Tracker tracker;
        return tracker.update({symbol}, 1000, 1000, {}).standing.at(0).aimed;
    };
    CHECK(aimed(500, 500));
    CHECK(aimed(150, 850));
    CHECK_FALSE(aimed(149, 500));
    CHECK_FALSE(aimed(500, 851));
}

TEST_CASE("what comes, leaves, is young or moves into the aim box is news", "[scanner][tracker]") {
    Tracker tracker;
    const auto placed = [](const std::string& text, float x) {
        Symbol symbol = code(text);
        symbol.corners.fill({x, 500});
        return symbol;
    };
    const auto news = [&](std::chrono::milliseconds at, const std::vector<Symbol>& symbols) {
        return tracker.update(symbols, 1000, 1000, Tracker::Time{} + at).news;
    };
    const Symbol a = placed("A", 500), b = placed("B", 500);
    CHECK_FALSE(news(0ms, {}));
    CHECK(news(100ms, {a}));
    CHECK(news(1200ms, {a}));
    CHECK(news(1400ms, {a}));  // the first time that it has stood for so long
    CHECK_FALSE(news(1500ms, {a}));
    CHECK(news(1600ms, {placed("A", 100)}));
    CHECK_FALSE(news(1700ms, {placed("A", 100)}));
    CHECK(news(1800ms, {a}));
    CHECK(news(1900ms, {a, b}));
    CHECK(news(3200ms, {a, b}));
    CHECK_FALSE(news(3300ms, {a, b}));
    CHECK_FALSE(news(3400ms, {a}));
    CHECK(news(3800ms, {a}));  // B has left
    CHECK_FALSE(news(4300ms, {}));
}

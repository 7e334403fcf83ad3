// Goal: what a hardware scanner types is one scan wherever the focus is, and what a person types
// arrives where it was typed.
#include "ui/scan_burst.hpp"

#include "support/catch.hpp"

namespace {

// Types into the window, with the clock; gathers what comes of it.
struct Keys {
    ui::ScanBurst burst;
    double now = 10;
    std::vector<std::string> scans;
    std::u32string typed;

    void take(const ui::ScanBurst::Outcome& outcome) {
        if (!outcome.scan.empty()) scans.push_back(outcome.scan);
        typed += outcome.to_type;
    }
    void type(std::u32string_view text, double gap) {
        for (const char32_t character : text) {
            now += gap;
            take(burst.silence(now));
            take(burst.character(character, now));
        }
    }
    void end(char key, double gap) {
        now += gap;
        take(burst.silence(now));
        const auto outcome = burst.ended_by(key, now);
        take(outcome);
        if (!outcome.key_taken) typed += static_cast<char32_t>(key);
    }
    void wait(double seconds) {
        now += seconds;
        take(burst.silence(now));
    }
};

constexpr double kScanner = 0.004, kFingers = 0.09;

}  // namespace

TEST_CASE("a scan ends with Enter, with Tab, or with silence", "[ui][wedge]") {
    Keys keys;
    keys.type(U"SN-20260301", kScanner);
    keys.end('\r', kScanner);
    keys.type(U"4006", kScanner);
    keys.end('\t', kScanner);
    keys.type(U"]C1SN\x1dÄ", kScanner);
    keys.wait(0.2);
    CHECK(keys.scans == std::vector<std::string>{"SN-20260301\r", "4006\t", "]C1SN\x1d\xC3\x84"});
    CHECK(keys.typed.empty());
}

TEST_CASE("what a person types goes on to the field, with its Enter", "[ui][wedge]") {
    Keys keys;
    keys.type(U"SN-20260301-Ä", kFingers);
    keys.end('\r', kFingers);
    keys.wait(1);
    CHECK(keys.scans.empty());
    CHECK((keys.typed == U"SN-20260301-Ä\r"));
}

TEST_CASE("a short word typed in one slow frame is no scan", "[ui][wedge]") {
    Keys keys;
    keys.type(U"abc", 0);
    keys.end('\r', 0);
    keys.type(U"five5", 0);
    keys.wait(0.2);
    CHECK(keys.scans.empty());
    CHECK((keys.typed == U"abc\rfive5"));
}

TEST_CASE("two scans right after each other are two", "[ui][wedge]") {
    Keys keys;
    for (int i = 0; i < 2; ++i) {
        keys.type(U"SN-00000" + std::u32string(1, U'1' + static_cast<char32_t>(i)), kScanner);
        keys.end('\r', kScanner);
    }
    CHECK(keys.scans == std::vector<std::string>{"SN-000001\r", "SN-000002\r"});
}

TEST_CASE("nothing is held back for longer than the gap", "[ui][wedge]") {
    Keys keys;
    CHECK_FALSE(keys.burst.due(keys.now));
    keys.type(U"a", kFingers);
    REQUIRE(keys.burst.due(keys.now));
    CHECK(*keys.burst.due(keys.now) <= ui::kBurstGapSeconds * 1.001);
    keys.wait(ui::kBurstGapSeconds * 1.01);
    CHECK((keys.typed == U"a"));
    CHECK_FALSE(keys.burst.due(keys.now));
}

TEST_CASE("where the test sheet is expected, a slow scanner is waited for", "[ui][wedge]") {
    Keys keys;
    keys.burst.expect_anything(true);
    keys.type(U"0123456789 abc", 0.3);
    keys.wait(1);
    CHECK(keys.scans == std::vector<std::string>{"0123456789 abc"});
}

TEST_CASE("a scan without end is cut, not gathered for ever", "[ui][wedge]") {
    Keys keys;
    for (int i = 0; i < 3000; ++i) keys.type(U"0123456789", 0.001);
    keys.wait(1);
    CHECK(keys.scans.size() == 2);
}

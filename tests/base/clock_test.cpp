#include "base/clock.hpp"

#include "support/catch.hpp"

using namespace base;
using namespace std::chrono;

TEST_CASE("a time survives being written and read", "[base][clock]") {
    const Timestamp time = sys_days(2026y / March / 1) + 9h + 2min + 11s + 123ms;
    CHECK(to_iso(time) == "2026-03-01T09:02:11.123Z");
    Timestamp read{};
    REQUIRE(parse_iso("2026-03-01T09:02:11.123Z", read));
    CHECK(read == time);
}

TEST_CASE("what is no time is refused", "[base][clock]") {
    Timestamp time{};
    const std::string text =
        GENERATE("", "2026-03-01", "2026-13-01T00:00:00.000Z", "2026-02-30T00:00:00.000Z",
                 "2026-03-01T24:00:00.000Z", "2026-03-01T09:02:11.123", "2026-03-01 09:02:11.123Z",
                 "x026-03-01T09:02:11.123Z");
    CHECK_FALSE(parse_iso(text, time));
}

TEST_CASE("the civil date is that of the place", "[base][clock]") {
    const Timestamp late = sys_days(2026y / March / 1) + 23h + 30min;
    CHECK(civil_date({late, 0min}) == 2026y / March / 1);
    CHECK(civil_date({late, 60min}) == 2026y / March / 2);
    CHECK(to_words({late, 60min}) == "2 Mar 2026, 00:30");
    CHECK(offset_to_iso(-210min) == "-03:30");
    minutes offset{};
    REQUIRE(parse_offset("-03:30", offset));
    CHECK(offset == -210min);
}

#include "inventory/dates.hpp"
#include "inventory/gtin.hpp"
#include "inventory/serial_number.hpp"
#include "inventory/warranty.hpp"
#include "support/catch.hpp"

using namespace inventory;
using namespace std::chrono;

TEST_CASE("a serial keeps its printed form", "[inventory][serial]") {
    const auto serial = parse_serial("  SN-20260301-A001\r\n");
    REQUIRE(serial);
    CHECK(serial->printed == "SN-20260301-A001");
    CHECK(serial->key == "sn-20260301-a001");
    CHECK(parse_serial("000045")->printed == "000045");
    CHECK(parse_serial("x'; DROP TABLE unit;--")->printed == "x'; DROP TABLE unit;--");
}

TEST_CASE("a serial has 1 to 128 characters", "[inventory][serial]") {
    CHECK(parse_serial(std::string(128, 'x')));
    CHECK_FALSE(parse_serial(std::string(129, 'x')));
    CHECK_FALSE(parse_serial(""));
    CHECK_FALSE(parse_serial(" \t "));
    std::string umlauts;
    for (int i = 0; i < 128; ++i) umlauts += "ü";
    CHECK(parse_serial(umlauts));
    const auto huge = parse_serial(std::string(4096, 'x'));
    REQUIRE_FALSE(huge);
    CHECK(huge.error().message.size() < 200);
    CHECK_THAT(huge.error().message, ContainsSubstring("4096 characters"));
}

TEST_CASE("a serial holds no control character and is text", "[inventory][serial]") {
    const std::string bad = GENERATE(std::string("a\tb"), std::string("a\0b", 3),
                                     std::string("a\x1d"
                                                 "b"),
                                     std::string("\xFF\xFE"));
    const auto serial = parse_serial(bad);
    REQUIRE_FALSE(serial);
    CHECK(serial.error().kind == ErrorKind::Refused);
    CHECK(serial.error().message.find('\n') == std::string::npos);
}

TEST_CASE("a date is a day that exists", "[inventory][dates]") {
    CHECK(parse_date("2024-02-29") == 2024y / February / 29);
    const std::string bad = GENERATE("2023-02-29", "2026-00-10", "2026-1-01", "26-01-01",
                                     "2026-01-01T", "0000-01-01", "2026-01-32", "", "heute");
    CAPTURE(bad);
    CHECK_FALSE(parse_date(bad));
}

TEST_CASE("a warranty of months ends on the same day, or the month's last", "[inventory][dates]") {
    CHECK(add_months(2026y / March / 1, 24) == 2028y / March / 1);
    CHECK(add_months(2026y / January / 31, 1) == 2026y / February / 28);
    CHECK(add_months(2024y / February / 29, 12) == 2025y / February / 28);
    CHECK(to_iso(9y / May / 3) == "0009-05-03");
    CHECK(to_words(Date(2026y / March / 1)) == "1 Mar 2026");
}

TEST_CASE("the last day of a warranty is still covered", "[inventory][warranty]") {
    const Date last = 2026y / March / 10;
    const Warranty covered = warranty_on(last, last, false);
    CHECK(covered.state == WarrantyState::Covered);
    CHECK(covered.days == 0);
    const Warranty over = warranty_on(last, 2026y / March / 11, false);
    CHECK(over.state == WarrantyState::Over);
    CHECK(to_words(over) == "ended 1 day ago");
    CHECK(to_words(warranty_on(last, 2026y / March / 1, false)) == "9 days left");
}

TEST_CASE("a clock that is behind gives no verdict", "[inventory][warranty]") {
    CHECK(warranty_on(2026y / March / 10, 2026y / March / 1, true).state ==
          WarrantyState::CheckDate);
    CHECK(warranty_on(std::nullopt, 2026y / March / 1, true).state == WarrantyState::None);
}

TEST_CASE("a GTIN is filled to 14 digits when its check digit is right", "[inventory][gtin]") {
    // GS1 General Specifications, 7.9: examples of check digits.
    CHECK(*parse_gtin("9520123456788") == "09520123456788");
    CHECK(*parse_gtin("96385074") == "00000096385074");
    CHECK(*parse_gtin("036000291452") == "00036000291452");
    CHECK(*parse_gtin(" 09520123456788 ") == "09520123456788");
    CHECK_FALSE(parse_gtin("9520123456789"));
    CHECK_FALSE(parse_gtin("12345"));
    CHECK_FALSE(parse_gtin("952012345678X"));
}

#include "exchange/csv.hpp"

#include <random>
#include <sstream>

#include "exchange/export.hpp"
#include "exchange/import.hpp"
#include "support/catch.hpp"
#include "support/shop.hpp"

using namespace exchange;

namespace {

std::vector<CsvRecord> read_all(const std::string& text) {
    std::istringstream stream(text);
    CsvReader reader(stream);
    std::vector<CsvRecord> records;
    for (;;) {
        auto record = reader.next();
        REQUIRE(record);
        if (!*record) return records;
        records.push_back(std::move(**record));
    }
}

struct Run {
    Result<Imported> result;
    std::vector<RefusedRow> refused;
};

Run import(Shop& shop, const std::string& text, bool dry_run = false) {
    std::istringstream stream(text);
    ImportOptions options;
    options.dry_run = dry_run;
    Run run;
    run.result = import_units(stream, shop.store, options,
                              [&](const RefusedRow& row) { run.refused.push_back(row); });
    return run;
}

}  // namespace

TEST_CASE("CSV is read as the world writes it", "[csv]") {
    const std::vector<CsvRecord> rows = {{"a", "b"}, {"1", "2"}};
    CHECK(read_all("a,b\n1,2\n") == rows);
    CHECK(read_all("a,b\r\n1,2") == rows);
    CHECK(read_all("\xEF\xBB\xBF"
                   "a;b\r\n1;2\r\n") == rows);
    CHECK(read_all("a\tb\n\n1\t2\n\n") == rows);
    CHECK(read_all("\"a\",\"b\"\n1,2\n") == rows);
    CHECK(read_all("").empty());
    CHECK(read_all("x,\"a \"\"q\"\"\r\nb\",\n") ==
          std::vector<CsvRecord>{{"x", "a \"q\"\r\nb", ""}});
}

TEST_CASE("a quote that is never closed is named with its line", "[csv]") {
    std::istringstream stream("a,b\n1,2\n\"x,y\nz");
    CsvReader reader(stream);
    REQUIRE(reader.next());
    REQUIRE(reader.next());
    const auto bad = reader.next();
    REQUIRE_FALSE(bad);
    CHECK_THAT(bad.error().message, ContainsSubstring("line 3"));
}

TEST_CASE("what is written is read back, whatever the bytes", "[csv][fuzz]") {
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const std::string alphabet = "ab,;\t\"\r\n 0\xC3\xBC";
    for (int round = 0; round < 2000; ++round) {
        CsvRecord record(1 + random() % 4);
        for (std::string& field : record)
            for (auto n = random() % 8; n > 0; --n) field += alphabet[random() % alphabet.size()];
        if (record.size() == 1 && record[0].empty()) continue;
        const auto back = read_all("h1,h2,h3,h4\r\n" + csv_line(record));
        REQUIRE(back.size() == 2);
        REQUIRE(back[1] == record);
    }
}

TEST_CASE("good rows are registered, bad ones reported with line and reason", "[import]") {
    Shop shop;
    Shop::must(shop.receive("SN-0"));
    const Run run = import(
        shop,
        "Serial Number;Product Variant;Lot;Warehouse;Location;Purchase Date;WARRANTY EXPIRY\n"
        "SN-1;router-x;L-22;MAIN;A-03;2026-01-31;2028-01-31\n"
        "sn-0;ROUTER-X;;;;;\n"
        "000045;ROUTER-X;;;;;\n"
        ";ROUTER-X;;;;;\n"
        "SN-2;NOPE;;;;;\n"
        "SN-3;ROUTER-X;;;;31.01.2026;\n"
        "SN-1;ROUTER-X;;;;;\n"
        "SN-4;ROUTER-X;;;;;;too many\n");
    REQUIRE(run.result);
    CHECK(run.result->registered == 2);
    CHECK(run.result->refused == 6);
    std::vector<std::int64_t> lines;
    for (const RefusedRow& row : run.refused) lines.push_back(row.line);
    std::ranges::sort(lines);
    CHECK(lines == std::vector<std::int64_t>{3, 5, 6, 7, 8, 9});
    const auto unit = (*shop.store.find("SN-1"))->unit;
    CHECK(unit.lot == std::string("L-22"));
    CHECK(unit.location == std::string("A-03"));
    CHECK(unit.warranty_expiry == inventory::parse_date("2028-01-31"));
    const auto plain = (*shop.store.find("000045"))->unit;
    CHECK(plain.serial == "000045");
    CHECK_FALSE(plain.purchase_date);
    CHECK(shop.store.verify(true)->damage_count == 0);
}

TEST_CASE("a dry run says the same and writes nothing", "[import]") {
    Shop shop;
    const std::string text = "serial,variant\nSN-1,ROUTER-X\nSN-2,NOPE\nsn-1,ROUTER-X\n";
    const Run dry = import(shop, text, true);
    CHECK(shop.store.counts()->at(0) == 0);
    const Run real = import(shop, text);
    CHECK(dry.result->registered == real.result->registered);
    CHECK(dry.result->refused == real.result->refused);
    CHECK(shop.store.counts()->at(0) == 1);
}

TEST_CASE("a header that is not understood stops the import before anything is done", "[import]") {
    Shop shop;
    for (const char* text : {"", "serial\nSN-1\n", "serial,variant,colour\nSN-1,ROUTER-X,red\n",
                             "serial,variant,serial\n", "variant,lot\n"}) {
        const Run run = import(shop, text);
        REQUIRE_FALSE(run.result);
        CHECK(run.result.error().kind == ErrorKind::InvalidInput);
    }
    CHECK(shop.store.counts()->at(0) == 0);
}

TEST_CASE("an export can be imported somewhere else", "[import][export]") {
    Shop shop, other;
    Shop::must(shop.receive("a,\"b\""));
    Shop::must(shop.receive("000045"));
    std::string csv = csv_header();
    CHECK(csv ==
          "serial,variant,lot,warehouse,location,purchase_date,warranty_expiry,status,client,"
          "order\r\n");
    Shop::must(export_units(shop.store, {}, [&](const store::UnitRecord& unit) {
        csv += csv_row(unit);
        return true;
    }));
    // The acts' columns cannot be imported: they come from acts.
    std::istringstream stream(csv);
    CsvReader reader(stream);
    std::string cut;
    while (auto record = *reader.next()) {
        record->resize(7);
        cut += csv_line(*record);
    }
    CHECK(import(other, cut).result->registered == 2);
    CHECK((*other.store.find("a,\"b\""))->unit == (*shop.store.find("a,\"b\""))->unit);
}

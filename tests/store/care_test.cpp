// That nothing is lost: verify, rebuild, backup, restore, salvage, daily backups.
#include <filesystem>
#include <fstream>
#include <random>
#include <set>

#include "base/text.hpp"
#include "store/backup.hpp"
#include "store/database.hpp"
#include "support/catch.hpp"
#include "support/shop.hpp"
#include "support/temporary.hpp"

namespace fs = std::filesystem;
using inventory::Action;
using inventory::Status;
using journal::Kind;
using store::Database;
using store::Statement;

namespace {

// A shop in a file, with some history in every status.
void fill(const std::string& file, int units = 20) {
    Shop shop(file);
    for (int i = 0; i < units; ++i)
        shop.bring("SN-" + std::to_string(100 + i), inventory::kStatuses[i % 5]);
    Shop::must(shop.store.undo("SN-100", ""));
    Shop::must(shop.store.put(store::Recall{"", "L-07", "burns", true}, ""));
    Shop::must(shop.store.put(inventory::LabelProfile{.variant = "SWITCH-Y", .strip = "S"}, ""));
}

// Everything that is made from the journal, as text.
std::string projection(const std::string& file) {
    Database database(file);
    std::string all;
    for (const std::string table : {"variant", "lot", "warehouse", "location", "recall", "profile",
                                    "unit", "identifier", "serial_shape", "counter"}) {
        std::string columns;
        Statement info = database.prepare("SELECT name FROM pragma_table_info('" + table + "')");
        while (info.step())
            columns += (columns.empty() ? "quote(" : " || ',' || quote(") + info.text(0) + ")";
        Statement rows = database.prepare("SELECT " + columns + " FROM " + table + " ORDER BY 1");
        while (rows.step()) all += table + ": " + rows.text(0) + "\n";
    }
    return all;
}

store::Verification verified(const std::string& file) {
    auto store = store::Store::open(file, {});
    REQUIRE(store);
    auto result = store->verify(true);
    REQUIRE(result);
    return *result;
}

// Changes the journal as no program of ours can.
void tamper(const std::string& file, const std::string& sql) {
    Database database(file);
    database.execute("DROP TRIGGER event_is_never_changed; DROP TRIGGER event_is_never_deleted;");
    database.execute("PRAGMA foreign_keys = OFF;" + sql);
}

}  // namespace

TEST_CASE("an untouched file verifies", "[store][verify]") {
    const TemporaryFolder folder;
    fill(folder.file("u.db"));
    const auto result = verified(folder.file("u.db"));
    CHECK(result.damage_count == 0);
    CHECK(result.units == 20);
    CHECK(result.events > 40);
}

TEST_CASE("every kind of tampering is found, with the event and the unit", "[store][verify]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db");
    fill(file);
    struct Row {
        const char* sql;
        const char* what;
        const char* serial;
    };
    const auto row = GENERATE(values<Row>({
        {"UPDATE event SET record = CAST(replace(CAST(record AS TEXT), 'Dock 1', 'Dock 2') AS BLOB)"
         " WHERE id = 12",
         "its bytes are not those that were written", "SN-101"},
        {"UPDATE event SET hash = zeroblob(32) WHERE id = 12",
         "its bytes are not those that were written", "SN-101"},
        {"DELETE FROM event WHERE id = 13", "an event before it is missing", ""},
        {"UPDATE unit SET status = 1 WHERE key = 'sn-102'",
         "shown as In Stock, its history says Sold", "SN-102"},
        {"UPDATE unit SET warranty_expiry = 47482 WHERE key = 'sn-101'",
         "a field differs from its history", "SN-101"},
        {"UPDATE unit SET client = NULL WHERE key = 'sn-102'", "a field differs", "SN-102"},
        {"DELETE FROM unit WHERE key = 'sn-104'", "it is missing although it was registered",
         "SN-104"},
        {"UPDATE unit SET status = 1 WHERE key = 'sn-100'", "on the lists or off them", "SN-100"},
        {"UPDATE counter SET units = units + 1 WHERE status = 2", "the count of Reserved units",
         ""},
        {"UPDATE variant SET warranty_months = 99", "every variant differs", ""},
        {"UPDATE lot SET code = 'L-23' WHERE code = 'L-22'", "every lot differs", ""},
        {"UPDATE recall SET open = 0", "every recall differs", ""},
        {"UPDATE unit SET tip = id WHERE key = 'sn-102'", "its latest event is not", "SN-102"},
        {"UPDATE unit_ending SET reversed = reversed || 'x' WHERE reversed = '201-ns'",
         "its last digits does not find it", "SN-102"},
        {"INSERT INTO unit_ending SELECT reversed || 'x', unit FROM unit_ending LIMIT 1",
         "finds what no serial ends with", ""},
        {"UPDATE meta SET indexed_to = 30", "a search for a part of a serial", ""},
        {"INSERT INTO unit_search (rowid, key) VALUES (12, 'sn-101')",
         "a search for a part of a serial", ""},
        {"UPDATE meta SET newest_at = newest_at - 60000", "the latest time seen is not", ""},
        {"DELETE FROM client", "a unit refers to a client that is not there", ""},
    }));
    CAPTURE(row.sql);
    tamper(file, row.sql);
    const auto result = verified(file);
    REQUIRE(result.damage_count > 0);
    CHECK_THAT(result.damages[0].what, ContainsSubstring(row.what));
    if (*row.serial != '\0') CHECK(result.damages[0].serial == row.serial);
}

TEST_CASE("a search index that names another unit, or misses one trigram, is found",
          "[store][verify][search]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db");
    {
        Shop shop(file);
        shop.receive_many(1200);
        Shop::must(shop.store.act({Kind::Registered, "x", {{"variant", "ROUTER-X"}}, "", {}}));
        Shop::must(shop.store.act(
            {Kind::Renamed, "SN-10007", {{"serial", "\xC3\xA4\xC3\xB6\"%\xC3\xBC-aaaa"}}, "", {}}));
    }
    CHECK(verified(file).damage_count == 0);
    const auto trick = [&](const std::string& instead) {
        Database(file).execute(
            "INSERT INTO unit_search (unit_search, rowid, key)"
            " SELECT 'delete', id, key FROM unit WHERE key = 'sn-10500';"
            "INSERT INTO unit_search (rowid, key)"
            " SELECT " +
            instead + " FROM unit WHERE key = 'sn-10500'");
    };
    trick("id, key");  // as it was
    CHECK(verified(file).damage_count == 0);
    trick(GENERATE("id + 1, key", "id, substr(key, 2)", "id, key || 'x'"));
    CHECK(verified(file).damage_count == 1);
    auto store = store::Store::open(file, {});
    Shop::must(store->rebuild());
    CHECK(store->verify(true)->damage_count == 0);
}

TEST_CASE("one flipped bit anywhere in a record is found", "[store][verify][property]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db");
    fill(file, 5);
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    Database database(file);
    database.execute("DROP TRIGGER event_is_never_changed");
    const auto events = database.integer("SELECT count(*) FROM event");
    for (int round = 0; round < 40; ++round) {
        const std::int64_t id =
            1 + static_cast<std::int64_t>(random() % static_cast<unsigned>(events));
        store::Statement select = database.prepare("SELECT record FROM event WHERE id = ?1");
        REQUIRE(select.bind(1, id).step());
        const std::string good = select.text(0);
        select.reset();
        std::string bad = good;
        bad[random() % bad.size()] ^= static_cast<char>(1 << (random() % 8));
        const auto write = [&](const std::string& bytes) {
            database.prepare("UPDATE event SET record = ?2 WHERE id = ?1")
                .bind(1, id)
                .bind(2,
                      std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()))
                .run();
        };
        write(bad);
        auto store = store::Store::open(file, {});
        REQUIRE(store);
        REQUIRE(store->verify(false)->damage_count == 1);
        write(good);
    }
    CHECK(verified(file).damage_count == 0);
}

TEST_CASE("the projection can be thrown away and comes back byte by byte", "[store][rebuild]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db");
    fill(file);
    const std::string before = projection(file);
    REQUIRE(before.size() > 1000);
    tamper(file, "DELETE FROM unit WHERE id % 2 = 0; UPDATE unit SET status = 3;");
    REQUIRE(projection(file) != before);
    auto store = store::Store::open(file, {});
    REQUIRE(store->rebuild());
    CHECK(projection(file) == before);
    CHECK(store->verify(true)->damage_count == 0);
}

TEST_CASE("a client whose name was lost costs the name and no unit", "[store][rebuild][salvage]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db");
    fill(file);
    tamper(file, "DELETE FROM client");
    const auto saved = store::salvage(file, folder.file("saved.db"), {});
    REQUIRE(saved);
    CHECK(saved->names_lost == 1);
    CHECK(saved->verification.damage_count == 0);
    auto store = store::Store::open(file, {});
    REQUIRE(store->rebuild());
    CHECK(store->verify(true)->damage_count == 0);
    CHECK((*store->find("SN-102"))->unit.client == std::string("(name not known here)"));
    CHECK(store->history("SN-102")->at(1).words == "Sold to (name not known here), order 4711");
}

TEST_CASE("in any history: projection = fold, counters = counts, rebuild = same bytes",
          "[store][property]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db");
    const auto seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    {
        Shop shop(file);
        const Kind kinds[] = {Kind::Sold,     Kind::Reserved,        Kind::ReturnedToStock,
                              Kind::Returned, Kind::MarkedDefective, Kind::Held,
                              Kind::Released};
        for (int step = 0; step < 400; ++step) {
            const std::string serial = "SN-" + std::to_string(random() % 12);
            const auto pick = random() % 12;
            const auto before = *shop.store.find(serial);
            if (pick < std::size(kinds)) {
                const auto done = shop.store.act(
                    {kinds[pick], serial, {{"reason", "r" + std::to_string(step)}}, "", {}});
                // A refusal changes nothing.
                if (!done && before) REQUIRE((*shop.store.find(serial))->unit == before->unit);
                if (done && pick < 5) {
                    // Undoing an act restores the state before it.
                    const auto events = shop.store.history(serial)->size();
                    if (random() % 4 == 0) {
                        REQUIRE(shop.store.undo(serial, "")->unit->unit == before->unit);
                        REQUIRE(shop.store.history(serial)->size() == events + 1);
                    }
                }
            } else if (pick == 7) {
                (void)shop.store.undo(serial, "");
            } else if (pick == 8) {
                (void)shop.store.act({Kind::Renamed,
                                      serial,
                                      {{"serial", "SN-" + std::to_string(random() % 12)}},
                                      "",
                                      {}});
            } else {
                (void)shop.receive(serial);
            }
        }
        REQUIRE(shop.store.verify(true)->damage_count == 0);
    }
    const std::string before = projection(file);
    auto store = store::Store::open(file, {});
    REQUIRE(store->rebuild());
    CHECK(projection(file) == before);
}

TEST_CASE("a backup is whole, verified, and needs no file beside it", "[store][backup]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db"), copy = folder.file("copy.db");
    fill(file);
    const store::Store in_use = *store::Store::open(file, {});
    std::int64_t pages = 0;
    REQUIRE(store::back_up(file, copy, [&](std::int64_t done, std::int64_t) { pages = done; }));
    CHECK(pages > 0);
    CHECK_FALSE(fs::exists(copy + "-wal"));
    CHECK_FALSE(fs::exists(copy + ".part"));
    CHECK(projection(copy) == projection(file));
    CHECK(store::back_up(file, copy));  // an older backup is replaced
}

TEST_CASE("a backup never overwrites what is no backup", "[store][backup]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db"), other = folder.file("thesis.txt");
    fill(file);
    std::ofstream(other) << "years of work";
    CHECK_FALSE(store::back_up(file, other));
    CHECK(fs::file_size(other) == 13);
    CHECK_FALSE(store::back_up(file, file));
    CHECK_FALSE(store::back_up(file, folder.file("no/such/folder/b.db")));
}

TEST_CASE("a damaged database is not handed on as a backup", "[store][backup]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db");
    fill(file);
    tamper(file, "UPDATE event SET hash = zeroblob(32) WHERE id = 12");
    const auto refused = store::back_up(file, folder.file("copy.db"));
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().message, ContainsSubstring("unit SN-101"));
    CHECK_FALSE(fs::exists(folder.file("copy.db")));
}

TEST_CASE("a restored database is a new writer, so no number is used twice", "[store][restore]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db"), copy = folder.file("copy.db");
    fill(file);
    REQUIRE(store::back_up(file, copy));
    std::set<std::string> names;  // of all events ever written
    const auto gather = [&](const std::string& path) {
        auto store = store::Store::open(path, {});
        const auto page = *store->list({}, 1000, "");
        for (const auto& unit : page.units) {
            const auto history = *store->history(unit.unit.key);
            for (const auto& record : history)
                names.insert(journal::to_text(record.event.id) + record.hash);
        }
    };
    const auto one_more = [&](const std::string& serial) {
        auto store = store::Store::open(file, {});
        REQUIRE(store->act({Kind::Registered, serial, {{"variant", "ROUTER-X"}}, "", {}}));
    };
    one_more("LOST-1");
    gather(file);
    const auto kept = store::restore(copy, file, {});
    REQUIRE(kept);
    REQUIRE(fs::exists(*kept));
    CHECK(projection(file) == projection(copy));
    one_more("NEW-1");
    gather(file);
    // Two events of one name would differ in their hashes and so be two entries for one id.
    std::set<std::string> ids;
    for (const std::string& name : names)
        CHECK(ids.insert(name.substr(0, name.size() - 64)).second);
    CHECK(verified(file).damage_count == 0);
    auto old = store::Store::open(*kept, {});
    CHECK((*old->find("LOST-1")).has_value());
}

TEST_CASE("a damaged backup is refused and nothing is changed", "[store][restore]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db"), copy = folder.file("copy.db");
    fill(file);
    REQUIRE(store::back_up(file, copy));
    tamper(copy, "UPDATE event SET hash = zeroblob(32) WHERE id = 12");
    const std::string before = projection(file);
    const auto refused = store::restore(copy, file, {});
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().message, ContainsSubstring("nothing was changed"));
    CHECK(projection(file) == before);
    std::ofstream(folder.file("text")) << "no database, but long enough to be one, at least a bit";
    CHECK_FALSE(store::restore(folder.file("text"), file, {}));
    CHECK_FALSE(store::restore(folder.file("missing"), file, {}));
    CHECK(projection(file) == before);
}

TEST_CASE("what can still be read of a damaged file is salvaged, and the file left alone",
          "[store][salvage]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db"), saved = folder.file("saved.db");
    fill(file);
    tamper(file, "UPDATE event SET record = CAST('garbage' AS BLOB) WHERE id = 13");
    const auto result = store::salvage(file, saved, {});
    REQUIRE(result);
    CHECK(result->unreadable == 1);
    CHECK(result->verification.damage_count > 0);  // the gap is told
    auto store = store::Store::open(saved, {});
    REQUIRE(store);
    CHECK(store->counts()->at(0) >= 18);
    CHECK(store->act({Kind::Registered, "NEW-1", {{"variant", "ROUTER-X"}}, "", {}}));
    CHECK_FALSE(store::salvage(file, saved, {}));
}

TEST_CASE("a salvage misses the last event, too: its unit still names it", "[store][salvage]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db");
    fill(file);
    {
        auto store = store::Store::open(file, {});
        REQUIRE(store->act({Kind::Held, "SN-101", {}, "", {}}));
    }
    tamper(file, "DELETE FROM event WHERE id = (SELECT max(id) FROM event)");
    const auto saved = store::salvage(file, folder.file("saved.db"), {});
    REQUIRE(saved);
    CHECK(saved->unreadable == 1);
}

TEST_CASE("a lost variant costs its units, not the program: salvage and rebuild go on",
          "[store][salvage][rebuild]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db"), saved = folder.file("saved.db");
    fill(file);
    const std::string lost = "UPDATE event SET record = CAST('garbage' AS BLOB) WHERE kind = ";
    tamper(file, lost + GENERATE("32", "33", "34", "35", "36"));
    const auto result = store::salvage(file, saved, {});
    REQUIRE(result);
    CHECK(result->unreadable >= 1);
    auto store = store::Store::open(saved, {});
    REQUIRE(store);
    CHECK(store->rebuild());
    CHECK(store->verify(true).has_value());
}

TEST_CASE("a second program may write while a backup is made", "[store][backup]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db"), copy = folder.file("copy.db");
    fill(file, 600);  // more pages than one step copies
    auto other = store::Store::open(file, {});
    int written = 0;
    REQUIRE(store::back_up(file, copy, [&](std::int64_t, std::int64_t) {
        if (written < 3 && other->act({Kind::Registered,
                                       "W-" + std::to_string(written),
                                       {{"variant", "ROUTER-X"}},
                                       "",
                                       {}}))
            ++written;
    }));
    CHECK(written > 0);
    CHECK(verified(copy).units == 600);  // of one moment: the one in which it began
    CHECK(verified(file).units == 600 + written);
}

TEST_CASE("pages of zeros in the middle of a file cost only what lay on them", "[store][salvage]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db");
    fill(file, 300);
    const std::string table = GENERATE("event", "unit", "client", "sqlite_autoindex_event_1");
    CAPTURE(table);
    std::int64_t page = 0, bytes = 0;
    {
        Database database(file);
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        bytes = database.integer("PRAGMA page_size");
        page = database.integer(
            "SELECT max(pageno) FROM dbstat WHERE pagetype = 'leaf' AND name = '" + table + "'");
    }
    {
        std::fstream raw(file, std::ios::in | std::ios::out | std::ios::binary);
        raw.seekp((page - 1) * bytes);
        raw << std::string(static_cast<std::size_t>(bytes), '\0');
    }
    const auto result = store::salvage(file, folder.file("saved.db"), {});
    INFO((result ? "" : result.error().message));
    REQUIRE(result);
    CHECK(result->events > 300);
}

TEST_CASE("daily backups: one a day, seven kept", "[store][backup]") {
    const TemporaryFolder folder;
    const std::string file = folder.file("u.db");
    fill(file);
    for (unsigned day = 1; day <= 10; ++day) {
        const inventory::Date date(std::chrono::year(2026), std::chrono::month(3),
                                   std::chrono::day(day));
        CHECK(*store::back_up_daily(file, date));
        CHECK_FALSE(*store::back_up_daily(file, date));
    }
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(store::daily_backup_folder(file)))
        names.insert(entry.path().filename().string());
    CHECK(names.size() == 7);
    CHECK(names.contains("2026-03-10.db"));
    CHECK_FALSE(names.contains("2026-03-03.db"));
}

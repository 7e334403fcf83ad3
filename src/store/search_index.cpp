#include "store/search_index.hpp"

#include <algorithm>
#include <functional>
#include <vector>

#include "base/text.hpp"

namespace store {
namespace {

constexpr std::int64_t kWaitingMax = 1000;  // events; looking through them takes less than 1 ms

bool begins_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }

// Every three characters in a row.
void for_each_trigram(std::string_view text,
                      const std::function<void(std::string_view)>& on_trigram) {
    std::size_t starts[4] = {};  // of the last characters, the newest at the end
    int characters = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && !begins_character(text[i])) continue;
        std::rotate(starts, starts + 1, starts + 4);
        starts[3] = i;
        if (++characters >= 4) on_trigram(text.substr(starts[0], i - starts[0]));
    }
}

// FNV-1a of the trigram, mixed with the unit.
std::uint64_t mark(std::string_view trigram, std::int64_t unit) {
    std::uint64_t hash = 0xCBF29CE484222325;
    const auto add = [&](std::uint64_t byte) { hash = (hash ^ byte) * 0x100000001B3; };
    for (const char c : trigram) add(static_cast<unsigned char>(c));
    const auto id = static_cast<std::uint64_t>(unit);
    for (int shift = 0; shift < 64; shift += 8) add((id >> shift) & 0xFF);
    return hash;
}

void index_range(Database& database, std::int64_t from, std::int64_t to) {
    database
        .prepare(
            "INSERT INTO unit_search (rowid, key)"
            " SELECT id, key FROM unit WHERE id > ?1 AND id <= ?2")
        .bind(1, from)
        .bind(2, to)
        .run();
    database.prepare("UPDATE meta SET indexed_to = ?1 WHERE id = 1").bind(1, to).run();
}

}  // namespace

std::int64_t indexed_to(Database& database) {
    return database.integer("SELECT indexed_to FROM meta");
}

void keep_indexed(Database& database, std::int64_t last_row) {
    const std::int64_t from = indexed_to(database);
    if (last_row - from > kWaitingMax) index_range(database, from, last_row);
}

void index_new(Database& database, std::int64_t unit, const std::string& key) {
    database.prepare("INSERT INTO unit_ending (reversed, unit) VALUES (?1, ?2)")
        .bind(1, base::reversed(key))
        .bind(2, unit)
        .run();
}

bool ends_indexed(Database& database, std::int64_t unit, const std::string& key) {
    Statement select =
        database.prepare("SELECT 1 FROM unit_ending WHERE reversed = ?1 AND unit = ?2");
    return select.bind(1, base::reversed(key)).bind(2, unit).step();
}

void index_renamed(Database& database, std::int64_t unit, const std::string& old_key,
                   const std::string& new_key) {
    if (old_key == new_key) return;
    database.prepare("DELETE FROM unit_ending WHERE reversed = ?1 AND unit = ?2")
        .bind(1, base::reversed(old_key))
        .bind(2, unit)
        .run();
    index_new(database, unit, new_key);
    if (unit > indexed_to(database)) return;
    database.prepare("INSERT INTO unit_search (unit_search, rowid, key) VALUES ('delete', ?1, ?2)")
        .bind(1, unit)
        .bind(2, old_key)
        .run();
    database.prepare("INSERT INTO unit_search (rowid, key) VALUES (?1, ?2)")
        .bind(1, unit)
        .bind(2, new_key)
        .run();
}

void index_anew(Database& database) {
    database.execute("DELETE FROM unit_ending");
    Statement units = database.prepare("SELECT id, key FROM unit");
    while (units.step()) index_new(database, units.integer(0), units.text(1));
    database.execute("INSERT INTO unit_search (unit_search) VALUES ('delete-all')");
    index_range(database, 0, database.integer("SELECT coalesce(max(id), 0) FROM unit"));
}

bool parts_indexed(Database& database) {
    // Both are too many to be kept: of every trigram and its unit a number, and the sum of these.
    std::uint64_t expected = 0, found = 0;
    Statement units = database.prepare("SELECT id, key FROM unit WHERE id <= ?1");
    units.bind(1, indexed_to(database));
    std::vector<std::string_view> trigrams;  // of one key, each once
    while (units.step()) {
        const std::string key = units.text(1);
        trigrams.clear();
        for_each_trigram(key, [&](std::string_view trigram) { trigrams.push_back(trigram); });
        std::ranges::sort(trigrams);
        trigrams.erase(std::unique(trigrams.begin(), trigrams.end()), trigrams.end());
        for (const std::string_view trigram : trigrams) expected += mark(trigram, units.integer(0));
    }
    database.execute(
        "CREATE VIRTUAL TABLE IF NOT EXISTS temp.unit_trigram"
        " USING fts5vocab(main, unit_search, instance)");
    Statement entries = database.prepare("SELECT term, doc FROM temp.unit_trigram");
    while (entries.step()) found += mark(entries.text(0), entries.integer(1));
    return found == expected;
}

std::string trigram_query(std::string_view text) {
    std::string query;
    for_each_trigram(text, [&](std::string_view trigram) {
        query += query.empty() ? "\"" : " AND \"";
        for (const char c : trigram) query += c == '"' ? "\"\"" : std::string(1, c);
        query += '"';
    });
    return query;
}

}  // namespace store

#include "store/unit_marks.hpp"

#include <map>
#include <memory>
#include <set>
#include <tuple>

#include "base/text.hpp"
#include "inventory/identifiers.hpp"

namespace store {
namespace {

using inventory::ShapeRow;

constexpr std::size_t kCountBytes = 4;
constexpr std::size_t kPlaceBytes = inventory::kCharacterClasses * kCountBytes;

// Little-endian, class by class, place by place.
std::vector<std::uint8_t> packed(const ShapeRow& row) {
    std::vector<std::uint8_t> bytes;
    bytes.reserve(row.positions.size() * kPlaceBytes);
    for (const auto& place : row.positions)
        for (const std::uint32_t count : place)
            for (unsigned shift = 0; shift < 32; shift += 8)
                bytes.push_back(static_cast<std::uint8_t>(count >> shift));
    return bytes;
}

void unpack(std::span<const std::uint8_t> bytes, ShapeRow& row) {
    row.positions.resize(bytes.size() / kPlaceBytes);
    for (std::size_t i = 0; i + kCountBytes <= bytes.size(); i += kCountBytes) {
        std::uint32_t count = 0;
        for (unsigned byte = 0; byte < kCountBytes; ++byte)
            count |= std::uint32_t{bytes[i + byte]} << (8 * byte);
        row.positions[i / kPlaceBytes][i % kPlaceBytes / kCountBytes] = count;
    }
}

// Variant, symbology, length.
using ShapeKey = std::tuple<std::int64_t, std::string, std::int64_t>;

ShapeRow read_shape(Database& database, const ShapeKey& key) {
    const auto& [variant, symbology, length] = key;
    ShapeRow row{symbology, length, 0, {}};
    Statement select = database.prepare(
        "SELECT units, places FROM serial_shape"
        " WHERE variant = ?1 AND symbology = ?2 AND length = ?3");
    if (select.bind(1, variant).bind(2, symbology).bind(3, length).step()) {
        row.units = select.integer(0);
        unpack(select.blob(1), row);
    }
    return row;
}

void write_shape(Database& database, const ShapeKey& key, const ShapeRow& row) {
    const auto& [variant, symbology, length] = key;
    if (row.units == 0) {
        database
            .prepare(
                "DELETE FROM serial_shape WHERE variant = ?1 AND symbology = ?2 AND length = ?3")
            .bind(1, variant)
            .bind(2, symbology)
            .bind(3, length)
            .run();
        return;
    }
    database
        .prepare(
            "INSERT INTO serial_shape (variant, symbology, length, units, places)"
            " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (variant, symbology, length)"
            " DO UPDATE SET units = excluded.units, places = excluded.places")
        .bind(1, variant)
        .bind(2, symbology)
        .bind(3, length)
        .bind(4, row.units)
        .bind(5, std::span<const std::uint8_t>(packed(row)))
        .run();
}

// A thousand units of one variant share a row or two.
struct DeferredShapes : Deferred {
    std::map<ShapeKey, ShapeRow> rows;
    void write(Database& database) override {
        for (const auto& [key, row] : rows) write_shape(database, key, row);
    }
};

void count(Database& database, const UnitMarks& marks, bool added) {
    if (!database.deferred) database.deferred = std::make_unique<DeferredShapes>();
    auto& rows = static_cast<DeferredShapes&>(*database.deferred).rows;
    const ShapeKey key{marks.variant, marks.symbology,
                       static_cast<std::int64_t>(base::count_characters(marks.serial))};
    auto row = rows.find(key);
    if (row == rows.end()) row = rows.emplace(key, read_shape(database, key)).first;
    inventory::count_serial(row->second, marks.serial, added);
}

void put_identifiers(Database& database, std::int64_t unit, const std::string& text,
                     const char* sql) {
    for (const inventory::Identifier& one : inventory::parse_identifiers(text))
        database.prepare(sql)
            .bind(1, inventory::identifier_key(one.value))
            .bind(2, unit)
            .bind(3, one.kind)
            .run();
}

bool same_serial(const UnitMarks& a, const UnitMarks& b) {
    return std::tie(a.listed, a.variant, a.serial, a.symbology) ==
           std::tie(b.listed, b.variant, b.serial, b.symbology);
}

// The common beginning of the first and the last key of a variant is that of all its keys.
std::string common_prefix(Database& database, std::int64_t variant) {
    std::string ends[2];
    constexpr const char* kOrder[] = {"key", "key DESC"};
    for (int i = 0; i < 2; ++i) {
        Statement select = database.prepare(
            std::string(
                "SELECT key FROM unit WHERE variant = ?1 AND status IS NOT NULL ORDER BY ") +
            kOrder[i] + " LIMIT 1");
        if (select.bind(1, variant).step()) ends[i] = select.text(0);
    }
    std::size_t size = 0;
    while (size < ends[0].size() && size < ends[1].size() && ends[0][size] == ends[1][size] &&
           (ends[0][size] < '0' || ends[0][size] > '9'))
        ++size;
    return ends[0].substr(0, size);
}

std::map<ShapeKey, ShapeRow> kept_shapes(Database& database) {
    database.write_deferred();
    std::map<ShapeKey, ShapeRow> all;
    Statement rows =
        database.prepare("SELECT variant, symbology, length, units, places FROM serial_shape");
    while (rows.step()) {
        ShapeRow row{rows.text(1), rows.integer(2), rows.integer(3), {}};
        unpack(rows.blob(4), row);
        all.emplace(ShapeKey{rows.integer(0), row.symbology, row.length}, std::move(row));
    }
    return all;
}

std::map<ShapeKey, ShapeRow> counted_shapes(Database& database) {
    std::map<ShapeKey, ShapeRow> all;
    Statement units =
        database.prepare("SELECT variant, symbology, serial FROM unit WHERE status IS NOT NULL");
    while (units.step()) {
        const std::string serial = units.text(2);
        const auto length = static_cast<std::int64_t>(base::count_characters(serial));
        ShapeRow& row = all[{units.integer(0), units.text(1), length}];
        row.symbology = units.text(1);
        row.length = length;
        inventory::count_serial(row, serial, true);
    }
    return all;
}

}  // namespace

std::optional<UnitMarks> read_marks(Database& database, std::int64_t unit) {
    Statement select = database.prepare(
        "SELECT status IS NOT NULL, variant, serial, symbology, identifiers FROM unit"
        " WHERE id = ?1");
    if (!select.bind(1, unit).step()) return std::nullopt;
    return UnitMarks{select.integer(0) != 0, select.integer(1), select.text(2), select.text(3),
                     select.text(4)};
}

void keep_marks(Database& database, std::int64_t unit, const std::optional<UnitMarks>& before,
                const UnitMarks& after) {
    if (!before || !same_serial(*before, after)) {
        if (before && before->listed) count(database, *before, false);
        if (after.listed) count(database, after, true);
    }
    const std::string had = before ? before->identifiers : "";
    if (had == after.identifiers) return;
    put_identifiers(database, unit, had,
                    "DELETE FROM identifier WHERE key = ?1 AND unit = ?2 AND kind = ?3");
    put_identifiers(database, unit, after.identifiers,
                    "INSERT OR IGNORE INTO identifier (key, unit, kind) VALUES (?1, ?2, ?3)");
}

void unlist(Database& database, std::int64_t unit) {
    const auto before = read_marks(database, unit);
    if (!before || !before->listed) return;
    UnitMarks after = *before;
    after.listed = false;
    keep_marks(database, unit, before, after);
    database.prepare("UPDATE unit SET status = NULL WHERE id = ?1").bind(1, unit).run();
}

inventory::SerialShape shape_of(Database& database, std::int64_t variant) {
    database.write_deferred();
    inventory::SerialShape shape;
    Statement rows = database.prepare(
        "SELECT symbology, length, units, places FROM serial_shape WHERE variant = ?1");
    rows.bind(1, variant);
    while (rows.step()) {
        ShapeRow row{rows.text(0), rows.integer(1), rows.integer(2), {}};
        unpack(rows.blob(3), row);
        shape.rows.push_back(std::move(row));
    }
    if (!shape.rows.empty()) shape.prefix = common_prefix(database, variant);
    return shape;
}

std::vector<std::string> mark_faults(Database& database) {
    std::vector<std::string> faults;
    if (kept_shapes(database) != counted_shapes(database))
        faults.emplace_back("what the serials of a product look like is not what its units say");
    std::int64_t kept = 0, missing = 0;
    Statement units = database.prepare("SELECT id, identifiers FROM unit WHERE identifiers <> ''");
    while (units.step()) {
        std::set<std::pair<std::string, std::string>> of_unit;
        for (const inventory::Identifier& one : inventory::parse_identifiers(units.text(1)))
            of_unit.emplace(inventory::identifier_key(one.value), one.kind);
        for (const auto& [key, kind] : of_unit) {
            Statement row = database.prepare(
                "SELECT 1 FROM identifier WHERE key = ?1 AND unit = ?2 AND kind = ?3");
            row.bind(1, key).bind(2, units.integer(0)).bind(3, kind);
            row.step() ? ++kept : ++missing;
        }
    }
    if (missing > 0 || database.integer("SELECT count(*) FROM identifier") != kept)
        faults.emplace_back(
            "a search for an identifier does not find exactly the units that have it");
    return faults;
}

}  // namespace store

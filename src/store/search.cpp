// The list of units: filters, keyset pages, counts.
#include <algorithm>

#include "base/text.hpp"
#include "inventory/identifiers.hpp"
#include "store/client_rows.hpp"
#include "store/references.hpp"
#include "store/search_index.hpp"
#include "store/store_impl.hpp"
#include "store/unit_rows.hpp"

namespace store {
namespace {

// A WHERE that grows, with its parameters in order.
struct Where {
    std::string sql = "u.status IS NOT NULL";
    std::vector<std::string> texts;

    // In `condition`, "?" is `value`.
    void add(std::string condition, std::string value) {
        texts.push_back(std::move(value));
        const std::string parameter = "?" + std::to_string(texts.size());
        condition.replace(condition.find('?'), 1, parameter);
        sql += " AND " + condition;
    }
};

std::string key_of(const std::string& text) {
    return base::is_utf8(text) ? base::comparison_key(text) : std::string();
}

// One name may have several references; of one alone the index gives the page in order.
void add_client(Database& database, const std::string& client, Where& where) {
    const std::vector<std::string> refs = client_refs(database, client);
    if (refs.size() == 1)
        where.add("u.client = ?", refs.front());
    else
        where.add("u.client IN (SELECT ref FROM client WHERE key = ?)", key_of(client));
}

Where where_of(Database& database, const Filter& filter) {
    Where where;
    if (filter.status)
        where.sql += " AND u.status = " + std::to_string(static_cast<int>(*filter.status));
    if (!filter.variant.empty())
        where.add("u.variant = (SELECT id FROM variant WHERE key = ?)", key_of(filter.variant));
    if (!filter.lot.empty())
        where.add("u.lot IN (SELECT id FROM lot WHERE key = ?)", key_of(filter.lot));
    if (!filter.warehouse.empty()) where.add("w.key = ?", key_of(filter.warehouse));
    if (!filter.client.empty()) add_client(database, filter.client, where);
    if (filter.conflicted) where.sql += " AND x.id IS NOT NULL";
    if (filter.held) where.sql += " AND u.hold IS NOT NULL";
    if (filter.recalled) where.sql += " AND " + std::string(kRecallReason) + " IS NOT NULL";
    return where;
}

// A filter by something that does not exist is a mistake, not an empty list.
Result<void> check_filter(Database& database, const Filter& filter) {
    const auto none = [](const char* what, const std::string& code) {
        return fail(ErrorKind::NotFound, std::string("no ") + what + " " + base::printable(code) +
                                             "; see: unitrail " + what + " list");
    };
    if (!filter.variant.empty() && !find_variant(database, filter.variant))
        return none("variant", filter.variant);
    if (!filter.warehouse.empty() && !find_warehouse(database, filter.warehouse))
        return none("warehouse", filter.warehouse);
    if (!filter.lot.empty()) {
        Statement lot = database.prepare("SELECT 1 FROM lot WHERE key = ?1");
        if (!lot.bind(1, key_of(filter.lot)).step()) return none("lot", filter.lot);
    }
    return {};
}

// What the rows of a page are read from ("unit u", or an index joined with it), and the column by
// which they are in order.
struct Order {
    const char* tables;
    const char* column;
    Direction direction;
};

// Adds to the page, as far as there is room, in the order of reading.
void read_page(Database& database, const Where& where, const Order& order, std::int64_t limit,
               Page& page) {
    const auto room = limit - static_cast<std::int64_t>(page.units.size());
    Statement rows =
        database.prepare(select_units(where.sql, order.tables) + " ORDER BY " + order.column +
                         (order.direction == Direction::Forward ? "" : " DESC") + " LIMIT " +
                         std::to_string(room + 1));
    int index = 0;
    for (const std::string& text : where.texts) rows.bind(++index, text);
    while (rows.step()) {
        if (static_cast<std::int64_t>(page.units.size()) == limit) {
            page.more = true;
            return;
        }
        page.units.push_back(to_record(read_row(rows)));
    }
}

// The units on whose side of `id` is read; 0 = all.
std::string beyond(const char* column, std::int64_t id, Direction direction) {
    if (id == 0) return "";
    return std::string(" AND ") + column + (direction == Direction::Forward ? " > " : " < ") +
           std::to_string(id);
}

// Units that hold the text anywhere but at the end, in the order of their registration: first those
// of the index, then those that wait for it.
void search_inside(Database& database, const Where& filter, const std::string& key,
                   std::int64_t limit, std::int64_t from, Direction direction, Page& page) {
    Where inside = filter;
    inside.add("instr(u.key, ?) > 0", key);
    inside.add("substr(u.key, -length(?)) <> ?" + std::to_string(inside.texts.size()), key);
    const std::string trigrams = trigram_query(key);
    const auto read_indexed = [&] {
        Where indexed = inside;
        indexed.sql += " AND u.id = s.rowid" + beyond("s.rowid", from, direction);
        indexed.add("unit_search MATCH ?", trigrams);
        read_page(database, indexed, {"unit_search s CROSS JOIN unit u", "s.rowid", direction},
                  limit, page);
    };
    const auto read_waiting = [&] {
        Where waiting = inside;
        waiting.sql += beyond("u.id", from, direction);
        if (!trigrams.empty()) waiting.sql += " AND u.id > " + std::to_string(indexed_to(database));
        read_page(database, waiting, {"unit u", "u.id", direction}, limit, page);
    };
    if (trigrams.empty()) return read_waiting();
    direction == Direction::Forward ? read_indexed() : read_waiting();
    if (page.more) return;
    direction == Direction::Forward ? read_waiting() : read_indexed();
}

void search_endings(Database& database, const Where& filter, const std::string& key,
                    std::int64_t limit, const std::string& from, Direction direction, Page& page) {
    Where endings = filter;
    endings.sql += " AND u.id = e.unit";
    const bool forward = direction == Direction::Forward;
    const std::string reversed = base::reversed(key);
    // One bound on each side, so that the index leads straight to the first row.
    if (from.empty() || !forward) endings.add("e.reversed >= ?", reversed);
    // No UTF-8 text holds the byte FF, so this is behind everything that begins so.
    if (from.empty() || forward) endings.add("e.reversed < ?", reversed + '\xFF');
    if (!from.empty())
        endings.add(forward ? "e.reversed > ?" : "e.reversed < ?", base::reversed(from));
    read_page(database, endings, {"unit_ending e CROSS JOIN unit u", "e.reversed", direction},
              limit, page);
}

// Units that have the text as an identifier and not in their serial, by key. Few have the same.
void search_identifiers(Database& database, const Where& filter, const std::string& text,
                        std::int64_t limit, const std::string& from, Direction direction,
                        Page& page) {
    const auto keys = inventory::identifier_keys(text);
    if (keys.empty()) return;
    Where having = filter;
    having.sql += " AND u.id = i.unit";
    having.add("instr(u.key, ?) = 0", key_of(text));
    const std::string side = direction == Direction::Forward ? ">" : "<";
    if (!from.empty()) having.add("u.key " + side + " ?", from);
    having.texts.push_back(keys.front());
    having.texts.push_back(keys.back());
    const std::size_t last = having.texts.size();
    // From the few identifiers to their units, never the other way round.
    const std::string tables = "(SELECT DISTINCT unit FROM identifier WHERE key IN (?" +
                               std::to_string(last - 1) + ", ?" + std::to_string(last) +
                               ")) i CROSS JOIN unit u";
    read_page(database, having, {tables.c_str(), "u.key", direction}, limit, page);
}

bool has_identifier(Database& database, const std::string& unit_key, const std::string& text) {
    const auto keys = inventory::identifier_keys(text);
    if (keys.empty() || unit_key.empty()) return false;
    Statement row = database.prepare(
        "SELECT 1 FROM identifier i JOIN unit u ON u.id = i.unit"
        " WHERE i.key IN (?1, ?2) AND u.key = ?3 AND u.status IS NOT NULL");
    return row.bind(1, keys.front()).bind(2, keys.back()).bind(3, unit_key).step();
}

// People type the last digits, so the units whose serial ends with the text come first, by an
// index; those that hold it elsewhere follow. Before them all stand those that have it as an
// identifier, `text` as it was typed.
void search(Database& database, const Where& filter, const std::string& text, std::int64_t limit,
            const std::string& from, Direction direction, Page& page) {
    const std::string key = key_of(text);
    const bool among_identified =
        from.find(key) == std::string::npos && has_identifier(database, from, text);
    const auto identified = [&](const std::string& beyond_key) {
        search_identifiers(database, filter, text, limit, beyond_key, direction, page);
    };
    if (among_identified || (from.empty() && direction == Direction::Forward)) {
        identified(from);
        if (direction == Direction::Backward || page.more) return;
    }
    const std::string beyond_key = among_identified ? std::string() : from;
    const bool among_endings = beyond_key.ends_with(key);
    const auto id = [&]() -> std::int64_t {
        const auto row =
            among_endings || beyond_key.empty() ? std::nullopt : find_row(database, beyond_key);
        return row ? row->id : 0;
    };
    const auto endings = [&](const std::string& beyond) {
        search_endings(database, filter, key, limit, beyond, direction, page);
    };
    const auto inside = [&] { search_inside(database, filter, key, limit, id(), direction, page); };
    if (direction == Direction::Forward) {
        if (among_endings || beyond_key.empty()) endings(beyond_key);
        if (!page.more) inside();
    } else {
        if (!among_endings) inside();
        if (!page.more) endings(among_endings ? beyond_key : "");
        if (!page.more) identified("");
    }
}

}  // namespace

Result<Page> Store::list(const Filter& filter, std::int64_t limit, const std::string& from,
                         Direction direction) {
    return impl_->read([&]() -> Result<Page> {
        if (auto ok = check_filter(impl_->database, filter); !ok) return fail(ok.error());
        Where where = where_of(impl_->database, filter);
        Page page;
        const std::string key = key_of(filter.search), beyond_key = key_of(from);
        if (!key.empty()) {
            search(impl_->database, where, filter.search, limit, beyond_key, direction, page);
        } else {
            const bool forward = direction == Direction::Forward;
            if (!beyond_key.empty()) where.add(forward ? "u.key > ?" : "u.key < ?", beyond_key);
            // Few units wait to be settled: from them to their rows, not the other way round.
            const char* tables =
                filter.conflicted ? "conflict few CROSS JOIN unit u ON u.id = few.unit" : "unit u";
            read_page(impl_->database, where, {tables, "u.key", direction}, limit, page);
        }
        if (direction == Direction::Backward) std::ranges::reverse(page.units);
        return page;
    });
}

Result<std::array<std::int64_t, 6>> Store::counts() {
    return impl_->read([&]() -> Result<std::array<std::int64_t, 6>> {
        std::array<std::int64_t, 6> counts{};
        Statement rows = impl_->database.prepare("SELECT status, units FROM counter");
        while (rows.step()) {
            const auto status = static_cast<std::size_t>(rows.integer(0));
            if (status >= counts.size()) continue;
            counts[status] = rows.integer(1);
            counts[0] += rows.integer(1);
        }
        return counts;
    });
}

}  // namespace store

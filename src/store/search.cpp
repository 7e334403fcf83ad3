// The list of units: filters, keyset pages, counts.
#include <algorithm>

#include "base/text.hpp"
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

// People type the last digits, so the units whose serial ends with the text come first, by an
// index; those that hold it elsewhere follow.
void search(Database& database, const Where& filter, const std::string& key, std::int64_t limit,
            const std::string& from, Direction direction, Page& page) {
    const bool among_endings = from.ends_with(key);
    const auto id = [&]() -> std::int64_t {
        const auto row = among_endings || from.empty() ? std::nullopt : find_row(database, from);
        return row ? row->id : 0;
    };
    const auto endings = [&](const std::string& beyond_key) {
        search_endings(database, filter, key, limit, beyond_key, direction, page);
    };
    const auto inside = [&] { search_inside(database, filter, key, limit, id(), direction, page); };
    if (direction == Direction::Forward) {
        if (among_endings || from.empty()) endings(from);
        if (!page.more) inside();
    } else {
        if (!among_endings) inside();
        if (!page.more) endings(among_endings ? from : "");
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
            search(impl_->database, where, key, limit, beyond_key, direction, page);
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

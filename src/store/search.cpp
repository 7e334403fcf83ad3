// The list of units: filters, keyset pages, counts.
#include "base/text.hpp"
#include "store/references.hpp"
#include "store/store_impl.hpp"
#include "store/unit_rows.hpp"

namespace store {
namespace {

// A WHERE that grows, with its parameters in order.
struct Where {
    std::string sql = "u.status IS NOT NULL";
    std::vector<std::string> texts;

    void add(const std::string& condition, std::string value) {
        texts.push_back(std::move(value));
        sql += " AND " + condition + " ?" + std::to_string(texts.size());
    }
};

std::string key_of(const std::string& text) {
    return base::is_utf8(text) ? base::comparison_key(text) : std::string();
}

Where where_of(const Filter& filter) {
    Where where;
    if (filter.status)
        where.sql += " AND u.status = " + std::to_string(static_cast<int>(*filter.status));
    if (!filter.variant.empty()) where.add("v.key =", key_of(filter.variant));
    if (!filter.lot.empty()) where.add("l.key =", key_of(filter.lot));
    if (!filter.warehouse.empty()) where.add("w.key =", key_of(filter.warehouse));
    if (!filter.client.empty()) where.add("c.key =", key_of(filter.client));
    if (filter.held) where.sql += " AND u.hold IS NOT NULL";
    if (filter.recalled)
        where.sql +=
            " AND EXISTS (SELECT 1 FROM recall r WHERE r.open = 1"
            " AND (r.variant IS NULL OR r.variant = u.variant)"
            " AND (r.lot_key IS NULL OR r.lot_key = l.key))";
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

}  // namespace

namespace {

void read_page(Database& database, const Where& where, const char* order, std::int64_t limit,
               Page& page) {
    const auto room = limit - static_cast<std::int64_t>(page.units.size());
    Statement rows = database.prepare(std::string(kSelectUnit) + "WHERE " + where.sql +
                                      " ORDER BY " + order + " LIMIT " + std::to_string(room + 1));
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

// People type the last digits, so the units whose serial ends with the text come first, by an
// index; those that hold it elsewhere follow, by their keys.
void search(Database& database, const Where& filter, const std::string& key, std::int64_t limit,
            const std::string& after, Page& page) {
    const bool among_endings = after.empty() || after.ends_with(key);
    if (among_endings) {
        Where endings = filter;
        const std::string from = base::reversed(key);
        endings.add("u.reversed >=", from);
        // No UTF-8 text holds the byte FF, so this is behind everything that begins with `from`.
        endings.add("u.reversed <", from + '\xFF');
        if (!after.empty()) endings.add("u.reversed >", base::reversed(after));
        read_page(database, endings, "u.reversed", limit, page);
        if (page.more) return;
    }
    Where elsewhere = filter;
    elsewhere.texts.push_back(key);
    const std::string text = "?" + std::to_string(elsewhere.texts.size());
    elsewhere.sql +=
        " AND instr(u.key, " + text + ") > 0 AND substr(u.key, -length(" + text + ")) <> " + text;
    if (!among_endings) elsewhere.add("u.key >", after);
    read_page(database, elsewhere, "u.key", limit, page);
}

}  // namespace

Result<Page> Store::list(const Filter& filter, std::int64_t limit, const std::string& after) {
    return impl_->read([&]() -> Result<Page> {
        if (auto ok = check_filter(impl_->database, filter); !ok) return fail(ok.error());
        Where where = where_of(filter);
        Page page;
        const std::string key = key_of(filter.search);
        const std::string after_key = key_of(after);
        if (!key.empty()) {
            search(impl_->database, where, key, limit, after_key, page);
            return page;
        }
        if (!after.empty()) where.add("u.key >", after_key);
        read_page(impl_->database, where, "u.key", limit, page);
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

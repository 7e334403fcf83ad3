#include "app/unit_list.hpp"

#include <algorithm>
#include <iterator>

#include "base/check.hpp"

namespace app {
namespace {

using store::Direction;

constexpr std::int64_t kPageRows = 100;

using Rows = std::vector<ListRow>;

std::string place_of(const inventory::Unit& unit) {
    if (!unit.warehouse) return "";
    return unit.location ? *unit.warehouse + " / " + *unit.location : *unit.warehouse;
}

ListRow row_of(const store::UnitRecord& record) {
    const inventory::Unit& unit = record.unit;
    ListRow row{unit.serial,
                unit.key,
                record.variant_name.empty() ? unit.variant : record.variant_name,
                place_of(unit),
                unit.status,
                ""};
    if (unit.client)
        row.detail = *unit.client;
    else if (unit.lot)
        row.detail = "Lot " + *unit.lot;
    return row;
}

struct PageRows {
    Rows rows;
    bool more = false;
};

Result<PageRows> read_page(store::Store& store, const List& list, std::int64_t limit,
                           const std::string& from, Direction direction) {
    store::Filter filter;
    filter.status = list.tab;
    filter.search = list.search;
    const auto page = store.list(filter, limit, from, direction);
    if (!page) return fail(page.error());
    PageRows read;
    read.more = page->more;
    std::ranges::transform(page->units, std::back_inserter(read.rows), row_of);
    return read;
}

Result<List> read_start(store::Store& store, List list) {
    auto page = read_page(store, list, kPageRows, "", Direction::Forward);
    if (!page) return fail(page.error());
    list.rows = std::make_shared<const Rows>(std::move(page->rows));
    list.before = false;
    list.more = page->more;
    return list;
}

Result<List> read_on(store::Store& store, List list, Direction direction) {
    const bool forward = direction == Direction::Forward;
    bool& beyond = forward ? list.more : list.before;
    if (!beyond || list.rows->empty()) return list;
    const std::string& from = forward ? list.rows->back().key : list.rows->front().key;
    const auto page = read_page(store, list, kPageRows, from, direction);
    if (!page) return fail(page.error());
    beyond = page->more;
    Rows rows = forward ? *list.rows : page->rows;
    const Rows& behind = forward ? page->rows : *list.rows;
    rows.insert(rows.end(), behind.begin(), behind.end());
    if (const auto surplus = std::ssize(rows) - kListRowsMax; surplus > 0) {
        const auto first = forward ? rows.begin() : rows.end() - surplus;
        rows.erase(first, first + surplus);
        (forward ? list.before : list.more) = true;
    }
    list.rows = std::make_shared<const Rows>(std::move(rows));
    return list;
}

Result<List> read_again(store::Store& store, List list) {
    std::string from;
    if (list.before && !list.rows->empty()) {
        // A page begins behind a key: that of the row before the first.
        const auto page = read_page(store, list, 1, list.rows->front().key, Direction::Backward);
        if (!page) return fail(page.error());
        if (!page->rows.empty()) from = page->rows.front().key;
    }
    const auto rows = std::max<std::int64_t>(kPageRows, std::ssize(*list.rows));
    auto page = read_page(store, list, rows, from, Direction::Forward);
    if (!page) return fail(page.error());
    // All that was shown has left the list, but not what was before it: back to the start.
    if (page->rows.empty() && !from.empty()) return read_start(store, std::move(list));
    list.rows = std::make_shared<const Rows>(std::move(page->rows));
    list.before = !from.empty();
    list.more = page->more;
    return list;
}

}  // namespace

Result<List> read_list(store::Store& store, const ListRequest& request) {
    switch (request.part) {
        case ListPart::Start: return read_start(store, request.list);
        case ListPart::Before: return read_on(store, request.list, Direction::Backward);
        case ListPart::Behind: return read_on(store, request.list, Direction::Forward);
        case ListPart::Again: return read_again(store, request.list);
    }
    CHECK(false);
}

}  // namespace app

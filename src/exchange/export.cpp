#include "exchange/export.hpp"

#include "exchange/csv.hpp"
#include "inventory/dates.hpp"
#include "inventory/lifecycle.hpp"

namespace exchange {
namespace {

constexpr std::int64_t kPageUnits = 1000;

std::string iso(const std::optional<inventory::Date>& date) {
    return date ? inventory::to_iso(*date) : "";
}

}  // namespace

std::string csv_header() {
    return csv_line({"serial", "variant", "lot", "warehouse", "location", "purchase_date",
                     "warranty_expiry", "status", "client", "order"});
}

std::string csv_row(const store::UnitRecord& record) {
    const inventory::Unit& unit = record.unit;
    return csv_line({unit.serial, unit.variant, unit.lot.value_or(""), unit.warehouse.value_or(""),
                     unit.location.value_or(""), iso(unit.purchase_date), iso(unit.warranty_expiry),
                     std::string(inventory::name(unit.status)), unit.client.value_or(""),
                     unit.order.value_or("")});
}

Result<void> export_units(store::Store& store, const store::Filter& filter,
                          const std::function<bool(const store::UnitRecord&)>& on_unit) {
    std::string after;
    for (;;) {
        const auto page = store.list(filter, kPageUnits, after);
        if (!page) return fail(page.error());
        for (const store::UnitRecord& unit : page->units)
            if (!on_unit(unit)) return {};
        if (!page->more) return {};
        after = page->units.back().unit.key;
    }
}

}  // namespace exchange

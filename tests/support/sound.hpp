// Whether a database is as it should be, and everything that it tells of its units, as text, by
// every way that leads to them: two databases that tell the same hold the same.
#pragma once

#include <string>
#include <utility>

#include "store/store.hpp"
#include "support/catch.hpp"
#include "support/shop.hpp"

// It opens, its chains hold, and its units are those of its journal.
inline store::Store sound(const std::string& file) {
    auto store = store::Store::open(file, {});
    REQUIRE(store);
    const auto verified = store->verify(true);
    REQUIRE(verified);
    REQUIRE(verified->damage_count == 0);
    return std::move(*store);
}

inline std::string told(store::Store& store) {
    const auto must = [](auto result) {
        Shop::must(result);
        return std::move(*result);
    };
    const auto text = [](const std::optional<std::string>& value) { return value.value_or("-"); };
    std::string all = inventory::to_iso(must(store.today()).date) + "\n";
    for (const std::int64_t count : must(store.counts())) all += std::to_string(count) + " ";
    for (const store::UnitRecord& record : must(store.list({}, 1000, "")).units) {
        const inventory::Unit& unit = record.unit;
        all += "\n" + unit.serial + " " + std::string(inventory::label(unit.status)) + " " +
               unit.variant + " " + record.variant_name + " " + text(unit.lot) + " " +
               text(unit.warehouse) + " " + text(unit.location) + " " + text(unit.client) + " " +
               text(unit.hold) + " " + text(record.recall) +
               (record.conflict ? " " + record.conflict->sentence : "");
        for (const store::EventRecord& event : must(store.history(unit.serial)))
            all += (event.stands ? "\n  stands: " : "\n  undone: ") + event.words;
        store::Filter filter;
        filter.status = unit.status;
        filter.search = unit.serial.substr(unit.serial.size() / 2);
        all += "\n  " + std::to_string(must(store.list(filter, 1000, "")).units.size()) + " alike";
    }
    for (const store::Recall& recall : must(store.recalls()))
        all += "\nrecall " + recall.variant + " " + recall.lot + (recall.open ? " open" : " ended");
    for (const auto& variant : must(store.variants())) all += "\nvariant " + variant.sku;
    return all;
}

inline std::string told(const std::string& file, const store::Options& options = {}) {
    auto store = store::Store::open(file, options);
    Shop::must(store);
    return told(*store);
}

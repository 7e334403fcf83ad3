// Finding a unit by what is nearly its serial, or by another of its numbers.
#include "inventory/identifiers.hpp"
#include "store/references.hpp"
#include "store/store_impl.hpp"
#include "store/unit_marks.hpp"
#include "store/unit_rows.hpp"

namespace store {

Result<std::vector<UnitRecord>> Store::find_by_identifier(std::string_view text) {
    return impl_->read([&]() -> Result<std::vector<UnitRecord>> {
        static const std::string kByIdentifier =
            select_units(
                "u.status IS NOT NULL AND u.id IN"
                " (SELECT unit FROM identifier WHERE key IN (?1, ?2))") +
            " ORDER BY u.key LIMIT 10";
        std::vector<UnitRecord> units;
        const auto keys = inventory::identifier_keys(text);
        if (keys.empty()) return units;
        Statement rows = impl_->database.prepare(kByIdentifier);
        rows.bind(1, keys.front()).bind(2, keys.back());
        while (rows.step()) units.push_back(to_record(read_row(rows)));
        return units;
    });
}

Result<inventory::SerialShape> Store::shape_of(const std::string& sku) {
    return impl_->read([&]() -> Result<inventory::SerialShape> {
        const auto variant = find_variant(impl_->database, sku);
        return variant ? store::shape_of(impl_->database, *variant) : inventory::SerialShape();
    });
}

Result<std::vector<inventory::NearMiss>> Store::near_misses(const std::string& serial,
                                                            const std::string& sku,
                                                            inventory::Entry entry) {
    return impl_->read([&]() -> Result<std::vector<inventory::NearMiss>> {
        Database& database = impl_->database;
        const auto variant = find_variant(database, sku);
        if (!variant) return std::vector<inventory::NearMiss>();
        const auto find = [&](const std::string& key) -> std::optional<std::string> {
            Statement unit = database.prepare(
                "SELECT serial FROM unit WHERE key = ?1 AND status IS NOT NULL AND variant = ?2");
            return unit.bind(1, key).bind(2, *variant).step() ? std::optional(unit.text(0))
                                                              : std::nullopt;
        };
        return inventory::near_misses(serial, entry, store::shape_of(database, *variant), find);
    });
}

}  // namespace store

// The acts that the window and the command line share: what an operator asks for, made into one act
// of the store. Errors are those of store::Store.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/state.hpp"
#include "store/store.hpp"

namespace app {

// Who acts, where; empty = not known.
struct Actor {
    std::string operator_name;
    std::string warehouse, location;  // of the station or from the settings
};

// A registration. Nothing = not given, "" = expressly none.
struct Receipt {
    std::string serial, variant;
    std::optional<std::string> lot, warehouse, location, purchase_date, warranty_expiry;
    std::optional<journal::Evidence> scan;
    std::vector<inventory::Identifier> identifiers = {};  // read off its label
};

// Registers the unit In Stock. What is not given comes from the actor's place, `today`, and the
// variant's warranty rule (purchase date + its months).
Result<store::UnitRecord> receive(store::Store& store, const Receipt& receipt, const Actor& actor,
                                  const std::vector<inventory::Variant>& variants,
                                  inventory::Date today);

// What is to be looked at before a new unit is registered, each in a sentence: serials that it is
// nearly like, and another unit with one of its identifiers. Warnings, never a refusal.
Result<std::vector<std::string>> warnings_of(store::Store& store, const Receipt& receipt,
                                             inventory::Entry entry);

// Whether a unit of another warehouse than the actor's may be sold, with a reason.
enum class Elsewhere : std::uint8_t { Refuse, Override };

// One of the five lifecycle actions. `fields`: client, order, rma, reason, location as given. A
// returned or defective unit, and one put back from there, comes to the actor's place.
Result<store::UnitRecord> act(store::Store& store, inventory::Action action,
                              const std::string& serial, journal::Body fields, const Actor& actor,
                              Elsewhere elsewhere = Elsewhere::Refuse);

// Sells a unit; one that is not known here is registered provisionally as that variant by the same
// act, until its true registration comes.
Result<store::UnitRecord> sell_provisionally(store::Store& store, const std::string& serial,
                                             const std::string& variant, journal::Body fields,
                                             const Actor& actor, Elsewhere elsewhere);

Result<Catalog> load_catalog(store::Store& store);

}  // namespace app

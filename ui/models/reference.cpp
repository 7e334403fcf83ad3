#include "ui/models/reference.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>

namespace ui {
namespace {

constexpr const char* kNoLot = "No lot";
constexpr const char* kNoLocation = "No location";

std::string lowered(std::string_view text) {
    std::string low;
    for (const char c : text)
        low.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    return low;
}

bool holds(const Choice& choice, const std::string& search) {
    const std::string wanted = lowered(search);
    return lowered(choice.code).find(wanted) != std::string::npos ||
           lowered(choice.words).find(wanted) != std::string::npos;
}

Choice named(const std::string& code, const std::string& name) {
    return name.empty() ? Choice{code, code, ""} : Choice{code, name, code};
}

void add_lots(const app::Catalog& catalog, const ChoiceContext& context, std::vector<Choice>& all) {
    for (const inventory::Lot& lot : catalog.lots) {
        if (lot.variant != context.variant) continue;
        std::string detail = lot.expiry ? "expires " + inventory::to_words(*lot.expiry) : "";
        all.push_back({lot.code, lot.code, std::move(detail)});
    }
}

std::vector<Choice> all_choices(const app::Catalog& catalog, ReferenceKind kind,
                                const ChoiceContext& context) {
    std::vector<Choice> all;
    switch (kind) {
        case ReferenceKind::Variant:
            for (const auto& variant : catalog.variants)
                all.push_back(named(variant.sku, variant.name));
            break;
        case ReferenceKind::Lot: add_lots(catalog, context, all); break;
        case ReferenceKind::Warehouse:
            for (const auto& warehouse : catalog.warehouses)
                all.push_back(named(warehouse.code, warehouse.name));
            break;
        case ReferenceKind::Location:
            for (const auto& location : catalog.locations)
                if (location.warehouse == context.warehouse)
                    all.push_back({location.code, location.code, ""});
            break;
    }
    return all;
}

}  // namespace

std::string_view kind_words(ReferenceKind kind) {
    switch (kind) {
        case ReferenceKind::Variant: return "Product Variant";
        case ReferenceKind::Lot: return "Lot";
        case ReferenceKind::Warehouse: return "Warehouse";
        case ReferenceKind::Location: return "Location";
    }
    return {};
}

std::string_view new_words(ReferenceKind kind) {
    switch (kind) {
        case ReferenceKind::Variant: return "New product variant";
        case ReferenceKind::Lot: return "New lot";
        case ReferenceKind::Warehouse: return "New warehouse";
        case ReferenceKind::Location: return "New location";
    }
    return {};
}

std::vector<Choice> make_choices(const app::Catalog& catalog, ReferenceKind kind,
                                 const ChoiceContext& context, const std::string& search) {
    std::vector<Choice> shown;
    if (search.empty() && kind == ReferenceKind::Lot) shown.push_back({"", kNoLot, ""});
    if (search.empty() && kind == ReferenceKind::Location) shown.push_back({"", kNoLocation, ""});
    std::ranges::copy_if(all_choices(catalog, kind, context), std::back_inserter(shown),
                         [&](const Choice& choice) { return holds(choice, search); });
    return shown;
}

std::string variant_words(const app::Catalog& catalog, const std::string& sku) {
    const auto found = std::ranges::find(catalog.variants, sku, &inventory::Variant::sku);
    return found == catalog.variants.end() || found->name.empty() ? sku : found->name;
}

std::string chosen_words(const app::Catalog& catalog, ReferenceKind kind, const std::string& code) {
    return kind == ReferenceKind::Variant ? variant_words(catalog, code) : code;
}

std::vector<FormField> form_fields(ReferenceKind kind) {
    switch (kind) {
        case ReferenceKind::Variant:
            return {{"SKU", "e.g. ROUTER-X", true},
                    {"Name", "optional, e.g. Router X", false},
                    {"GTIN", "optional, the number of its EAN code", false},
                    {"Warranty in months", "optional, e.g. 24", false}};
        case ReferenceKind::Lot:
            return {{"Lot code", "e.g. L-22", true},
                    {"Expiry", "optional, YYYY-MM-DD", false},
                    {"Supplier", "optional", false}};
        case ReferenceKind::Warehouse:
            return {{"Warehouse code", "e.g. MAIN", true}, {"Name", "optional", false}};
        case ReferenceKind::Location: return {{"Location code", "e.g. A-03", true}};
    }
    return {};
}

app::Command make_add_command(const Sheet& sheet, const ChoiceContext& context) {
    const auto& typed = sheet.texts;
    switch (sheet.kind) {
        case ReferenceKind::Variant: return app::AddVariant{typed[0], typed[1], typed[2], typed[3]};
        case ReferenceKind::Lot: return app::AddLot{typed[0], context.variant, typed[1], typed[2]};
        case ReferenceKind::Warehouse: return app::AddWarehouse{typed[0], typed[1]};
        case ReferenceKind::Location: break;
    }
    return app::AddLocation{typed[0], context.warehouse};
}

std::string missing_words(const Sheet& sheet, const ChoiceContext& context) {
    if (sheet.kind == ReferenceKind::Lot && context.variant.empty())
        return "A lot belongs to a product variant: choose that first.";
    if (sheet.kind == ReferenceKind::Location && context.warehouse.empty())
        return "A location belongs to a warehouse: choose that first.";
    return {};
}

app::SetReceiveContext choose_in_context(const app::ReceiveContext& context, ReferenceKind kind,
                                         const std::string& code) {
    app::SetReceiveContext next{context.variant, context.lot, context.warehouse, context.location};
    switch (kind) {
        case ReferenceKind::Variant:
            if (next.variant != code) next.lot.clear();
            next.variant = code;
            break;
        case ReferenceKind::Lot: next.lot = code; break;
        case ReferenceKind::Warehouse:
            if (next.warehouse != code) next.location.clear();
            next.warehouse = code;
            break;
        case ReferenceKind::Location: next.location = code; break;
    }
    return next;
}

void choose_in_draft(app::UnitDraft& draft, ReferenceKind kind, const std::string& code) {
    switch (kind) {
        case ReferenceKind::Variant:
            if (draft.variant != code) draft.lot.clear();
            draft.variant = code;
            break;
        case ReferenceKind::Lot: draft.lot = code; break;
        case ReferenceKind::Warehouse:
            if (draft.warehouse != code) draft.location.clear();
            draft.warehouse = code;
            break;
        case ReferenceKind::Location: draft.location = code; break;
    }
}

}  // namespace ui

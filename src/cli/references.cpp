// variant, lot, warehouse, location: add, edit, list.
#include <algorithm>
#include <memory>

#include "base/text.hpp"
#include "cli/context.hpp"
#include "cli/json.hpp"

namespace cli {
namespace {

using store::Write;

ordered_json to_json(const inventory::Variant& v) {
    return {{"sku", v.sku},
            {"name", or_null(v.name)},
            {"gtin", or_null(v.gtin)},
            {"warranty_months",
             v.warranty_months ? ordered_json(*v.warranty_months) : ordered_json(nullptr)}};
}

ordered_json to_json(const inventory::Lot& l) {
    return {{"code", l.code},
            {"variant", l.variant},
            {"expiry", or_null(l.expiry)},
            {"supplier", or_null(l.supplier)}};
}

ordered_json to_json(const inventory::Warehouse& w) {
    return {{"code", w.code}, {"name", or_null(w.name)}};
}

ordered_json to_json(const inventory::Location& l) {
    return {{"code", l.code}, {"warehouse", l.warehouse}};
}

// As a line of text: the values that are there, tab-separated.
std::string to_text(const ordered_json& row) {
    std::string line;
    for (const auto& value : row) {
        if (value.is_null()) continue;
        if (!line.empty()) line += "\t";
        line += value.is_string() ? value.get<std::string>() : value.dump() + " months";
    }
    return line;
}

template <typename Row>
int print_all(const Context& context, const Result<std::vector<Row>>& rows) {
    if (!rows) return print_error(rows.error());
    for (const Row& row : *rows)
        print_line(context.json ? to_json(row).dump() : to_text(to_json(row)));
    return 0;
}

bool same_code(const std::string& a, const std::string& b) {
    return base::is_utf8(a) && base::comparison_key(a) == base::comparison_key(b);
}

// The row that `is_it` accepts, so that an edit changes only what is named; else `fresh`.
template <typename Row, typename Predicate>
Row existing_or(const Result<std::vector<Row>>& rows, Row fresh, Predicate is_it) {
    if (!rows) return fresh;  // the write that follows will say why
    const auto found = std::ranges::find_if(*rows, is_it);
    return found == rows->end() ? fresh : *found;
}

template <typename Row>
int report(const Context& context, const Result<void>& result, const Row& row, const char* what,
           const std::string& code, Write write) {
    if (!result) return print_error(result.error());
    const char* done = write == Write::Add ? " added" : " changed";
    print_line(context.json ? to_json(row).dump() : std::string(what) + " " + code + done);
    return 0;
}

struct Group {
    CLI::App* command;
    const char* what;
};

Group add_group(CLI::App& root, const char* what, const char* help) {
    CLI::App* command = root.add_subcommand(what, help);
    command->require_subcommand(1);
    return {command, what};
}

template <typename List>
void add_list(const Group& group, Context& context, List list) {
    CLI::App& command = *group.command->add_subcommand("list", "List them all");
    add_common(command, context);
    on_store(command, context,
             [list, &context](store::Store& store) { return print_all(context, list(store)); });
}

struct WriteWords {
    Write write;
    const char* name;
    const char* help;
};

constexpr WriteWords kWrites[] = {
    {Write::Add, "add", "Add one"},
    {Write::Edit, "edit", "Change the named fields; \"\" clears one"}};

void add_variants(CLI::App& root, Context& context) {
    struct Options {
        std::string sku;
        std::optional<std::string> name, gtin;
        std::optional<int> months;
    };
    const Group group = add_group(root, "variant", "Product variants");
    for (const WriteWords& words : kWrites) {
        CLI::App& command = *group.command->add_subcommand(words.name, words.help);
        auto given = std::make_shared<Options>();
        command.add_option("SKU", given->sku, "Stock keeping unit")->required();
        command.add_option("--name", given->name, "Name that people know");
        command.add_option("--gtin", given->gtin, "GTIN (EAN, UPC) with its check digit");
        command
            .add_option("--warranty-months", given->months,
                        "Warranty from the purchase date; 0 = none")
            ->check(CLI::Range(0, 1200));
        add_common(command, context);
        const Write write = words.write;
        on_store(command, context, [given, write, &context](store::Store& store) {
            inventory::Variant variant{given->sku, "", std::nullopt, std::nullopt};
            if (write == Write::Edit)
                variant = existing_or(store.variants(), variant, [&](const inventory::Variant& v) {
                    return same_code(given->sku, v.sku);
                });
            if (given->name)
                variant.name = base::is_utf8(*given->name) ? base::trim(*given->name) : "";
            if (given->gtin) variant.gtin = given->gtin->empty() ? std::nullopt : given->gtin;
            if (given->months)
                variant.warranty_months = *given->months == 0 ? std::nullopt : given->months;
            const auto result = store.put(variant, write, context.operator_name);
            return report(context, result, variant, "variant", variant.sku, write);
        });
    }
    add_list(group, context, [](store::Store& store) { return store.variants(); });
}

void add_lots(CLI::App& root, Context& context) {
    struct Options {
        std::string code, variant;
        std::optional<std::string> expiry, supplier;
    };
    const Group group = add_group(root, "lot", "Lots (batches) of a variant");
    for (const WriteWords& words : kWrites) {
        CLI::App& command = *group.command->add_subcommand(words.name, words.help);
        auto given = std::make_shared<Options>();
        command.add_option("CODE", given->code, "Lot code, as printed")->required();
        command.add_option("--variant", given->variant, "SKU of its product variant")->required();
        command.add_option("--expiry", given->expiry, "YYYY-MM-DD");
        command.add_option("--supplier", given->supplier, "Who delivered it");
        add_common(command, context);
        const Write write = words.write;
        on_store(command, context, [given, write, &context](store::Store& store) {
            inventory::Lot lot{given->code, given->variant, std::nullopt, ""};
            if (write == Write::Edit)
                lot = existing_or(store.lots(), lot, [&](const inventory::Lot& l) {
                    return same_code(given->code, l.code) && same_code(given->variant, l.variant);
                });
            if (given->expiry) {
                lot.expiry = inventory::parse_date(*given->expiry);
                if (!lot.expiry && !given->expiry->empty())
                    return print_error(
                        {ErrorKind::InvalidInput, "\"" + base::printable(*given->expiry) +
                                                      "\" is no date; write it as YYYY-MM-DD"});
            }
            if (given->supplier) lot.supplier = base::trim(*given->supplier);
            const auto result = store.put(lot, write, context.operator_name);
            return report(context, result, lot, "lot", lot.code, write);
        });
    }
    add_list(group, context, [](store::Store& store) { return store.lots(); });
}

void add_warehouses(CLI::App& root, Context& context) {
    const Group group = add_group(root, "warehouse", "Warehouses");
    for (const WriteWords& words : kWrites) {
        CLI::App& command = *group.command->add_subcommand(words.name, words.help);
        auto given = std::make_shared<inventory::Warehouse>();
        command.add_option("CODE", given->code, "Code of the warehouse")->required();
        command.add_option("--name", given->name, "Name that people know");
        add_common(command, context);
        const Write write = words.write;
        on_store(command, context, [given, write, &context](store::Store& store) {
            const auto result = store.put(*given, write, context.operator_name);
            return report(context, result, *given, "warehouse", given->code, write);
        });
    }
    add_list(group, context, [](store::Store& store) { return store.warehouses(); });
}

void add_locations(CLI::App& root, Context& context) {
    const Group group = add_group(root, "location", "Locations (shelves, bins) in a warehouse");
    const WriteWords& words = kWrites[0];  // a location has nothing but its code to change
    CLI::App& command = *group.command->add_subcommand(words.name, words.help);
    auto given = std::make_shared<inventory::Location>();
    command.add_option("CODE", given->code, "Code of the location")->required();
    command.add_option("--warehouse", given->warehouse, "Its warehouse")->required();
    add_common(command, context);
    on_store(command, context, [given, &context](store::Store& store) {
        const auto result = store.put(*given, Write::Add, context.operator_name);
        return report(context, result, *given, "location", given->code, Write::Add);
    });
    add_list(group, context, [](store::Store& store) { return store.locations(); });
}

}  // namespace

void add_references(CLI::App& root, Context& context) {
    add_variants(root, context);
    add_lots(root, context);
    add_warehouses(root, context);
    add_locations(root, context);
}

}  // namespace cli

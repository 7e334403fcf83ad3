// show, history, list, counts.
#include <algorithm>
#include <memory>

#include "base/text.hpp"
#include "cli/cli.hpp"
#include "cli/context.hpp"
#include "cli/json.hpp"

namespace cli {
namespace {

Error no_such_unit(const std::string& serial) {
    return {ErrorKind::NotFound,
            "no unit " + base::printable(serial) + "; look for it with: unitrail list --search"};
}

void print_unit(const store::UnitRecord& record, const store::Today& today,
                const std::string& as_of) {
    const inventory::Unit& unit = record.unit;
    const auto date = [](const std::optional<inventory::Date>& day) {
        return day ? inventory::to_iso(*day) : std::string();
    };
    std::string actions;
    for (const auto action : inventory::actions_of(unit.status))
        actions += (actions.empty() ? "" : ", ") + std::string(inventory::label(action));
    print_field("Serial Number", unit.serial);
    print_field("Status", std::string(inventory::label(unit.status)));
    print_field("Product Variant", record.variant_name.empty()
                                       ? unit.variant
                                       : record.variant_name + " · " + unit.variant);
    print_field("GTIN", record.gtin.value_or(""));
    print_field("Lot", unit.lot.value_or(""));
    if (record.lot_expiry)
        print_field("Lot Expiry", date(record.lot_expiry) +
                                      (*record.lot_expiry < today.date ? " (expired)" : ""));
    print_field("Warehouse", unit.warehouse.value_or(""));
    print_field("Location", unit.location.value_or(""));
    print_field("Purchase Date", date(unit.purchase_date));
    const auto warranty =
        inventory::warranty_on(unit.warranty_expiry, today.date, today.clock_behind);
    if (unit.warranty_expiry)
        print_field("Warranty Expiry",
                    date(unit.warranty_expiry) + " (" + inventory::to_words(warranty) + ")");
    print_field("Client", unit.client.value_or(""));
    print_field("Order", unit.order.value_or(""));
    print_field("RMA", unit.rma.value_or(""));
    print_field("Reason", unit.reason.value_or(""));
    print_field("On hold", unit.hold.value_or(""));
    if (!as_of.empty())
        print_field(record.confirmed ? "Confirmed" : "Not confirmed yet", "as of " + as_of);
    print_field("Provisional", unit.provisional ? "yes, its registration is still to come" : "");
    if (record.recall) print_field("Recalled", record.recall->empty() ? "yes" : *record.recall);
    if (record.conflict)
        print_field("To settle", record.conflict->sentence + "; see: unitrail conflicts");
    print_field("Possible now", actions);
}

void add_show(CLI::App& root, Context& context) {
    CLI::App& command = *root.add_subcommand("show", "Show one unit");
    auto serial = std::make_shared<std::string>();
    command.add_option("SERIAL", *serial, "Serial number")->required();
    add_common(command, context);
    on_store(command, context, [serial, &context](store::Store& store) {
        const auto unit = store.find(*serial);
        if (!unit) return print_error(unit.error());
        if (!*unit) return print_error(no_such_unit(*serial));
        const auto today = store.today();
        if (!today) return print_error(today.error());
        const auto synced = store.synced_at();
        if (!synced) return print_error(synced.error());
        const auto zone = base::system_now().offset;
        if (context.json)
            print_line(unit_json(**unit));
        else
            print_unit(**unit, *today, *synced ? base::to_words({**synced, zone}) : "");
        return 0;
    });
}

void add_history(CLI::App& root, Context& context) {
    CLI::App& command =
        *root.add_subcommand("history", "Show every event of one unit, oldest first");
    auto serial = std::make_shared<std::string>();
    command.add_option("SERIAL", *serial, "Serial number")->required();
    add_common(command, context);
    on_store(command, context, [serial, &context](store::Store& store) {
        const auto history = store.history(*serial);
        if (!history) return print_error(history.error());
        if (history->empty()) return print_error(no_such_unit(*serial));
        for (const store::EventRecord& record : *history) {
            if (context.json) {
                print_line(event_json(record));
                continue;
            }
            std::string line = base::to_words(record.event.at) + "\t" + record.words;
            if (!record.stands)
                line +=
                    record.refusal.empty() ? " (undone)" : " (not applied: " + record.refusal + ")";
            if (!record.event.operator_name.empty()) line += "\tby " + record.event.operator_name;
            if (!record.event.device.empty()) line += "\ton " + record.event.device;
            print_line(line);
        }
        return 0;
    });
}

struct ListWords {
    FilterWords units;
    std::int64_t limit = 50;
    std::string after;
};

void add_list(CLI::App& root, Context& context) {
    CLI::App& command = *root.add_subcommand("list", "List units by serial number");
    auto words = std::make_shared<ListWords>();
    add_filter(command, words->units);
    command.add_option("--limit", words->limit, "How many at most")
        ->capture_default_str()
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000}));
    command.add_option("--after", words->after, "Begin behind this key (the next page)");
    add_common(command, context);
    on_store(command, context, [words, &context](store::Store& store) {
        const auto filter = filter_of(words->units);
        if (!filter) return print_error(filter.error());
        constexpr std::int64_t kPage = 1000;
        std::string after = words->after;
        for (std::int64_t left = words->limit; left > 0;) {
            const auto page = store.list(*filter, std::min(left, kPage), after);
            if (!page) return print_error(page.error());
            for (const store::UnitRecord& unit : page->units)
                print_line(context.json ? unit_json(unit) : unit_line(unit));
            if (!page->more) break;
            left -= static_cast<std::int64_t>(page->units.size());
            after = page->units.back().unit.key;
        }
        return 0;
    });
}

void add_counts(CLI::App& root, Context& context) {
    CLI::App& command = *root.add_subcommand("counts", "How many units have which status");
    add_common(command, context);
    on_store(command, context, [&context](store::Store& store) {
        const auto counts = store.counts();
        if (!counts) return print_error(counts.error());
        ordered_json line = {{"all", (*counts)[0]}};
        for (const auto status : inventory::kStatuses)
            line[std::string(inventory::name(status))] =
                (*counts)[static_cast<std::size_t>(status)];
        if (context.json) {
            print_line(line.dump());
            return 0;
        }
        print_field("All", std::to_string((*counts)[0]));
        for (const auto status : inventory::kStatuses)
            print_field(std::string(inventory::label(status)),
                        std::to_string((*counts)[static_cast<std::size_t>(status)]));
        return 0;
    });
}

}  // namespace

void add_filter(CLI::App& command, FilterWords& words) {
    store::Filter& filter = words.filter;
    command.add_option("--status", words.status, "in_stock, reserved, sold, returned or defective");
    command.add_option("--search", filter.search, "Any part of the serial number");
    command.add_option("--variant", filter.variant, "Only this variant's");
    command.add_option("--lot", filter.lot, "Only this lot's");
    command.add_option("--warehouse", filter.warehouse, "Only those in this warehouse");
    command.add_option("--client", filter.client, "Only those of this client");
    command.add_flag("--conflicts", filter.conflicted, "Only those that wait to be settled");
}

Result<store::Filter> filter_of(const FilterWords& words) {
    store::Filter filter = words.filter;
    if (words.status.empty()) return filter;
    filter.status = inventory::status_named(words.status);
    if (!filter.status)
        return fail(ErrorKind::InvalidInput,
                    "no status \"" + base::printable(words.status) +
                        "\"; it is in_stock, reserved, sold, returned or defective");
    return filter;
}

void add_queries(CLI::App& root, Context& context) {
    add_show(root, context);
    add_history(root, context);
    add_list(root, context);
    add_counts(root, context);
}

}  // namespace cli

// receive, sell, reserve, return, restock, defect, move, edit, rename, undo.
#include <cstdio>
#include <memory>
#include <utility>

#include "base/text.hpp"
#include "cli/cli.hpp"
#include "cli/context.hpp"
#include "inventory/identifiers.hpp"

namespace cli {
namespace {

using inventory::Action;

// The options of one subcommand; they live as long as the parsed command line.
struct Words {
    std::vector<std::string> serials;
    std::string variant;
    std::optional<std::string> lot, warehouse, location, purchase_date, warranty_expiry, client,
        order, rma, reason;
    bool overridden = false, provisional = false;
    std::vector<inventory::Identifier> identifiers;  // "imei:356938035643809"
};

std::shared_ptr<Words> take_serials(CLI::App& command) {
    auto words = std::make_shared<Words>();
    command.add_option("SERIAL", words->serials, "Serial numbers, as printed")->required();
    return words;
}

// Says how an act on one serial ended; the exit status.
int report(const Context& context, store::Store& store, const std::string& serial,
           const Result<store::UnitRecord>& result, const std::string& done) {
    if (result) {
        print_line(context.json ? outcome_json(serial, &*result, nullptr)
                                : result->unit.serial + " " + done);
        return 0;
    }
    const int status = print_error(result.error());
    if (context.json) {
        const auto unit = store.find(serial);
        const bool known = unit && unit->has_value();
        print_line(outcome_json(serial, known ? &**unit : nullptr, &result.error()));
    }
    return status;
}

void put(journal::Body& body, const char* field, const std::optional<std::string>& value) {
    if (value) body[field] = *value;
}

// Says on standard error what is to be looked at; the unit is registered all the same.
Result<void> warn(store::Store& store, const app::Receipt& receipt) {
    const auto warnings = app::warnings_of(store, receipt, inventory::Entry::Typed);
    if (!warnings) return fail(warnings.error());
    for (const std::string& warning : *warnings)
        std::fprintf(stderr, "unitrail: look at %s again: %s\n",
                     base::printable(receipt.serial).c_str(), warning.c_str());
    return {};
}

// Wrong dates are wrong usage, said before anything is done.
std::optional<Error> check_dates(const Words& words) {
    for (const auto& date : {words.purchase_date, words.warranty_expiry})
        if (date && !date->empty() && !inventory::parse_date(*date))
            return Error{ErrorKind::InvalidInput,
                         "\"" + base::printable(*date) + "\" is no date; write it as YYYY-MM-DD"};
    return std::nullopt;
}

// "KIND:VALUE", as often as there are numbers on the label.
void take_identifiers(CLI::App& command, const std::shared_ptr<Words>& words) {
    command
        .add_option_function<std::vector<std::string>>(
            "--identifier",
            [words](const std::vector<std::string>& given) {
                for (const std::string& one : given) {
                    const std::size_t colon = one.find(':');
                    words->identifiers.push_back({one.substr(0, colon), one.substr(colon + 1)});
                }
            },
            "A number that finds the unit, as KIND:VALUE (imei:356938035643809)")
        ->check([](const std::string& one) {
            const std::size_t colon = one.find(':');
            const bool good = colon != 0 && colon != std::string::npos && colon + 1 < one.size();
            return good ? std::string() : "an identifier is written KIND:VALUE";
        });
}

void add_receive(CLI::App& root, Context& context) {
    CLI::App& command = *root.add_subcommand("receive", "Register units as In Stock");
    auto words = take_serials(command);
    command.add_option("--variant", words->variant, "SKU of the product variant")->required();
    command.add_option("--lot", words->lot, "Lot of that variant");
    command.add_option("--warehouse", words->warehouse, "Warehouse (default: the settings')");
    command.add_option("--location", words->location, "Location (default: the settings')");
    command.add_option("--purchase-date", words->purchase_date, "YYYY-MM-DD (default: today)");
    command.add_option("--warranty-expiry", words->warranty_expiry,
                       "YYYY-MM-DD, the last day covered (default: by the variant's months)");
    take_identifiers(command, words);
    add_common(command, context);
    on_store(command, context, [words, &context](store::Store& store) {
        if (const auto wrong = check_dates(*words)) return print_error(*wrong);
        if (!words->identifiers.empty() && words->serials.size() > 1)
            return print_error(
                {ErrorKind::InvalidInput, "an identifier is one unit's; name one serial with it"});
        const auto variants = store.variants();
        if (!variants) return print_error(variants.error());
        const auto today = store.today();
        if (!today) return print_error(today.error());
        const auto read_off = inventory::joined({}, words->identifiers);
        return for_each(context, store, words->serials, "registered",
                        [&](const std::string& serial) -> Result<store::UnitRecord> {
                            app::Receipt receipt{serial,
                                                 words->variant,
                                                 words->lot,
                                                 words->warehouse,
                                                 words->location,
                                                 words->purchase_date,
                                                 words->warranty_expiry,
                                                 {},
                                                 read_off};
                            if (auto warned = warn(store, receipt); !warned)
                                return fail(warned.error());
                            return app::receive(store, receipt, context.actor(), *variants,
                                                today->date);
                        });
    });
}

struct ActionWords {
    const char* command;
    Action action;
    const char* help;
    const char* done;
};

constexpr ActionWords kActionWords[] = {
    {"sell", Action::Sell, "Mark units as Sold", "sold"},
    {"reserve", Action::Reserve, "Set units aside for an order or client", "reserved"},
    {"return", Action::Return, "Mark sold units as Returned", "returned"},
    {"restock", Action::Restock, "Return units to stock", "back in stock"},
    {"defect", Action::MarkDefective, "Mark units as Defective", "marked as defective"},
};

void add_sale(CLI::App& command, Words& words) {
    CLI::Option* reason = command.add_option("--reason", words.reason, "Why, in words");
    command
        .add_flag("--override", words.overridden,
                  "Sell also what lies in another warehouse than the settings'")
        ->needs(reason);
    CLI::Option* variant =
        command.add_option("--variant", words.variant, "SKU of what is sold with --provisional");
    CLI::Option* provisional = command.add_flag(
        "--provisional", words.provisional,
        "Sell also what is not known here; its registration comes with a later sync");
    provisional->needs(variant);
    variant->needs(provisional);
}

void add_action(CLI::App& root, Context& context, const ActionWords& row) {
    CLI::App& command = *root.add_subcommand(row.command, row.help);
    auto words = take_serials(command);
    if (row.action == Action::Sell || row.action == Action::Reserve) {
        command.add_option("--client", words->client, "Who gets it");
        command.add_option("--order", words->order, "Order number");
        if (row.action == Action::Sell) add_sale(command, *words);
    } else {
        command.add_option("--reason", words->reason, "Why, in words");
        if (row.action == Action::Return)
            command.add_option("--rma", words->rma, "Return (RMA) number");
        command.add_option("--warehouse", words->warehouse,
                           "Where it is put (default: the settings')");
        command.add_option("--location", words->location,
                           "Where it is put (default: the settings')");
    }
    add_common(command, context);
    on_store(command, context, [words, row, &context](store::Store& store) {
        journal::Body body;
        put(body, "client", words->client);
        put(body, "order", words->order);
        put(body, "rma", words->rma);
        put(body, "reason", words->reason);
        put(body, "warehouse", words->warehouse);
        put(body, "location", words->location);
        const auto elsewhere =
            words->overridden ? app::Elsewhere::Override : app::Elsewhere::Refuse;
        return for_each(context, store, words->serials, row.done, [&](const std::string& serial) {
            if (words->provisional)
                return app::sell_provisionally(store, serial, words->variant, body, context.actor(),
                                               elsewhere);
            return app::act(store, row.action, serial, body, context.actor(), elsewhere);
        });
    });
}

void add_move(CLI::App& root, Context& context) {
    CLI::App& command = *root.add_subcommand("move", "Move units to another place");
    auto words = take_serials(command);
    command.add_option("--warehouse", words->warehouse, "Warehouse")->required();
    command.add_option("--location", words->location, "Location in that warehouse");
    command.add_option("--reason", words->reason, "Why, in words");
    add_common(command, context);
    on_store(command, context, [words, &context](store::Store& store) {
        journal::Body body;
        put(body, "warehouse", words->warehouse);
        put(body, "location", words->location);
        put(body, "reason", words->reason);
        return for_each(context, store, words->serials, "moved", [&](const std::string& serial) {
            return store.act({journal::Kind::Moved, serial, body, context.operator_name, {}});
        });
    });
}

void add_edit(CLI::App& root, Context& context) {
    CLI::App& command = *root.add_subcommand("edit", "Correct fields of a unit; \"\" clears one");
    auto words = std::make_shared<Words>();
    words->serials.resize(1);
    command.add_option("SERIAL", words->serials[0], "Serial number")->required();
    const std::pair<const char*, std::optional<std::string> Words::*> options[] = {
        {"--lot", &Words::lot},
        {"--warehouse", &Words::warehouse},
        {"--location", &Words::location},
        {"--purchase-date", &Words::purchase_date},
        {"--warranty-expiry", &Words::warranty_expiry},
        {"--client", &Words::client},
        {"--order", &Words::order},
        {"--rma", &Words::rma},
        {"--reason", &Words::reason}};
    command.add_option("--variant", words->variant, "SKU of the product variant");
    for (const auto& [option, field] : options)
        command.add_option(option, (*words).*field, "New value");
    add_common(command, context);
    on_store(command, context, [words, &context](store::Store& store) {
        if (const auto wrong = check_dates(*words)) return print_error(*wrong);
        journal::Body body;
        if (!words->variant.empty()) body["variant"] = words->variant;
        put(body, "lot", words->lot);
        put(body, "warehouse", words->warehouse);
        put(body, "location", words->location);
        put(body, "purchase_date", words->purchase_date);
        put(body, "warranty_expiry", words->warranty_expiry);
        put(body, "client", words->client);
        put(body, "order", words->order);
        put(body, "rma", words->rma);
        put(body, "reason", words->reason);
        if (body.empty())
            return print_error(
                {ErrorKind::InvalidInput, "nothing to edit; name a field, for example --lot L-22"});
        return for_each(context, store, words->serials, "edited", [&](const std::string& serial) {
            return store.act({journal::Kind::Edited, serial, body, context.operator_name, {}});
        });
    });
}

void add_rename(CLI::App& root, Context& context) {
    CLI::App& command = *root.add_subcommand("rename", "Correct a serial number");
    auto words = std::make_shared<std::pair<std::string, std::string>>();
    command.add_option("OLD", words->first, "The serial number as it is")->required();
    command.add_option("NEW", words->second, "The serial number as it should be")->required();
    add_common(command, context);
    on_store(command, context, [words, &context](store::Store& store) {
        return for_each(context, store, {words->first}, "is the serial number now",
                        [&](const std::string& serial) {
                            return store.act({journal::Kind::Renamed,
                                              serial,
                                              {{"serial", words->second}},
                                              context.operator_name,
                                              {}});
                        });
    });
}

void add_undo(CLI::App& root, Context& context) {
    CLI::App& command = *root.add_subcommand(
        "undo", "Take back the last act of a unit, or of this database; it stays in the history");
    auto serial = std::make_shared<std::string>();
    CLI::Option* given =
        command.add_option("SERIAL", *serial, "Serial number (default: the last act)");
    add_common(command, context);
    on_store(command, context, [serial, given, &context](store::Store& store) {
        if (given->count() > 0 && base::trim(*serial).empty())
            return print_error({ErrorKind::Refused, "the serial number is empty; scan or type it"});
        const auto undone = store.undo(*serial, context.operator_name);
        if (!undone) {
            const int status = print_error(undone.error());
            const auto asked = serial->empty() ? std::nullopt : std::optional(*serial);
            if (context.json) print_line(outcome_json(asked, nullptr, &undone.error()));
            return status;
        }
        print_line(context.json ? outcome_json(undone->serial,
                                               undone->unit ? &*undone->unit : nullptr, nullptr)
                                : undone->serial + ": " + undone->what + " undone");
        return 0;
    });
}

}  // namespace

int for_each(const Context& context, store::Store& store, const std::vector<std::string>& serials,
             const std::string& done,
             const std::function<Result<store::UnitRecord>(const std::string&)>& act_on_one) {
    int status = 0;
    for (const std::string& serial : serials) {
        const int ended = report(context, store, serial, act_on_one(serial), done);
        status = std::max(status, ended);
        if (ended > 1) break;
    }
    return status;
}

void add_acts(CLI::App& root, Context& context) {
    add_receive(root, context);
    for (const ActionWords& row : kActionWords) add_action(root, context, row);
    add_move(root, context);
    add_edit(root, context);
    add_rename(root, context);
    add_undo(root, context);
}

}  // namespace cli

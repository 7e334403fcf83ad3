// conflicts, resolve: what stations did apart and a person must settle.
#include <memory>

#include "base/text.hpp"
#include "cli/context.hpp"
#include "cli/json.hpp"

namespace cli {
namespace {

std::string conflict_json(const store::ConflictRecord& record) {
    ordered_json sides = ordered_json::array(), choices = ordered_json::array();
    for (const store::ConflictSide& side : record.sides)
        sides.push_back({{"event", side.event},
                         {"operator", or_null(side.operator_name)},
                         {"device", or_null(side.device)},
                         {"at", base::to_iso(side.at.utc)},
                         {"clock", or_null(side.clock)},
                         {"summary", side.summary}});
    for (const journal::Choice& choice : record.choices)
        choices.push_back({{"id", choice.id}, {"label", choice.label}});
    return ordered_json{{"id", record.conflict.id},
                        {"serial", record.serial},
                        {"severity", journal::name(record.conflict.severity)},
                        {"sentence", record.conflict.sentence},
                        {"sides", sides},
                        {"choices", choices},
                        {"sellable", record.conflict.sellable}}
        .dump();
}

void print_conflict(const store::ConflictRecord& record) {
    print_field("Conflict", record.conflict.id);
    print_field("Serial Number", record.serial);
    print_field("Severity", std::string(journal::name(record.conflict.severity)) +
                                (record.conflict.sellable ? "" : ", not for sale until settled"));
    print_field("What happened", record.conflict.sentence);
    for (const store::ConflictSide& side : record.sides) {
        std::string line = base::to_words(side.at) + "  " + side.summary;
        if (!side.operator_name.empty()) line += ", by " + side.operator_name;
        if (!side.device.empty()) line += ", on " + side.device;
        if (!side.clock.empty()) line += ", its clock " + side.clock;
        print_field("", line);
    }
    for (const journal::Choice& choice : record.choices)
        print_field("--keep " + choice.id,
                    choice.label + (choice.needs_serial ? " (name it with --serial)" : ""));
    if (record.choices.empty()) print_field("Settle", "update the program; it knows more then");
}

int print_conflicts(const Context& context, store::Store& store, std::int64_t limit) {
    const auto conflicts = store.conflicts(limit);
    if (!conflicts) return print_error(conflicts.error());
    if (context.json) {
        for (const store::ConflictRecord& record : *conflicts) print_line(conflict_json(record));
        return 0;
    }
    if (conflicts->empty()) print_line("nothing to settle");
    for (const store::ConflictRecord& record : *conflicts) {
        print_conflict(record);
        print_line("");
    }
    if (!conflicts->empty()) print_line("Settle one: unitrail resolve CONFLICT --keep CHOICE");
    return 0;
}

int resolve(const Context& context, store::Store& store, const store::Settlement& settlement) {
    // Whose conflict it was; once it is settled nothing says so any more.
    const auto record = store.conflict(settlement.conflict);
    if (!record) return print_error(record.error());
    const auto serial = *record ? std::optional((*record)->serial) : std::nullopt;
    const auto unit = store.settle(settlement, context.operator_name);
    if (unit) {
        print_line(context.json ? outcome_json(unit->unit.serial, &*unit, nullptr)
                                : unit->unit.serial + " settled: " +
                                      std::string(inventory::label(unit->unit.status)));
        return 0;
    }
    const int status = print_error(unit.error());
    if (context.json) {
        const auto now = serial ? store.find(*serial) : Result<std::optional<store::UnitRecord>>();
        print_line(outcome_json(serial, now && *now ? &**now : nullptr, &unit.error()));
    }
    return status;
}

}  // namespace

void add_conflicts(CLI::App& root, Context& context) {
    CLI::App& list = *root.add_subcommand(
        "conflicts", "What stations did apart and somebody must settle, the gravest first");
    auto limit = std::make_shared<std::int64_t>(50);
    list.add_option("--limit", *limit, "How many at most")
        ->capture_default_str()
        ->check(CLI::Range(std::int64_t{1}, std::int64_t{1'000'000'000}));
    add_common(list, context);
    on_store(list, context, [limit, &context](store::Store& store) {
        return print_conflicts(context, store, *limit);
    });

    CLI::App& settle = *root.add_subcommand("resolve", "Settle a conflict");
    auto words = std::make_shared<store::Settlement>();
    settle.add_option("CONFLICT", words->conflict, "Its id, from: unitrail conflicts")->required();
    settle.add_option("--keep", words->choice, "Which of its choices is right")->required();
    settle.add_option("--serial", words->serial,
                      "The second box's own serial number, where two boxes had the same");
    settle.add_option("--reason", words->reason, "Why, in words; needed for HIGH");
    add_common(settle, context);
    on_store(settle, context,
             [words, &context](store::Store& store) { return resolve(context, store, *words); });
}

}  // namespace cli

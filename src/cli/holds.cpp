// hold, release, recall: what stops a unit from leaving.
#include <algorithm>
#include <fstream>
#include <memory>

#include "base/text.hpp"
#include "cli/context.hpp"
#include "cli/json.hpp"
#include "exchange/export.hpp"

namespace cli {
namespace {

struct RecallWords {
    std::string variant, lot, file, reason;
};

void add_hold(CLI::App& root, Context& context, journal::Kind kind, const char* name,
              const char* help, const char* done) {
    CLI::App& command = *root.add_subcommand(name, help);
    auto serials = std::make_shared<std::vector<std::string>>();
    auto reason = std::make_shared<std::string>();
    command.add_option("SERIAL", *serials, "Serial numbers, as printed")->required();
    command.add_option("--reason", *reason, "Why, in words");
    add_common(command, context);
    on_store(command, context, [serials, reason, kind, done, &context](store::Store& store) {
        journal::Body body;
        if (!reason->empty()) body["reason"] = *reason;
        return for_each(context, store, *serials, done, [&](const std::string& serial) {
            return store.act({kind, serial, body, context.operator_name, {}});
        });
    });
}

// One serial a line; empty lines are passed over.
Result<std::vector<std::string>> read_serials(const std::string& path) {
    std::ifstream file(path);
    if (!file)
        return fail(ErrorKind::InvalidInput, "no file " + base::printable(path) +
                                                 "; name a text file with one serial a line");
    std::vector<std::string> serials;
    for (std::string line; std::getline(file, line);)
        if (!base::trim(line).empty()) serials.push_back(base::trim(line));
    return serials;
}

std::string words_of(const RecallWords& words) {
    if (words.lot.empty()) return words.variant;
    return words.variant.empty() ? "lot " + words.lot : words.variant + " lot " + words.lot;
}

// A list of serials has no lot or variant in common, so each unit is put on hold or released.
int recall_serials(const Context& context, store::Store& store, const RecallWords& words,
                   bool start) {
    const auto serials = read_serials(words.file);
    if (!serials) return print_error(serials.error());
    const journal::Kind kind = start ? journal::Kind::Held : journal::Kind::Released;
    const std::string reason = words.reason.empty() ? "" : ": " + words.reason;
    return for_each(
        context, store, *serials, start ? "recalled" : "released", [&](const std::string& serial) {
            return store.act(
                {kind, serial, {{"reason", "recall" + reason}}, context.operator_name, {}});
        });
}

int put_recall(const Context& context, store::Store& store, const RecallWords& words, bool start) {
    const bool by_file = !words.file.empty();
    if (by_file == (!words.lot.empty() || !words.variant.empty()))
        return print_error(
            {ErrorKind::InvalidInput, "name --lot, --variant, both of them, or --serials FILE"});
    if (by_file) return recall_serials(context, store, words, start);
    const auto done = store.put(store::Recall{words.variant, words.lot, words.reason, start},
                                context.operator_name);
    if (!done) return print_error(done.error());
    if (context.json)
        print_line(ordered_json{{"recall", words_of(words)}, {"open", start}}.dump());
    else
        print_line(words_of(words) + (start ? " is recalled" : " is no longer recalled"));
    return 0;
}

// Every unit that a recall or a hold concerns, wherever it is now.
int show_recall(const Context& context, store::Store& store, const RecallWords& words) {
    const auto print = [&](const store::UnitRecord& unit) {
        print_line(context.json ? unit_json(unit) : unit_line(unit));
        return true;
    };
    if (!words.file.empty()) {
        const auto serials = read_serials(words.file);
        if (!serials) return print_error(serials.error());
        for (const std::string& serial : *serials)
            if (const auto unit = store.find(serial); unit && *unit) print(**unit);
        return 0;
    }
    store::Filter filter;
    filter.variant = words.variant;
    filter.lot = words.lot;
    filter.recalled = true;
    const auto done = exchange::export_units(store, filter, print);
    return done ? 0 : print_error(done.error());
}

void add_recall(CLI::App& root, Context& context) {
    CLI::App& group = *root.add_subcommand(
        "recall", "Stop the sale of a lot, a variant or a list of units, and find them");
    group.require_subcommand(1);
    const char* const kHelp[][2] = {
        {"start", "Start a recall"}, {"end", "End a recall"}, {"show", "List the units concerned"}};
    for (const auto& [name, help] : kHelp) {
        CLI::App& command = *group.add_subcommand(name, help);
        auto words = std::make_shared<RecallWords>();
        command.add_option("--lot", words->lot, "This lot");
        command.add_option("--variant", words->variant, "This variant, or its lot");
        command.add_option("--serials", words->file, "A text file with one serial a line");
        command.add_option("--reason", words->reason, "Why, in words");
        add_common(command, context);
        const std::string what = name;
        on_store(command, context, [words, what, &context](store::Store& store) {
            return what == "show" ? show_recall(context, store, *words)
                                  : put_recall(context, store, *words, what == "start");
        });
    }
}

}  // namespace

void add_holds(CLI::App& root, Context& context) {
    add_hold(root, context, journal::Kind::Held, "hold", "Put units in quarantine", "put on hold");
    add_hold(root, context, journal::Kind::Released, "release", "Release units from quarantine",
             "released");
    add_recall(root, context);
}

}  // namespace cli

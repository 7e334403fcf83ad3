// What the subcommands share. Internal to src/cli.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/operations.hpp"
#include "base/result.hpp"
#include "settings/settings.hpp"
#include "store/store.hpp"

namespace cli {

struct Context {
    std::string db;
    std::string operator_name;
    bool json = false;
    settings::Settings settings;
    // What the parsed subcommand does; says the exit status.
    std::function<int()> job;

    [[nodiscard]] std::string db_path() const;  // --db or the default
    [[nodiscard]] app::Actor actor() const;
    [[nodiscard]] std::string device() const;
    Result<store::Store> open() const;
};

// Adds --db, --operator and --json, which every subcommand takes.
void add_common(CLI::App& command, Context& context);

// Each adds its group of subcommands to the program.
void add_scan(CLI::App& root, Context& context);
void add_parse(CLI::App& root, Context& context);
void add_references(CLI::App& root, Context& context);
void add_profiles(CLI::App& root, Context& context);
void add_clients(CLI::App& root, Context& context);
void add_acts(CLI::App& root, Context& context);
void add_queries(CLI::App& root, Context& context);
void add_holds(CLI::App& root, Context& context);
void add_conflicts(CLI::App& root, Context& context);
void add_care(CLI::App& root, Context& context);
void add_exchange(CLI::App& root, Context& context);
void add_sync(CLI::App& root, Context& context);
void add_hub(CLI::App& root, Context& context);

// Which units: --status, --search, --variant, --lot, --warehouse, --client, --conflicts.
struct FilterWords {
    std::string status;  // as typed
    store::Filter filter;
};
void add_filter(CLI::App& command, FilterWords& words);
// InvalidInput when there is no such status.
Result<store::Filter> filter_of(const FilterWords& words);

// Makes `work` the subcommand's job: opens the database and hands it over.
template <typename Work>
void on_store(CLI::App& command, Context& context, Work work);

// Output. A reader that closed the pipe ends the program quietly (throws Closed).
struct Closed {};
void print_line(const std::string& line);
void print_field(std::string name, const std::string& value);  // nothing when it is empty
// A line on the terminal that is written over; nothing where nobody watches.
store::Progress progress_line(const char* what);
int print_error(const Error& error);  // one line on standard error; says the exit status

std::string unit_json(const store::UnitRecord& unit);
std::string event_json(const store::EventRecord& event);
// `serial`: as it was asked for; nothing when no unit was meant.
std::string outcome_json(const std::optional<std::string>& serial, const store::UnitRecord* unit,
                         const Error* error);
std::string unit_line(const store::UnitRecord& unit);  // one line of text for a list

// Does `act_on_one` for every serial and says how each ended; the exit status. A refusal does not
// stop the rest, a failing disk does.
int for_each(const Context& context, store::Store& store, const std::vector<std::string>& serials,
             const std::string& done,
             const std::function<Result<store::UnitRecord>(const std::string&)>& act_on_one);

template <typename Work>
void on_store(CLI::App& command, Context& context, Work work) {
    command.callback([&context, work] {
        context.job = [&context, work]() -> int {
            auto store = context.open();
            return store ? work(*store) : print_error(store.error());
        };
    });
}

}  // namespace cli

// verify, backup, restore, doctor: that nothing is lost, and what to do when something is.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "base/text.hpp"
#include "cli/context.hpp"
#include "cli/json.hpp"
#include "store/backup.hpp"

namespace cli {
namespace {

constexpr int kDamageFound = 3;

ordered_json to_json(const store::Verification& result) {
    ordered_json damages = ordered_json::array();
    for (const store::Damage& damage : result.damages)
        damages.push_back({{"event", or_null(damage.event)},
                           {"serial", or_null(damage.serial)},
                           {"message", damage.what}});
    return {{"ok", result.damage_count == 0},
            {"events", result.events},
            {"units", result.units},
            {"damage_count", result.damage_count},
            {"damages", damages}};
}

std::string in_words(const store::Damage& damage) {
    std::string words;
    if (!damage.event.empty()) words += "event " + damage.event + ": ";
    if (!damage.serial.empty()) words += "unit " + damage.serial + ": ";
    return words + damage.what;
}

// `digest`: the same at all stations that know the same; nothing where only chains were looked at.
int report(const Context& context, const store::Verification& result,
           const std::optional<std::string>& digest) {
    if (context.json) {
        ordered_json line = to_json(result);
        line["digest"] = or_null(digest);
        print_line(line.dump());
    }
    if (result.damage_count == 0) {
        if (!context.json) {
            print_line("all well: " + std::to_string(result.events) + " events and " +
                       std::to_string(result.units) + " units are as they were written");
            if (digest) print_line("digest " + *digest + ", the same at every station in sync");
        }
        return 0;
    }
    const std::string more =
        result.damage_count > 1
            ? " (and " + std::to_string(result.damage_count - 1) + " more damages)"
            : "";
    std::fprintf(stderr, "unitrail: damaged: %s%s; see: unitrail doctor\n",
                 in_words(result.damages.front()).c_str(), more.c_str());
    return kDamageFound;
}

void add_verify(CLI::App& root, Context& context) {
    CLI::App& command = *root.add_subcommand(
        "verify", "Prove that the journal and everything made from it are as they were written");
    auto chains = std::make_shared<bool>(false);
    command.add_flag("--chains-only", *chains, "Only the hash chains, not the units against them");
    add_common(command, context);
    on_store(command, context, [chains, &context](store::Store& store) {
        const auto result = store.verify(!*chains, progress_line("verified"));
        if (!result) return print_error(result.error());
        if (*chains) return report(context, *result, std::nullopt);
        const auto digest = store.digest();
        return digest ? report(context, *result, *digest) : print_error(digest.error());
    });
}

void add_backup(CLI::App& root, Context& context) {
    CLI::App& command =
        *root.add_subcommand("backup", "Copy the database to a file while it is in use");
    auto file = std::make_shared<std::string>();
    command.add_option("FILE", *file, "The backup to write")->required();
    add_common(command, context);
    on_store(command, context, [file, &context](store::Store& store) {
        const auto done = store::back_up(store.path(), *file, progress_line("copied pages"));
        if (!done) return print_error(done.error());
        print_line(context.json ? ordered_json{{"backup", *file}, {"events", done->events}}.dump()
                                : *file + " holds " + std::to_string(done->events) +
                                      " events and was verified");
        return 0;
    });
}

void add_restore(CLI::App& root, Context& context) {
    CLI::App& command =
        *root.add_subcommand("restore", "Put a backup in the place of the database");
    auto file = std::make_shared<std::string>();
    command.add_option("FILE", *file, "The backup to read")->required();
    add_common(command, context);
    command.callback([file, &context] {
        context.job = [file, &context] {
            const auto kept =
                store::restore(*file, context.db_path(), {.device = context.device()});
            if (!kept) return print_error(kept.error());
            const std::string words = kept->empty() ? "" : "; what was there is kept as " + *kept;
            print_line(context.json
                           ? ordered_json{{"restored", context.db_path()}, {"kept", *kept}}.dump()
                           : context.db_path() + " is restored" + words);
            return 0;
        };
    });
}

// What a person can do about damage, in the order in which it should be tried.
void print_advice(const std::string& database, const store::Verification& result, bool rebuilt) {
    for (const store::Damage& damage : result.damages) print_line("- " + in_words(damage));
    const bool journal = std::ranges::any_of(
        result.damages, [](const store::Damage& damage) { return !damage.event.empty(); });
    if (!journal && !rebuilt) {
        print_line("The journal is whole; only what is made from it differs.");
        print_line("Make it again with: unitrail doctor --rebuild");
        return;
    }
    print_line("The file itself is damaged. Do not go on working with it.");
    std::error_code ignored;
    std::string newest;
    for (const auto& entry :
         std::filesystem::directory_iterator(store::daily_backup_folder(database), ignored))
        newest = std::max(newest, entry.path().string());
    if (!newest.empty()) print_line("Go back to the last backup with: unitrail restore " + newest);
    print_line("Save what can still be read with: unitrail doctor --salvage NEW.db");
}

struct DoctorWords {
    bool rebuild = false;
    std::string salvage;
};

int salvage(const Context& context, const std::string& file) {
    const auto saved = store::salvage(context.db_path(), file, {.device = context.device()});
    if (!saved) return print_error(saved.error());
    print_line(file + " holds " + std::to_string(saved->events) + " events; " +
               std::to_string(saved->unreadable) + " could not be read");
    if (saved->names_lost > 0)
        print_line("- the names of " + std::to_string(saved->names_lost) + " clients are lost");
    for (const store::Damage& damage : saved->verification.damages)
        print_line("- " + in_words(damage));
    return 0;
}

int examine(const Context& context, bool rebuild) {
    auto store = context.open();
    if (!store) {
        const int status = print_error(store.error());
        print_line(
            "Nothing was changed. Save what can still be read with: unitrail doctor --salvage "
            "NEW.db");
        return status;
    }
    if (rebuild)
        if (const auto done = store->rebuild(); !done) return print_error(done.error());
    const auto result = store->verify(true, progress_line("verified"));
    if (!result) return print_error(result.error());
    if (context.json) {
        print_line(to_json(*result).dump());
    } else if (result->damage_count == 0) {
        print_line("all well: " + std::to_string(result->events) + " events, " +
                   std::to_string(result->units) + " units");
    } else {
        print_advice(store->path(), *result, rebuild);
    }
    return result->damage_count == 0 ? 0 : kDamageFound;
}

void add_doctor(CLI::App& root, Context& context) {
    CLI::App& command =
        *root.add_subcommand("doctor", "Say what is wrong with the database and what to do");
    auto words = std::make_shared<DoctorWords>();
    command.add_flag("--rebuild", words->rebuild,
                     "Make the units and counts again from the journal");
    command.add_option("--salvage", words->salvage, "Copy every readable event into this new file");
    add_common(command, context);
    command.callback([words, &context] {
        context.job = [words, &context] {
            return words->salvage.empty() ? examine(context, words->rebuild)
                                          : salvage(context, words->salvage);
        };
    });
}

}  // namespace

void add_care(CLI::App& root, Context& context) {
    add_verify(root, context);
    add_backup(root, context);
    add_restore(root, context);
    add_doctor(root, context);
}

}  // namespace cli

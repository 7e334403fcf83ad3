// import, export.
#include <cstdio>
#include <fstream>
#include <memory>

#include "base/text.hpp"
#include "cli/context.hpp"
#include "cli/json.hpp"
#include "exchange/export.hpp"
#include "exchange/import.hpp"

namespace cli {
namespace {

int run_import(const Context& context, const std::string& path, bool dry_run) {
    std::ifstream file(path, std::ios::binary);
    if (!file)
        return print_error(
            {ErrorKind::InvalidInput, "no file " + base::printable(path) + "; name a CSV file"});
    auto store = context.open();
    if (!store) return print_error(store.error());
    exchange::ImportOptions options;
    options.dry_run = dry_run;
    options.operator_name = context.operator_name;
    options.warehouse = context.settings.warehouse;
    options.location = context.settings.location;
    const auto done =
        exchange::import_units(file, *store, options, [&](const exchange::RefusedRow& row) {
            std::fprintf(stderr, "unitrail: line %lld: %s\n", static_cast<long long>(row.line),
                         row.error.message.c_str());
            if (context.json)
                print_line(ordered_json{
                    {"line", row.line},
                    {"serial",
                     base::is_utf8(row.serial) ? row.serial : base::printable(row.serial)},
                    {"ok", false},
                    {"error", {{"kind", name(row.error.kind)}, {"message", row.error.message}}}}
                               .dump());
        });
    if (!done) return print_error(done.error());
    if (context.json)
        print_line(ordered_json{
            {"registered", done->registered}, {"refused", done->refused}, {"dry_run", dry_run}}
                       .dump());
    else
        print_line(std::to_string(done->registered) +
                   (dry_run ? " rows could be registered, " : " units registered, ") +
                   std::to_string(done->refused) + " rows refused");
    return done->refused == 0 ? 0 : 1;
}

struct ExportWords {
    std::string format = "csv", out;
    FilterWords units;
};

int run_export(const Context& context, store::Store& store, const ExportWords& words) {
    const auto filter = filter_of(words.units);
    if (!filter) return print_error(filter.error());
    // Written under another name first, so that nobody reads half a file.
    const std::string part = words.out + ".part";
    std::FILE* file = words.out.empty() ? stdout : std::fopen(part.c_str(), "wb");
    if (file == nullptr) return print_error({ErrorKind::Storage, "cannot write " + words.out});
    const bool json = context.json || words.format == "json";
    bool written = json || std::fputs(exchange::csv_header().c_str(), file) >= 0;
    const auto done = exchange::export_units(store, *filter, [&](const store::UnitRecord& unit) {
        const std::string line = json ? unit_json(unit) + "\n" : exchange::csv_row(unit);
        written = written && std::fwrite(line.data(), 1, line.size(), file) == line.size();
        return written;
    });
    written = std::fflush(file) == 0 && written;
    if (words.out.empty()) {
        if (!written) throw Closed{};
    } else {
        written = std::fclose(file) == 0 && written;
        if (written && done) written = std::rename(part.c_str(), words.out.c_str()) == 0;
        if (!written || !done) std::remove(part.c_str());
        if (!written)
            return print_error({ErrorKind::Storage,
                                "cannot write " + words.out + "; check the disk and your rights"});
    }
    return done ? 0 : print_error(done.error());
}

void add_import(CLI::App& root, Context& context) {
    CLI::App& command = *root.add_subcommand("import", "Register the units of a CSV file");
    auto path = std::make_shared<std::string>();
    auto dry_run = std::make_shared<bool>(false);
    command.add_option("FILE", *path, "CSV with a first line that names the columns")->required();
    command.add_flag("--dry-run", *dry_run, "Say what would happen and write nothing");
    add_common(command, context);
    command.callback([path, dry_run, &context] {
        context.job = [path, dry_run, &context] { return run_import(context, *path, *dry_run); };
    });
}

void add_export(CLI::App& root, Context& context) {
    CLI::App& command = *root.add_subcommand("export", "Write units as CSV or JSON lines");
    auto words = std::make_shared<ExportWords>();
    command.add_option("--format", words->format, "csv or json")
        ->check(CLI::IsMember({"csv", "json"}))
        ->capture_default_str();
    command.add_option("--out", words->out, "The file to write (default: standard output)");
    add_filter(command, words->units);
    add_common(command, context);
    on_store(command, context,
             [words, &context](store::Store& store) { return run_export(context, store, *words); });
}

}  // namespace

void add_exchange(CLI::App& root, Context& context) {
    add_import(root, context);
    add_export(root, context);
}

}  // namespace cli

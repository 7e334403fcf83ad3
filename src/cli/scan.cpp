// scan: every label in pictures, folders and videos.
#include <algorithm>
#include <cmath>
#include <memory>

#include "app/scan_files.hpp"
#include "base/text.hpp"
#include "cli/context.hpp"
#include "cli/json.hpp"
#include "scanner/trust.hpp"

namespace cli {
namespace {

struct ScanWords {
    std::vector<std::string> sources;
    std::string video_rate = "max";
    std::vector<std::string> formats;
    std::vector<int> itf_lengths = scanner::Wanted().itf_lengths;
};

double tenths(double value) { return std::round(value * 10) / 10; }

std::string symbol_json(const app::FileScan& scan, const scanner::Symbol& symbol) {
    ordered_json points = ordered_json::array();
    for (const scanner::Point& point : symbol.corners)
        points.push_back(
            {tenths(static_cast<double>(point.x)), tenths(static_cast<double>(point.y))});
    return ordered_json{{"source", scan.source},
                        {"frame", scan.frame},
                        {"format", scanner::name(symbol.symbology)},
                        {"symbology_id", symbol.symbology_id},
                        {"text", symbol.text},
                        {"raw_base64", base::to_base64(symbol.bytes)},
                        {"points", points},
                        {"ms", tenths(scan.decode_ms)}}
        .dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string label_json(const app::FileScan& scan) {
    const label::Label& label = scan.label;
    ordered_json fields = {{"serial", or_null(label.serial)},
                           {"gtin", or_null(label.gtin)},
                           {"lot", or_null(label.lot)},
                           {"sscc", or_null(label.sscc)},
                           {"expiry", or_null(label.expiry)}};
    if (!label.choices.empty()) {
        ordered_json& choices = fields["choices"] = ordered_json::array();
        for (const label::Choice& choice : label.choices) choices.push_back(choice.text);
    }
    if (!label.identifiers.empty()) {
        ordered_json& identifiers = fields["identifiers"] = ordered_json::array();
        for (const label::Identifier& identifier : label.identifiers)
            identifiers.push_back({{"kind", identifier.kind}, {"value", identifier.value}});
    }
    ordered_json line = {
        {"source", scan.source}, {"frame", scan.frame}, {"label", fields}, {"why", label.why}};
    if (!label.warnings.empty()) line["warnings"] = label.warnings;
    return line.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

void print_json(const app::FileScan& scan) {
    if (scan.symbols.empty()) {
        print_line(
            ordered_json{{"source", scan.source}, {"frame", scan.frame}, {"symbols", 0}}.dump(
                -1, ' ', false, ordered_json::error_handler_t::replace));
        return;
    }
    for (const scanner::Symbol& symbol : scan.symbols) print_line(symbol_json(scan, symbol));
    print_line(label_json(scan));
}

// The separator of GS1 fields cannot be seen, so it is shown as its Unicode picture.
std::string visible(const std::string& text) {
    std::string shown;
    for (const char c : text) {
        if (c == '\x1d')
            shown += "␝";
        else
            shown += c;
    }
    return base::has_control_character(shown) ? base::printable(shown) : shown;
}

void print_text(const app::FileScan& scan) {
    const std::string where = scan.source + ":" + std::to_string(scan.frame) + "\t";
    if (scan.symbols.empty()) {
        print_line(where + "nothing read");
        return;
    }
    for (const scanner::Symbol& symbol : scan.symbols)
        print_line(where + std::string(scanner::name(symbol.symbology)) + "\t" +
                   visible(symbol.text));
    print_line(where + "serial " + scan.label.serial.value_or("-") + "\t(" + scan.label.why + ")");
}

int scan_all(const Context& context, const ScanWords& words) {
    const auto pacing =
        words.video_rate == "live" ? scanner::Pacing::AsRecorded : scanner::Pacing::Max;
    scanner::Wanted wanted;
    wanted.itf_lengths = words.itf_lengths;
    if (!std::ranges::all_of(wanted.itf_lengths, scanner::can_be_itf_length))
        return print_error(
            {ErrorKind::InvalidInput, "--itf-lengths are even numbers of digits from 4 to 80"});
    for (const std::string& name : words.formats) {
        const auto format = scanner::symbology_named(name);
        if (!format)
            return print_error(
                {ErrorKind::InvalidInput,
                 "no barcode format \"" + base::printable(name) + "\"; see: unitrail scan --help"});
        wanted.symbologies.push_back(*format);
    }
    int status = 0;
    for (const std::string& source : words.sources) {
        const auto scanned = app::scan_file(source, pacing, wanted, [&](const app::FileScan& scan) {
            if (context.json)
                print_json(scan);
            else
                print_text(scan);
        });
        if (!scanned) status = std::max(status, print_error(scanned.error()));
    }
    return status;
}

std::string format_names() {
    std::string names;
    for (const scanner::Symbology symbology : scanner::kAllSymbologies)
        names += (names.empty() ? "" : " ") + std::string(scanner::name(symbology));
    return names;
}

}  // namespace

void add_scan(CLI::App& root, Context& context) {
    CLI::App& command = *root.add_subcommand("scan", "Read every label in pictures and videos");
    auto words = std::make_shared<ScanWords>();
    command.add_option("SOURCE", words->sources, "Pictures, folders of pictures, videos")
        ->required();
    command
        .add_option("--video-rate", words->video_rate,
                    "live: drop frames as a live camera would; max: read every frame")
        ->check(CLI::IsMember({"live", "max"}))
        ->capture_default_str();
    command
        .add_option("--formats", words->formats,
                    "Only these formats, comma-separated: " + format_names())
        ->delimiter(',');
    command
        .add_option("--itf-lengths", words->itf_lengths,
                    "Numbers of digits of an ITF that can be a serial, comma-separated")
        ->delimiter(',')
        ->capture_default_str();
    add_common(command, context);
    command.callback([words, &context] {
        context.job = [words, &context] { return scan_all(context, *words); };
    });
}

}  // namespace cli

#include "cli/cli.hpp"

#include <csignal>
#include <cstdio>
#include <memory>

#include "base/paths.hpp"
#include "base/text.hpp"
#include "cli/context.hpp"
#include "sync/enrolment.hpp"

namespace cli {
namespace {

constexpr const char* kDescription =
    "Unitrail tracks every serial-numbered unit from the receiving dock over dispatch to the "
    "returns\n"
    "counter. Without a subcommand it opens the window.\n\n"
    "Exit status: 0 done, 1 refused by a rule or not found, 2 wrong usage or input,\n"
    "3 database, disk or network.";

constexpr const char* kFooter =
    "Files: the database is $XDG_DATA_HOME/unitrail/unitrail.db, the settings are\n"
    "$XDG_CONFIG_HOME/unitrail/unitrail.toml, the log is $XDG_STATE_HOME/unitrail/unitrail.log.";

struct Size {
    int width = 0, height = 0;
};

constexpr int kPixelsMin = 240, kPixelsMax = 8192;

std::optional<Size> parse_size(const std::string& text) {
    Size size;
    char rest = 0;
    const int read = std::sscanf(text.c_str(), "%5dx%5d%c", &size.width, &size.height, &rest);
    const auto fits = [](int pixels) { return pixels >= kPixelsMin && pixels <= kPixelsMax; };
    if (read != 2 || !fits(size.width) || !fits(size.height)) return std::nullopt;
    return size;
}

int report(const Result<void>& result) { return result ? 0 : print_error(result.error()); }

struct WindowWords {
    std::string camera, station, tour;
    bool kiosk = false, demo = false;
};

void add_window(CLI::App& root, const std::shared_ptr<WindowWords>& words) {
    root.add_option(
        "--camera", words->camera,
        "Camera number, video file, folder of pictures or URL (default: the first camera)");
    root.add_option("--station", words->station,
                    "Where to begin: receive, dispatch, returns or list")
        ->check(CLI::IsMember({"receive", "dispatch", "returns", "list"}));
    root.add_flag("--kiosk", words->kiosk, "The whole screen, without a frame");
    root.add_flag("--demo", words->demo,
                  "A throw-away database, and a simulated camera if there is none");
    root.add_option("--tour", words->tour,
                    "With --demo: act through a receiving, a sale and a return by itself, leave\n"
                    "screenshots in this folder, and end");
}

int open_window(const Context& context, const WindowWords& words, const Frontends& frontends) {
    if (!words.tour.empty() && !words.demo)
        return print_error({ErrorKind::InvalidInput, "--tour needs --demo; it acts by itself"});
    WindowRequest request;
    request.db = words.demo ? "" : context.db_path();
    request.camera = words.camera;
    request.station = words.station;
    request.kiosk = words.kiosk;
    request.demo = words.demo;
    request.tour = words.tour;
    request.operator_name = context.operator_name;
    request.settings = context.settings;
    return report(frontends.window(request));
}

struct ScreenshotWords {
    ScreenshotRequest request;
    std::string size = "1280x800";
    std::string all;
};

void add_screenshot(CLI::App& root, Context& context, const Frontends& frontends) {
    CLI::App& command =
        *root.add_subcommand("screenshot", "Draw a screen into a PNG file, without a display");
    auto words = std::make_shared<ScreenshotWords>();
    command.add_option("SCREEN", words->request.screen,
                       "receive, dispatch, returns, list, record, add, conflicts, "
                       "hardware-scanner, first-start or no-camera");
    command.add_option("--all", words->all,
                       "Every screen in every theme and size into this folder");
    command.add_option("--size", words->size, "Width and height in pixels, WxH")
        ->capture_default_str();
    command
        .add_option("--theme", words->request.theme, "light, dark or high-contrast (default: dark)")
        ->check(CLI::IsMember({"light", "dark", "high-contrast"}));
    command.add_option("--scale", words->request.scale, "Size of everything, 1 = 96 dpi")
        ->check(CLI::Range(0.5, 5.0));
    command.add_option("--out", words->request.out, "The PNG file to write");
    command.add_flag("--demo", words->request.demo, "With the demo's data instead of the database");
    add_common(command, context);
    command.callback([words, &context, &frontends] {
        context.job = [words, &context, &frontends] {
            ScreenshotRequest& request = words->request;
            const auto size = parse_size(words->size);
            if (!size)
                return print_error(
                    {ErrorKind::InvalidInput,
                     "\"" + base::printable(words->size) +
                         "\" is no size; write it as 1280x800 (240 to 8192 pixels)"});
            if (request.screen.empty() == words->all.empty())
                return print_error({ErrorKind::InvalidInput,
                                    "name one screen with --out FILE.png, or --all FOLDER"});
            if (words->all.empty() && request.out.empty())
                return print_error({ErrorKind::InvalidInput, "name the file with --out FILE.png"});
            request.width = size->width;
            request.height = size->height;
            if (!words->all.empty()) request.out = words->all;
            request.db = request.demo ? "" : context.db_path();
            request.operator_name = context.operator_name;
            request.settings = context.settings;
            return report(frontends.screenshot(request));
        };
    });
}

// CLI11 reads "[A1]" as a list of one, but here it may be a serial number. A mark in front hides
// the bracket while the words are parsed and is taken off every value again.
constexpr char kMark = '\x01';

bool is_bracketed(std::string_view word) {
    return word.size() >= 2 && word.front() == '[' && word.back() == ']';
}

std::vector<std::string> marked_words(int argc, char** argv) {
    std::vector<std::string> words;
    for (int i = argc - 1; i > 0; --i) {  // last word first, as CLI11 wants them
        words.emplace_back(argv[i]);
        if (is_bracketed(words.back())) words.back().insert(0, 1, kMark);
    }
    return words;
}

void take_marks_off(CLI::App& command) {
    const CLI::Validator unmark(
        [](std::string& value) {
            if (!value.empty() && value.front() == kMark && is_bracketed(value.substr(1)))
                value.erase(0, 1);
            return std::string();
        },
        "");
    for (CLI::Option* option : command.get_options())
        if (option->get_items_expected_max() > 0) option->transform(unmark);
    for (CLI::App* below : command.get_subcommands({})) take_marks_off(*below);
}

}  // namespace

std::string Context::db_path() const { return db.empty() ? base::data_path("unitrail.db") : db; }

app::Actor Context::actor() const { return {operator_name, settings.warehouse, settings.location}; }

std::string Context::device() const { return device_name(db_path(), settings); }

Result<store::Store> Context::open() const { return open_store(db_path(), settings); }

std::string device_name(const std::string& db, const settings::Settings& settings) {
    if (!settings.device.empty()) return settings.device;
    const auto enrolment = syncing::read_enrolment(db);  // a damaged one is said by the sync
    if (enrolment && *enrolment && !(*enrolment)->device.empty()) return (*enrolment)->device;
    return settings::machine_name();
}

Result<store::Store> open_store(const std::string& db, const settings::Settings& settings) {
    if (!base::make_folder_of(db))
        return fail(ErrorKind::Storage, "cannot make the folder of " + db +
                                            "; check your rights, or name a file with --db");
    return store::Store::open(db, {.device = device_name(db, settings)});
}

void add_common(CLI::App& command, Context& context) {
    command.add_option("--db", context.db, "Database file (made when missing)");
    command.add_option("--operator", context.operator_name, "Who acts, for the history");
    command.add_flag("--json", context.json, "One JSON object a line");
}

int run(int argc, char** argv, const Frontends& frontends) {
    std::signal(SIGPIPE, SIG_IGN);  // a reader that went away is seen where the line is written
    Context context;
    settings::Loaded loaded = settings::load(base::config_path("unitrail.toml"));
    for (const std::string& warning : loaded.warnings)
        std::fprintf(stderr, "unitrail: %s\n", warning.c_str());
    context.settings = std::move(loaded.settings);
    context.operator_name = context.settings.operator_name;

    CLI::App root(kDescription, "unitrail");
    root.footer(kFooter);
    root.set_version_flag("--version", "unitrail " UNITRAIL_VERSION);
    root.set_help_flag("-h,--help", "Show this help");
    // One subcommand at most: every further word belongs to it, even a serial number named "list".
    root.require_subcommand(0, 1);
    auto window = std::make_shared<WindowWords>();
    add_window(root, window);
    add_common(root, context);
    add_scan(root, context);
    add_parse(root, context);
    add_acts(root, context);
    add_queries(root, context);
    add_holds(root, context);
    add_conflicts(root, context);
    add_care(root, context);
    add_exchange(root, context);
    add_sync(root, context);
    add_hub(root, context);
    add_clients(root, context);
    add_references(root, context);
    add_profiles(root, context);
    add_screenshot(root, context, frontends);
    try {
        take_marks_off(root);
        root.parse(marked_words(argc, argv));
        if (!context.job) context.job = [&] { return open_window(context, *window, frontends); };
        return context.job();
    } catch (const CLI::Success& asked) {  // --help, --version
        root.exit(asked);
        return 0;
    } catch (const CLI::ParseError& wrong) {
        std::fprintf(stderr, "unitrail: %s; see: unitrail --help\n", wrong.what());
        return 2;
    } catch (const Closed&) {
        return 0;
    }
}

}  // namespace cli

#include "station_window.hpp"

#include <condition_variable>
#include <cstdio>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "app/demo.hpp"
#include "app/runtime.hpp"
#include "app/unit_list.hpp"
#include "base/bounded_queue.hpp"
#include "base/clock.hpp"
#include "base/log.hpp"
#include "base/paths.hpp"
#include "base/temporary_folder.hpp"
#include "signals.hpp"
#include "store/backup.hpp"
#include "sync/background.hpp"
#include "sync/places.hpp"
#include "ui/tour.hpp"

namespace {

double ms_between(std::chrono::steady_clock::time_point from,
                  std::chrono::steady_clock::time_point to) {
    return std::chrono::duration<double, std::milli>(to - from).count();
}

// The stages of one scan, from the camera to the screen, for the log.
void log_stages(const app::State& state) {
    if (!state.timing) return;
    const auto drawn = std::chrono::steady_clock::now();
    const app::ScanTiming& t = *state.timing;
    char line[160];
    std::snprintf(line, sizeof line,
                  "scan: frame to record drawn %.1f ms (decode %.1f, record %.1f, draw %.1f)",
                  ms_between(t.captured, drawn), ms_between(t.captured, t.decoded),
                  ms_between(t.decoded, t.stored), ms_between(t.stored, drawn));
    base::log_info(line);
}

std::optional<app::Screen> screen_of(const std::string& station) {
    if (station == "receive") return app::Screen::Receive;
    if (station == "dispatch") return app::Screen::Dispatch;
    if (station == "returns") return app::Screen::Returns;
    if (station == "list") return app::Screen::Units;
    return std::nullopt;
}

Result<scanner::SourceSpec> camera_of(const cli::WindowRequest& request,
                                      const std::string& folder) {
    scanner::SourceSpec source;
    source.location = !request.camera.empty() ? request.camera : request.settings.camera;
    if (!source.location.empty()) return source;
    // The tour needs its own labels before the camera, whatever hangs on this machine.
    const bool simulated = request.demo && (!request.tour.empty() || !scanner::first_camera());
    if (!simulated) {
        source.location = scanner::kFirstCamera;
        return source;
    }
    std::printf("No camera is used: the demo renders one.\n");
    std::fflush(stdout);
    const app::DemoLabels labels = app::demo_labels();
    return scanner::render_simulated_camera({}, {labels.arriving, labels.in_stock, labels.sold},
                                            folder);
}

Result<app::Application> make_application(const cli::WindowRequest& request,
                                          const std::string& demo_db) {
    if (request.demo) return app::make_demo_application(demo_db, base::system_now);
    auto store = cli::open_store(request.db, request.settings);
    if (!store) return fail(store.error());
    const settings::Settings& s = request.settings;
    return app::Application(std::move(*store), {request.operator_name, s.warehouse, s.location},
                            cli::device_name(request.db, s), base::system_now);
}

// Reads on a connection of its own, so that a slow search keeps no act waiting.
Result<app::Runtime::ListReader> list_reader(const std::string& db) {
    auto opened = store::Store::open(db, {});
    if (!opened) return fail(opened.error());
    const auto store = std::make_shared<store::Store>(std::move(*opened));
    return [store](const app::ListRequest& request, const std::function<bool()>& given_up) {
        store->give_up_when(given_up);
        auto list = app::read_list(*store, request);
        store->give_up_when({});
        return list;
    };
}

ui::WindowOptions window_options(const cli::WindowRequest& request) {
    ui::WindowOptions options;
    options.theme = ui::theme_named(request.settings.theme).value_or(ui::Theme::Auto);
    options.scale = request.settings.scale;
    options.fullscreen = request.kiosk || request.settings.fullscreen;
    if (request.demo) options.title = "Unitrail (demo)";
    if (!request.tour.empty()) {
        const app::DemoLabels labels = app::demo_labels();
        options.player =
            ui::make_tour({request.tour,
                           [](const std::string& line) {
                               std::printf("%s\n", line.c_str());
                               std::fflush(stdout);
                           },
                           labels.arriving.caption, labels.in_stock.caption, labels.sold.caption});
    }
    return options;
}

void start_log() {
    const std::string log = base::state_path("unitrail.log");
    if (!base::make_folder_of(log)) return;
    if (const auto logging = base::log_to(log); !logging)
        std::fprintf(stderr, "unitrail: %s\n", logging.error().message.c_str());
    base::log_info("started, version " UNITRAIL_VERSION);
}

// Looks every hour whether today's backup is there. A copy takes time, so it has its own thread.
void back_up_daily(const std::string& database, const std::stop_token& stop) {
    std::mutex alone;
    std::condition_variable_any never;
    std::unique_lock lock(alone);
    do {
        const auto done = store::back_up_daily(database, base::civil_date(base::system_now()));
        if (!done) base::log_error(done.error().message);
        if (done && *done) base::log_info("today's backup was made");
    } while (
        !never.wait_for(lock, stop, std::chrono::hours(1), [&] { return stop.stop_requested(); }));
}

// That something was written; one of many is enough.
struct Written {};
using Writes = base::BoundedQueue<Written>;

// On a connection of its own; the window notices what came in as it notices any other process.
void sync_often(const cli::WindowRequest& request, app::Runtime& runtime, Writes& writes,
                const std::stop_token& stop) {
    const auto report = [&](const syncing::SyncState& state) {
        if (!state.good) base::log_error(state.words);
        if (!runtime.send(app::SyncChanged{state.words, state.good}))
            base::log_info("a sync state was dropped, the window is busy");
    };
    auto store = cli::open_store(request.db, request.settings);
    if (!store) {
        report({false, "Not synced: " + store.error().message});
        return;
    }
    const syncing::Places places{request.settings.sync_to, true};
    syncing::Waiting waiting;
    waiting.ended = [&] { return stop.stop_requested(); };
    syncing::Background background;
    // Looked up every time: a device may be enrolled while its window is open.
    background.synchronize = [&](store::Store& own) -> std::optional<Result<syncing::Synced>> {
        if (!syncing::has_place(own.path(), places)) return std::nullopt;
        return syncing::synchronize_all(own, places, waiting);
    };
    background.report = report;
    background.pause = [&](std::chrono::seconds seconds) {
        static_cast<void>(writes.pop_for(seconds, stop));
        return !stop.stop_requested();
    };
    syncing::keep_synced(*store, background);
}

}  // namespace

Result<void> open_window(const cli::WindowRequest& request, const std::optional<Played>& played) {
    if (!request.tour.empty() && !base::make_folder_of(request.tour + "/picture"))
        return fail(ErrorKind::Storage, "cannot make the folder " + request.tour);
    start_log();
    if (!request.demo) settings::write_example(base::config_path("unitrail.toml"));
    const SignalThread signals(&ui::close_window);  // before other threads: they inherit the mask
    std::optional<base::TemporaryFolder> folder;    // goes with the demo, and all that it wrote
    if (request.demo) {
        auto made = base::TemporaryFolder::make();
        if (!made) return fail(made.error());
        folder = std::move(*made);
    }
    const std::string demo_folder = folder ? folder->path() : "";
    const std::string demo_db = demo_folder + "/demo.db";
    auto application = make_application(request, demo_db);
    if (!application) return fail(application.error());
    auto lists = list_reader(request.demo ? demo_db : request.db);
    if (!lists) return fail(lists.error());
    auto source = played ? played->camera : camera_of(request, demo_folder);
    if (!source) return fail(source.error());

    if (!request.demo) {
        application->join_hubs_by([&](store::Store& store, const std::string& code) {
            auto joined = syncing::enroll(store, code);
            if (joined) store.call_device(cli::device_name(request.db, request.settings));
            return joined;
        });
        const std::string sheet = base::config_path("hardware-scanner");
        application->read_typing_by(
            settings::load_typed_sheet(sheet),
            [sheet](const std::string& typed) { return settings::keep_typed_sheet(sheet, typed); });
    }
    if (const auto screen = screen_of(request.station))
        application->handle(app::ShowScreen{*screen});

    Writes writes(1);
    application->tell_of_writes_by([&] { static_cast<void>(writes.try_push({})); });
    app::Runtime runtime(std::move(*application), &ui::wake_window, std::move(*lists));
    runtime.start_scanner(*source, request.settings.wanted);
    std::jthread backup;
    if (!request.demo && request.settings.daily_backup)
        backup =
            std::jthread([&](const std::stop_token& stop) { back_up_daily(request.db, stop); });
    std::jthread sync;
    if (!request.demo)
        sync = std::jthread(
            [&](const std::stop_token& stop) { sync_often(request, runtime, writes, stop); });
    ui::Backend backend;
    backend.newest_state = [&] { return runtime.newest_state(); };
    backend.send = [&](app::Command command) { return runtime.send(std::move(command)); };
    backend.live_view = [&] { return runtime.pipeline()->newest_view(); };
    backend.on_drawn = log_stages;
    ui::WindowOptions options = window_options(request);
    if (played) options.player = played->player;
    auto shown = ui::run_window(options, backend);
    base::log_info(shown ? "ended" : "ended: " + shown.error().message);
    return shown;
}

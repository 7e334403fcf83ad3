// Goal: three stations sell one unit apart, meet, and agree, as their operators see it.
// Method: three real windows, each a process of its own with a database, a camera that holds the
// unit's label, and a cable to one real hub; whoever taps is played. With UNITRAIL_PICTURES=folder
// what they showed is kept there. Needs a display (Xvfb will do) and the hub's server.
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "scanner/simulated.hpp"
#include "station_window.hpp"
#include "support/hub_server.hpp"
#include "support/program.hpp"
#include "support/tcp_proxy.hpp"

namespace {

using app::State;
using inventory::Status;
using Kind = ui::Step::Kind;

constexpr std::chrono::seconds kPatience{60};
constexpr std::chrono::milliseconds kStill{900};  // longer than the flash after a scan
const std::string kSerial = "SN-20260301-A001";

// Waits until the window shows what is meant, then does the step.
struct Scene {
    std::string meant;
    std::function<bool(const State&)> shown;
    ui::Step step;
};

// Plays one operator; says on standard error what was waited for in vain.
std::function<ui::Step(const State&)> play(std::vector<Scene> scenes) {
    using Clock = std::chrono::steady_clock;
    struct Playing {
        std::vector<Scene> scenes;
        std::size_t at = 0;
        Clock::time_point begun = Clock::now();
        std::optional<Clock::time_point> shown_since;
    };
    auto playing = std::make_shared<Playing>(Playing{std::move(scenes), 0, Clock::now(), {}});
    return [playing](const State& state) -> ui::Step {
        Playing& now = *playing;
        if (now.at == now.scenes.size()) return {Kind::Close, ""};
        const Scene& scene = now.scenes[now.at];
        if (!scene.shown(state)) {
            now.shown_since.reset();
            if (Clock::now() - now.begun < kPatience) return {};
            return {Kind::GiveUp, "never seen: " + scene.meant};
        }
        if (!now.shown_since) now.shown_since = Clock::now();
        if (scene.step.kind == Kind::Capture && Clock::now() - *now.shown_since < kStill) return {};
        ++now.at;
        now.begun = Clock::now();
        now.shown_since.reset();
        return scene.step;
    };
}

bool has_unit(const State& state, Status status) {
    return state.record && state.record->unit.serial == kSerial &&
           state.record->unit.status == status;
}

const auto kAny = [](const State&) { return true; };
const auto kFirstSight = [](const State& state) { return has_unit(state, Status::InStock); };

// A station that several processes open one after the other.
struct Station {
    std::string name, screen, file;
    std::unique_ptr<TcpProxy> cable;
};

class Three {
 public:
    explicit Three(const hubs::FreshHub& hub) {
        for (const auto& [name, screen] : {std::pair{"Dispatch 1", "dispatch"},
                                           {"Dispatch 2", "dispatch"},
                                           {"Returns", "returns"}}) {
            syncing::Enrolment enrolment = hub.enroll(name);
            auto cable = std::make_unique<TcpProxy>(std::stoi(enrolment.port), TcpProxy::Way{});
            enrolment.port = cable->port();
            stations_.push_back({name, screen, folder_.file(name) + ".db", std::move(cable)});
            store::Store store = opened(stations_.back());
            hubs::enter(store, enrolment);
        }
        store::Store first = opened(stations_[0]);
        Shop::must(
            first.put(inventory::Warehouse{"MAIN", "Main warehouse"}, store::Write::Add, ""));
        Shop::must(
            first.put(inventory::Variant{"ROUTER-X", "Router X", {}, 24}, store::Write::Add, ""));
        Shop::must(first.act({journal::Kind::Registered,
                              kSerial,
                              {{"variant", "ROUTER-X"}, {"warehouse", "MAIN"}},
                              "Kim",
                              {}}));
        sync(first);
        for (const std::size_t other : {1U, 2U}) {
            store::Store store = opened(stations_[other]);
            sync(store);
        }
        scanner::SimulatedCamera camera;
        camera.seconds_between = 1;  // longer than a label takes to leave the view
        camera_ = hubs::must(scanner::render_simulated_camera(
            camera, {{scanner::Symbology::QRCode, kSerial, "Router X", kSerial}}, folder_.path()));
    }

    void pull_cables() {
        for (const Station& station : stations_) station.cable->pull_out();
    }
    void plug_cables() {
        for (const Station& station : stations_) station.cable->plug_in();
    }
    // Each station's window in a process of its own, at the same time; station by station who taps.
    void work(const std::vector<std::vector<Scene>>& played) {
        std::vector<pid_t> processes;
        for (std::size_t i = 0; i < played.size(); ++i) {
            processes.push_back(fork());
            if (processes.back() == 0) _exit(run(stations_[i], played[i]));
        }
        for (const pid_t process : processes) {
            int status = 0;
            waitpid(process, &status, 0);
            CHECK(status == 0);
        }
    }
    std::vector<std::string> digests() const {
        std::vector<std::string> digests;
        for (const Station& station : stations_) digests.push_back(*opened(station).digest());
        return digests;
    }

 private:
    static store::Store opened(const Station& station) {
        return hubs::opened(station.file, station.name);
    }
    static void sync(store::Store& store) {
        hubs::must(syncing::synchronize_all(store, {"", true}, {}));
    }
    int run(const Station& station, const std::vector<Scene>& scenes) const {
        cli::WindowRequest request;
        request.db = station.file;
        request.station = station.screen;
        request.operator_name = "Op. " + station.name;
        request.settings.device = station.name;
        request.settings.warehouse = "MAIN";
        request.settings.daily_backup = false;
        request.settings.scale = 1;
        const auto ended = open_window(request, Played{play(scenes), camera_});
        if (ended) return 0;
        std::fprintf(stderr, "%s: %s\n", station.name.c_str(), ended.error().message.c_str());
        return 1;
    }

    TemporaryFolder folder_;
    std::vector<Station> stations_;
    scanner::SourceSpec camera_;
};

}  // namespace

TEST_CASE("three stations see that a unit was sold twice, and how one of them settled it",
          "[stations][window]") {
    const auto hub = hubs::fresh_hub();
    if (!hub) return;
    if (std::getenv("DISPLAY") == nullptr) {
        WARN("skipped: no display");
        return;
    }
    const Program kept_apart;  // settings and log from the user's
    const auto built = std::filesystem::path(UNITRAIL_PROGRAM).parent_path();
    ::setenv("UNITRAIL_CAPTURE", (built / "unitrail_capture.so").c_str(), 1);
    const TemporaryFolder own;
    const char* kept = std::getenv("UNITRAIL_PICTURES");
    const auto path = [&](const std::string& name) {
        return (kept == nullptr ? own.path() : kept) + ("/" + name + ".png");
    };
    const auto picture = [&](const std::string& name) {
        return ui::Step{Kind::Capture, path(name)};
    };
    for (const char* old : {"met-1", "met-2"}) std::filesystem::remove(path(old));
    Three three(*hub);

    three.pull_cables();
    const auto is_sold = [](const State& state) { return has_unit(state, Status::Sold); };
    const auto selling = [&](const std::string& client,
                             const std::string& name) -> std::vector<Scene> {
        return {
            {"the camera", kAny, {Kind::Click, "Client"}},
            {"the field", kAny, {Kind::Type, client + "\n"}},
            {"the label was read", kFirstSight, {Kind::Click, "Mark as Sold"}},
            {"the sale, and that it waits",
             [&](const State& state) { return is_sold(state) && !state.synced; }, picture(name)}};
    };
    three.work({selling("Kestrel Logistics", "apart-1"), selling("Anchor Retail", "apart-2")});

    three.plug_cables();
    const auto is_told = [](const State& state) {
        return state.conflict_count == 1 && state.synced && !state.conflicts->empty();
    };
    const auto is_settled = [](const State& state) {
        return state.conflict_count == 0 && state.synced && has_unit(state, Status::Sold);
    };
    const auto seeing = [&](const std::string& number) -> std::vector<Scene> {
        return {{"the label was read",
                 [](const State& state) {
                     return state.record && state.record->conflict && state.synced;
                 },
                 picture("met-" + number)},
                {"it is settled", is_settled, picture("settled-" + number)}};
    };
    std::vector<Scene> settling = {
        {"the label was read",
         [](const State& state) { return state.record && state.record->conflict && state.synced; },
         picture("met-3")},
        {"the conflict", kAny, {Kind::Click, "Conflicts"}},
        {"its sides", is_told, {Kind::Click, "Reason"}},
        {"the reason", kAny, {Kind::Type, "Kestrel has the box, by phone"}},
        {"both sides", is_told, picture("settle")},
        {"that the others saw it",
         [&](const State&) {
             return std::filesystem::exists(path("met-1")) &&
                    std::filesystem::exists(path("met-2"));
         },
         {Kind::Click, "Keep A"}},
        {"it is settled",
         [](const State& state) { return state.conflict_count == 0; },
         {Kind::Click, "Returns"}},
        {"it is settled", is_settled, picture("settled-3")}};
    three.work({seeing("1"), seeing("2"), settling});

    const auto digests = three.digests();
    CHECK(digests[0] == digests[1]);
    CHECK(digests[0] == digests[2]);
}

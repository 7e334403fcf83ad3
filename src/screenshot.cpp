#include "screenshot.hpp"

#include <memory>
#include <vector>

#include "app/application.hpp"
#include "app/demo.hpp"
#include "base/clock.hpp"
#include "base/paths.hpp"
#include "base/temporary_folder.hpp"
#include "base/text.hpp"
#include "scanner/decoder.hpp"
#include "scanner/simulated.hpp"
#include "ui/window.hpp"

namespace {

using app::Application;
using app::Screen;

struct Picture {
    std::shared_ptr<const app::State> state;
    ui::LiveView view;
    std::string profile;  // the product whose label profile is open
};

// A label held before the demo's camera: rendered, decoded, and handed to the application.
Result<void> show_label(Application& application, const scanner::SimulatedLabel& label,
                        ui::LiveView& view) {
    auto frame = scanner::render_simulated_frame({}, label);
    if (!frame) return fail(frame.error());
    scanner::Reading reading;
    reading.frame = frame->number;
    reading.symbols = scanner::decode(*frame, {{}, scanner::Effort::Full});
    for (std::size_t i = 0; i < reading.symbols.size(); ++i) reading.fresh.push_back(i);
    view.sighting = {reading.frame, reading.symbols, frame->captured};
    view.frame = std::make_shared<const scanner::Frame>(std::move(*frame));
    application.handle(app::CameraChanged{{scanner::CameraState::Live, ""}});
    if (!reading.symbols.empty()) application.handle(app::Scanned{std::move(reading)});
    return {};
}

struct ScreenRow {
    const char* name;
    Screen screen;
    scanner::SimulatedLabel app::DemoLabels::*label;  // null = nothing before the camera
};

const ScreenRow kScreens[] = {
    {"receive", Screen::Receive, &app::DemoLabels::arriving},
    {"dispatch", Screen::Dispatch, &app::DemoLabels::in_stock},
    {"returns", Screen::Returns, &app::DemoLabels::sold},
    {"list", Screen::Units, nullptr},
    {"record", Screen::Units, nullptr},
    {"add", Screen::Add, nullptr},
    {"conflicts", Screen::Conflicts, nullptr},
    {"hardware-scanner", Screen::HardwareScanner, nullptr},
    {"profiles", Screen::Profiles, nullptr},
    {"profile", Screen::Profiles, nullptr},
    {"first-start", Screen::Receive, nullptr},
    {"no-camera", Screen::Receive, nullptr},
};

// On the demo's data, or on the database asked for.
Result<Application> make_application(const cli::ScreenshotRequest& request, bool first_start) {
    if (request.demo && !first_start) {
        const auto folder = base::TemporaryFolder::make();
        if (!folder) return fail(folder.error());
        // An open file lives on when its folder goes, until it is closed.
        return app::make_demo_application(folder->file("demo.db"), base::system_now);
    }
    auto store = cli::open_store(first_start ? ":memory:" : request.db, request.settings);
    if (!store) return fail(store.error());
    const settings::Settings& s = request.settings;
    return Application(std::move(*store), {request.operator_name, s.warehouse, s.location},
                       cli::device_name(request.db, s), base::system_now);
}

// The first label profile, tried on a code that was scanned.
void open_profile(Application& application, Picture& picture) {
    const auto& profiles = application.state()->catalog->profiles;
    if (profiles.empty()) return;
    const inventory::LabelProfile profile = profiles.front();
    picture.profile = profile.variant;
    application.handle(app::TypedByScanner{"Z5-77-019 B"});
    application.handle(app::TryProfile{profile, application.state()->profile.scanned});
}

Result<Picture> compose(const cli::ScreenshotRequest& request, const ScreenRow& row) {
    const std::string_view name = row.name;
    auto made = make_application(request, name == "first-start");
    if (!made) return fail(made.error());
    Application& application = *made;
    Picture picture;
    application.handle(app::ShowScreen{row.screen});
    if (name == "no-camera")
        application.handle(app::CameraChanged{
            {scanner::CameraState::Lost, "No camera found; plug one in, it is used at once"}});
    if (request.demo && row.label != nullptr) {
        const app::DemoLabels labels = app::demo_labels();
        if (auto shown = show_label(application, labels.*row.label, picture.view); !shown)
            return fail(shown.error());
    }
    const auto rows = application.state()->list.rows;
    if (name == "record" && !rows->empty())
        application.handle(app::OpenUnit{(*rows)[rows->size() / 2].key});
    if (name == "profile") open_profile(application, picture);
    picture.state = application.state();
    return picture;
}

Result<void> draw(const Picture& picture, const cli::ScreenshotRequest& request,
                  const std::string& path) {
    ui::PictureOptions options;
    options.theme = ui::theme_named(request.theme).value_or(ui::Theme::Dark);
    options.width = request.width;
    options.height = request.height;
    options.scale = request.scale;
    options.profile = picture.profile;
    return ui::draw_to_png(*picture.state, picture.view, options, path);
}

struct Shape {
    int width, height;
};

// Every screen in every theme and shape.
Result<void> draw_all(cli::ScreenshotRequest request) {
    if (!base::make_folder_of(request.out + "/picture"))
        return fail(ErrorKind::Storage, "cannot make the folder " + request.out);
    for (const ScreenRow& row : kScreens) {
        const auto picture = compose(request, row);
        if (!picture) return fail(picture.error());
        for (const char* theme : {"dark", "light", "high-contrast"}) {
            for (const Shape& shape : {Shape{1280, 800}, Shape{480, 800}, Shape{720, 1280}}) {
                request.theme = theme;
                request.width = shape.width;
                request.height = shape.height;
                const std::string file = request.out + "/" + row.name + "-" + theme + "-" +
                                         std::to_string(shape.width) + "x" +
                                         std::to_string(shape.height) + ".png";
                if (auto drawn = draw(*picture, request, file); !drawn) return drawn;
            }
        }
    }
    return {};
}

}  // namespace

Result<void> take_screenshot(const cli::ScreenshotRequest& request) {
    if (request.screen.empty()) return draw_all(request);
    for (const ScreenRow& row : kScreens) {
        if (request.screen != row.name) continue;
        const auto picture = compose(request, row);
        if (!picture) return fail(picture.error());
        return draw(*picture, request, request.out);
    }
    return fail(ErrorKind::InvalidInput, "no screen \"" + base::printable(request.screen) +
                                             "\"; see: unitrail screenshot --help");
}

// A real window with real input events, end to end: a tap on the screen becomes a command, what the
// application answers is drawn, a picture of it is taken. Needs a display (Xvfb will do).
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "fixtures.hpp"
#include "support/catch.hpp"
#include "support/temporary.hpp"
#include "ui/window.hpp"

namespace {

// An application that marks the unit as sold when asked to, and says so.
struct Shop {
    std::shared_ptr<const app::State> state = std::make_shared<const app::State>(
        fixtures::with_record(app::Screen::Dispatch, inventory::Status::InStock));
    ui::LiveView view = fixtures::label_in_view();
    std::vector<app::Command> commands;
    int refusals = 0;  // how often send() says busy before it takes a command
    std::vector<std::uint64_t> drawn;

    bool take(const app::Command& command) {
        if (refusals > 0) {
            --refusals;
            return false;
        }
        commands.push_back(command);
        if (std::holds_alternative<app::Act>(command)) {
            app::State next = fixtures::with_record(app::Screen::Dispatch, inventory::Status::Sold);
            next.revision = state->revision + 1;
            next.feedback = {2, app::Tone::Done, "Sold", "To Kestrel Logistics, order 4711."};
            next.record->undo = "Sold";
            state = std::make_shared<const app::State>(next);
        }
        return true;
    }

    ui::Backend backend() {
        return {
            [this] { return state; }, [this](const app::Command& command) { return take(command); },
            [this] { return view; }, [this](const app::State& s) { drawn.push_back(s.revision); }};
    }
};

ui::WindowOptions played(std::vector<ui::Step> steps) {
    ui::WindowOptions options;
    options.scale = 1;
    auto left = std::make_shared<std::vector<ui::Step>>(std::move(steps));
    options.player = [left](const app::State&) {
        if (left->empty()) return ui::Step{ui::Step::Kind::Close, ""};
        ui::Step step = left->front();
        left->erase(left->begin());
        return step;
    };
    return options;
}

bool no_display(const Result<void>& run) {
    if (run || run.error().kind != ErrorKind::Device) return false;
    WARN("skipped: " << run.error().message);
    return true;
}

}  // namespace

TEST_CASE("a tap in the window sells the unit, and the answer is drawn", "[ui][window]") {
    Shop shop;
    shop.refusals = 3;  // the command is kept until the application takes it
    const TemporaryFolder folder;
    const std::string path = folder.file("window.png");
    using Kind = ui::Step::Kind;
    const auto run = ui::run_window(played({{Kind::Wait, ""},
                                            {Kind::Click, "Mark as Sold"},
                                            {Kind::Click, "Undo Sold"},
                                            {Kind::Click, "Serial"},
                                            {Kind::Type, "SN-\xC3\x84-7\n"},
                                            {Kind::Capture, path},
                                            {Kind::Close, ""}}),
                                    shop.backend());
    if (no_display(run)) return;
    REQUIRE(run);
    REQUIRE(shop.commands.size() == 3);
    CHECK(std::get<app::Act>(shop.commands[0]).action == inventory::Action::Sell);
    CHECK(std::get<app::Undo>(shop.commands[1]).key == "sn-20260301-a001");
    CHECK(std::get<app::Typed>(shop.commands[2]).text == "SN-\xC3\x84-7");
    CHECK(shop.drawn == std::vector<std::uint64_t>{7, 8});
    CHECK(std::filesystem::file_size(path) > 20'000);
}

TEST_CASE("the window closes when asked from elsewhere", "[ui][window]") {
    Shop shop;
    ui::WindowOptions options;
    ui::Backend backend = shop.backend();
    backend.on_drawn = [](const app::State&) { ui::close_window(); };  // as the SIGTERM thread does
    const auto run = ui::run_window(options, backend);
    if (no_display(run)) return;
    CHECK(run);
    ui::wake_window();  // without a window: nothing happens
    ui::close_window();
}

TEST_CASE("without a display the window says so in one line", "[ui][window]") {
    std::vector<std::pair<const char*, std::string>> before;
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY"}) {
        const char* value = std::getenv(name);
        if (value != nullptr) before.emplace_back(name, value);
        ::unsetenv(name);
    }
    Shop shop;
    const auto run = ui::run_window({}, shop.backend());
    for (const auto& [name, value] : before) ::setenv(name, value.c_str(), 1);
    REQUIRE_FALSE(run);
    CHECK(run.error().kind == ErrorKind::Device);
    CHECK_THAT(run.error().message, ContainsSubstring("no display"));
    CHECK(run.error().message.find('\n') == std::string::npos);
}

// For looking at sheets: UNITRAIL_PICTURES=folder test_ui "[.sheets]"
TEST_CASE("pictures of what only opens with a tap", "[.sheets]") {
    const char* folder = std::getenv("UNITRAIL_PICTURES");
    REQUIRE(folder != nullptr);
    using Kind = ui::Step::Kind;
    struct Size {
        const char* name;
        int width, height;
    };
    for (const Size size : {Size{"kiosk", 1280, 800}, Size{"handheld", 480, 800}}) {
        for (const auto& [name, theme] : {std::pair{"dark", ui::Theme::Dark},
                                          {"light", ui::Theme::Light},
                                          {"high-contrast", ui::Theme::HighContrast}}) {
            Shop shop;
            shop.state =
                std::make_shared<const app::State>(fixtures::working(app::Screen::Receive));
            const auto path = [&, theme_name = name](const std::string& sheet) {
                return std::string(folder) + "/sheet-" + sheet + "-" + size.name + "-" +
                       theme_name + ".png";
            };
            auto options = played({{Kind::Click, "Product Variant"},
                                   {Kind::Wait, ""},
                                   {Kind::Capture, path("picker")},
                                   {Kind::Click, "New product variant"},
                                   {Kind::Click, "SKU"},
                                   {Kind::Type, "AP-9"},
                                   {Kind::Capture, path("form")}});
            options.theme = theme;
            options.width = size.width;
            options.height = size.height;
            const auto run = ui::run_window(options, shop.backend());
            if (no_display(run)) return;
            REQUIRE(run);
        }
    }
}

// The same screens as PNG files, without a display.
#include <cstdlib>
#include <filesystem>
#include <string>

#include "fixtures.hpp"
#include "support/catch.hpp"
#include "support/temporary.hpp"
#include "ui/window.hpp"

namespace {

struct Size {
    const char* name;
    int width, height;
};
constexpr Size kSizes[] = {{"kiosk", 1280, 800}, {"handheld", 480, 800}, {"tall", 720, 1280}};

struct ThemeCase {
    const char* name;
    ui::Theme theme;
};
constexpr ThemeCase kThemes[] = {{"dark", ui::Theme::Dark},
                                 {"light", ui::Theme::Light},
                                 {"high-contrast", ui::Theme::HighContrast}};

}  // namespace

TEST_CASE("a screen is drawn to a PNG of the size asked for without a display", "[ui][picture]") {
    const TemporaryFolder folder;
    const std::string path = folder.file("picture.png");
    const auto drawn =
        ui::draw_to_png(fixtures::working(app::Screen::Receive), fixtures::label_in_view(),
                        {.theme = ui::Theme::Dark, .width = 480, .height = 800}, path);
    if (!drawn && drawn.error().kind == ErrorKind::Device) {
        WARN("skipped: " << drawn.error().message);
        return;
    }
    REQUIRE(drawn);
    CHECK(std::filesystem::file_size(path) > 20'000);  // a plain colour would be far smaller
}

TEST_CASE("a PNG that cannot be written is a storage error that names the file", "[ui][picture]") {
    const auto drawn = ui::draw_to_png(fixtures::working(app::Screen::Units), fixtures::no_view(),
                                       {}, "/nowhere/at/all.png");
    REQUIRE_FALSE(drawn);
    if (drawn.error().kind == ErrorKind::Device) {
        WARN("skipped: " << drawn.error().message);
        return;
    }
    CHECK(drawn.error().kind == ErrorKind::Storage);
    CHECK_THAT(drawn.error().message, ContainsSubstring("/nowhere/at/all.png"));
}

// For looking at: UNITRAIL_PICTURES=folder test_ui "[.pictures]"
TEST_CASE("every screen in every size and theme as a picture", "[.pictures]") {
    const char* folder = std::getenv("UNITRAIL_PICTURES");
    REQUIRE(folder != nullptr);
    const ui::LiveView view = fixtures::label_in_view();
    ui::LiveView empty = view;  // a picture in which nothing is read
    empty.sighting.symbols.clear();
    for (const fixtures::NamedState& each : fixtures::all_states()) {
        const bool read = !each.state.in_view.empty();
        const bool seen = each.state.camera.state == scanner::CameraState::Live;
        for (const Size& size : kSizes) {
            for (const ThemeCase& theme : kThemes) {
                const std::string path = std::string(folder) + "/" + each.name + "-" + size.name +
                                         "-" + theme.name + ".png";
                const auto drawn = ui::draw_to_png(
                    each.state,
                    !seen  ? fixtures::no_view()
                    : read ? view
                           : empty,
                    {.theme = theme.theme, .width = size.width, .height = size.height}, path);
                REQUIRE(drawn);
            }
        }
    }
}

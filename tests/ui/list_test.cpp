// The list screen on a real database: the wheel, the application's pages and the window's rows
// together.
#include <string>

#include "app/application.hpp"
#include "headless.hpp"
#include "support/catch.hpp"
#include "support/shop.hpp"

namespace {

constexpr int kUnits = 3000;

app::Application application_with_units() {
    Shop shop;
    shop.receive_many(kUnits);
    app::Application application(std::move(shop.store), {"Alex", "MAIN", "A-03"}, "Dock 1",
                                 [moment = shop.now] { return *moment; });
    application.handle(app::ShowScreen{app::Screen::Units});
    return application;
}

// Answers what the screen asked for until it asks for no more; says how often.
int answer(Headless& screen, app::Application& application) {
    int answered = 0;
    while (screen.command_count() > 0 && answered < 1000) {
        const auto next = screen.asked<app::LoadNextRows>();
        const auto previous = screen.asked<app::LoadPreviousRows>();
        REQUIRE(next.size() + previous.size() == 1);
        screen.forget();
        ++answered;
        screen.show(next.empty() ? *application.handle(app::LoadPreviousRows{})
                                 : *application.handle(app::LoadNextRows{}));
    }
    return answered;
}

}  // namespace

TEST_CASE("the wheel leads to the last unit and back to the first", "[ui][list]") {
    app::Application application = application_with_units();
    const int height = GENERATE(800, 1920);
    Headless screen(1280, height);
    screen.show(*application.state());
    screen.scroll_over("SN-10001", 0);
    int pages = answer(screen, application);
    for (int turns = 0; turns < 2000 && !screen.shows("SN-12999"); ++turns) {
        screen.scroll_over_again(-7);
        pages += answer(screen, application);
    }
    CHECK(screen.shows("SN-12999"));
    CHECK(pages == kUnits / 100 - 1);  // each page was read once
    for (int turns = 0; turns < 2000 && !screen.shows("SN-10000"); ++turns) {
        screen.scroll_over_again(7);
        pages += answer(screen, application);
    }
    CHECK(screen.shows("SN-10000"));
    CHECK(pages <= 2 * kUnits / 100);
}

#include "ui/tour.hpp"

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "inventory/lifecycle.hpp"

namespace ui {
namespace {

using app::Screen;
using inventory::Action;
using inventory::Status;

using Clock = std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{60};       // for one label to be read
constexpr std::chrono::milliseconds kSettled{900};  // longer than the flash after a scan

// One line of the story: wait until `ready`, tell it, then do `step`.
struct Scene {
    std::function<bool(const app::State&)> ready;
    std::string story;  // "" = nothing to tell
    Step step;
};

bool shows(const app::State& state, const std::string& serial, Status status) {
    return state.record && state.record->unit.serial == serial &&
           state.record->unit.status == status;
}

Step click(std::string words) { return {Step::Kind::Click, std::move(words)}; }

class Tour {
 public:
    explicit Tour(TourOptions options) : options_(std::move(options)) {
        receiving();
        sale();
        giving_back();
        list();
        add([](const app::State&) { return true; }, "The demo is over.", {Step::Kind::Close, ""});
    }

    Step next(const app::State& state) {
        if (at_ >= scenes_.size()) return {};
        const Scene& scene = scenes_[at_];
        const auto now = Clock::now();
        if (!scene.ready(state)) {
            ready_since_.reset();
            if (now - begun_ < kPatience) return {};
            return {Step::Kind::GiveUp, "the tour waited a minute in vain after: " + told_};
        }
        if (!ready_since_) ready_since_ = now;
        // A picture is taken when nothing moves any more.
        if (scene.step.kind == Step::Kind::Capture && now - *ready_since_ < kSettled) return {};
        ++at_;
        begun_ = now;
        ready_since_.reset();
        if (!scene.story.empty()) told_ = scene.story;
        if (!scene.story.empty()) options_.tell(scene.story);
        return scene.step;
    }

 private:
    using Ready = std::function<bool(const app::State&)>;

    void add(Ready ready, std::string story, Step step) {
        scenes_.push_back({std::move(ready), std::move(story), std::move(step)});
    }

    void picture(const std::string& name, const Ready& ready) {
        const std::string file = options_.folder + "/" + name + ".png";
        add(ready, "   picture: " + file, {Step::Kind::Capture, file});
    }

    void go_to(Screen screen, const std::string& words, const std::string& story) {
        add([](const app::State&) { return true; }, story, click(words));
        add([screen](const app::State& state) { return state.screen == screen; }, "", {});
    }

    void receiving() {
        const std::string sn = options_.arriving;
        add(
            [](const app::State& state) {
                return state.camera.state == scanner::CameraState::Live;
            },
            "1. Receiving dock: Router X, lot L-22, place MAIN · A-03 are set; a box is held "
            "before the camera.",
            {});
        const Ready registered = [sn](const app::State& state) {
            return shows(state, sn, Status::InStock) && state.feedback.tone == app::Tone::Done;
        };
        add(registered, "   " + sn + " was read and registered: In Stock. No tap was needed.", {});
        picture("1-receiving", registered);
    }

    void sale() {
        const std::string sn = options_.in_stock;
        go_to(
            Screen::Dispatch, "Dispatch",
            "2. Dispatch: the client and the order are set; the next box comes before the camera.");
        const Ready seen = [sn](const app::State& state) {
            return shows(state, sn, Status::InStock);
        };
        add(seen, "   " + sn + " was read: In Stock, it can be sold.", {});
        picture("2-dispatch-before", seen);
        add(seen, "   The operator taps Mark as Sold.",
            click(std::string(inventory::label(Action::Sell))));
        const Ready sold = [sn](const app::State& state) { return shows(state, sn, Status::Sold); };
        add(sold, "   " + sn + " is Sold.", {});
        picture("3-dispatch-sold", sold);
    }

    void giving_back() {
        const std::string sn = options_.sold;
        go_to(Screen::Returns, "Returns",
              "3. Returns counter: a client brings a box back; it comes before the camera.");
        const Ready seen = [sn](const app::State& state) { return shows(state, sn, Status::Sold); };
        add(seen, "   " + sn + " was read: ours, sold; the warranty is shown.", {});
        picture("4-returns-verdict", seen);
        add(seen, "   The operator taps Mark as Returned.",
            click(std::string(inventory::label(Action::Return))));
        const Ready back = [sn](const app::State& state) {
            return shows(state, sn, Status::Returned);
        };
        add(back, "   " + sn + " is Returned.", {});
        picture("5-returns-done", back);
    }

    void list() {
        go_to(Screen::Units, "Serial Numbers", "4. All units, with their status and counts.");
        picture("6-serial-numbers",
                [](const app::State& state) { return !state.list.rows->empty(); });
    }

    TourOptions options_;
    std::vector<Scene> scenes_;
    std::size_t at_ = 0;
    Clock::time_point begun_ = Clock::now();        // when the scene before this one was over
    std::optional<Clock::time_point> ready_since_;  // of this scene
    std::string told_ = "the start";
};

}  // namespace

std::function<Step(const app::State&)> make_tour(TourOptions options) {
    auto tour = std::make_shared<Tour>(std::move(options));
    return [tour](const app::State& state) { return tour->next(state); };
}

}  // namespace ui

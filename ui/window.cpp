#include "ui/window.hpp"

// GLFW brings OpenGL's header along.
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "base/log.hpp"
#include "ui/imgui_compat.hpp"
#include "ui/live_texture.hpp"
#include "ui/player.hpp"
#include "ui/png.hpp"
#include "ui/scan_burst.hpp"
#include "ui/session.hpp"

namespace ui {
namespace {

// How other threads reach the window. The only object of the process here, because wake_window()
// and close_window() are called from signal and worker threads that know no window.
struct Doorbell {
    std::mutex mutex;
    bool open = false;   // glfwPostEmptyEvent may be called
    bool close = false;  // asked to close

    void ring() {
        const std::lock_guard lock(mutex);
        if (open) glfwPostEmptyEvent();
    }
};

Doorbell& doorbell() {
    static Doorbell bell;
    return bell;
}

constexpr int kSettleFrames = 3;            // ImGui needs a few frames to answer to one event
constexpr double kTimedSeconds = 1.0 / 30;  // between frames while something moves
constexpr double kCaretSeconds = 0.4;       // between frames while the text cursor blinks
constexpr double kLeastSeconds = 0.001;
constexpr double kBusySeconds = 0.02;  // before a command that found the queue full is sent again
// Commands; a person cannot tap more while the stock is busy.
constexpr std::size_t kUnsentMax = 64;

std::string glfw_error() {
    const char* words = nullptr;
    glfwGetError(&words);
    return words == nullptr ? "unknown" : words;
}

// GLFW itself for the life of the window.
struct Library {
    Library() : good(glfwInit() == GLFW_TRUE) {}
    ~Library() {
        if (good) glfwTerminate();
    }
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
    bool good;
};

struct OpenBell {
    OpenBell() {
        const std::lock_guard lock(doorbell().mutex);
        doorbell().open = true;
    }
    ~OpenBell() {
        const std::lock_guard lock(doorbell().mutex);
        doorbell().open = false;
        doorbell().close = false;
    }
    OpenBell(const OpenBell&) = delete;
    OpenBell& operator=(const OpenBell&) = delete;
};

struct Backends {
    explicit Backends(GLFWwindow* window) {
        ImGui_ImplGlfw_InitForOpenGL(window, true);
        ImGui_ImplOpenGL3_Init("#version 150");
    }
    ~Backends() {
        ImGui_ImplOpenGL3_Shutdown();
        ImGui_ImplGlfw_Shutdown();
    }
    Backends(const Backends&) = delete;
    Backends& operator=(const Backends&) = delete;
};

class Running {
 public:
    Running(GLFWwindow* window, const WindowOptions& options, const Backend& backend, float scale)
        : window_(window), backend_(backend), session_(options.theme, scale), backends_(window) {
        if (!session_.fonts().note.empty()) base::log_error(session_.fonts().note);
        glfwSetWindowUserPointer(window, this);
        listen_to_keys();
        if (options.player) {
            player_ = std::make_unique<Player>(
                options.player, [this](const std::string& path) { return capture(path); });
        }
    }

    Result<void> run();
    void note_event() { frames_due_ = kSettleFrames; }
    void type(unsigned int character);
    void press(int key, int scancode, int action, int modifiers);

 private:
    void wait();
    void look_for_news();
    void take(const ScanBurst::Outcome& outcome);
    Result<void> frame();
    void send_commands();
    Result<void> capture(const std::string& path);
    bool asked_to_close();
    void listen_to_keys();

    GLFWwindow* window_;
    const Backend& backend_;
    Session session_;
    Backends backends_;
    // ImGui's, which get what a person types.
    GLFWcharfun type_on_ = nullptr;
    GLFWkeyfun press_on_ = nullptr;
    ScanBurst burst_;
    LiveTexture texture_;
    std::unique_ptr<Player> player_;
    std::vector<app::Command> unsent_;
    std::shared_ptr<const app::State> state_;
    LiveView live_;
    std::uint64_t drawn_revision_ = 0;
    bool drawn_any_ = false;
    int frames_due_ = kSettleFrames;
    bool closing_ = false;
};

Result<void> Running::run() {
    look_for_news();
    while (!asked_to_close()) {
        if (frames_due_ > 0 || session_.flashing(glfwGetTime()) || player_) {
            if (auto drawn = frame(); !drawn) return drawn;
        }
        wait();
        send_commands();
        look_for_news();
    }
    return {};
}

// After ImGui's backend, whose functions were in their place: a scan must not reach it.
void Running::listen_to_keys() {
    type_on_ = glfwSetCharCallback(window_, [](GLFWwindow* w, unsigned int character) {
        static_cast<Running*>(glfwGetWindowUserPointer(w))->type(character);
    });
    press_on_ = glfwSetKeyCallback(window_, [](GLFWwindow* w, int key, int scancode, int action,
                                               int modifiers) {
        static_cast<Running*>(glfwGetWindowUserPointer(w))->press(key, scancode, action, modifiers);
    });
}

void Running::type(unsigned int character) { take(burst_.character(character, glfwGetTime())); }

void Running::press(int key, int scancode, int action, int modifiers) {
    const bool enter = key == GLFW_KEY_ENTER || key == GLFW_KEY_KP_ENTER;
    if (action == GLFW_PRESS && (enter || key == GLFW_KEY_TAB)) {
        const auto outcome = burst_.ended_by(enter ? '\r' : '\t', glfwGetTime());
        take(outcome);
        if (outcome.key_taken) return;
    }
    // How a scanner types the group separator.
    const bool group = key == GLFW_KEY_RIGHT_BRACKET && (modifiers & GLFW_MOD_CONTROL) != 0;
    if (action == GLFW_PRESS && group) {
        take(burst_.character(U'\x1d', glfwGetTime()));
        return;
    }
    if (press_on_ != nullptr) press_on_(window_, key, scancode, action, modifiers);
}

void Running::take(const ScanBurst::Outcome& outcome) {
    if (!outcome.scan.empty()) {
        unsent_.emplace_back(app::TypedByScanner{outcome.scan});
        note_event();
    }
    if (outcome.to_type.empty() || type_on_ == nullptr) return;
    note_event();
    for (const char32_t character : outcome.to_type) type_on_(window_, character);
}

bool Running::asked_to_close() {
    if (closing_ || glfwWindowShouldClose(window_) == GLFW_TRUE) return true;
    const std::lock_guard lock(doorbell().mutex);
    return doorbell().close;
}

void Running::wait() {
    if (frames_due_ > 0 || compat::input_waiting()) {
        glfwPollEvents();
        take(burst_.silence(glfwGetTime()));
        return;
    }
    // What wakes the window if no event does.
    std::optional<double> seconds = burst_.due(glfwGetTime());
    const auto at_most = [&](double other) { seconds = std::min(seconds.value_or(other), other); };
    if (!unsent_.empty()) {
        at_most(kBusySeconds);
    } else if (session_.flashing(glfwGetTime()) || player_) {
        at_most(kTimedSeconds);
        frames_due_ = std::max(frames_due_, 1);  // also the one after the last, without the flash
    } else if (session_.typing()) {
        at_most(kCaretSeconds);
        frames_due_ = std::max(frames_due_, 1);
    }
    if (seconds)
        glfwWaitEventsTimeout(std::max(*seconds, kLeastSeconds));
    else
        glfwWaitEvents();
    take(burst_.silence(glfwGetTime()));
    if (compat::input_waiting()) frames_due_ = std::max(frames_due_, 1);
}

void Running::look_for_news() {
    auto state = backend_.newest_state();
    if (state != state_) {
        state_ = std::move(state);
        burst_.expect_anything(state_->screen == app::Screen::HardwareScanner);
        // One frame to take it over, one for what follows from it.
        frames_due_ = std::max(frames_due_, 2);
    }
    LiveView live = backend_.live_view();
    if (live.frame != live_.frame || live.sighting.frame != live_.sighting.frame ||
        live.sighting.symbols.size() != live_.sighting.symbols.size() || live.hint != live_.hint)
        frames_due_ = std::max(frames_due_, 1);
    live_ = std::move(live);
}

Result<void> Running::frame() {
    frames_due_ = std::max(0, frames_due_ - 1);
    int width = 0;
    int height = 0;
    glfwGetFramebufferSize(window_, &width, &height);
    if (width <= 0 || height <= 0) return {};  // minimized
    const Picture picture = texture_.show(live_.frame);
    ImGui_ImplOpenGL3_NewFrame();
    ImGui_ImplGlfw_NewFrame();
    if (player_) player_->before_frame(ImGui::GetIO());
    ImGui::NewFrame();
    const double now = glfwGetTime();
    const Theme theme = session_.view().theme;
    session_.draw(*state_, live_, picture, now, !unsent_.empty(), unsent_);
    if (session_.view().theme != theme) note_event();
    ImGui::Render();
    glViewport(0, 0, width, height);
    glClearColor(0, 0, 0, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
    if (player_) {
        auto close = player_->after_frame(*state_, session_.log(), now);
        if (!close) return fail(close.error());
        closing_ = *close;
    }
    glfwSwapBuffers(window_);
    if (!drawn_any_ || drawn_revision_ != state_->revision) {
        drawn_any_ = true;
        drawn_revision_ = state_->revision;
        if (backend_.on_drawn) backend_.on_drawn(*state_);
    }
    send_commands();
    return {};
}

void Running::send_commands() {
    if (unsent_.empty()) return;
    std::size_t sent = 0;
    while (sent < unsent_.size() && backend_.send(unsent_[sent])) ++sent;
    unsent_.erase(unsent_.begin(), unsent_.begin() + static_cast<std::ptrdiff_t>(sent));
    // Buttons are disabled while something is unsent, so more than this is text being typed, of
    // which the last is what counts.
    if (unsent_.size() > kUnsentMax) unsent_.erase(unsent_.begin(), unsent_.end() - kUnsentMax);
    if (sent > 0) frames_due_ = std::max(frames_due_, 1);
}

Result<void> Running::capture(const std::string& path) {
    int width = 0;
    int height = 0;
    glfwGetFramebufferSize(window_, &width, &height);
    return capture_png(path, width, height);
}

Running& running(GLFWwindow* window) {
    return *static_cast<Running*>(glfwGetWindowUserPointer(window));
}

// Set before ImGui's backend, which calls on to these.
void listen(GLFWwindow* window) {
    glfwSetCursorPosCallback(window,
                             [](GLFWwindow* w, double, double) { running(w).note_event(); });
    glfwSetCursorEnterCallback(window, [](GLFWwindow* w, int) { running(w).note_event(); });
    glfwSetMouseButtonCallback(window,
                               [](GLFWwindow* w, int, int, int) { running(w).note_event(); });
    glfwSetScrollCallback(window, [](GLFWwindow* w, double, double) { running(w).note_event(); });
    glfwSetKeyCallback(window, [](GLFWwindow* w, int, int, int, int) { running(w).note_event(); });
    glfwSetCharCallback(window, [](GLFWwindow* w, unsigned int) { running(w).note_event(); });
    glfwSetWindowFocusCallback(window, [](GLFWwindow* w, int) { running(w).note_event(); });
    glfwSetFramebufferSizeCallback(window,
                                   [](GLFWwindow* w, int, int) { running(w).note_event(); });
    glfwSetWindowRefreshCallback(window, [](GLFWwindow* w) { running(w).note_event(); });
}

GLFWwindow* create_window(const WindowOptions& options) {
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 2);
    glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
    glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
    GLFWmonitor* monitor = options.fullscreen ? glfwGetPrimaryMonitor() : nullptr;
    int width = options.width;
    int height = options.height;
    if (monitor != nullptr) {
        const GLFWvidmode* mode = glfwGetVideoMode(monitor);
        if (mode != nullptr) {
            width = mode->width;
            height = mode->height;
        }
    }
    return glfwCreateWindow(width, height, options.title.c_str(), monitor, nullptr);
}

float scale_of(const WindowOptions& options, GLFWwindow* window) {
    if (options.scale > 0) return static_cast<float>(options.scale);
    float across = 1;
    float down = 1;
    glfwGetWindowContentScale(window, &across, &down);
    return std::clamp(std::max(across, down), 0.5F, 4.0F);
}

Result<void> run(const WindowOptions& options, const Backend& backend) {
    const Library library;
    if (!library.good)
        return fail(ErrorKind::Device,
                    "no display: set DISPLAY or WAYLAND_DISPLAY, or use the command "
                    "line (" +
                        glfw_error() + ")");
    const OpenBell bell;
    GLFWwindow* window = create_window(options);
    if (window == nullptr)
        return fail(
            ErrorKind::Device,
            "no OpenGL 3.2 on this display: install a graphics driver (" + glfw_error() + ")");
    glfwMakeContextCurrent(window);
    glfwSwapInterval(1);
    glfwSetWindowSizeLimits(window, 360, 560, GLFW_DONT_CARE, GLFW_DONT_CARE);
    listen(window);
    Result<void> result;
    {
        Running running(window, options, backend, scale_of(options, window));
        result = running.run();
    }
    glfwDestroyWindow(window);
    return result;
}

}  // namespace

Result<void> run_window(const WindowOptions& options, const Backend& backend) {
    try {
        return run(options, backend);
    } catch (const std::exception& error) {
        return fail(ErrorKind::Device, std::string("the window had to close: ") + error.what());
    }
}

void wake_window() { doorbell().ring(); }

void close_window() {
    {
        const std::lock_guard lock(doorbell().mutex);
        if (!doorbell().open) return;
        doorbell().close = true;
    }
    doorbell().ring();
}

}  // namespace ui

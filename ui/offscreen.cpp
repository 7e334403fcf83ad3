// The same screens without a display: an EGL context on Mesa's software renderer that has no
// surface, and a framebuffer of our own.
#define EGL_NO_X11  // its headers define words of ours as macros
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include <exception>
#include <vector>

#include "ui/imgui_compat.hpp"
#include "ui/live_texture.hpp"
#include "ui/models/profiles.hpp"
#include "ui/png.hpp"
#include "ui/session.hpp"
#include "ui/window.hpp"

namespace ui {
namespace {

constexpr int kFramesToSettle = 4;  // scroll areas know their height only after a frame
constexpr int kSideMax = 8192;      // pixels; what software OpenGL takes for sure

constexpr unsigned int kFramebuffer = 0x8D40;  // GL_FRAMEBUFFER
constexpr unsigned int kColourPart = 0x8CE0;   // GL_COLOR_ATTACHMENT0
constexpr unsigned int kComplete = 0x8CD5;     // GL_FRAMEBUFFER_COMPLETE

class Context {
 public:
    Context() = default;
    ~Context() {
        if (context_ != EGL_NO_CONTEXT) {
            eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
            eglDestroyContext(display_, context_);
        }
        if (display_ != EGL_NO_DISPLAY) eglTerminate(display_);
    }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    Result<void> make() {
        const auto get_display = reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(
            eglGetProcAddress("eglGetPlatformDisplayEXT"));
        if (get_display == nullptr) return no_renderer("EGL knows no platforms");
        display_ = get_display(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
        if (display_ == EGL_NO_DISPLAY || eglInitialize(display_, nullptr, nullptr) != EGL_TRUE)
            return no_renderer("no surfaceless display");
        if (eglBindAPI(EGL_OPENGL_API) != EGL_TRUE) return no_renderer("no desktop OpenGL");
        constexpr EGLint kConfig[] = {EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_SURFACE_TYPE, 0,
                                      EGL_NONE};
        EGLConfig config = nullptr;
        EGLint found = 0;
        eglChooseConfig(display_, kConfig, &config, 1, &found);
        constexpr EGLint kVersion[] = {EGL_CONTEXT_MAJOR_VERSION, 3, EGL_CONTEXT_MINOR_VERSION, 3,
                                       EGL_NONE};
        context_ =
            eglCreateContext(display_, found > 0 ? config : nullptr, EGL_NO_CONTEXT, kVersion);
        if (context_ == EGL_NO_CONTEXT ||
            eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_) != EGL_TRUE)
            return no_renderer("no OpenGL 3.3");
        return {};
    }

 private:
    static Result<void> no_renderer(const char* why) {
        return fail(ErrorKind::Device, std::string("no software OpenGL (") + why +
                                           "): install libegl1 and libgl1-mesa-dri");
    }

    EGLDisplay display_ = EGL_NO_DISPLAY;
    EGLContext context_ = EGL_NO_CONTEXT;
};

template <typename Function>
Function gl_function(const char* name) {
    return reinterpret_cast<Function>(eglGetProcAddress(name));
}

// A framebuffer with a colour texture, bound for drawing and reading until the context goes.
Result<void> bind_framebuffer(int width, int height) {
    const auto generate = gl_function<void (*)(int, unsigned int*)>("glGenFramebuffers");
    const auto bind = gl_function<void (*)(unsigned int, unsigned int)>("glBindFramebuffer");
    const auto attach =
        gl_function<void (*)(unsigned int, unsigned int, unsigned int, unsigned int, int)>(
            "glFramebufferTexture2D");
    const auto check = gl_function<unsigned int (*)(unsigned int)>("glCheckFramebufferStatus");
    if (generate == nullptr || bind == nullptr || attach == nullptr || check == nullptr)
        return fail(ErrorKind::Device, "this OpenGL has no framebuffers: install libgl1-mesa-dri");
    unsigned int texture = 0;
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    unsigned int framebuffer = 0;
    generate(1, &framebuffer);
    bind(kFramebuffer, framebuffer);
    attach(kFramebuffer, kColourPart, GL_TEXTURE_2D, texture, 0);
    if (check(kFramebuffer) != kComplete)
        return fail(ErrorKind::Device,
                    "a picture of this size cannot be drawn: choose a smaller --size");
    return {};
}

struct Renderer {
    Renderer() { ImGui_ImplOpenGL3_Init("#version 330 core"); }
    ~Renderer() { ImGui_ImplOpenGL3_Shutdown(); }
    Renderer(const Renderer&) = delete;
    Renderer& operator=(const Renderer&) = delete;
};

void draw_frame(Session& session, const app::State& state, const LiveView& view,
                const Picture& picture, const PictureOptions& options, int number) {
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(options.width), static_cast<float>(options.height)};
    io.DeltaTime = 1.0F / 60;
    ImGui_ImplOpenGL3_NewFrame();
    ImGui::NewFrame();
    std::vector<app::Command> nobody;  // nothing is touched, so nothing can be asked that matters
    session.draw(state, view, picture, number, false, nobody);
    ImGui::Render();
    glViewport(0, 0, options.width, options.height);
    glClearColor(0, 0, 0, 1);
    glClear(GL_COLOR_BUFFER_BIT);
    ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

Result<void> draw(const app::State& state, const LiveView& view, const PictureOptions& options,
                  const std::string& path) {
    if (options.width < 1 || options.height < 1 || options.width > kSideMax ||
        options.height > kSideMax)
        return fail(ErrorKind::InvalidInput, "the size of a picture is 1x1 to 8192x8192 pixels");
    Context context;
    if (auto made = context.make(); !made) return made;
    if (auto bound = bind_framebuffer(options.width, options.height); !bound) return bound;
    Session session(options.theme, static_cast<float>(options.scale));
    compat::map_keys(ImGui::GetIO());
    const Renderer renderer;
    LiveTexture texture;
    const Picture picture = texture.show(view.frame);
    for (int i = 0; i < kFramesToSettle; ++i) {
        draw_frame(session, state, view, picture, options, i);
        if (i > 0 || options.profile.empty()) continue;
        session.view().profile = make_profile_draft(*state.catalog, options.profile);
        session.view().profile->sample = state.profile.scanned;
    }
    return capture_png(path, options.width, options.height);
}

}  // namespace

Result<void> draw_to_png(const app::State& state, const LiveView& view,
                         const PictureOptions& options, const std::string& path) {
    try {
        return draw(state, view, options, path);
    } catch (const std::exception& error) {
        return fail(ErrorKind::Device,
                    std::string("the picture could not be drawn: ") + error.what());
    }
}

}  // namespace ui

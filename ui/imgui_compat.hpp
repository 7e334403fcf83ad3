// Everything in which Dear ImGui 1.86, 1.90 and 1.92 differ for us, and nothing else.
#pragma once

#include <imgui.h>
#include <imgui_internal.h>
#if __has_include(<imgui_stdlib.h>)
#include <imgui_stdlib.h>
#else
#include <misc/cpp/imgui_stdlib.h>
#endif

#include <cstdint>

namespace ui::compat {

inline void push_font(ImFont* font, float size) {
#if IMGUI_VERSION_NUM >= 19200
    ImGui::PushFont(font, size);
#else
    static_cast<void>(size);  // a font has the one size it was loaded in
    ImGui::PushFont(font);
#endif
}

inline ImTextureID texture_id(unsigned int gl_name) {
#if IMGUI_VERSION_NUM >= 19140
    return static_cast<ImTextureID>(gl_name);
#else
    // ImGui's own convention: the pointer is the number.
    // NOLINTNEXTLINE(performance-no-int-to-ptr)
    return reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(gl_name));
#endif
}

// A part of the window that scrolls by itself and shares keyboard navigation with it.
inline bool begin_scroll(const char* id, ImVec2 size) {
    constexpr ImGuiWindowFlags kFlags = ImGuiWindowFlags_NoBackground;
#if IMGUI_VERSION_NUM >= 19090
    return ImGui::BeginChild(id, size, ImGuiChildFlags_NavFlattened, kFlags);
#else
    return ImGui::BeginChild(id, size, false, kFlags | ImGuiWindowFlags_NavFlattened);
#endif
}

// Input events. Before 1.87 the state of the devices is set directly; a backend must not have
// overwritten it afterwards (so: between the backend's NewFrame and ImGui's).
inline void move_pointer(ImGuiIO& io, float x, float y) {
#if IMGUI_VERSION_NUM >= 18700
    io.AddMousePosEvent(x, y);
#else
    io.MousePos = ImVec2(x, y);
#endif
}

inline void press_pointer(ImGuiIO& io, bool down) {
#if IMGUI_VERSION_NUM >= 18700
    io.AddMouseButtonEvent(0, down);
#else
    io.MouseDown[0] = down;
#endif
}

inline void turn_wheel(ImGuiIO& io, float lines) {
#if IMGUI_VERSION_NUM >= 18700
    io.AddMouseWheelEvent(0, lines);
#else
    io.MouseWheel += lines;
#endif
}

inline void press_key(ImGuiIO& io, ImGuiKey key, bool down) {
#if IMGUI_VERSION_NUM >= 18700
    io.AddKeyEvent(key, down);
#else
    if (io.KeyMap[key] >= 0) io.KeysDown[io.KeyMap[key]] = down;
#endif
}

inline bool key_pressed(ImGuiKey key) {
#if IMGUI_VERSION_NUM >= 18700
    return ImGui::IsKeyPressed(key, false);
#else
    return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key), false);
#endif
}

// Events that ImGui keeps for its next frames (it may spread a burst over several).
inline bool input_waiting() {
#if IMGUI_VERSION_NUM >= 18700
    return ImGui::GetCurrentContext()->InputEventsQueue.Size > 0;
#else
    return false;
#endif
}

// For a context without a window system: old versions want to be told about keys.
inline void map_keys(ImGuiIO& io) {
#if IMGUI_VERSION_NUM < 18700
    for (int key = 0; key < ImGuiKey_COUNT; ++key) io.KeyMap[key] = key;
#else
    static_cast<void>(io);
#endif
}

// For a context without any backend: keys and the font texture, which is then never uploaded.
inline void prepare_headless(ImGuiIO& io) {
    map_keys(io);
#if IMGUI_VERSION_NUM >= 19200
    io.BackendFlags |= ImGuiBackendFlags_RendererHasTextures;
#else
    unsigned char* pixels = nullptr;
    int width = 0;
    int height = 0;
    io.Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
#endif
}

// After ImGui::Render() of a context without a renderer: textures count as uploaded.
inline void settle_headless() {
#if IMGUI_VERSION_NUM >= 19200
    for (ImTextureData* texture : ImGui::GetPlatformIO().Textures) {
        if (texture->Status == ImTextureStatus_WantDestroy) {
            texture->SetTexID(ImTextureID_Invalid);
            texture->SetStatus(ImTextureStatus_Destroyed);
        } else if (texture->Status != ImTextureStatus_Destroyed) {
            texture->SetTexID(1);
            texture->SetStatus(ImTextureStatus_OK);
        }
    }
#endif
}

}  // namespace ui::compat

#include "ui/live_texture.hpp"

#include <GLFW/glfw3.h>

#include <cstddef>

#include "ui/imgui_compat.hpp"

#ifndef GL_CLAMP_TO_EDGE
#define GL_CLAMP_TO_EDGE 0x812F
#endif

namespace ui {
namespace {

// A frame without colours becomes grey RGBA; cameras deliver RGBA, so this is for stills and tests.
scanner::Pixels grey_as_rgba(const scanner::Frame& frame) {
    scanner::Pixels pixels;
    pixels.reserve(frame.grey->size() * 4);
    for (const std::uint8_t grey : *frame.grey)
        pixels.insert(pixels.end(), {grey, grey, grey, 255});
    return pixels;
}

bool complete(const scanner::Frame& frame) {
    if (frame.width <= 0 || frame.height <= 0) return false;
    const std::size_t pixels =
        static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height);
    if (frame.rgba != nullptr) return frame.rgba->size() >= pixels * 4;
    return frame.grey != nullptr && frame.grey->size() >= pixels;
}

}  // namespace

LiveTexture::~LiveTexture() {
    if (name_ != 0) glDeleteTextures(1, &name_);
}

Picture LiveTexture::show(const std::shared_ptr<const scanner::Frame>& frame) {
    if (frame == nullptr || !complete(*frame)) {
        shown_.reset();
        return {};
    }
    const bool same = shown_ == frame;
    if (!same) upload(*frame);
    shown_ = frame;
    return Picture{compat::texture_id(name_), frame->width, frame->height};
}

void LiveTexture::upload(const scanner::Frame& frame) {
    const bool same_size = name_ != 0 && shown_ != nullptr && shown_->width == frame.width &&
                           shown_->height == frame.height;
    if (name_ == 0) glGenTextures(1, &name_);
    glBindTexture(GL_TEXTURE_2D, name_);
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
    const scanner::Pixels own = frame.rgba == nullptr ? grey_as_rgba(frame) : scanner::Pixels();
    const std::uint8_t* pixels = frame.rgba == nullptr ? own.data() : frame.rgba->data();
    if (same_size) {
        glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, frame.width, frame.height, GL_RGBA,
                        GL_UNSIGNED_BYTE, pixels);
        return;
    }
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, frame.width, frame.height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                 pixels);
}

}  // namespace ui

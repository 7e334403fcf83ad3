// The camera's picture on the graphics card. Needs a current OpenGL context for its whole life.
#pragma once

#include <cstdint>
#include <memory>

#include "scanner/frame.hpp"
#include "ui/canvas.hpp"

namespace ui {

class LiveTexture {
 public:
    LiveTexture() = default;
    ~LiveTexture();
    LiveTexture(const LiveTexture&) = delete;
    LiveTexture& operator=(const LiveTexture&) = delete;

    // Uploads `frame` when it is another one than last time; null takes the picture away.
    Picture show(const std::shared_ptr<const scanner::Frame>& frame);

 private:
    void upload(const scanner::Frame& frame);

    unsigned int name_ = 0;
    std::shared_ptr<const scanner::Frame> shown_;  // kept, so that its address stays its own
};

}  // namespace ui

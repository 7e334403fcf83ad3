// Pictures of the screen as PNG files.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"

namespace ui {

// `rgba`: rows from the bottom, as OpenGL reads them; written opaque. Storage when that fails.
Result<void> write_png(const std::string& path, int width, int height,
                       const std::vector<std::uint8_t>& rgba);

// Reads the current framebuffer of the current OpenGL context and writes it.
Result<void> capture_png(const std::string& path, int width, int height);

}  // namespace ui

#include "ui/png.hpp"

#include <GLFW/glfw3.h>
#include <stb_image_write.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <fstream>
#include <string_view>

namespace ui {
namespace {

void append(void* context, void* data, int size) {
    static_cast<std::string*>(context)->append(static_cast<const char*>(data),
                                               static_cast<std::size_t>(size));
}

}  // namespace

Result<void> write_png(const std::string& path, int width, int height,
                       const std::vector<std::uint8_t>& rgba) {
    const auto row = static_cast<std::size_t>(width) * 4;
    std::vector<std::uint8_t> upright(row * static_cast<std::size_t>(height));
    for (std::size_t y = 0; y < static_cast<std::size_t>(height); ++y)
        std::memcpy(&upright[y * row], &rgba[(static_cast<std::size_t>(height) - 1 - y) * row],
                    row);
    for (std::size_t i = 3; i < upright.size(); i += 4) upright[i] = 255;
    std::string bytes;
    if (stbi_write_png_to_func(append, &bytes, width, height, 4, upright.data(), width * 4) == 0)
        return fail(ErrorKind::Storage, "the picture could not be made: not enough memory");
    errno = 0;
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file)
        return fail(ErrorKind::Storage,
                    "cannot write " + path + ": " +
                        (errno != 0 ? std::strerror(errno) : "the disk may be full"));
    return {};
}

Result<void> capture_png(const std::string& path, int width, int height) {
    std::vector<std::uint8_t> pixels(static_cast<std::size_t>(width) *
                                     static_cast<std::size_t>(height) * 4);
    glPixelStorei(GL_PACK_ALIGNMENT, 4);
    glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, pixels.data());
    return write_png(path, width, height, pixels);
}

}  // namespace ui

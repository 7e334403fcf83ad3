// Still pictures: PNG, JPEG and BMP by stb_image, WebP by libwebp. What a file is, its first bytes
// say; its name is not asked.
#include <stb_image.h>
#include <webp/decode.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>

#include "scanner/pixels.hpp"
#include "scanner/source.hpp"
#include "scanner/still.hpp"

namespace scanner {
namespace {

constexpr std::uintmax_t kFileBytesMax = 512ULL << 20U;
constexpr std::int64_t kPixelsMax = 100'000'000;  // 400 MB as RGBA: beyond every camera at hand
constexpr int kSideMax = 65'500;                  // JPEG's own limit

struct Decoded {
    int width = 0;
    int height = 0;
    Pixels rgba;
};

struct Size {
    int width = 0;
    int height = 0;
};

tl::unexpected<Error> refuse(const std::string& path, const std::string& why) {
    return fail(ErrorKind::InvalidInput, "“" + path + "” " + why);
}

Result<Pixels> read_bytes(const std::string& path) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status))
        return refuse(path, "does not exist; check the path and try again");
    if (std::filesystem::is_directory(status))
        return refuse(path, "is a folder, not a picture; name a file in it");
    if (!std::filesystem::is_regular_file(status))
        return refuse(path, "is not a file; give a PNG, JPEG, WebP or BMP picture");
    const auto size = std::filesystem::file_size(path, error);
    if (error) return refuse(path, "cannot be read (" + error.message() + ")");
    if (size == 0) return refuse(path, "is empty; save or copy the picture again");
    if (size > kFileBytesMax) return refuse(path, "is larger than 512 MB; save it smaller");
    std::ifstream file(path, std::ios::binary);
    Pixels bytes(static_cast<std::size_t>(size));
    if (!file.read(reinterpret_cast<char*>(bytes.data()), static_cast<std::streamsize>(size)))
        return refuse(path, "cannot be read; check that you may read it");
    return bytes;
}

// Nothing when it is no WebP picture; 0 × 0 when it begins like one and is damaged.
std::optional<Size> webp_size(const Pixels& bytes) {
    if (!looks_like_webp(bytes)) return std::nullopt;
    Size size;
    if (WebPGetInfo(bytes.data(), bytes.size(), &size.width, &size.height) == 0) return Size{};
    return size;
}

std::optional<Size> stb_size(const Pixels& bytes) {
    if (!looks_like_picture(bytes)) return std::nullopt;
    Size size;
    int channels = 0;
    if (stbi_info_from_memory(bytes.data(), static_cast<int>(bytes.size()), &size.width,
                              &size.height, &channels) != 0)
        return size;
    // stb does not say that a PNG is too large for it; the header does. Anything else is damage.
    const auto big_endian = [&](std::size_t at) {
        int value = 0;
        for (std::size_t i = at; i < at + 4; ++i) value = (value & 0x7fffff) << 8 | bytes[i];
        return value;
    };
    const bool png = bytes.front() == 0x89 && bytes.size() >= 24;
    return png ? Size{big_endian(16), big_endian(20)} : Size{};
}

bool decode_webp(const Pixels& bytes, Decoded& picture) {
    return WebPDecodeRGBAInto(bytes.data(), bytes.size(), picture.rgba.data(), picture.rgba.size(),
                              picture.width * 4) != nullptr;
}

bool decode_stb(const Pixels& bytes, Decoded& picture) {
    int width = 0;
    int height = 0;
    int channels = 0;
    // stb reduces 16 bits a channel to 8 by itself.
    const std::unique_ptr<stbi_uc, void (*)(void*)> data(
        stbi_load_from_memory(bytes.data(), static_cast<int>(bytes.size()), &width, &height,
                              &channels, 4),
        stbi_image_free);
    if (!data || width != picture.width || height != picture.height) return false;
    std::copy_n(data.get(), picture.rgba.size(), picture.rgba.begin());
    return true;
}

constexpr const char* kDamaged = "is damaged or cut off; copy or save the picture again";

Result<Decoded> decode_bytes(const std::string& path, const Pixels& bytes) {
    const auto webp = webp_size(bytes);
    const auto size = webp ? webp : stb_size(bytes);
    if (!size) return refuse(path, "is not a picture; give a PNG, JPEG, WebP or BMP file");
    if (size->width <= 0 || size->height <= 0) return refuse(path, kDamaged);
    if (std::int64_t{size->width} * size->height > kPixelsMax || size->width > kSideMax ||
        size->height > kSideMax)
        return refuse(path, "is too large; save it with at most 100 megapixels");
    Decoded picture{size->width, size->height, {}};
    picture.rgba.resize(static_cast<std::size_t>(size->width) *
                        static_cast<std::size_t>(size->height) * 4);
    if (!(webp ? decode_webp(bytes, picture) : decode_stb(bytes, picture)))
        return refuse(path, kDamaged);
    return picture;
}

}  // namespace

Result<Frame> load_picture(const std::string& path) {
    auto bytes = read_bytes(path);
    if (!bytes) return fail(std::move(bytes.error()));
    if (is_cut_off(*bytes)) return refuse(path, kDamaged);
    auto picture = decode_bytes(path, *bytes);
    if (!picture) return fail(std::move(picture.error()));
    lay_over_white(picture->rgba);
    Frame frame;
    frame.number = 1;
    frame.width = picture->width;
    frame.height = picture->height;
    frame.grey = std::make_shared<const Pixels>(grey_of(picture->rgba));
    frame.rgba = std::make_shared<const Pixels>(std::move(picture->rgba));
    frame.captured = std::chrono::steady_clock::now();
    return frame;
}

}  // namespace scanner

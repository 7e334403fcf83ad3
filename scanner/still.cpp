#include "scanner/still.hpp"

#include <algorithm>
#include <fstream>
#include <string_view>

namespace scanner {
namespace {

using namespace std::string_view_literals;

constexpr std::string_view kPng = "\x89PNG\r\n\x1a\n"sv;
constexpr std::string_view kJpeg = "\xff\xd8\xff"sv;
constexpr std::string_view kBmp = "BM"sv;
constexpr std::string_view kPngEnd = "IEND\xae\x42\x60\x82"sv;
constexpr std::string_view kJpegEnd = "\xff\xd9"sv;
constexpr std::uint8_t kJpegScan = 0xda;
constexpr std::size_t kHeadBytes = 32;

std::string_view text_of(const Pixels& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

bool begins_with(const Pixels& bytes, std::string_view head) {
    return text_of(bytes).starts_with(head);
}

std::size_t little_endian_32(const Pixels& bytes, std::size_t at) {
    std::size_t value = 0;
    for (std::size_t i = 4; i > 0; --i) value = (value << 8U) | bytes[at + i - 1];
    return value;
}

// A BMP has no magic number worth the name, so its header has to make sense, too.
bool looks_like_bmp(const Pixels& bytes) {
    if (!begins_with(bytes, kBmp) || bytes.size() < 26) return false;
    const std::size_t header = little_endian_32(bytes, 14);
    return header == 12 || (header >= 40 && header <= 124);
}

// Where a JPEG's picture data begins. Before it, there may be a thumbnail with an end mark of its
// own.
std::size_t jpeg_scan_begin(const Pixels& bytes) {
    std::size_t at = 2;
    while (at + 4 <= bytes.size() && bytes[at] == 0xff && bytes[at + 1] != kJpegScan) {
        const bool fill_byte = bytes[at + 1] == 0xff;
        at += fill_byte ? 1 : 2 + (std::size_t{bytes[at + 2]} << 8U) + bytes[at + 3];
    }
    return at;
}

}  // namespace

bool looks_like_webp(const Pixels& bytes) {
    return begins_with(bytes, "RIFF"sv) && bytes.size() >= 12 &&
           text_of(bytes).substr(8, 4) == "WEBP"sv;
}

bool looks_like_picture(const Pixels& bytes) {
    return begins_with(bytes, kPng) || begins_with(bytes, kJpeg) || looks_like_bmp(bytes) ||
           looks_like_webp(bytes);
}

bool is_cut_off(const Pixels& bytes) {
    if (begins_with(bytes, kPng)) return text_of(bytes).find(kPngEnd) == std::string_view::npos;
    // Cameras may append data of their own after the end mark, so it is looked for, not expected
    // last.
    if (begins_with(bytes, kJpeg))
        return text_of(bytes).find(kJpegEnd, jpeg_scan_begin(bytes)) == std::string_view::npos;
    if (looks_like_webp(bytes)) return bytes.size() < little_endian_32(bytes, 4) + 8;
    if (looks_like_bmp(bytes)) return bytes.size() < little_endian_32(bytes, 2);
    return false;
}

bool is_picture_file(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    Pixels head(kHeadBytes);
    file.read(reinterpret_cast<char*>(head.data()), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
    return looks_like_picture(head);
}

}  // namespace scanner

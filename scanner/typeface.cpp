#include "scanner/typeface.hpp"

#include <stb_truetype.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <opencv2/imgproc.hpp>
#include <vector>

namespace scanner {
namespace {

constexpr const char* kFolder = "/usr/share/fonts/opentype/inter/";

const char* file_of(Weight weight) {
    switch (weight) {
        case Weight::Regular: return "Inter-Regular.otf";
        case Weight::Bold: return "Inter-SemiBold.otf";
    }
    return "";
}

std::vector<unsigned char> typeface_bytes(Weight weight) {
    std::ifstream file(std::string(kFolder) + file_of(weight), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// UTF-8 to code points; a broken sequence becomes a question mark.
std::vector<int> code_points(const std::string& text) {
    std::vector<int> points;
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i++]);
        const int more = lead < 0x80 ? 0 : lead < 0xc0 ? -1 : lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
        int point = more == 0 ? lead : lead & (0x3f >> std::max(more, 0));
        for (int k = 0; k < more && i < text.size(); ++k)
            point = (point << 6) | (static_cast<unsigned char>(text[i++]) & 0x3f);
        points.push_back(more < 0 ? '?' : point);
    }
    return points;
}

cv::Mat draw_outlines(const stbtt_fontinfo& font, const std::string& text, int height) {
    const float scale = stbtt_ScaleForPixelHeight(&font, static_cast<float>(height));
    int ascent = 0;
    stbtt_GetFontVMetrics(&font, &ascent, nullptr, nullptr);
    const int baseline = cvRound(static_cast<float>(ascent) * scale);
    const auto points = code_points(text);
    std::vector<int> starts;
    float x = 1;
    for (std::size_t i = 0; i < points.size(); ++i) {
        starts.push_back(cvRound(x));
        int advance = 0;
        stbtt_GetCodepointHMetrics(&font, points[i], &advance, nullptr);
        const int kern = i + 1 < points.size()
                             ? stbtt_GetCodepointKernAdvance(&font, points[i], points[i + 1])
                             : 0;
        x += static_cast<float>(advance + kern) * scale;
    }
    cv::Mat ink = cv::Mat::zeros(height, std::max(1, cvRound(x) + 2), CV_8UC1);
    for (std::size_t i = 0; i < points.size(); ++i) {
        int width = 0;
        int rows = 0;
        int left = 0;
        int top = 0;
        unsigned char* glyph =
            stbtt_GetCodepointBitmap(&font, scale, scale, points[i], &width, &rows, &left, &top);
        if (glyph == nullptr) continue;
        const cv::Mat shape(rows, width, CV_8UC1, glyph);
        const cv::Rect wanted(starts[i] + left, baseline + top, width, rows);
        const cv::Rect seen = wanted & cv::Rect(0, 0, ink.cols, ink.rows);
        if (!seen.empty()) {
            // Neighbouring letters may overlap: neither may wipe out the other.
            cv::Mat target = ink(seen);
            cv::bitwise_or(target, shape(seen - wanted.tl()), target);
        }
        stbtt_FreeBitmap(glyph, nullptr);
    }
    return ink;
}

// OpenCV's stroke letters: not pretty, always there.
cv::Mat draw_strokes(const std::string& text, const TextStyle& style) {
    const int thickness = style.weight == Weight::Bold ? 2 : 1;
    const double scale = style.height / 36.0;
    int below = 0;
    const cv::Size size = cv::getTextSize(text, cv::FONT_HERSHEY_SIMPLEX, scale, thickness, &below);
    cv::Mat ink = cv::Mat::zeros(style.height, size.width + 2, CV_8UC1);
    cv::putText(ink, text, {1, style.height - below}, cv::FONT_HERSHEY_SIMPLEX, scale, {255},
                thickness, cv::LINE_AA);
    return ink;
}

}  // namespace

cv::Mat render_text(const std::string& text, const TextStyle& style) {
    if (text.empty()) return cv::Mat::zeros(style.height, 1, CV_8UC1);
    const auto bytes = typeface_bytes(style.weight);
    stbtt_fontinfo font{};
    if (bytes.empty() || stbtt_InitFont(&font, bytes.data(), 0) == 0)
        return draw_strokes(text, style);
    return draw_outlines(font, text, style.height);
}

}  // namespace scanner

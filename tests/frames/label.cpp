#include "frames/label.hpp"

#include <algorithm>
#include <fstream>
#include <opencv2/imgproc.hpp>
#include <stdexcept>

namespace frames {
namespace {

constexpr double kScale = 0.5;  // three pixels a module
constexpr int kMargin = 60;     // around the label
constexpr std::size_t kHeader = 54;

void put(std::string& bytes, std::size_t at, std::size_t value) {
    for (std::size_t i = 0; i < 4; ++i)
        bytes[at + i] = static_cast<char>((value >> (8 * i)) & 0xFF);
}

// 24 bits a pixel, rows from the bottom, each padded to four bytes.
void write_bmp(const std::string& file, const cv::Mat& grey) {
    const auto width = static_cast<std::size_t>(grey.cols);
    const auto height = static_cast<std::size_t>(grey.rows);
    const std::size_t row = (width * 3 + 3) / 4 * 4;
    std::string bytes(kHeader + row * height, '\0');
    bytes[0] = 'B';
    bytes[1] = 'M';
    put(bytes, 2, bytes.size());
    put(bytes, 10, kHeader);
    put(bytes, 14, 40);
    put(bytes, 18, width);
    put(bytes, 22, height);
    bytes[26] = 1;   // plane
    bytes[28] = 24;  // bits a pixel
    for (std::size_t y = 0; y < height; ++y)
        for (std::size_t x = 0; x < width * 3; ++x)
            bytes[kHeader + (height - 1 - y) * row + x] = static_cast<char>(
                grey.at<std::uint8_t>(static_cast<int>(y), static_cast<int>(x / 3)));
    std::ofstream out(file, std::ios::binary);
    if (!out.write(bytes.data(), static_cast<std::streamsize>(bytes.size())))
        throw std::runtime_error("cannot write " + file);
}

}  // namespace

void write_label(const std::string& file, const std::vector<LabelCode>& codes) {
    Random random(1);
    std::vector<cv::Mat> papers;
    int width = 0, height = 0;
    for (const LabelCode& code : codes) {
        cv::Mat paper;
        cv::resize(print(code.kind, code.text, random).paper, paper, {}, kScale, kScale,
                   cv::INTER_AREA);
        width = std::max(width, paper.cols);
        height += paper.rows;
        papers.push_back(std::move(paper));
    }
    cv::Mat picture(height + 2 * kMargin, width + 2 * kMargin, CV_8UC1, cv::Scalar(150));
    picture(cv::Rect(kMargin, kMargin, width, height)) = 250;
    int y = kMargin;
    for (const cv::Mat& paper : papers) {
        paper.copyTo(picture(cv::Rect(kMargin, y, paper.cols, paper.rows)));
        y += paper.rows;
    }
    write_bmp(file, picture);
}

}  // namespace frames

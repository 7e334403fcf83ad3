// Goal: matrix symbols are read module by module where they are small, blurred, bent, bright on
// dark or mirrored; and what is no symbol reads nothing.
// Method: symbols printed by zint and seen by the generated camera, or warped by hand.
#include <cmath>
#include <opencv2/imgproc.hpp>

#include "frames/sample.hpp"
#include "scanner/decoder.hpp"
#include "scanner/grid_reader.hpp"
#include "support/catch.hpp"

using namespace scanner;
using frames::Kind;

namespace {

const std::vector<Symbology> kMatrix{Symbology::QRCode, Symbology::MicroQRCode,
                                     Symbology::DataMatrix};
constexpr Kind kMatrixKinds[] = {Kind::QrCode, Kind::MicroQr, Kind::DataMatrix,
                                 Kind::RectangularDataMatrix, Kind::Gs1DataMatrix};

frames::Printed printed_of(Kind kind, std::uint64_t seed) {
    frames::Random random(seed);
    return print(kind, random_text(kind, random), random);
}

Frame frame_of(const cv::Mat& picture) {
    Frame frame;
    frame.number = 1;
    frame.width = picture.cols;
    frame.height = picture.rows;
    frame.grey = std::make_shared<const Pixels>(picture.data, picture.data + picture.total());
    return frame;
}

// The symbol with its paper, some pixels a module.
cv::Mat picture_of(const frames::Printed& printed, double module) {
    cv::Mat small;
    const double scale = module / frames::kPrintedModule;
    cv::resize(printed.paper, small, {}, scale, scale, cv::INTER_AREA);
    return small;
}

std::vector<std::string> texts_of(const Frame& frame) {
    std::vector<std::string> texts;
    for (const Symbol& symbol : decode(frame, {{}, Effort::Full})) texts.push_back(symbol.text);
    return texts;
}

}  // namespace

TEST_CASE("a small blurred matrix symbol is read module by module", "[scanner][grid]") {
    const Kind kind = GENERATE(from_range(std::begin(kMatrixKinds), std::end(kMatrixKinds)));
    CAPTURE(frames::name(kind));
    const auto printed = printed_of(kind, 31);
    frames::Conditions conditions;
    conditions.module = 2.7;
    conditions.tilt = 15;
    conditions.defocus = 0.9;
    conditions.noise = 5;
    frames::Random random(5);
    const Frame frame = render(&printed, conditions, random, {640, 400});
    const float module = 2.7F / frames::kPrintedModule;
    const MatrixRegion region{{320, 200},
                              0,
                              static_cast<float>(printed.symbol.width) * module,
                              static_cast<float>(printed.symbol.height) * module,
                              1};
    const auto reads = read_grid({frame.grey->data(), frame.width, frame.height, frame.width},
                                 region, {kMatrix, false});
    REQUIRE(reads.size() == 1);
    CHECK(reads[0].symbol.text == printed.text);
}

TEST_CASE("a DataMatrix whose solid side is scratched off in places is read", "[scanner][grid]") {
    const auto printed = printed_of(Kind::DataMatrix, 33);
    frames::Printed scratched = printed;
    scratched.paper = printed.paper.clone();
    const cv::Rect& symbol = printed.symbol;
    const int module = frames::kPrintedModule;
    for (int row = 1; row + 2 < symbol.height / module; row += 3)
        scratched.paper(cv::Rect(symbol.x, symbol.y + row * module, module, module)).setTo(255);
    const cv::Mat picture = picture_of(scratched, 5);
    const float scale = 5.0F / static_cast<float>(module);
    const cv::Point2f middle = (symbol.tl() + symbol.br()) / 2 * scale;
    const cv::Size2f size = cv::Size2f(symbol.size()) * scale;
    const MatrixRegion region{{middle.x, middle.y}, 0, size.width, size.height, 1};
    const auto reads = read_grid({picture.data, picture.cols, picture.rows, picture.cols}, region,
                                 {kMatrix, false});
    REQUIRE(reads.size() == 1);
    CHECK(reads[0].symbol.text == printed.text);
}

TEST_CASE("a QR code on a wavy ground is read", "[scanner][grid]") {
    const auto printed = printed_of(Kind::QrCode, 32);
    const cv::Mat flat = picture_of(printed, 6);
    cv::Mat from_x(flat.size(), CV_32F);
    cv::Mat from_y(flat.size(), CV_32F);
    for (int y = 0; y < flat.rows; ++y)
        for (int x = 0; x < flat.cols; ++x) {
            const auto fx = static_cast<float>(x);
            const auto fy = static_cast<float>(y);
            from_x.at<float>(y, x) = fx + 4 * std::sin(fy / 22);
            from_y.at<float>(y, x) = fy + 4 * std::sin(fx / 26);
        }
    cv::Mat wavy;
    cv::remap(flat, wavy, from_x, from_y, cv::INTER_LINEAR, cv::BORDER_REPLICATE);
    CHECK(texts_of(frame_of(wavy)) == std::vector{printed.text});
}

TEST_CASE("a symbol in white on black is read", "[scanner][grid]") {
    const Kind kind = GENERATE(from_range(std::begin(frames::kKinds), std::end(frames::kKinds)));
    CAPTURE(frames::name(kind));
    const auto printed = printed_of(kind, 33);
    CHECK(texts_of(frame_of(255 - picture_of(printed, 4.2))) == std::vector{printed.text});
}

TEST_CASE("a mirrored symbol is read", "[scanner][grid]") {
    const Kind kind = GENERATE(from_range(std::begin(frames::kKinds), std::end(frames::kKinds)));
    CAPTURE(frames::name(kind));
    const auto printed = printed_of(kind, 34);
    cv::Mat mirrored;
    cv::flip(picture_of(printed, 4.2), mirrored, 1);
    CHECK(texts_of(frame_of(mirrored)) == std::vector{printed.text});
}

TEST_CASE("a random pattern of squares reads nothing", "[scanner][grid]") {
    const auto seed = GENERATE(range(1U, 9U));
    frames::Random random(seed);
    cv::Mat modules(24, 24, CV_8U);
    for (int y = 0; y < modules.rows; ++y)
        for (int x = 0; x < modules.cols; ++x)
            modules.at<std::uint8_t>(y, x) = random.chance(0.5) ? 30 : 220;
    cv::Mat picture;
    cv::copyMakeBorder(modules, picture, 4, 4, 4, 4, cv::BORDER_CONSTANT, 220);
    cv::resize(picture, picture, {}, 5, 5, cv::INTER_NEAREST);
    CHECK(texts_of(frame_of(picture)).empty());
}

#include "scanner/matrix_reader.hpp"

#include <algorithm>
#include <exception>
#include <opencv2/imgproc.hpp>

#include "scanner/grid_reader.hpp"
#include "scanner/upright.hpp"

namespace scanner {
namespace {

enum class Treatment : std::uint8_t {
    None,
    Threshold,
    FineThreshold,
    Sharpen,
    Invert,
    Grid,      // module by module (grid_reader.hpp)
    BentGrid,  // … thoroughly
};

struct Way {
    float scale;
    Treatment treatment;
};

constexpr Way kWays[kMatrixWays] = {
    {1, Treatment::None},      {1, Treatment::Grid},          {2, Treatment::Threshold},
    {2, Treatment::None},      {2, Treatment::Sharpen},       {1, Treatment::Invert},
    {3, Treatment::Threshold}, {2, Treatment::FineThreshold}, {1, Treatment::BentGrid},
};

constexpr float kMargin = 8;             // pixels, either side: a quiet zone, whatever else is near
constexpr float kPixelsMax = 1'500'000;  // of a crop

// Darker than what is around: paper and ink may change from place to place.
void threshold(cv::Mat& picture, float scale, double smooth) {
    cv::Mat blurred;
    cv::GaussianBlur(picture, blurred, {}, smooth);
    const int around = 2 * static_cast<int>(10 * scale) + 1;
    cv::adaptiveThreshold(blurred, picture, 255, cv::ADAPTIVE_THRESH_GAUSSIAN_C, cv::THRESH_BINARY,
                          around, 0);
}

void treat(cv::Mat& picture, const Way& way) {
    switch (way.treatment) {
        case Treatment::None:
        case Treatment::Grid:
        case Treatment::BentGrid: break;
        case Treatment::Threshold: threshold(picture, way.scale, 0.9 * double{way.scale}); break;
        case Treatment::FineThreshold:
            threshold(picture, way.scale, 0.4 * double{way.scale});
            break;
        case Treatment::Sharpen: {
            cv::Mat blurred;
            cv::GaussianBlur(picture, blurred, {}, 2 * double{way.scale});
            cv::addWeighted(picture, 2.2, blurred, -1.2, 0, picture);
            break;
        }
        case Treatment::Invert: cv::bitwise_not(picture, picture); break;
    }
}

}  // namespace

std::vector<Read> read_matrix(const GreyView& frame, const MatrixRegion& region,
                              const std::vector<Symbology>& symbologies, int number) {
    // OpenCV throws when it runs out of memory; that costs this crop only.
    try {
        const Way& way = kWays[std::clamp(number, 0, kMatrixWays - 1)];
        if (way.treatment == Treatment::Grid || way.treatment == Treatment::BentGrid)
            return read_grid(frame, region, {symbologies, way.treatment == Treatment::BentGrid});
        const float width = region.width + 2 * kMargin;
        const float height = region.height + 2 * kMargin;
        if (width * height * way.scale * way.scale > kPixelsMax) return {};
        Crop crop =
            cut_upright(frame, region.middle, region.angle, {width, height, way.scale, way.scale});
        treat(crop.picture, way);
        auto reads = read_symbols(crop.view(), {symbologies, true, true});
        for (Read& read : reads)
            for (Point& corner : read.symbol.corners) corner = crop.in_frame(corner.x, corner.y);
        return reads;
    } catch (const std::exception&) {
        return {};
    }
}

}  // namespace scanner

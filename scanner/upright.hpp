// A part of the frame turned upright, and the one line of grey values that its bars come down to.
#pragma once

#include <opencv2/core.hpp>
#include <vector>

#include "scanner/bars.hpp"
#include "scanner/reader.hpp"

namespace scanner {

// A rectangle of the frame at any angle, as an upright picture.
struct Crop {
    cv::Mat picture;       // grey, 8 bits
    cv::Matx23f to_frame;  // from pixels of `picture` to pixels of the frame
    cv::Range inside;      // columns that lie in the frame from top to bottom

    [[nodiscard]] Point in_frame(float x, float y) const;
    [[nodiscard]] GreyView view() const;
};

// `scale` is pixels of the crop per pixel of the frame, each way. What lies outside the frame
// is black: it must not pass for a quiet zone.
struct CropSize {
    float length = 0;  // pixels of the frame
    float height = 0;
    float scale_along = 1;
    float scale_down = 1;
};
Crop cut_upright(const GreyView& frame, Point middle, float angle, const CropSize& size);

// The angle at which a region's bars stand upright. The texture's own is some degrees off where
// bars are a pixel or two wide, for differences of neighbouring pixels are.
float measure_angle(const GreyView& frame, const BarRegion& region);

// Grey values across the bars, averaged along them. `rows` are the rows of the crop that were used.
struct Profile {
    std::vector<float> values;
    int first_row = 0;
    int last_row = 0;  // exclusive
};

// How the bars lean in the crop: columns per row, at its left and at its right end.
struct Lean {
    float left = 0;
    float right = 0;
};

// The crop's bars as profiles: of all rows that show the same bars, and of the halves, thirds and
// sixths of these, which share no pixel. Empty when there are no bars.
struct BarProfiles {
    Profile all;
    std::vector<Profile> halves;
    std::vector<Profile> thirds;
    std::vector<Profile> sixths;
    Lean lean;
};
BarProfiles measure_profiles(const Crop& crop);

}  // namespace scanner

// One frame with known truth: a printed symbol on a cluttered view, seen by a bad camera in a
// hurry. Everything is drawn from the seed; the same wish and seed give the same frame.
#pragma once

#include <string>

#include "frames/printed.hpp"
#include "scanner/frame.hpp"

namespace frames {

// What stands between the printed symbol and the pixels. Lengths in pixels of the frame.
struct Conditions {
    double module = 3;            // of the symbol, before it is tilted
    double rotation = 0;          // degrees in the plane of the picture
    double tilt = 0;              // degrees out of it
    double tilt_axis = 0;         // degrees
    double defocus = 0;           // standard deviation of the blur
    double motion = 0;            // length of the movement during the exposure
    double motion_direction = 0;  // degrees, against the symbol's own left to right
    double dark = 40;             // grey level of ink
    double contrast = 160;        // grey levels between ink and paper
    double noise = 2;             // standard deviation, grey levels
    double glare = 0;             // grey levels added in the middle of a bright spot
    double shadow = 0;            // part of the light taken away beyond a hard edge
    double dot_gain = 0;          // modules by which ink runs out (shrinks when negative)
    int jpeg_quality = 0;         // 0 = not compressed
    double clutter = 0.3;         // how busy the view around the label is, 0 to 1
    double shift_x = 0;           // of the label's middle, as parts of the frame
    double shift_y = 0;
};

enum class Level : std::uint8_t {
    Medium,  // every nuisance at half strength
    Hard,    // at full strength
};

Conditions draw_conditions(Kind kind, Level level, Random& random);

enum class Damage : std::uint8_t {
    None,
    Torn,         // a ragged part of the label is gone
    Cropped,      // the frame ends within the symbol
    Patched,      // white paper over one end, as a fake quiet zone
    Scratched,    // thin lines of paper or ink across it
    Overprinted,  // other bars and letters over it
    Covered,      // something grey over a part of it
};

inline constexpr Damage kDamages[] = {Damage::Torn,      Damage::Cropped,     Damage::Patched,
                                      Damage::Scratched, Damage::Overprinted, Damage::Covered};

struct FrameSize {
    int width = 1280;
    int height = 720;
};

// `printed` may be null: an empty, cluttered view.
scanner::Frame render(const Printed* printed, const Conditions& conditions, Random& random,
                      FrameSize size = {});

// The printed symbol, damaged; Damage::Cropped changes the conditions instead.
Printed damaged(const Printed& printed, Damage damage, Conditions& conditions, Random& random);

struct Sample {
    scanner::Frame frame;
    std::string text;  // the truth; a damaged label may also give nothing
};

Sample make_sample(Kind kind, Level level, Damage damage, std::uint64_t seed);
scanner::Frame make_empty(Level level, std::uint64_t seed);

// A hand holds the label before the camera, which is still focusing.
class Clip {
 public:
    static constexpr int kFrames = 60;
    static constexpr double kFramesPerSecond = 30;

    Clip(Kind kind, Level level, std::uint64_t seed, Damage damage = Damage::None);

    // The truth; a damaged label may also give nothing.
    [[nodiscard]] const std::string& text() const { return printed_.text; }
    [[nodiscard]] scanner::Frame frame(int index) const;  // 0 to kFrames - 1

 private:
    Printed printed_;
    Conditions base_;
    std::uint64_t seed_ = 0;
    double focus_seconds_ = 0;
    double focus_start_ = 0;
    double shake_ = 0;
};

}  // namespace frames

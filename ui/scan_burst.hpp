// Tells what a hardware scanner types from what a person types: many characters at once, faster
// than fingers, and mostly an Enter or Tab behind. Characters are held back until that is known, so
// that no scan goes into the text field that happens to have the focus. Pure; one thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ui {

inline constexpr double kBurstGapSeconds = 0.05;  // of silence end a scan without Enter or Tab
inline constexpr std::size_t kBurstMin = 6;       // characters
inline constexpr std::size_t kBurstMinEnded = 4;  // of a scan that ends with Enter or Tab
inline constexpr std::size_t kBurstMax = 16384;   // characters; what is longer is cut into several

class ScanBurst {
 public:
    struct Outcome {
        std::string scan;        // a whole one, as it was typed, with its "\r" or "\t"; "" = none
        std::u32string to_type;  // what was typed by hand after all, for whoever has the focus
        bool key_taken = true;   // of ended_by(): false = the key, too, is for who has the focus
    };

    // A character, or U+001D for Ctrl+], at that time (seconds, never backwards).
    Outcome character(char32_t character, double now);
    // Enter ('\r') or Tab ('\t').
    Outcome ended_by(char key, double now);
    // Time went by.
    Outcome silence(double now);
    // The next scan is taken whatever it looks like: the test sheet has blanks and may come slowly.
    void expect_anything(bool on) { expects_anything_ = on; }

    // Seconds until silence() has something to say; nothing = nothing is held back.
    [[nodiscard]] std::optional<double> due(double now) const;

 private:
    [[nodiscard]] bool is_over(double now) const;
    [[nodiscard]] bool is_scan(std::size_t characters_min) const;
    Outcome finish(std::size_t characters_min);

    std::u32string held_;
    double last_ = 0;
    bool expects_anything_ = false;
};

}  // namespace ui

// Plain text on a grey picture, in the typeface of the program where its package is installed.
#pragma once

#include <opencv2/core.hpp>
#include <string>

namespace scanner {

enum class Weight : std::uint8_t { Regular, Bold };

struct TextStyle {
    int height = 24;  // pixels, of a capital letter with its room above and below
    Weight weight = Weight::Regular;
};

// The text as darkness (255 = ink), as wide as it needs and `height` high; empty text: one column.
cv::Mat render_text(const std::string& text, const TextStyle& style);

}  // namespace scanner

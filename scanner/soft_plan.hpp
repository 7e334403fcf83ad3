// The linear symbologies as the soft decoder sees them: a row of steps, each one glyph out of an
// alphabet whose glyphs are all equally long. Pure.
// Sources: ISO/IEC 15417 (Code 128), 15420 (EAN/UPC), 16388 (Code 39), 16390 (ITF).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scanner/symbol.hpp"

namespace scanner {

struct Alphabet {
    float modules = 0;  // the length of every glyph
    bool first_is_bar = true;
    bool next_is_bar = true;                 // whatever follows begins with a bar
    std::vector<std::vector<float>> glyphs;  // widths of bars and spaces in turn, in modules
    float lead = 1;                          // modules before the glyph that are compared, too
    float trail = -1;  // … and after its end; less than none: left to the next glyph
};

// What a row of glyphs says, once its check has been made.
struct SoftText {
    std::string text;
    std::string symbology_id;
    Symbology symbology = Symbology::Code128;
};

struct SoftPlan {
    Symbology symbology = Symbology::Code128;
    float wide = 0;  // narrow elements in a wide one; 0 where a symbology knows no such thing
    std::vector<Alphabet> alphabets;
    // Steps before, repeated, and after: indices of alphabets.
    std::vector<int> head;
    int body = -1;  // none: the length is fixed by `head`
    int body_min = 0;
    int body_max = 0;
    std::vector<int> tail;

    [[nodiscard]] std::vector<int> steps(int body_count) const;
    [[nodiscard]] float modules(int body_count) const;
    // `glyphs`: one index a step. Nothing when the check fails or the glyphs make no text.
    std::optional<SoftText> (*interpret)(const SoftPlan& plan, const std::vector<int>& glyphs);
};

// All there are for a symbology, one for each ratio of wide to narrow; UPC-A is an EAN-13 here.
// Empty for symbologies that the soft decoder does not know.
const std::vector<SoftPlan>& soft_plans(Symbology symbology);

}  // namespace scanner

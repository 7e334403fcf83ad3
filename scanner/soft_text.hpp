// From glyphs to the text of a linear symbol, with its check. Pure.
#pragma once

#include <optional>
#include <vector>

#include "scanner/soft_plan.hpp"

namespace scanner {

// Each takes one glyph a step of its plan; nothing when the check fails or there is no such text.
std::optional<SoftText> interpret_code128(const SoftPlan& plan, const std::vector<int>& glyphs);
std::optional<SoftText> interpret_code39(const SoftPlan& plan, const std::vector<int>& glyphs);
std::optional<SoftText> interpret_itf(const SoftPlan& plan, const std::vector<int>& glyphs);
std::optional<SoftText> interpret_ean13(const SoftPlan& plan, const std::vector<int>& glyphs);
std::optional<SoftText> interpret_ean8(const SoftPlan& plan, const std::vector<int>& glyphs);

}  // namespace scanner

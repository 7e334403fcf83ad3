// How the labels of one variant are read: which text on them is the serial. Learned from an
// operator's choice or written by hand; reference data like the variant itself.
#pragma once

#include <string>

namespace inventory {

struct LabelProfile {
    std::string variant = {};    // SKU
    std::string symbology = {};  // ISO/IEC 15424 without the modifier, "]C": only such; "" = any
    std::string strip = {};      // what the code begins with and the serial does not; "" = nothing
    std::string pattern = {};    // regular expression (label/pattern.hpp); "" = none
    int from = 0;                // characters in front of the serial; with `length`
    int length = 0;              // characters of the serial; 0 = no fixed positions
    bool is_express = false;     // a Dell express code: the service tag in base 36
    bool operator==(const LabelProfile&) const = default;
};

inline constexpr int kProfilePositionMax = 1024;  // of from + length

}  // namespace inventory

// A hardware scanner that types what it reads (a keyboard wedge), and what its typing does to the
// text on this device: it was set up for another keyboard's layout, it changes the case, it ends
// with Enter or Tab, it types something else or nothing for GS1's group separator. Learned once
// from a test sheet. Pure.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "label/field.hpp"

namespace label {

struct Wedge {
    std::size_t prefix = 0;            // characters that it types before the text
    bool names_symbology = false;      // they are a symbology identifier (ISO/IEC 15424), "]Q1"
    std::string terminator;            // what it types after the text: "\r", "\t", "\r\n", ""
    std::string separator;             // for the group separator U+001D; "" = it drops it
    std::map<char, std::string> keys;  // what arrives for a character, where that is another one

    bool operator==(const Wedge&) const = default;
};

// The text of the test sheet.
std::string_view wedge_sheet();

// What typing did to the sheet's text. `typed` is UTF-8, with U+001D where Ctrl+] came.
// InvalidInput, with what to do: it is not the sheet, it was cut, or letters became one that cannot
// be told apart any more.
Result<Wedge> learn_wedge(std::string_view typed);

// What the barcode held. A text that this scanner cannot have typed stays as it is.
Payload read_typed(const Wedge& wedge, std::string_view typed);

// "ends with Enter, y and z are swapped", for the operator.
std::string in_words(const Wedge& wedge);

}  // namespace label

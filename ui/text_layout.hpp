// Where text breaks and how it is shortened. Plain: the caller says how wide a text is.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace ui {

using Measure = std::function<float(std::string_view text)>;  // pixels

// Lines no wider than `width`, broken after blanks, and inside of a word only where it alone is
// wider. Never empty; newlines in the text break, too.
std::vector<std::string> wrap_words(std::string_view text, float width, const Measure& measure);

// A serial: broken after its own separators ( - / . _ : ) so that a group stays together. Nothing
// is left out, however long it is.
std::vector<std::string> wrap_serial(std::string_view serial, float width, const Measure& measure);

// At most `width` wide: the end is replaced by "…".
std::string shorten_end(std::string_view text, float width, const Measure& measure);

// The same with the middle left out: the last digits of a serial are what people look for.
std::string shorten_middle(std::string_view text, float width, const Measure& measure);

// The bytes of the UTF-8 character at `at`; a stray byte counts as one.
std::size_t character_size(std::string_view text, std::size_t at);

}  // namespace ui

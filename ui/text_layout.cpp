#include "ui/text_layout.hpp"

#include <algorithm>
#include <cstddef>

namespace ui {
namespace {

constexpr std::string_view kEllipsis = "\xE2\x80\xA6";

// Pixels: a place computed from the text's own width may have lost this much to rounding.
constexpr float kSlack = 0.01F;

bool fits(std::string_view text, float width, const Measure& measure) {
    return measure(text) <= width + kSlack;
}

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

// Cuts `text` after each of `separators`, which stay with the piece before them.
std::vector<std::string_view> pieces_of(std::string_view text, std::string_view separators) {
    std::vector<std::string_view> pieces;
    std::size_t start = 0;
    while (start < text.size()) {
        std::size_t end = text.find_first_of(separators, start);
        end = end == std::string_view::npos ? text.size() : end + 1;
        pieces.push_back(text.substr(start, end - start));
        start = end;
    }
    return pieces;
}

std::string_view without_end_blanks(std::string_view text) {
    const std::size_t last = text.find_last_not_of(' ');
    return last == std::string_view::npos ? std::string_view{} : text.substr(0, last + 1);
}

// Puts a piece wider than a line character by character; returns what stands on the last line.
std::string put_wide(std::string_view piece, float width, const Measure& measure,
                     std::vector<std::string>& lines) {
    std::string line;
    for (std::size_t at = 0; at < piece.size();) {
        const std::size_t size = character_size(piece, at);
        const std::string longer = line + std::string(piece.substr(at, size));
        if (!line.empty() && !fits(longer, width, measure)) {
            lines.push_back(std::move(line));
            line = std::string(piece.substr(at, size));
        } else {
            line = longer;
        }
        at += size;
    }
    return line;
}

std::vector<std::string> wrap(std::string_view text, std::string_view separators, float width,
                              const Measure& measure) {
    std::vector<std::string> lines;
    std::string line;
    for (const std::string_view piece : pieces_of(text, separators)) {
        const std::string longer = line + std::string(piece);
        if (fits(without_end_blanks(longer), width, measure)) {
            line = longer;
            continue;
        }
        if (!line.empty()) lines.push_back(std::move(line));
        line = fits(without_end_blanks(piece), width, measure)
                   ? std::string(piece)
                   : put_wide(piece, width, measure, lines);
    }
    if (!line.empty() || lines.empty()) lines.push_back(std::move(line));
    for (std::string& each : lines) each = std::string(without_end_blanks(each));
    return lines;
}

// The longest prefix of at most `bytes` bytes that ends between characters.
std::size_t floor_character(std::string_view text, std::size_t bytes) {
    std::size_t at = std::min(bytes, text.size());
    while (at > 0 && at < text.size() && continues(text[at])) --at;
    return at;
}

}  // namespace

std::size_t character_size(std::string_view text, std::size_t at) {
    std::size_t size = 1;
    while (at + size < text.size() && size < 4 && continues(text[at + size])) ++size;
    return size;
}

std::vector<std::string> wrap_words(std::string_view text, float width, const Measure& measure) {
    std::vector<std::string> lines;
    std::size_t start = 0;
    while (start <= text.size()) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        for (std::string& line : wrap(text.substr(start, end - start), " ", width, measure))
            lines.push_back(std::move(line));
        start = end + 1;
    }
    return lines;
}

std::vector<std::string> wrap_serial(std::string_view serial, float width, const Measure& measure) {
    return wrap(serial, "-/._: ", width, measure);
}

std::string shorten_end(std::string_view text, float width, const Measure& measure) {
    if (fits(text, width, measure)) return std::string(text);
    std::size_t low = 0;
    std::size_t high = text.size();
    while (low < high) {
        const std::size_t middle = (low + high + 1) / 2;
        const std::string_view kept = text.substr(0, floor_character(text, middle));
        if (fits(std::string(without_end_blanks(kept)) + std::string(kEllipsis), width, measure))
            low = middle;
        else
            high = middle - 1;
    }
    return std::string(without_end_blanks(text.substr(0, floor_character(text, low)))) +
           std::string(kEllipsis);
}

std::string shorten_middle(std::string_view text, float width, const Measure& measure) {
    if (fits(text, width, measure)) return std::string(text);
    std::string best(kEllipsis);
    for (std::size_t kept = 2; kept < text.size(); ++kept) {
        const std::size_t head = floor_character(text, kept / 3);
        std::size_t tail = text.size() - (kept - kept / 3);
        while (tail < text.size() && continues(text[tail])) ++tail;
        std::string shorter(text.substr(0, head));
        shorter += kEllipsis;
        shorter += text.substr(tail);
        if (!fits(shorter, width, measure)) break;
        best = std::move(shorter);
    }
    return best;
}

}  // namespace ui

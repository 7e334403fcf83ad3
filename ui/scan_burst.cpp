#include "ui/scan_burst.hpp"

#include <algorithm>
#include <utility>

namespace ui {
namespace {

// A sheet of a hundred characters from a scanner that types slowly, in frames that take long.
constexpr double kExpectedGapSeconds = 0.5;

void append_utf8(std::string& text, char32_t c) {
    const auto add = [&](char32_t byte) { text += static_cast<char>(byte); };
    if (c < 0x80) {
        add(c);
    } else if (c < 0x800) {
        add(0xC0 | c >> 6);
        add(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        add(0xE0 | c >> 12);
        add(0x80 | (c >> 6 & 0x3F));
        add(0x80 | (c & 0x3F));
    } else {
        add(0xF0 | c >> 18);
        add(0x80 | (c >> 12 & 0x3F));
        add(0x80 | (c >> 6 & 0x3F));
        add(0x80 | (c & 0x3F));
    }
}

}  // namespace

bool ScanBurst::is_over(double now) const {
    return !held_.empty() &&
           now - last_ > (expects_anything_ ? kExpectedGapSeconds : kBurstGapSeconds);
}

bool ScanBurst::is_scan(std::size_t characters_min) const {
    return held_.size() >= (expects_anything_ ? 1 : characters_min);
}

ScanBurst::Outcome ScanBurst::finish(std::size_t characters_min) {
    Outcome outcome;
    const bool scan = is_scan(characters_min);
    std::u32string held = std::exchange(held_, {});
    if (scan)
        for (const char32_t character : held) append_utf8(outcome.scan, character);
    else
        outcome.to_type = std::move(held);
    return outcome;
}

ScanBurst::Outcome ScanBurst::character(char32_t character, double now) {
    Outcome outcome;
    if (is_over(now) || held_.size() >= kBurstMax) outcome = finish(kBurstMin);
    held_ += character;
    last_ = now;
    return outcome;
}

ScanBurst::Outcome ScanBurst::ended_by(char key, double now) {
    if (held_.empty()) return {"", U"", false};
    if (is_over(now) || !is_scan(kBurstMinEnded)) {
        Outcome outcome = finish(kBurstMin);
        outcome.key_taken = false;
        return outcome;
    }
    held_ += static_cast<char32_t>(key);
    return finish(kBurstMinEnded);
}

ScanBurst::Outcome ScanBurst::silence(double now) {
    return is_over(now) ? finish(kBurstMin) : Outcome{};
}

std::optional<double> ScanBurst::due(double now) const {
    if (held_.empty()) return std::nullopt;
    const double gap = expects_anything_ ? kExpectedGapSeconds : kBurstGapSeconds;
    return std::max(0.0, last_ + gap - now);
}

}  // namespace ui

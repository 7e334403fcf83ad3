#include "app/read_label.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "label/hibc.hpp"

namespace app {
namespace {

using scanner::Outline;
using scanner::Point;
using scanner::Symbol;

constexpr float kGapMax = 0.6F;    // of the longer symbol
constexpr float kAngleMax = 0.2F;  // radians; a label is flat, its symbols lie alike
constexpr float kQuarter = std::numbers::pi_v<float> / 2;

float distance(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); }

float length_of(const Outline& corners) {
    return std::max(distance(corners[0], corners[1]), distance(corners[1], corners[2]));
}

// How a symbol lies, up to quarter turns: a matrix code may be printed in any of the four.
float angle_of(const Outline& corners) {
    const Point a = corners[0], b = corners[1];
    const float angle = std::fmod(std::atan2(b.y - a.y, b.x - a.x), kQuarter);
    return angle < 0 ? angle + kQuarter : angle;
}

bool lie_alike(const Outline& a, const Outline& b) {
    const float apart = std::abs(angle_of(a) - angle_of(b));
    return std::min(apart, kQuarter - apart) <= kAngleMax;
}

float to_side(Point p, Point a, Point b) {
    const float dx = b.x - a.x, dy = b.y - a.y, squared = dx * dx + dy * dy;
    const float along = squared == 0 ? 0 : ((p.x - a.x) * dx + (p.y - a.y) * dy) / squared;
    const float t = std::clamp(along, 0.0F, 1.0F);
    return distance(p, {a.x + t * dx, a.y + t * dy});
}

// Between the outlines; that of outlines which cross is small enough by their corners.
float gap_between(const Outline& a, const Outline& b) {
    float gap = distance(a[0], b[0]);
    for (std::size_t i = 0; i < 4; ++i)
        for (std::size_t side = 0; side < 4; ++side) {
            const std::size_t next = (side + 1) % 4;
            gap = std::min(gap, to_side(a[i], b[side], b[next]));
            gap = std::min(gap, to_side(b[i], a[side], a[next]));
        }
    return gap;
}

bool lie_together(const Outline& a, const Outline& b) {
    if (length_of(a) == 0 || length_of(b) == 0) return true;
    return lie_alike(a, b) && gap_between(a, b) <= kGapMax * std::max(length_of(a), length_of(b));
}

bool has_field(const label::Label& label, label::FieldName name) {
    return std::ranges::any_of(label.parts, [name](const label::Parsed& part) {
        return label::find(part, name) != nullptr;
    });
}

bool are_one_hibc(const label::Parsed& a, const label::Parsed& b) {
    using label::FieldName;
    if (a.family != label::Family::Hibc || b.family != label::Family::Hibc) return false;
    const bool is_primary = label::find(a, FieldName::Pcn) != nullptr;
    const label::Parsed &primary = is_primary ? a : b, &secondary = is_primary ? b : a;
    return label::find(primary, FieldName::Pcn) != nullptr &&
           label::find(secondary, FieldName::Link) != nullptr &&
           label::belong_together(primary, secondary);
}

bool is_gs1(const label::Label& label) {
    return std::ranges::all_of(label.parts, [](const label::Parsed& part) {
        return part.family == label::Family::Gs1 || part.family == label::Family::BracketedGs1 ||
               part.family == label::Family::ProductCode;
    });
}

bool is_key_only(const label::Label& label) {
    return label.gtin && !has_field(label, label::FieldName::Serial) &&
           !has_field(label, label::FieldName::Lot);
}

bool is_keyless(const label::Label& label) {
    return !label.gtin &&
           (has_field(label, label::FieldName::Serial) || has_field(label, label::FieldName::Lot));
}

}  // namespace

label::Label read_label(const std::vector<scanner::Symbol>& symbols, const base::Moment& now,
                        const label::Profile* profile) {
    std::vector<label::Payload> payloads;
    payloads.reserve(symbols.size());
    for (const scanner::Symbol& symbol : symbols)
        payloads.push_back({symbol.symbology_id, symbol.text, symbol.may_be_part});
    return label::resolve(payloads, static_cast<int>(base::civil_date(now).year()), profile);
}

std::vector<std::vector<std::size_t>> labels_in_view(const std::vector<scanner::Symbol>& symbols) {
    std::vector<std::size_t> group(symbols.size());
    std::iota(group.begin(), group.end(), std::size_t{0});
    for (std::size_t i = 0; i < symbols.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            if (group[i] == group[j] || !lie_together(symbols[i].corners, symbols[j].corners))
                continue;
            const std::size_t to = std::min(group[i], group[j]);
            const std::size_t from = std::max(group[i], group[j]);
            std::ranges::replace(group, from, to);
        }
    std::vector<std::vector<std::size_t>> labels;
    for (std::size_t first = 0; first < symbols.size(); ++first) {
        std::vector<std::size_t> members;
        for (std::size_t i = 0; i < symbols.size(); ++i)
            if (group[i] == first) members.push_back(i);
        if (!members.empty()) labels.push_back(std::move(members));
    }
    return labels;
}

std::vector<std::size_t> aimed_at(const scanner::Reading& reading) {
    std::vector<std::size_t> aimed;
    for (const std::vector<std::size_t>& label : labels_in_view(reading.symbols)) {
        const bool inside = std::ranges::any_of(label, [&](std::size_t i) {
            return reading.standing.empty() || reading.standing[i].aimed;
        });
        if (inside) aimed.insert(aimed.end(), label.begin(), label.end());
    }
    std::ranges::sort(aimed);
    return aimed;
}

Sight sight_of(const scanner::Reading& reading, const std::vector<std::size_t>& label) {
    Sight sight;
    if (reading.standing.empty()) return sight;
    sight.unchanged_for = std::chrono::milliseconds::max();
    for (const std::size_t i : label) {
        sight.unchanged_for = std::min(sight.unchanged_for, reading.standing[i].age);
        for (const Outline& bars : reading.unread)
            if (lie_together(bars, reading.symbols[i].corners)) sight.undecoded_bars = true;
    }
    return sight;
}

bool are_halves(const label::Label& first, const label::Label& second) {
    if (first.parts.empty() || second.parts.empty()) return false;
    for (const label::Parsed& a : first.parts)
        for (const label::Parsed& b : second.parts)
            if (are_one_hibc(a, b)) return true;
    if (!is_gs1(first) || !is_gs1(second)) return false;
    return (is_key_only(first) && is_keyless(second)) || (is_keyless(first) && is_key_only(second));
}

}  // namespace app

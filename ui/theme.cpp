#include "ui/theme.hpp"

#include <string_view>

namespace ui {
namespace {

constexpr Palette kLight{
    .ground = rgb(0xEEF1F4),
    .surface = rgb(0xFFFFFF),
    .raised = rgb(0xFFFFFF),
    .field = rgb(0xF7F9FA),
    .line = rgb(0xDDE3E8),
    .field_line = rgb(0x7C8894),
    .text = rgb(0x14181C),
    .muted = rgb(0x505B66),
    .accent = rgb(0x0B5FD9),
    .on_accent = rgb(0xFFFFFF),
    .done = rgb(0x0E7A4B),
    .ask = rgb(0x8A5200),
    .stop = rgb(0xC22A2A),
    .on_tone = rgb(0xFFFFFF),
    .note = rgb(0x44505C),
    .in_stock = rgb(0x0C6C61),
    .reserved = rgb(0x7C5000),
    .sold = rgb(0x3949AB),
    .returned = rgb(0x7A3E9D),
    .defective = rgb(0xB3261E),
    .view = rgb(0x14191E),
    .on_view = rgb(0xF2F5F7),
    .mark = rgb(0x3CCB8A),
    .on_mark = rgb(0x06120C),
    .tint = 0.10,
    .edge = 1,
};

constexpr Palette kDark{
    .ground = rgb(0x0E1114),
    .surface = rgb(0x1A1F24),
    .raised = rgb(0x20262D),
    .field = rgb(0x13181C),
    .line = rgb(0x2B333B),
    .field_line = rgb(0x6C7884),
    .text = rgb(0xF2F5F7),
    .muted = rgb(0xA9B4BE),
    .accent = rgb(0x5AA2FF),
    .on_accent = rgb(0x06121F),
    .done = rgb(0x3CCB8A),
    .ask = rgb(0xF2B04C),
    .stop = rgb(0xFF7B7B),
    .on_tone = rgb(0x0B0F12),
    .note = rgb(0xB9C3CC),
    .in_stock = rgb(0x4FD1C0),
    .reserved = rgb(0xF2B04C),
    .sold = rgb(0xA3AEFF),
    .returned = rgb(0xD9A3F2),
    .defective = rgb(0xFF9088),
    .view = rgb(0x07090B),
    .on_view = rgb(0xF2F5F7),
    .mark = rgb(0x3CCB8A),
    .on_mark = rgb(0x06120C),
    .tint = 0.14,
    .edge = 0,
};

// Black, white and yellow, no greys: shape, symbol and word carry what colour carries elsewhere.
constexpr Palette kHighContrast{
    .ground = rgb(0x000000),
    .surface = rgb(0x000000),
    .raised = rgb(0x000000),
    .field = rgb(0x000000),
    .line = rgb(0xFFFFFF),
    .field_line = rgb(0xFFFFFF),
    .text = rgb(0xFFFFFF),
    .muted = rgb(0xFFFFFF),
    .accent = rgb(0xFFFF00),
    .on_accent = rgb(0x000000),
    .done = rgb(0xFFFFFF),
    .ask = rgb(0xFFFF00),
    .stop = rgb(0xFFFF00),
    .on_tone = rgb(0x000000),
    .note = rgb(0xFFFFFF),
    .in_stock = rgb(0xFFFFFF),
    .reserved = rgb(0xFFFF00),
    .sold = rgb(0xFFFFFF),
    .returned = rgb(0xFFFFFF),
    .defective = rgb(0xFFFF00),
    .view = rgb(0x000000),
    .on_view = rgb(0xFFFFFF),
    .mark = rgb(0xFFFF00),
    .on_mark = rgb(0x000000),
    .tint = 0,
    .edge = 2,
};

struct NamedTheme {
    std::string_view name;
    Theme theme;
};
constexpr NamedTheme kThemes[] = {
    {"auto", Theme::Auto},
    {"light", Theme::Light},
    {"dark", Theme::Dark},
    {"high-contrast", Theme::HighContrast},
};

}  // namespace

std::optional<Theme> theme_named(std::string_view name) {
    for (const NamedTheme& named : kThemes)
        if (named.name == name) return named.theme;
    return std::nullopt;
}

const Palette& palette(Theme theme) {
    switch (theme) {
        case Theme::Light: return kLight;
        case Theme::HighContrast: return kHighContrast;
        case Theme::Auto:
        case Theme::Dark: break;
    }
    return kDark;
}

Theme next_theme(Theme theme) {
    switch (theme) {
        case Theme::Light: return Theme::Dark;
        case Theme::Auto:
        case Theme::Dark: return Theme::HighContrast;
        case Theme::HighContrast: break;
    }
    return Theme::Light;
}

Colour status_colour(const Palette& colours, inventory::Status status) {
    switch (status) {
        case inventory::Status::InStock: return colours.in_stock;
        case inventory::Status::Reserved: return colours.reserved;
        case inventory::Status::Sold: return colours.sold;
        case inventory::Status::Returned: return colours.returned;
        case inventory::Status::Defective: return colours.defective;
    }
    return colours.text;
}

Colour tone_colour(const Palette& colours, app::Tone tone) {
    switch (tone) {
        case app::Tone::Done: return colours.done;
        case app::Tone::Ask: return colours.ask;
        case app::Tone::Stop: return colours.stop;
        case app::Tone::None:
        case app::Tone::Note: break;
    }
    return colours.note;
}

Colour tinted(const Palette& colours, Colour ground, Colour colour) {
    return mix(ground, colour, colours.tint);
}

}  // namespace ui

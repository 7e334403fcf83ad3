// Every pair of letters and ground that is drawn, in every theme, by the WCAG formula.
#include <string>
#include <vector>

#include "inventory/lifecycle.hpp"
#include "support/catch.hpp"
#include "ui/theme.hpp"

using ui::Colour;
using ui::Palette;

namespace {

struct Pair {
    std::string name;
    Colour letters, ground;
    double least;
};

void add_reading_pairs(const Palette& c, std::vector<Pair>& pairs) {
    const std::vector<std::pair<const char*, Colour>> grounds = {
        {"ground", c.ground}, {"surface", c.surface}, {"raised", c.raised}, {"field", c.field}};
    for (const auto& [name, ground] : grounds) {
        pairs.push_back({std::string("text on ") + name, c.text, ground, 7});
        pairs.push_back({std::string("muted on ") + name, c.muted, ground, 4.5});
    }
    pairs.push_back({"edge of a field", c.field_line, c.surface, 3});
    pairs.push_back({"plain button", c.text, tinted(c, c.raised, c.text), 4.5});
    pairs.push_back({"disabled button", c.muted, tinted(c, c.surface, c.muted), 4.5});
    pairs.push_back({"words around the picture", c.on_view, c.view, 7});
    pairs.push_back({"name of the serial in the picture", c.on_mark, c.mark, 7});
}

void add_accent_pairs(const Palette& c, std::vector<Pair>& pairs) {
    pairs.push_back({"accent button", c.on_accent, c.accent, 4.5});
    pairs.push_back({"accent on surface", c.accent, c.surface, 4.5});
    pairs.push_back({"chosen tab", c.accent, tinted(c, c.surface, c.accent), 4.5});
    pairs.push_back({"current place", c.accent, tinted(c, c.raised, c.accent), 4.5});
    pairs.push_back({"text on a chosen row", c.text, tinted(c, c.surface, c.accent), 7});
    pairs.push_back({"muted on a chosen row", c.muted, tinted(c, c.surface, c.accent), 4.5});
    pairs.push_back({"danger button", c.stop, tinted(c, c.surface, c.stop), 4.5});
}

void add_tone_pairs(const Palette& c, std::vector<Pair>& pairs) {
    for (const app::Tone tone :
         {app::Tone::Done, app::Tone::Note, app::Tone::Ask, app::Tone::Stop}) {
        const std::string name = "tone " + std::to_string(static_cast<int>(tone));
        const Colour colour = tone_colour(c, tone);
        pairs.push_back({name + " band while it flashes", c.on_tone, colour, 4.5});
        pairs.push_back({name + " band", c.text, tinted(c, c.surface, colour), 7});
        pairs.push_back({name + " symbol in the band", colour, tinted(c, c.surface, colour), 3});
        pairs.push_back({name + " on surface", colour, c.surface, 4.5});
    }
    for (const inventory::Status status : inventory::kStatuses) {
        const Colour colour = status_colour(c, status);
        pairs.push_back({"chip " + std::string(inventory::label(status)), colour,
                         tinted(c, c.surface, colour), 4.5});
    }
}

}  // namespace

TEST_CASE("every text can be read on its ground in every theme", "[ui][theme]") {
    const ui::Theme theme = GENERATE(ui::Theme::Light, ui::Theme::Dark, ui::Theme::HighContrast);
    const Palette& c = ui::palette(theme);
    std::vector<Pair> pairs;
    add_reading_pairs(c, pairs);
    add_accent_pairs(c, pairs);
    add_tone_pairs(c, pairs);
    for (const Pair& pair : pairs) {
        INFO("theme " << static_cast<int>(theme) << ", " << pair.name);
        CHECK(ui::contrast(pair.letters, pair.ground) >= pair.least);
    }
}

TEST_CASE("contrast is that of WCAG", "[ui][theme]") {
    CHECK(ui::contrast(ui::rgb(0x000000), ui::rgb(0xFFFFFF)) == Approx(21));
    CHECK(ui::contrast(ui::rgb(0x767676), ui::rgb(0xFFFFFF)) == Approx(4.54).margin(0.01));
    CHECK(ui::contrast(ui::rgb(0x123456), ui::rgb(0x123456)) == Approx(1));
}

TEST_CASE("high contrast knows black, white and yellow only", "[ui][theme]") {
    const Palette& c = ui::palette(ui::Theme::HighContrast);
    for (const Colour& colour :
         {c.ground,   c.surface,   c.raised, c.field,     c.line,     c.field_line,
          c.text,     c.muted,     c.accent, c.on_accent, c.done,     c.ask,
          c.stop,     c.on_tone,   c.note,   c.in_stock,  c.reserved, c.sold,
          c.returned, c.defective, c.view,   c.on_view}) {
        const bool known = colour == ui::rgb(0x000000) || colour == ui::rgb(0xFFFFFF) ||
                           colour == ui::rgb(0xFFFF00);
        CHECK(known);
    }
}

TEST_CASE("themes are named as on the command line", "[ui][theme]") {
    CHECK(ui::theme_named("light") == ui::Theme::Light);
    CHECK(ui::theme_named("high-contrast") == ui::Theme::HighContrast);
    CHECK_FALSE(ui::theme_named("Light"));
    CHECK_FALSE(ui::theme_named(""));
}

#include "ui/fonts.hpp"

#include <cmath>
#include <filesystem>
#include <system_error>
#include <vector>

#include "ui/icons.hpp"

namespace ui {
namespace {

// Folders in which distributions keep the two families.
constexpr const char* kTextFolders[] = {
    "/usr/share/fonts/opentype/inter/",
    "/usr/share/fonts/truetype/inter/",
    "/usr/share/fonts/inter/",
};
constexpr const char* kIconFiles[] = {
    "/usr/share/fonts/truetype/material-design-icons-iconfont/MaterialIcons-Regular.ttf",
    "/usr/share/fonts/material-icons/MaterialIcons-Regular.ttf",
};

// Latin with its extensions, Greek, Cyrillic, punctuation, currency, arrows, mathematics, check
// marks.
constexpr ImWchar kTextRanges[] = {
    0x0020, 0x024F, 0x0370, 0x03FF, 0x0400, 0x04FF, 0x1E00, 0x1EFF, 0x2010,
    0x2044, 0x20A0, 0x20BF, 0x2116, 0x2122, 0x2190, 0x2199, 0x2212, 0x2212,
    0x2248, 0x2248, 0x2260, 0x2265, 0x2713, 0x2717, 0,
};

// The symbols used, as pairs of first and last code point; ImGui reads them until it is gone.
const ImWchar* icon_ranges() {
    static const std::vector<ImWchar> kRanges = [] {
        ImFontGlyphRangesBuilder builder;
        for (const char* symbol : icon::kAll) builder.AddText(symbol);
        ImVector<ImWchar> ranges;
        builder.BuildRanges(&ranges);
        return std::vector<ImWchar>(ranges.begin(), ranges.end());
    }();
    return kRanges.data();
}

bool readable(const std::string& path) {
    std::error_code ignored;  // a file that cannot be looked at counts as missing
    return std::filesystem::is_regular_file(path, ignored);
}

std::string text_font(const char* style) {
    for (const char* folder : kTextFolders) {
        for (const char* ending : {".otf", ".ttf"}) {
            std::string path = std::string(folder) + "Inter-" + style + ending;
            if (readable(path)) return path;
        }
    }
    return {};
}

std::string icon_font() {
    for (const char* path : kIconFiles)
        if (readable(path)) return path;
    return {};
}

Face add_face(const std::string& path, float size, const ImWchar* ranges, float nudge) {
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    ImFontConfig config;
    config.GlyphRanges = ranges;
    config.OversampleH = size < 20 ? 2 : 1;  // small type needs it; large type costs atlas
    config.OversampleV = 1;
    config.PixelSnapH = false;
    const float whole = std::round(size);
    ImFont* font = nullptr;
    if (!path.empty()) font = atlas.AddFontFromFileTTF(path.c_str(), whole, &config, ranges);
    if (font == nullptr) {
        ImFontConfig own;
        own.SizePixels = whole;
        font = atlas.AddFontDefault(&own);
    }
    return Face{font, whole, std::round(nudge * whole)};
}

}  // namespace

Fonts load_fonts(float scale) {
    const std::string regular = text_font("Regular");
    const std::string semi_bold = text_font("SemiBold");
    const std::string bold = text_font("Bold");
    const std::string icons = icon_font();
    Fonts fonts;
    fonts.body = add_face(regular, 18 * scale, kTextRanges, 0);
    fonts.strong = add_face(semi_bold, 18 * scale, kTextRanges, 0);
    fonts.caption = add_face(regular, 15 * scale, kTextRanges, 0);
    fonts.label = add_face(semi_bold, 15 * scale, kTextRanges, 0);
    fonts.heading = add_face(semi_bold, 24 * scale, kTextRanges, 0);
    fonts.display = add_face(bold, 34 * scale, kTextRanges, 0);
    fonts.icon = add_face(icons, 22 * scale, icon_ranges(), 0);
    fonts.icon_large = add_face(icons, 30 * scale, icon_ranges(), 0);
    fonts.icon_huge = add_face(icons, 64 * scale, icon_ranges(), 0);
    if (regular.empty() || semi_bold.empty() || bold.empty())
        fonts.note = "the typeface Inter was not found: install fonts-inter";
    else if (icons.empty())
        fonts.note = "the symbols were not found: install fonts-material-design-icons-iconfont";
    return fonts;
}

}  // namespace ui

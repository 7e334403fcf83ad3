#include <algorithm>
#include <cmath>

#include "ui/screens/screens.hpp"

namespace ui::screens {
namespace {

constexpr float kGap = 16;
constexpr float kSheetMax = 480;  // 96 dpi pixels: larger ones are hard to keep in view
constexpr int kQuietZone = 4;     // modules, ISO/IEC 18004 §5.3.8
constexpr Colour kPaper = {0xFF, 0xFF, 0xFF};
constexpr Colour kBars = {0, 0, 0};

// Black on white in every theme, whole pixels a module: a scanner must be able to read it.
void sheet(const Canvas& canvas, const scanner::QrModules& modules, const Box& box) {
    const int across = modules.size + 2 * kQuietZone;
    const float room = std::min({box.w, box.h, canvas.px(kSheetMax)});
    const float module = std::floor(room / static_cast<float>(across));
    if (module < 1) return;
    const float side = module * static_cast<float>(across);
    const Box paper{std::floor(box.x + (box.w - side) / 2), std::floor(box.y), side, side};
    fill(canvas, paper, kPaper, 0);
    for (int row = 0; row < modules.size; ++row)
        for (int column = 0; column < modules.size; ++column)
            if (modules.dark[static_cast<std::size_t>(row * modules.size + column)])
                fill(canvas,
                     {paper.x + module * static_cast<float>(column + kQuietZone),
                      paper.y + module * static_cast<float>(row + kQuietZone), module, module},
                     kBars, 0);
}

void words(Canvas& canvas, const Scene& scene, Box box) {
    const Palette& c = canvas.colours;
    feedback(canvas, scene, box);
    const auto paragraph = [&](const Face& face, Colour colour, const std::string& text) {
        const float height = words_height(face, box.w, text);
        put_words(canvas, face, box.take_top(height, canvas.px(12)), colour, text);
    };
    paragraph(canvas.fonts.heading, c.text, "Hardware scanner");
    paragraph(canvas.fonts.body, c.text,
              "A scanner that types what it reads works at every station, whatever has the focus. "
              "Scan this code with it once, so that what it types is read right: how it ends a "
              "scan, what it does with a separator, and the keyboard it was set up for.");
    const std::string& known = scene.state.hardware.words;
    paragraph(canvas.fonts.strong, known.empty() ? c.muted : c.text,
              known.empty() ? "Not learned on this device yet." : "Learned: it " + known + ".");
}

}  // namespace

void hardware_scanner(Canvas& canvas, const Scene& scene, const Box& room) {
    const Box box = room.inset(canvas.px(scene.wide ? kGap : kGap / 2));
    card(canvas, box);
    Box inside = box.inset(canvas.px(kGap));
    const scanner::QrModules* modules = scene.state.hardware.sheet.get();
    if (scene.wide) {
        const Box left = inside.take_left((inside.w - canvas.px(kGap)) / 2, canvas.px(kGap * 2));
        if (modules != nullptr) sheet(canvas, *modules, left);
        words(canvas, scene, inside);
    } else {
        const Box top = inside.take_top(std::min(inside.w, inside.h / 2), canvas.px(kGap));
        if (modules != nullptr) sheet(canvas, *modules, top);
        words(canvas, scene, inside);
    }
}

}  // namespace ui::screens

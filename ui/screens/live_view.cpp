#include <algorithm>
#include <vector>

#include "scanner/frame.hpp"
#include "ui/icons.hpp"
#include "ui/models/stations.hpp"
#include "ui/screens/screens.hpp"
#include "ui/widgets/pieces.hpp"

namespace ui::screens {
namespace {

struct OnScreen {
    ImVec2 corners[4];
    Box bounds;
};

// Where a symbol of the frame stands in the picture on the screen.
OnScreen place(const scanner::Symbol& symbol, const scanner::Frame& frame, const Box& picture) {
    const float sx = picture.w / static_cast<float>(std::max(1, frame.width));
    const float sy = picture.h / static_cast<float>(std::max(1, frame.height));
    OnScreen on{};
    float left = picture.right();
    float top = picture.bottom();
    float right = picture.x;
    float bottom = picture.y;
    for (std::size_t i = 0; i < 4; ++i) {
        on.corners[i] = {picture.x + symbol.corners[i].x * sx,
                         picture.y + symbol.corners[i].y * sy};
        left = std::min(left, on.corners[i].x);
        right = std::max(right, on.corners[i].x);
        top = std::min(top, on.corners[i].y);
        bottom = std::max(bottom, on.corners[i].y);
    }
    on.bounds = {left, top, right - left, bottom - top};
    return on;
}

const app::SymbolName* name_of(const app::State& state, const scanner::Symbol& symbol) {
    const auto found = std::ranges::find(state.in_view, symbol.text, &app::SymbolName::text);
    return found == state.in_view.end() ? nullptr : &*found;
}

// A place for a name: above its symbol, below it, or further down where another name stands
// already.
Box free_place(const Box& wanted_by, float width, float height, const Box& picture,
               const std::vector<Box>& taken, float gap) {
    Box place{wanted_by.x, wanted_by.y - height - gap, width, height};
    if (place.y < picture.y) place.y = wanted_by.bottom() + gap;
    place.x = std::clamp(place.x, picture.x, std::max(picture.x, picture.right() - width));
    for (std::size_t tries = 0; tries <= taken.size(); ++tries) {
        const auto hit = std::ranges::find_if(
            taken, [&](const Box& box) { return !overlap(box, place).empty(); });
        if (hit == taken.end()) break;
        place.y = hit->bottom() + gap / 2;
    }
    place.y = std::clamp(place.y, picture.y, std::max(picture.y, picture.bottom() - height));
    return place;
}

void outline(const Canvas& canvas, const OnScreen& on, bool serial) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const Colour colour = serial ? canvas.colours.mark : with_alpha(rgb(0xFFFFFF), 190);
    list.AddPolyline(on.corners, 4, IM_COL32(0, 0, 0, 140), ImDrawFlags_Closed,
                     canvas.px(serial ? 8.0F : 5.0F));
    list.AddPolyline(on.corners, 4, ink(colour), ImDrawFlags_Closed,
                     canvas.px(serial ? 4.0F : 2.0F));
}

void name_tag(const Canvas& canvas, const OnScreen& on, const app::SymbolName& name,
              const Box& picture, std::vector<Box>& taken) {
    const bool roomy = picture.w > canvas.px(420);  // on a small picture the symbol matters more
    const bool large = name.serial && roomy;
    const Face& face = large         ? canvas.fonts.strong
                       : name.serial ? canvas.fonts.label
                                     : canvas.fonts.caption;
    const float pad = canvas.px(large ? 12.0F : 8.0F);
    const float height = canvas.px(large ? 34.0F : 26.0F);
    const float width = std::min(picture.w, text_width(face, name.words) + 2 * pad);
    const Box tag = free_place(on.bounds, width, height, picture, taken, canvas.px(8));
    fill(canvas, tag, name.serial ? canvas.colours.mark : with_alpha(rgb(0x0B0F12), 220), 8);
    fit_text(canvas, face, tag.inset(pad, 0), name.serial ? canvas.colours.on_mark : rgb(0xF2F5F7),
             name.words);
    taken.push_back(tag);
}

void symbols(const Canvas& canvas, const Scene& scene, const Box& picture) {
    if (scene.live.frame == nullptr) return;
    std::vector<Box> taken;
    for (const bool serial : {true, false}) {  // the serial gets its place first
        for (const scanner::Symbol& symbol : scene.live.sighting.symbols) {
            const app::SymbolName* name = name_of(scene.state, symbol);
            if ((name != nullptr && name->serial) != serial) continue;
            const OnScreen on = place(symbol, *scene.live.frame, picture);
            outline(canvas, on, serial);
            if (name != nullptr) name_tag(canvas, on, *name, picture, taken);
        }
    }
}

// The corners of the frame that a label is to be held in.
void aim_box(const Canvas& canvas, const Box& picture) {
    const float side = (1 - scanner::kAimShare) / 2;
    const Box aim = picture.inset(picture.w * side, picture.h * side);
    const float arm = std::min(canvas.px(36), aim.h / 4);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    for (const float x : {aim.x, aim.right()})
        for (const float y : {aim.y, aim.bottom()}) {
            const float right = x == aim.x ? arm : -arm, down = y == aim.y ? arm : -arm;
            const ImVec2 corner[] = {{x + right, y}, {x, y}, {x, y + down}};
            list.AddPolyline(corner, 3, IM_COL32(0, 0, 0, 120), 0, canvas.px(5));
            list.AddPolyline(corner, 3, IM_COL32(255, 255, 255, 220), 0, canvas.px(2));
        }
}

void foot_hint(const Canvas& canvas, const Hint& hint, const Box& view) {
    if (hint.headline.empty()) return;
    const Face& face = canvas.fonts.strong;
    const float width =
        std::min(view.w - canvas.px(24), text_width(face, hint.headline) + canvas.px(68));
    Box pill{view.middle_x() - width / 2, view.bottom() - canvas.px(40 + 12), width, canvas.px(40)};
    fill(canvas, pill, with_alpha(rgb(0x0B0F12), 225), 20);
    pill = pill.inset(canvas.px(16), 0);
    const Box place = pill.take_left(canvas.px(24), canvas.px(10));
    put_icon(canvas, canvas.fonts.icon, place, rgb(0xF2F5F7), hint.icon);
    fit_text(canvas, face, pill, rgb(0xF2F5F7), hint.headline);
}

// What stands where the picture would be.
void no_picture(Canvas& canvas, const Scene& scene, const Box& box) {
    const Hint hint = make_no_picture_hint(scene.state.camera);
    const Palette& view_colours = palette(Theme::Dark);  // the view is dark in every theme
    Canvas dark{view_colours, canvas.fonts, canvas.log, canvas.view, canvas.commands};
    dark.scale = canvas.scale;
    widgets::empty_state(dark, box.inset(canvas.px(16), canvas.px(8)), hint);
}

}  // namespace

void live_view(Canvas& canvas, const Scene& scene, const Box& box) {
    fill(canvas, box, canvas.colours.view, scene.wide ? kRadius : 0);
    if (canvas.colours.edge > 1 && scene.wide) edge(canvas, box, canvas.colours.line, 2);
    if (canvas.picture.width <= 0 || scene.live.frame == nullptr) {
        no_picture(canvas, scene, box);
        return;
    }
    const Box picture = letterbox(box, static_cast<float>(canvas.picture.width),
                                  static_cast<float>(canvas.picture.height));
    ImGui::GetWindowDrawList()->AddImageRounded(
        canvas.picture.texture, {picture.x, picture.y}, {picture.right(), picture.bottom()}, {0, 0},
        {1, 1}, IM_COL32_WHITE, scene.wide ? canvas.px(kRadius) : 0);
    const bool still = scene.live.frame->still;
    const bool live = still || scene.state.camera.state == scanner::CameraState::Live;
    if (!live)  // a picture of the past must not look like the present
        fill(canvas, picture, with_alpha(canvas.colours.view, 170), scene.wide ? kRadius : 0);
    if (live && !still) aim_box(canvas, picture);
    if (live) symbols(canvas, scene, picture);
    foot_hint(canvas, make_live_hint(scene.state, scene.live), box);
}

}  // namespace ui::screens

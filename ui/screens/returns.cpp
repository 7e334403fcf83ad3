#include "ui/screens/screens.hpp"
#include "ui/widgets/field.hpp"

namespace ui::screens {
namespace {

// The reason is typed before or after the scan and goes with the act.
float context(Canvas& canvas, const Scene& scene, const Box& box) {
    static_cast<void>(scene);
    const Box place{box.x, box.y, box.w, widgets::field_height(canvas, true)};
    widgets::text_field(canvas, place, canvas.view.reason,
                        {.label = "Reason", .hint = "Optional, goes with the next return"});
    return place.h;
}

}  // namespace

void returns(Canvas& canvas, const Scene& scene, const Box& box) {
    station(
        canvas, scene, box,
        {context, "Next return",
         canvas.view.reason.empty() ? std::string() : "Reason: " + canvas.view.reason, 0, nullptr});
}

}  // namespace ui::screens

#include "ui/models/reference.hpp"
#include "ui/models/stations.hpp"
#include "ui/screens/screens.hpp"
#include "ui/widgets/field.hpp"

namespace ui::screens {
namespace {

struct ContextPicker {
    const char* label;
    const char* hint;
    float share;  // of the row
    ReferenceKind kind;
};
constexpr ContextPicker kPickers[] = {
    {"Product Variant", "Choose", 0.34F, ReferenceKind::Variant},
    {"Lot", "No lot", 0.22F, ReferenceKind::Lot},
    {"Warehouse", "Choose", 0.22F, ReferenceKind::Warehouse},
    {"Location", "Choose", 0.22F, ReferenceKind::Location},
};

const std::string& code_of(const app::ReceiveContext& context, ReferenceKind kind) {
    switch (kind) {
        case ReferenceKind::Variant: return context.variant;
        case ReferenceKind::Lot: return context.lot;
        case ReferenceKind::Warehouse: return context.warehouse;
        case ReferenceKind::Location: break;
    }
    return context.location;
}

// Four pickers in a row, or two and two where the row is narrow.
float context(Canvas& canvas, const Scene& scene, const Box& box) {
    const bool narrow = box.w < canvas.px(520);
    const float gap = canvas.px(8);
    const float height = widgets::field_height(canvas, true);
    Box row{box.x, box.y, box.w, height};
    int index = 0;
    for (const ContextPicker& each : kPickers) {
        Box place = narrow ? row.column(index % 2, 2, gap)
                           : row.take_left((box.w - 3 * gap) * each.share, gap);
        if (narrow) place.y += (index < 2 ? 0 : height + gap);
        const std::string& code = code_of(scene.state.receive, each.kind);
        if (widgets::picker(canvas, place, each.label,
                            chosen_words(*scene.state.catalog, each.kind, code), each.hint))
            open_sheet(canvas, scene, each.kind, SheetOwner::ReceiveContext, false);
        ++index;
    }
    return narrow ? 2 * height + gap : height;
}

}  // namespace

void receive(Canvas& canvas, const Scene& scene, const Box& box) {
    station(canvas, scene, box,
            {context, "Receiving", receive_context_words(scene.state), scene.state.receive.received,
             "received"});
}

}  // namespace ui::screens

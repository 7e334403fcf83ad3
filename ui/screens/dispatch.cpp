#include "ui/screens/screens.hpp"
#include "ui/widgets/field.hpp"

namespace ui::screens {
namespace {

float context(Canvas& canvas, const Scene& scene, const Box& box) {
    ViewState& view = canvas.view;
    const float height = widgets::field_height(canvas, true);
    const Box row{box.x, box.y, box.w, height};
    const float gap = canvas.px(8);
    const auto client = widgets::text_field(canvas, row.column(0, 2, gap), view.client,
                                            {.label = "Client", .hint = "Who it goes to"});
    const auto order = widgets::text_field(canvas, row.column(1, 2, gap), view.order,
                                           {.label = "Order", .hint = "Order number"});
    const bool settled = client.left || client.entered || order.left || order.entered;
    const app::DispatchContext& now = scene.state.dispatch;
    if (settled && (view.client != now.client || view.order != now.order))
        canvas.ask(app::SetDispatchContext{view.client, view.order});
    return height;
}

std::string summary(const app::DispatchContext& context) {
    if (context.client.empty() && context.order.empty()) return "No client set";
    if (context.order.empty()) return context.client;
    return context.client.empty() ? "Order " + context.order
                                  : context.client + " \xC2\xB7 order " + context.order;
}

}  // namespace

void dispatch(Canvas& canvas, const Scene& scene, const Box& box) {
    station(canvas, scene, box,
            {context, "Dispatching", summary(scene.state.dispatch), scene.state.dispatch.dispatched,
             "dispatched"});
}

}  // namespace ui::screens

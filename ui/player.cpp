#include "ui/player.hpp"

#include <imgui.h>

namespace ui {
namespace {

std::string seen_words(const WidgetLog& log) {
    std::string words;
    for (const LoggedWidget& widget : log.all()) {
        if (widget.visible.empty() || widget.layer < log.top_layer()) continue;
        words += (words.empty() ? "" : ", ") + widget.words;
    }
    return words;
}

}  // namespace

void Player::before_frame(ImGuiIO& io) { finger_.apply(io); }

Result<bool> Player::after_frame(const app::State& state, const WidgetLog& log, double now) {
    if (!finger_.idle()) return false;
    if (waiting_) return begin(*waiting_, log, now);
    const Step step = ask_(state);
    waiting_since_ = now;
    return begin(step, log, now);
}

Result<bool> Player::begin(const Step& step, const WidgetLog& log, double now) {
    switch (step.kind) {
        case Step::Kind::Wait: return false;
        case Step::Kind::Type: finger_.type(step.text); return false;
        case Step::Kind::Close: return true;
        case Step::Kind::GiveUp: return fail(ErrorKind::Device, step.text);
        case Step::Kind::Capture: {
            auto written = capture_(step.text);
            if (!written) return fail(written.error());
            return false;
        }
        case Step::Kind::Click: break;
    }
    const auto widget = log.find(step.text);
    if (widget && widget->enabled) {
        waiting_.reset();
        finger_.tap(widget->visible);
        return false;
    }
    if (now - waiting_since_ > kPatienceSeconds)
        return fail(ErrorKind::InvalidInput, "nothing on the screen says \xE2\x80\x9C" + step.text +
                                                 "\xE2\x80\x9D; to be seen: " + seen_words(log));
    waiting_ = step;
    return false;
}

}  // namespace ui

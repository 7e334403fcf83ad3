// What a hardware scanner types, and learning how it types.
#include "app/application.hpp"
#include "base/text.hpp"
#include "scanner/qr_text.hpp"

namespace app {

void Application::read_typing_by(const std::string& typed,
                                 std::function<Result<void>(const std::string& typed)> keep) {
    keep_typing_ = std::move(keep);
    const auto learned = label::learn_wedge(typed);
    if (!learned) return;  // nothing was kept, or it cannot be read any more
    wedge_ = *learned;
    state_.hardware.words = label::in_words(*wedge_);
}

void Application::on(const TypedByScanner& command) {
    if (state_.screen == Screen::HardwareScanner) {
        learn_typing(command.text);
        return;
    }
    const label::Payload payload = label::read_typed(wedge_.value_or(label::Wedge{}), command.text);
    scanner::Symbol symbol;
    symbol.text = base::trim(payload.text);
    symbol.symbology_id = payload.symbology_id;
    symbol.bytes.assign(symbol.text.begin(), symbol.text.end());
    scanner::Reading reading;
    reading.symbols = {std::move(symbol)};
    reading.fresh = {0};
    reading.captured = reading.decoded = std::chrono::steady_clock::now();
    on(Scanned{std::move(reading)});
}

void Application::learn_typing(const std::string& typed) {
    const auto learned = label::learn_wedge(typed);
    if (!learned) {
        say(learned.error(), "Not learned");
        return;
    }
    wedge_ = *learned;
    state_.hardware.words = label::in_words(*wedge_);
    const auto kept = keep_typing_ ? keep_typing_(typed) : Result<void>();
    if (!kept)
        say(kept.error(), "Learned until the next start");
    else
        say(Tone::Done, "Learned", "This scanner " + state_.hardware.words + ".");
}

void Application::show_sheet() {
    if (state_.hardware.sheet) return;
    auto modules = scanner::qr_modules(std::string(label::wedge_sheet()));
    if (!modules)
        say(modules.error(), "The test sheet cannot be shown");
    else
        state_.hardware.sheet = std::make_shared<const scanner::QrModules>(std::move(*modules));
}

}  // namespace app

#include "ui/models/stations.hpp"

#include <algorithm>

#include "ui/icons.hpp"
#include "ui/models/reference.hpp"

namespace ui {
namespace {

using scanner::CameraState;

std::string said_or(const std::string& words, const char* otherwise) {
    return words.empty() ? std::string(otherwise) : words;
}

std::string joined(const std::string& first, const char* between, const std::string& second) {
    if (first.empty() || second.empty()) return first + second;
    return first + between + second;
}

// When the sale in force was written, from the timeline: "3 Feb 2026, 10:12".
std::string sold_when(const app::Record& record) {
    for (const app::TimelineEntry& entry : record.timeline)
        if (!entry.undone && entry.what.starts_with(inventory::label(inventory::Status::Sold)))
            return entry.at;
    return {};
}

std::string sale_sentence(const app::Record& record) {
    const inventory::Unit& unit = record.unit;
    std::string sentence = "Sold";
    if (unit.client && !unit.client->empty()) sentence += " to " + *unit.client;
    const std::string when = sold_when(record);
    if (!when.empty()) sentence += " on " + when.substr(0, when.find(','));
    if (unit.order && !unit.order->empty()) sentence += ", order " + *unit.order;
    return sentence;
}

struct WarrantyVerdict {
    const char* words;
    inventory::WarrantyState state;
    app::Tone tone;
};
constexpr WarrantyVerdict kWarrantyVerdicts[] = {
    {"no warranty recorded", inventory::WarrantyState::None, app::Tone::Note},
    {"in warranty", inventory::WarrantyState::Covered, app::Tone::Done},
    {"out of warranty", inventory::WarrantyState::Over, app::Tone::Ask},
    {"check the date of this device", inventory::WarrantyState::CheckDate, app::Tone::Ask},
};

const WarrantyVerdict& verdict_of(inventory::WarrantyState state) {
    const auto row = std::ranges::find(kWarrantyVerdicts, state, &WarrantyVerdict::state);
    return row == std::end(kWarrantyVerdicts) ? kWarrantyVerdicts[0] : *row;
}

}  // namespace

Hint make_no_picture_hint(const scanner::CameraStatus& camera) {
    switch (camera.state) {
        case CameraState::Off:
            return {icon::kNoCamera, "No camera",
                    said_or(camera.words, "Type the serial, or use a hardware scanner."),
                    app::Tone::None};
        case CameraState::Opening:
            return {icon::kWait, "Opening the camera", said_or(camera.words, "One moment."),
                    app::Tone::None};
        case CameraState::Live:
            return {icon::kCamera, "Waiting for the first picture",
                    said_or(camera.words, "One moment."), app::Tone::None};
        case CameraState::Lost:
            return {icon::kNoCamera, "Camera lost",
                    said_or(camera.words, "Check the cable. It is found again by itself."),
                    app::Tone::Stop};
        case CameraState::Busy:
            return {icon::kLock, "Camera in use",
                    said_or(camera.words, "Close the other program that is using it."),
                    app::Tone::Ask};
        case CameraState::Ended:
            return {icon::kCheck, "The video has ended",
                    said_or(camera.words, "Start again with another one."), app::Tone::None};
    }
    return {};
}

Hint make_live_hint(const app::State& state, const scanner::LiveView& live) {
    if (live.frame != nullptr && live.frame->still) {
        if (!live.sighting.symbols.empty()) return {};
        return {icon::kScan, "No barcode was read in this picture", "", app::Tone::Ask};
    }
    if (state.camera.state != CameraState::Live) {
        Hint hint = make_no_picture_hint(state.camera);
        if (hint.tone == app::Tone::None) hint.tone = app::Tone::Note;
        return hint;
    }
    const scanner::Sighting& seen = live.sighting;
    if (!seen.symbols.empty() && !seen.aimed)
        return {icon::kScan, "Bring the label into the frame", "", app::Tone::Ask};
    if (!seen.symbols.empty()) return {};
    switch (live.hint) {
        case scanner::Hint::None: break;
        case scanner::Hint::MoreLight: return {icon::kTheme, "More light", "", app::Tone::Ask};
        case scanner::Hint::Closer: return {icon::kScan, "Closer", "", app::Tone::Ask};
        case scanner::Hint::Farther: return {icon::kScan, "Farther away", "", app::Tone::Ask};
        case scanner::Hint::HoldStill: return {icon::kHold, "Hold still", "", app::Tone::Ask};
        case scanner::Hint::Focus:
            return {icon::kScan, "Out of focus: a little farther away", "", app::Tone::Ask};
        case scanner::Hint::ItfLength:
            return {icon::kScan, "Add this ITF's length to the settings", "", app::Tone::Ask};
    }
    return {icon::kScan, "Hold a label before the camera", "", app::Tone::None};
}

Hint make_waiting_hint(const app::State& state) {
    switch (state.screen) {
        case app::Screen::Receive:
            if (state.receive.variant.empty())
                return {icon::kBox, "What is being received?",
                        "Choose the product variant. It stays for every scan that follows.",
                        app::Tone::None};
            return {icon::kReceive, "Ready to receive",
                    "Every new serial that the camera sees is registered as " +
                        variant_words(*state.catalog, state.receive.variant) + ".",
                    app::Tone::None};
        case app::Screen::Dispatch:
            return {icon::kTruck, "Ready to dispatch",
                    "Scan a unit to see its record, then mark it as sold.", app::Tone::None};
        case app::Screen::Returns:
            return {icon::kReturn, "What came back?",
                    "Scan the unit: who bought it, when, and whether it is under warranty.",
                    app::Tone::None};
        case app::Screen::Units:
            return {icon::kBox, "No unit chosen", "Tap a row or scan a label to see its record.",
                    app::Tone::None};
        case app::Screen::Add:
            return {icon::kScan, "Scan or type",
                    "A label before the camera fills in the serial number.", app::Tone::None};
        case app::Screen::Conflicts:
            return {
                icon::kDone, "Nothing to settle",
                "When stations did different things to one unit apart, both sides are shown here.",
                app::Tone::Done};
        case app::Screen::HardwareScanner:
            return {icon::kScan, "Scan the code that is shown",
                    "Point the hardware scanner at it, once. What it types is learned from that.",
                    app::Tone::None};
        case app::Screen::Profiles:
            return {icon::kLabel, "Which text is the serial number?",
                    "A label profile says it for the labels of one product. Choose one to see or "
                    "change it, and try it on a code.",
                    app::Tone::None};
    }
    return {};
}

CameraChip make_camera_chip(const scanner::CameraStatus& camera) {
    switch (camera.state) {
        case CameraState::Off: return {icon::kNoCamera, "No camera", true};
        case CameraState::Opening: return {icon::kWait, "Opening", true};
        case CameraState::Live: return {icon::kCamera, "Live", true};
        case CameraState::Lost: return {icon::kNoCamera, "Camera lost", false};
        case CameraState::Busy: return {icon::kLock, "Camera in use", false};
        case CameraState::Ended: return {icon::kCheck, "Ended", true};
    }
    return {};
}

std::vector<FirstStep> make_first_steps(const app::State& state) {
    const app::Catalog& catalog = *state.catalog;
    const bool warehouse = !catalog.warehouses.empty();
    const bool variant = !catalog.variants.empty();
    if (warehouse && variant) return {};
    return {
        {"Add a warehouse", "Where your units are kept.", warehouse, !warehouse, "Add a warehouse",
         ReferenceKind::Warehouse},
        {"Add a product variant", "What your units are.", variant, warehouse && !variant,
         "Add a product variant", ReferenceKind::Variant},
        {"Scan the first label", "It becomes the first serial number.", false, false, "",
         ReferenceKind::Variant},
    };
}

Verdict make_verdict(const app::Record& record) {
    const WarrantyVerdict& warranty = verdict_of(record.warranty.state);
    const std::string words = inventory::to_words(record.warranty);
    const std::string of_warranty =
        record.warranty.state == inventory::WarrantyState::None ? std::string() : words;
    if (record.unit.status == inventory::Status::Sold)
        return {warranty.tone, std::string("Ours, ") + warranty.words,
                joined(sale_sentence(record), " \xC2\xB7 ", of_warranty)};
    if (record.unit.status == inventory::Status::Returned)
        return {app::Tone::Note, "It is back",
                joined("Return it to stock, or mark it as defective", " \xC2\xB7 ", of_warranty)};
    if (record.unit.status == inventory::Status::Defective)
        return {app::Tone::Note, "It is set aside as defective", of_warranty};
    return {app::Tone::Ask,
            "Ours, but " + std::string(inventory::label(record.unit.status)) + " here",
            joined("It was not sold, so it cannot come back", " \xC2\xB7 ", of_warranty)};
}

std::string receive_context_words(const app::State& state) {
    const app::ReceiveContext& context = state.receive;
    if (context.variant.empty()) return "Choose what is received";
    std::string words = variant_words(*state.catalog, context.variant);
    words = joined(words, " \xC2\xB7 ", context.lot);
    return joined(words, " \xC2\xB7 ", joined(context.warehouse, " / ", context.location));
}

}  // namespace ui

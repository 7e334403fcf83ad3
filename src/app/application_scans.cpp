// What a scan does: from a reading to its label, and from the station's decision to the act.
#include <algorithm>
#include <string_view>
#include <utility>

#include "app/application.hpp"
#include "app/read_label.hpp"
#include "base/text.hpp"
#include "inventory/gtin.hpp"
#include "inventory/serial_number.hpp"

namespace app {
namespace {

// What `hub enroll` prints as a QR code; a serial that begins so is shorter.
constexpr std::string_view kEnrolmentBegin = "UT1";
constexpr std::size_t kEnrolmentSizeMin = 100;

// The words at a symbol's outline.
SymbolName name_symbol(const label::Parsed& part, const std::optional<std::string>& serial) {
    static constexpr struct {
        label::FieldName field;
        const char* words;
    } kWords[] = {
        {label::FieldName::Serial, "serial "},     {label::FieldName::Sscc, "box "},
        {label::FieldName::Gtin, "product code "}, {label::FieldName::Imei, "IMEI "},
        {label::FieldName::Mac, "MAC "},           {label::FieldName::Eui64, "EUI "},
        {label::FieldName::Part, "part "},         {label::FieldName::Lot, "lot "},
        {label::FieldName::Pcn, "product "},       {label::FieldName::Url, ""},
    };
    const auto is_it = [&](const label::Field& field) {
        return field.name == label::FieldName::Serial && field.value == *serial;
    };
    if (serial && (part.text == *serial || std::ranges::any_of(part.fields, is_it)))
        return {part.text, "serial " + *serial, true};
    for (const auto& row : kWords) {
        if (part.family == label::Family::Plain) break;
        if (const std::string* value = label::find(part, row.field))
            return {part.text, row.words + base::shorten(*value, 32), false};
    }
    return {part.text, base::shorten(part.text, 32), false};
}

// The text that the operator wants to be a serial: the label's, or a single plain code that is none
// by the rules.
std::optional<std::string> would_be_serial(const label::Label& label) {
    if (label.serial) return label.serial;
    const bool one_plain =
        label.parts.size() == 1 && label.parts.front().family == label::Family::Plain;
    if (!one_plain || label.parts.front().rest.empty()) return std::nullopt;
    return label.parts.front().rest;
}

}  // namespace

void Application::name_symbols(const std::vector<scanner::Symbol>& symbols,
                               const label::Label& label) {
    for (std::size_t i = 0; i < label.parts.size(); ++i) {
        SymbolName name = name_symbol(label.parts[i], label.serial);
        if (label.from == i && !name.serial) {  // a part of its text is the serial
            name.words = "serial " + *label.serial;
            name.serial = true;
        }
        name.text = symbols[i].text;
        state_.in_view.push_back(std::move(name));
    }
}

// Of the label in hand.
void Application::keep_evidence(const std::vector<scanner::Symbol>& symbols) {
    raw_.clear();
    evidence_.reset();
    for (std::size_t i = 0; i < label_.parts.size(); ++i) {
        raw_.push_back(base::to_base64(symbols[i].bytes));
        if (!evidence_ || label_.from == i)
            evidence_ = journal::Evidence{raw_.back(), symbols[i].symbology_id, label_.why};
    }
}

bool Application::is_answered(const scanner::Reading& reading,
                              const std::vector<std::size_t>& label) const {
    if (answered_.two_labels && label.size() < answered_.symbols.size()) return false;
    return std::ranges::all_of(label, [&](std::size_t i) {
        return std::ranges::any_of(answered_.symbols, [&](const scanner::Symbol& known) {
            return scanner::same_code(known, reading.symbols[i]);
        });
    });
}

void Application::on(const Scanned& command) {
    const scanner::Reading& reading = command.reading;
    if (reading.standing.empty()) answered_ = {};
    for (const std::size_t i : reading.fresh)
        std::erase_if(answered_.symbols, [&](const scanner::Symbol& known) {
            return scanner::same_code(known, reading.symbols[i]);
        });
    const std::vector<std::size_t> aimed = aimed_at(reading);
    if (!aimed.empty() && is_answered(reading, aimed)) return;
    state_.in_view.clear();
    std::vector<scanner::Symbol> seen, beside;
    for (std::size_t i = 0; i < reading.symbols.size(); ++i)
        (std::ranges::binary_search(aimed, i) ? seen : beside).push_back(reading.symbols[i]);
    label::Label quiet = read_label(beside, clock_());
    quiet.serial.reset();  // nobody asks for it
    quiet.from.reset();
    name_symbols(beside, quiet);
    if (seen.empty()) return;
    const Sight sight = sight_of(reading, aimed);
    if (is_being_read(sight)) return wait_for(seen, sight);
    answer(seen, sight);
    state_.timing = ScanTiming{reading.captured, reading.decoded, std::chrono::steady_clock::now()};
}

// More of the label may come; what there is of it is named.
void Application::wait_for(const std::vector<scanner::Symbol>& symbols, const Sight& sight) {
    static constexpr const char* kHoldStill = "Hold still";
    name_symbols(symbols, read(symbols));
    const bool told = state_.feedback.headline == kHoldStill;
    if (sight.unchanged_for >= kSettledAfter && !told)
        say(Tone::Note, kHoldStill, "A barcode on the label is still being read.");
}

void Application::answer(const std::vector<scanner::Symbol>& seen, Sight sight) {
    answered_ = {seen, shows_two_labels(seen)};
    learned_.clear();
    state_.asks_to_join = false;
    for (const scanner::Symbol& symbol : seen)
        if (ask_to_join(symbol.text)) return;
    if (answered_.two_labels) sight.labels_in_aim = 2;
    const std::vector<scanner::Symbol> symbols = with_other_half(seen);
    label_ = read(symbols);
    name_symbols(symbols, label_);
    keep_evidence(symbols);
    take(look_up(label_, sight), evidence_);
}

// What is still in view, for the screen that was just opened.
void Application::answer_again() {
    if (state_.camera.state != scanner::CameraState::Live) return;
    const std::vector<scanner::Symbol> seen = answered_.symbols;
    if (seen.empty()) return;
    std::erase_if(state_.in_view, [&](const SymbolName& name) {
        return std::ranges::any_of(seen, [&](const auto& each) { return each.text == name.text; });
    });
    answer(seen, Sight());
}

void Application::on(const Typed& command) {
    state_.asks_to_join = false;
    learned_.clear();
    evidence_.reset();
    if (ask_to_join(base::trim(command.text))) return;
    scanner::Symbol typed;
    typed.text = command.text;
    label_ = read_label({typed}, clock_());
    label_.why = "typed";
    if (label_.serial) label_.trust = label::Trust::Operator;
    take(look_up(label_), std::nullopt);
}

// Joining a hub is never done by a scan alone.
bool Application::ask_to_join(const std::string& text) {
    if (!join_hub_ || !text.starts_with(kEnrolmentBegin) || text.size() < kEnrolmentSizeMin)
        return false;
    enrolment_ = text;
    state_.asks_to_join = true;
    state_.candidates.clear();
    state_.record.reset();
    state_.in_view.push_back({text, "enrolment code", false});
    say(Tone::Ask, "Enrolment code", "It lets this device join a hub.");
    return true;
}

void Application::on(const JoinHub&) {
    if (!std::exchange(state_.asks_to_join, false)) return;
    const auto joined = join_hub_(store_, enrolment_);
    enrolment_.clear();
    if (!joined)
        say(joined.error(), "Not joined");
    else
        say(Tone::Done, "Joined", "This station syncs with the hub from now on.");
}

void Application::on(const Choose& command) {
    learned_.clear();
    if (command.remember && !state_.may_learn.empty()) learn(command.text);
    label_.serial = command.text;
    label_.trust = label::Trust::Operator;
    label_.choices.clear();
    label_.readings.clear();
    label_.why = "picked by the operator";
    // The digits that looked like a product code are not one, then.
    if (const auto gtin = inventory::parse_gtin(command.text); gtin && *gtin == label_.gtin)
        label_.gtin.reset();
    for (std::size_t i = 0; i < label_.parts.size(); ++i) {
        const label::Parsed& part = label_.parts[i];
        const bool holds = part.text.find(command.text) != std::string::npos;
        if (i < state_.in_view.size()) state_.in_view[i].serial = holds;
        if (holds && evidence_ && i < raw_.size())
            evidence_ = journal::Evidence{raw_[i], part.symbology_id, label_.why};
    }
    if (evidence_) evidence_->rule = label_.why;
    take(look_up(label_), evidence_);
}

void Application::take(const Scan& scan, const std::optional<journal::Evidence>& evidence) {
    using Do = Decision::Do;
    state_.candidates.clear();
    state_.may_learn.clear();
    if (const auto wanted = would_be_serial(scan.label)) {
        if (const auto serial = inventory::parse_serial(*wanted); !serial) {
            say(serial.error(), "Not a serial number");
            return;
        }
    }
    const Decision decision =
        decide(state_.screen, scan, state_.receive, state_.dispatch, *state_.catalog);
    if (decision.action == Do::Register) {
        do_register(scan, decision, evidence);
        return;
    }
    say(decision.tone, decision.headline, decision.detail);
    const std::string serial = scan.unit ? scan.unit->unit.serial : scan.label.serial.value_or("");
    if (!serial.empty() && decision.action != Do::Choose && decision.action != Do::SetPlace)
        note(serial, scan.unit ? scan.unit->unit.key : "", decision.tone, decision.headline);
    switch (decision.action) {
        case Do::Nothing: state_.record.reset(); break;
        case Do::ShowRecord: show(*scan.unit); break;
        case Do::Register: break;
        case Do::SetVariant:
            state_.receive.variant = decision.variant;
            state_.receive.lot.clear();
            received_.clear();
            break;
        case Do::SetPlace: set_place(scan); break;
        case Do::Choose: offer(scan); break;
        case Do::FillForm: fill_form(scan); break;
        case Do::Settle: open_conflict(scan.unit->conflict->id); break;
        case Do::TryCode: try_code(label_); break;
    }
}

void Application::offer(const Scan& scan) {
    const label::Label& label = scan.label;
    state_.record.reset();
    if (scan.clash) {
        state_.candidates.push_back({*scan.clash, "product code and serial together"});
        return;
    }
    for (const label::Choice& choice : label.choices)
        state_.candidates.push_back({choice.text, choice.seems});
    if (label.serial && label.choices.empty()) {
        state_.candidates.push_back({*label.serial, "all of the code"});
        if (label.readings.size() == 2)
            state_.candidates.push_back({label.readings[1], "without what may be an identifier"});
    }
    const inventory::Variant* variant = variant_for(label);
    const bool registers = state_.screen == Screen::Receive || state_.screen == Screen::Add;
    if (registers && variant != nullptr && state_.candidates.size() > 1 && evidence_)
        state_.may_learn = variant->name.empty() ? variant->sku : variant->name;
}

void Application::set_place(const Scan& scan) {
    state_.receive.warehouse = scan.location ? scan.location->warehouse : scan.warehouse->code;
    state_.receive.location = scan.location ? scan.location->code : "";
    received_.clear();
}

void Application::do_register(const Scan& scan, const Decision& decision,
                              const std::optional<journal::Evidence>& evidence) {
    state_.receive.variant = decision.variant;
    Receipt receipt;
    receipt.serial = *scan.label.serial;
    receipt.variant = decision.variant;
    if (!state_.receive.lot.empty()) receipt.lot = state_.receive.lot;
    receipt.scan = evidence;
    receipt.identifiers = scan.label.identifiers;
    const auto entry = evidence ? inventory::Entry::Read : inventory::Entry::Typed;
    const auto warnings =
        value_or_trouble(warnings_of(store_, receipt, entry), std::vector<std::string>());
    const auto today = value_or_trouble(store_.today(), store::Today{});
    const auto unit = app::receive(store_, receipt, here(), state_.catalog->variants, today.date);
    if (!unit) {
        say(unit.error(), "Not registered");
        note(receipt.serial, "", Tone::Stop, "not registered");
        return;
    }
    received_.insert(latest_event(unit->unit.key));
    wrote();
    handled_[unit->unit.key] = scan.label.identifiers;
    std::string detail = decision.detail + learned_;
    for (const std::string& warning : warnings) detail += "; " + warning;
    say(warnings.empty() ? Tone::Done : Tone::Ask,
        decision.headline + (warnings.empty() ? "" : " \xC2\xB7 look at it again"), detail);
    note(unit->unit.serial, unit->unit.key, Tone::Done, "registered");
    show(*unit);
}

void Application::fill_form(const Scan& scan) {
    UnitDraft& draft = state_.add.draft;
    if (scan.label.serial) draft.serial = *scan.label.serial;
    if (scan.product) draft.variant = scan.product->sku;
    if (scan.label.lot)
        for (const auto& lot : state_.catalog->lots)
            if (lot.code == *scan.label.lot && lot.variant == draft.variant) draft.lot = lot.code;
    state_.add.error.clear();
    ++state_.add.number;
}

}  // namespace app

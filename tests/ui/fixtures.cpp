#include "fixtures.hpp"

#include <array>
#include <utility>

#include "scanner/decoder.hpp"
#include "scanner/simulated.hpp"
#include "support/catch.hpp"

namespace fixtures {
namespace {

using app::Screen;
using app::Tone;
using inventory::Status;

inventory::Date day(const char* iso) { return *inventory::parse_date(iso); }

std::shared_ptr<const app::Catalog> catalog() {
    app::Catalog all;
    all.variants = {{"ROUTER-X", "Router X", "04012345678901", 24},
                    {"SENSOR-Z", "Sensor Z", std::nullopt, 12},
                    {"SWITCH-Y", "Switch Y", "04012345678918", 36}};
    all.lots = {{"L-22", "ROUTER-X", std::nullopt, "Nordic Networks"},
                {"L-23", "ROUTER-X", std::nullopt, ""},
                {"Z-7", "SENSOR-Z", day("2027-06-30"), ""}};
    all.warehouses = {{"MAIN", "Main warehouse"}, {"NORTH", "North"}};
    all.locations = {{"A-01", "MAIN"},
                     {"A-02", "MAIN"},
                     {"A-03", "MAIN"},
                     {"RETURNS", "MAIN"},
                     {"N-1", "NORTH"}};
    return std::make_shared<const app::Catalog>(std::move(all));
}

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

app::ListRow row(int number) {
    struct Kind {
        const char* variant;
        const char* prefix;
        const char* lot;
    };
    constexpr Kind kKinds[] = {{"Router X", "SN-20260301-A0", "Lot L-22"},
                               {"Switch Y", "SW-48P-77300", ""},
                               {"Sensor Z", "Z7-000451-", "Lot Z-7"}};
    constexpr Status kOrder[] = {
        Status::InStock,  Status::InStock, Status::Sold, Status::InStock, Status::Reserved,
        Status::Returned, Status::InStock, Status::Sold, Status::InStock, Status::Defective};
    constexpr const char* kClients[] = {"Kestrel Logistics", "Harbour Clinic", "Lindqvist & Sons"};
    const auto& kind = kKinds[number % 3];
    app::ListRow made;
    made.serial = kind.prefix + two_digits(number + 1);
    made.key = "key" + std::to_string(number);
    made.variant_name = kind.variant;
    made.status = kOrder[number % 10];
    const bool with_client = made.status == Status::Sold || made.status == Status::Reserved;
    made.place = made.status == Status::Sold ? "" : "MAIN / A-0" + std::to_string(1 + number % 3);
    made.detail = with_client ? kClients[number % 3] : kind.lot;
    return made;
}

app::List list_of(int count) {
    std::vector<app::ListRow> rows;
    rows.reserve(static_cast<std::size_t>(count));
    for (int i = 0; i < count; ++i) rows.push_back(row(i));
    app::List list;
    list.rows = std::make_shared<const std::vector<app::ListRow>>(std::move(rows));
    return list;
}

std::vector<app::ScanNote> recent() {
    return {{"SN-20260301-A014", "k14", Tone::Done, "registered"},
            {"SN-20260301-A013", "k13", Tone::Done, "registered"},
            {"SN-20260301-A007", "k07", Tone::Note, "already known, In Stock"},
            {"SN-20260301-A012", "k12", Tone::Done, "registered"},
            {"4012345678901", "", Tone::Stop, "product code, no serial"},
            {"SN-20260301-A011", "k11", Tone::Done, "registered"}};
}

app::Feedback feedback(Tone tone, std::string headline, std::string detail) {
    return {1, tone, std::move(headline), std::move(detail)};
}

std::vector<app::TimelineEntry> timeline_to(Status status) {
    std::vector<app::TimelineEntry> entries = {
        {"1 Mar 2026, 09:12", "Registered at MAIN / A-03", "Mara \xC2\xB7 Dock 1", false}};
    const auto add = [&](app::TimelineEntry entry) {
        entries.insert(entries.begin(), std::move(entry));
    };
    if (status == Status::Reserved)
        add({"20 Nov 2026, 11:40", "Reserved for Kestrel Logistics, order 4711",
             "Jon \xC2\xB7 Dispatch", false});
    if (status == Status::Sold || status == Status::Returned || status == Status::Defective)
        add({"3 Feb 2026, 15:26", "Sold to Kestrel Logistics, order 4711", "Jon \xC2\xB7 Dispatch",
             false});
    if (status == Status::Returned || status == Status::Defective)
        add({"21 Nov 2026, 10:05", "Returned by Kestrel Logistics: no link on port 3",
             "Ines \xC2\xB7 Returns", false});
    if (status == Status::Defective)
        add({"21 Nov 2026, 10:31", "Marked as defective: water in the housing",
             "Ines \xC2\xB7 Returns", false});
    if (status == Status::InStock)
        add({"2 Mar 2026, 08:01", "Sold to Harbour Clinic", "Jon \xC2\xB7 Dispatch", true});
    return entries;
}

app::Counts counts_of_thirty() { return {30, 15, 3, 6, 3, 3}; }

std::string long_serial() {
    std::string serial;
    while (serial.size() < 128) serial += "LONG-SERIAL-0123456789-";
    serial.resize(128);
    return serial;
}

app::State long_everything() {
    app::State state = with_record(Screen::Returns, Status::Sold);
    app::Record& record = *state.record;
    record.unit.serial = long_serial();
    record.variant_name =
        "Industrial Ethernet Router X with Redundant Power, DIN Rail and Extended Temperature";
    record.unit.client =
        "Gesellschaft f\xC3\xBCr angewandte Langnamenforschung und Versandlogistik mbH & Co. KG";
    record.unit.order = "ORDER-2026-000000000000000000471100-PART-SEVENTEEN";
    record.unit.location = "AISLE-12-BAY-44-LEVEL-3-POSITION-9-LEFT";
    record.unit.reason =
        "the carton was open, the seal is gone and the customer says it never worked";
    record.undo = "Returned and then moved to the bench at the far end of the hall";
    state.feedback =
        feedback(Tone::Stop, "Already known in another warehouse of this organization",
                 "Registered on 1 Mar 2026 at a place whose name is as long as its shelf.");
    state.dispatch.client = *record.unit.client;
    state.receive.variant = "A-VERY-LONG-SKU-THAT-HAS-NO-NAME-AND-FILLS-THE-PICKER";
    state.recent.insert(state.recent.begin(), {long_serial(), "k", Tone::Done, "registered"});
    return state;
}

app::State with_camera(scanner::CameraState camera, const char* words) {
    app::State state = working(Screen::Dispatch);
    state.camera = {camera, words};
    state.in_view.clear();
    return state;
}

app::State choosing() {
    app::State state = working(Screen::Receive);
    state.candidates = {{"SN-20260301-A015", "plain code"},
                        {"356938035643809", "15 digits, like an IMEI"}};
    state.may_learn = "Router X";
    state.feedback = feedback(Tone::Ask, "Which one is the serial number?",
                              "Several codes are in view; tap the right one.");
    return state;
}

app::State filtered_out() {
    app::State state = working(Screen::Units);
    state.list = list_of(0);
    state.list.tab = Status::Reserved;
    state.list.search = "A99";
    return state;
}

app::State undone() {
    app::State state = working(Screen::Units);
    state.feedback = feedback(Tone::Done, "Undone: registered", "SN-20260301-A015");
    return state;
}

app::State adding() {
    app::State state = working(Screen::Add);
    state.add.number = 1;
    state.add.draft = {"SN-20260301-A015", "ROUTER-X", "L-22", "MAIN", "A-03", "2026-11-23", ""};
    return state;
}

app::State adding_refused() {
    app::State state = adding();
    state.add.draft.serial = "SN-20260301-A001";
    state.add.error =
        "SN-20260301-A001 exists already: In Stock at MAIN / A-03, registered on 1 Mar 2026.";
    return state;
}

app::State troubled() {
    app::State state = with_record(Screen::Receive, Status::InStock);
    state.trouble = "The disk is full: nothing is saved. Free some space on this device.";
    state.date_warning =
        "Check the date: this device says 23 Nov 2026, but the last event is from 2 Dec 2026.";
    return state;
}

app::State dispatched() {
    app::State state = with_record(Screen::Dispatch, Status::Sold);
    state.feedback = feedback(Tone::Done, "Sold", "To Kestrel Logistics, order 4711.");
    state.record->undo = "Sold";
    return state;
}

app::State hub_away() {
    app::State state = dispatched();
    state.synced = false;
    state.sync = "Not synced: the hub cannot be reached; last complete 14:02; acts waiting here: 3";
    return state;
}

app::State stopped(Screen screen) {
    app::State state = with_record(screen, Status::InStock);
    state.record->recall = "the power supply can catch fire";
    state.record->unit.hold = "the carton is wet; waits for the supplier's answer until Friday";
    state.feedback = feedback(Tone::Stop, "Recalled",
                              "SN-20260301-A001 must not leave: the power supply can catch fire.");
    return state;
}

app::Conflict sold_twice() {
    app::Conflict conflict;
    conflict.id = "0a1b2c3d4e5f";
    conflict.serial = "SN-20260301-A001";
    conflict.severity = "HIGH";
    conflict.sentence =
        "Sold twice, at Dispatch (Jon, 20 Nov 2026, 11:40) and at Shop (Ines, 20 Nov 2026, 12:05)";
    conflict.sellable = false;
    conflict.needs_reason = true;
    conflict.sides = {
        {"Sold to Kestrel Logistics, order 4711", "Jon", "Dispatch", "20 Nov 2026, 11:40", "right"},
        {"Sold to Harbour Clinic, order 4733", "Ines", "Shop", "20 Nov 2026, 12:05",
         "3 hours ahead"}};
    conflict.choices = {{"a", "Sold to Kestrel Logistics, order 4711 at Dispatch", false},
                        {"b", "Sold to Harbour Clinic, order 4733 at Shop", false}};
    return conflict;
}

app::Conflict registered_twice() {
    app::Conflict conflict = sold_twice();
    conflict.id = "112233445566";
    conflict.serial = "SW-48P-7730012";
    conflict.severity = "MED";
    conflict.sentence =
        "Registered in two warehouses, at Dock 1 (Mara, 20 Nov 2026, 09:12) and at another "
        "station (20 Nov 2026, 09:40): one box or two?";
    conflict.needs_reason = false;
    conflict.sides = {
        {"Registered at MAIN / A-03", "Mara", "Dock 1", "20 Nov 2026, 09:12", "right"},
        {"Registered at NORTH / N-1", "", "", "20 Nov 2026, 09:40", ""}};
    conflict.choices.push_back({"both", "two boxes; the other one gets another serial", true});
    return conflict;
}

app::Conflict not_allowed() {
    app::Conflict conflict = sold_twice();
    conflict.id = "998877665544";
    conflict.serial = "Z7-000451-03";
    conflict.severity = "RULE";
    conflict.sentence = "Sold at Shop (Ines, 20 Nov 2026, 12:05) what was not in stock";
    conflict.sellable = true;
    conflict.needs_reason = false;
    conflict.sides.erase(conflict.sides.begin());
    conflict.choices = {{"a", "leave it out: Sold", false}};
    return conflict;
}

app::State received_known() {
    app::State state = with_record(Screen::Receive, Status::InStock);
    state.feedback = feedback(Tone::Stop, "Already known",
                              "In Stock at MAIN / A-03 since 1 Mar 2026. Nothing was written.");
    return state;
}

app::State not_ours() {
    app::State state = working(Screen::Returns);
    state.in_view.clear();
    state.feedback =
        feedback(Tone::Stop, "Not ours", "SN-999 was never registered here. Check the label.");
    return state;
}

void add_conflict_states(std::vector<NamedState>& all) {
    app::State state = with_conflicts();
    all.push_back({"conflicts", state});
    for (const app::Conflict& conflict : {sold_twice(), registered_twice(), not_allowed()}) {
        state.conflict = conflict;
        all.push_back({"conflict-" + conflict.severity, state});
    }
    state = with_conflicts();
    state.feedback =
        feedback(Tone::Stop, "Not settled", "the conflict changed meanwhile; look at it again");
    state.conflict_count = 312;
    all.push_back({"conflicts-many", state});
    all.push_back({"conflicts-none", working(Screen::Conflicts)});
    state = with_record(Screen::Dispatch, Status::Sold);
    state.conflict_count = 3;
    state.record->conflict = app::ToSettle{sold_twice().id, sold_twice().sentence, false};
    state.feedback = feedback(Tone::Stop, "To be settled first",
                              "SN-20260301-A001 must not leave: " + sold_twice().sentence);
    all.push_back({"dispatch-conflict", state});
}

void add_camera_states(std::vector<NamedState>& all) {
    using scanner::CameraState;
    all.push_back({"camera-off", with_camera(CameraState::Off, "")});
    all.push_back({"camera-opening", with_camera(CameraState::Opening, "")});
    all.push_back(
        {"camera-lost",
         with_camera(CameraState::Lost, "Camera 0 was unplugged. It is found again by itself.")});
    all.push_back(
        {"camera-busy", with_camera(CameraState::Busy, "Another program has camera 0: close it.")});
    all.push_back({"camera-ended", with_camera(CameraState::Ended, "")});
}

}  // namespace

app::Record record_in(Status status) {
    app::Record record;
    inventory::Unit& unit = record.unit;
    unit.serial = "SN-20260301-A001";
    unit.key = "sn-20260301-a001";
    unit.variant = "ROUTER-X";
    unit.lot = "L-22";
    unit.purchase_date = day("2026-03-01");
    unit.warranty_expiry = day("2028-02-29");
    unit.status = status;
    unit.identifiers = {{"mac", "00:1B:44:11:3A:B7"}};
    if (status != Status::Sold) {
        unit.warehouse = "MAIN";
        unit.location =
            status == Status::Returned || status == Status::Defective ? "RETURNS" : "A-03";
    }
    if (status == Status::Sold || status == Status::Reserved) {
        unit.client = "Kestrel Logistics";
        unit.order = "4711";
    }
    record.variant_name = "Router X";
    record.gtin = "04012345678901";
    record.warranty = inventory::warranty_on(unit.warranty_expiry, day("2026-11-23"), false);
    record.actions = inventory::actions_of(status);
    record.timeline = timeline_to(status);
    return record;
}

app::State working(Screen screen) {
    app::State state;
    state.revision = 7;
    state.screen = screen;
    state.catalog = catalog();
    state.receive = {"ROUTER-X", "L-22", "MAIN", "A-03", 14};
    state.dispatch = {"Kestrel Logistics", "4711", 6};
    state.recent = recent();
    state.list = list_of(30);
    state.counts = counts_of_thirty();
    state.camera = {scanner::CameraState::Live, ""};
    state.today = "2026-11-23";
    state.place = "MAIN \xC2\xB7 A-03";
    state.device = "Dock 1";
    state.operator_name = "Mara";
    state.sync = "Synced 14:02";
    state.in_view = {{"SN-20260301-A015", "serial SN-20260301-A015", true}};
    state.add.draft = {"", "", "", "MAIN", "A-03", "2026-11-23", ""};
    return state;
}

app::State with_record(Screen screen, Status status) {
    app::State state = working(screen);
    state.record = record_in(status);
    state.feedback = feedback(Tone::Note, "Known unit", "");
    return state;
}

app::State with_rows(int first, int count) {
    constexpr int kUnits = 1000;
    app::State state = working(Screen::Units);
    std::vector<app::ListRow> rows;
    for (int i = first; i < first + count; ++i) {
        rows.push_back(row(i));
        rows.back().serial = "SN-" + std::to_string(i);
    }
    state.list.rows = std::make_shared<const std::vector<app::ListRow>>(std::move(rows));
    state.list.before = first > 0;
    state.list.more = first + count < kUnits;
    return state;
}

app::State with_conflicts() {
    app::State state = working(Screen::Conflicts);
    state.conflicts = std::make_shared<const std::vector<app::Conflict>>(
        std::vector<app::Conflict>{sold_twice(), registered_twice(), not_allowed()});
    state.conflict_count = 3;
    return state;
}

app::State with_profiles() {
    app::State state = working(Screen::Profiles);
    app::Catalog all = *state.catalog;
    all.profiles = {{"SWITCH-Y", "", "", "", 2, 8, false},
                    {"ROUTER-X", "]C", "S", "^\\d{6}[A-Z]$", 0, 0, false}};
    state.catalog = std::make_shared<const app::Catalog>(std::move(all));
    return state;
}

app::State first_start() {
    app::State state;
    state.screen = Screen::Receive;
    state.catalog = std::make_shared<const app::Catalog>();
    state.list = list_of(0);
    state.today = "2026-11-23";
    state.camera = {scanner::CameraState::Live, ""};
    return state;
}

std::vector<NamedState> all_states() {
    std::vector<NamedState> all = {
        {"receive", working(Screen::Receive)},
        {"receive-known", received_known()},
        {"receive-choosing", choosing()},
        {"first-start", first_start()},
        {"dispatch", working(Screen::Dispatch)},
        {"dispatch-record", with_record(Screen::Dispatch, Status::InStock)},
        {"dispatch-sold", dispatched()},
        {"dispatch-stopped", stopped(Screen::Dispatch)},
        {"hub-away", hub_away()},
        {"units-stopped", stopped(Screen::Units)},
        {"returns", working(Screen::Returns)},
        {"returns-record", with_record(Screen::Returns, Status::Sold)},
        {"returns-not-ours", not_ours()},
        {"units", working(Screen::Units)},
        {"units-empty", filtered_out()},
        {"units-undone", undone()},
        {"add", adding()},
        {"add-refused", adding_refused()},
        {"trouble", troubled()},
        {"long", long_everything()},
    };
    for (const Status status : inventory::kStatuses)
        all.push_back(
            {"units-" + std::string(inventory::name(status)), with_record(Screen::Units, status)});
    for (const NamedState& base : {NamedState{"units-first-start", first_start()}}) {
        all.push_back(base);
        all.back().state.screen = Screen::Units;
    }
    all.push_back({"profiles", with_profiles()});
    all.push_back({"profiles-none", working(Screen::Profiles)});
    add_conflict_states(all);
    add_camera_states(all);
    return all;
}

ui::LiveView label_in_view() {
    const scanner::SimulatedLabel label{scanner::Symbology::Code128, "SN-20260301-A015", "Router X",
                                        "SN-20260301-A015"};
    auto frame = scanner::render_simulated_frame({}, label);
    REQUIRE(frame);
    ui::LiveView view;
    view.sighting.symbols = scanner::decode(*frame, {});
    view.sighting.frame = frame->number;
    view.frame = std::make_shared<const scanner::Frame>(std::move(*frame));
    return view;
}

ui::LiveView no_view() { return {}; }

}  // namespace fixtures

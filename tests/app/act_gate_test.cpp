// Goal: a scan acts by itself exactly when no rule of the act gate speaks against it.
// Method: one label that may, and for every rule the one thing changed that it forbids.
#include "app/act_gate.hpp"

#include "label/carriers.hpp"
#include "support/catch.hpp"

using namespace app;
using inventory::SerialShape;
using label::Trust;

namespace {

SerialShape shape_of(const std::vector<std::string>& serials, const std::string& symbology = "]C") {
    SerialShape shape;
    for (const std::string& serial : serials) {
        const auto length = static_cast<std::int64_t>(serial.size());
        auto row = std::find_if(shape.rows.begin(), shape.rows.end(),
                                [&](const auto& one) { return one.length == length; });
        if (row == shape.rows.end())
            row = shape.rows.insert(row, inventory::ShapeRow{symbology, length, 0, {}});
        inventory::count_serial(*row, serial, true);
    }
    return shape;
}

label::Label lone(const std::string& text) {
    const std::vector<label::Payload> payloads = {{"]C0", text}};
    return label::resolve(payloads, 2026);
}

GateContext context() {
    GateContext known;
    known.shape = shape_of({"SN-0001", "SN-0002"});
    known.shape.prefix = "sn-";
    known.symbology = "]C0";
    return known;
}

GateAnswer ask(const label::Label& label, const Sight& sight = {},
               const GateContext& known = context(), const GateSession& session = {}) {
    return may_act_alone(label, sight, known, session);
}

}  // namespace

TEST_CASE("a plain code that looks like the others acts alone, and says why", "[gate]") {
    const GateAnswer answer = ask(lone("SN-0003"));
    CHECK(answer.gate == ActGate::Alone);
    CHECK(answer.why == "the only plain code, like the others");
}

TEST_CASE("settled: nothing acts while the label changes or bars beside it are not read",
          "[gate]") {
    Sight sight;
    sight.unchanged_for = std::chrono::milliseconds(199);
    CHECK(ask(lone("SN-0003"), sight).gate == ActGate::Wait);
    sight.unchanged_for = std::chrono::milliseconds(200);
    CHECK(ask(lone("SN-0003"), sight).gate == ActGate::Alone);
    sight.undecoded_bars = true;
    CHECK(ask(lone("SN-0003"), sight).gate == ActGate::Wait);
}

TEST_CASE("settled: bars that stay unread are asked about, unless the serial has a name",
          "[gate]") {
    Sight sight;
    sight.undecoded_bars = true;
    sight.unchanged_for = std::chrono::milliseconds(999);
    label::Label named = lone("SN-0003");
    named.trust = Trust::Named;
    CHECK(ask(named, sight).gate == ActGate::Wait);
    sight.unchanged_for = std::chrono::milliseconds(1000);
    CHECK(ask(named, sight).gate == ActGate::Alone);
    CHECK(ask(lone("SN-0003"), sight) ==
          GateAnswer{ActGate::Ask, "a barcode beside it could not be read"});
}

TEST_CASE("aimed: of two labels none acts, except where many are counted", "[gate]") {
    Sight sight;
    sight.labels_in_aim = 2;
    CHECK(ask(lone("SN-0003"), sight).gate == ActGate::Nothing);
    sight.counts_many = true;
    CHECK(ask(lone("SN-0003"), sight).gate == ActGate::Alone);
}

TEST_CASE("shaped: a plain code that looks otherwise is asked, with what is otherwise", "[gate]") {
    const auto [text, why] = GENERATE(table<const char*, const char*>({
        {"SN-00003", "it has 8 characters, the others have 7"},
        {"SN-000A", "character 7 is a capital letter, in the others it never was"},
        {"SN 0003", "the others begin with sn-"},
        {"PN-0003", "the others begin with sn-"},
        {"sn-0003", "character 1 is a small letter, in the others it never was"},
    }));
    CAPTURE(text);
    const GateAnswer answer = ask(lone(text));
    CHECK(answer.gate == ActGate::Ask);
    CHECK(answer.why == why);
}

TEST_CASE("shaped: the first unit of a product is asked, and another kind of barcode", "[gate]") {
    GateContext first = context();
    first.shape = {};
    CHECK(ask(lone("SN-0003"), {}, first) ==
          GateAnswer{ActGate::Ask, "it is the first of this product"});
    GateContext printed = context();
    printed.symbology = "]Q1";
    CHECK(ask(lone("SN-0003"), {}, printed).gate == ActGate::Ask);
    GateContext typed = context();
    typed.shape = shape_of({"SN-0001"}, "");  // nothing is known of how they are printed
    CHECK(ask(lone("SN-0003"), {}, typed).gate == ActGate::Alone);
}

TEST_CASE("a serial that the label or the profile names needs no likeness", "[gate]") {
    GateContext first = context();
    first.shape = {};
    for (const Trust trust : {Trust::Named, Trust::Profile, Trust::Operator}) {
        label::Label label = lone("anything at all");
        label.trust = trust;
        CHECK(ask(label, {}, first).gate == ActGate::Alone);
    }
}

TEST_CASE("tracking numbers and known codes never become serials", "[gate]") {
    for (const char* text : {"1Z999AA10123456784", "RR473124829DE", "9400110200881269505146",
                             "JJD000390007827736484"}) {
        CAPTURE(text);
        const GateAnswer answer = ask(lone(text));
        CHECK(answer.gate == ActGate::Nothing);
        CHECK_THAT(answer.why, ContainsSubstring("tracking number"));
    }
    GateContext known = context();
    known.meant = "the SKU of Router X";
    CHECK(ask(lone("SN-0003"), {}, known).gate == ActGate::Nothing);
}

TEST_CASE("a text that is nearly a tracking number is none", "[gate][label]") {
    for (const char* text : {"1Z999AA10123456785", "RR473124828DE", "9400110200881269505145", "",
                             "1Z", "JD12", "RR47312482DE", "SN-20260301-A001"}) {
        CAPTURE(text);
        CHECK(label::carrier_of(text).empty());
    }
}

TEST_CASE("fresh: a unit seen again is counted, its serial on another box is asked", "[gate]") {
    CHECK(ask(lone("SN-0003"), {}, context(), {.handled = true}).gate == ActGate::Counted);
    const GateAnswer answer =
        ask(lone("SN-0003"), {}, context(), {.handled = true, .other_box = true});
    CHECK(answer.gate == ActGate::Ask);
    CHECK_THAT(answer.why, ContainsSubstring("part number"));
}

TEST_CASE("armed dispatch ends with the order, the operator, sleep and two idle minutes",
          "[gate]") {
    CHECK_FALSE(disarmed_by({}));
    CHECK_FALSE(disarmed_by({.idle = std::chrono::seconds(119)}));
    CHECK(disarmed_by({.idle = std::chrono::seconds(120)}));
    CHECK(disarmed_by({.order_complete = true}));
    CHECK(disarmed_by({.operator_changed = true}));
    CHECK(disarmed_by({.woke = true}));
}

TEST_CASE("letters and digits that mix are learned between the places where they did", "[gate]") {
    GateContext mixed = context();
    mixed.shape = shape_of({"4F2A91C0", "91C04F2A", "A00B7712", "0B3C5D91"});
    CHECK(ask(lone("77F0A1B2"), {}, mixed).gate == ActGate::Alone);
    CHECK(ask(lone("77F0-1B2"), {}, mixed).gate == ActGate::Ask);
}

// What a scan means at each station, without a database and without a window.
#include "app/stations.hpp"

#include "support/catch.hpp"

using namespace app;
using inventory::Status;
using Do = Decision::Do;

namespace {

const Catalog kCatalog{{{"ROUTER-X", "Router X", "09520123456788", 24}, {"SWITCH-Y", "", {}, {}}},
                       {},
                       {{"MAIN", ""}},
                       {{"A-03", "MAIN"}}};
const ReceiveContext kReceive{"ROUTER-X", "", "MAIN", "A-03", 0};

Scan plain(const std::string& text) {
    const label::Payload payload{"]C0", text};
    Scan scan;
    scan.label = label::resolve({&payload, 1}, 2026);
    return scan;
}

Scan known(Status status) {
    Scan scan = plain("SN-1");
    store::UnitRecord record;
    record.unit.serial = "SN-1";
    record.unit.key = "sn-1";
    record.unit.variant = "ROUTER-X";
    record.unit.status = status;
    scan.unit = record;
    return scan;
}

Decision at(Screen screen, const Scan& scan, const ReceiveContext& receive = kReceive,
            const DispatchContext& dispatch = {}) {
    return decide(screen, scan, receive, dispatch, kCatalog);
}

}  // namespace

TEST_CASE("receiving: a new serial registers itself with the context", "[stations][receive]") {
    const Decision decision = at(Screen::Receive, plain("SN-1"));
    CHECK(decision.action == Do::Register);
    CHECK(decision.tone == Tone::Done);
    CHECK(decision.variant == "ROUTER-X");
}

TEST_CASE("receiving: nothing is registered before variant, warehouse and location are set",
          "[stations][receive]") {
    const auto [variant, warehouse, location, headline] =
        GENERATE(table<const char*, const char*, const char*, const char*>({
            {"", "MAIN", "A-03", "Pick the product first"},
            {"ROUTER-X", "", "", "Pick the warehouse first"},
            {"ROUTER-X", "MAIN", "", "Pick the location first"},
        }));
    const Decision decision =
        at(Screen::Receive, plain("SN-1"), {variant, "", warehouse, location, 0});
    CHECK(decision.action == Do::Nothing);
    CHECK(decision.tone == Tone::Ask);
    CHECK(decision.headline == headline);
}

TEST_CASE("receiving: a known serial writes nothing and shows its record", "[stations][receive]") {
    for (const Status status : inventory::kStatuses) {
        const Decision decision = at(Screen::Receive, known(status));
        CHECK(decision.action == Do::ShowRecord);
        CHECK(decision.tone == Tone::Ask);
        CHECK_THAT(decision.headline, ContainsSubstring(std::string(inventory::label(status))));
    }
}

TEST_CASE("receiving: a unit of this session seen again is no alarm", "[stations][receive]") {
    Scan scan = known(Status::InStock);
    scan.in_session = true;
    CHECK(at(Screen::Receive, scan).tone == Tone::Note);
}

TEST_CASE("receiving: the label of another product is a wrong item", "[stations][receive]") {
    Scan scan = plain("SN-1");
    scan.label.gtin = "00000096385074";
    scan.product = kCatalog.variants[1];
    CHECK(at(Screen::Receive, scan).tone == Tone::Stop);
    scan.product.reset();
    CHECK(at(Screen::Receive, scan).tone == Tone::Stop);
    scan.label.gtin = "09520123456788";
    scan.product = kCatalog.variants[0];
    CHECK(at(Screen::Receive, scan).action == Do::Register);
}

TEST_CASE("receiving: a product code picks the product, a location label the place",
          "[stations][receive]") {
    Scan product;
    product.label.gtin = "09520123456788";
    product.product = kCatalog.variants[0];
    CHECK(at(Screen::Receive, product, {}).action == Do::SetVariant);
    Scan place = plain("A-03");
    place.location = kCatalog.locations[0];
    CHECK(at(Screen::Receive, place).action == Do::SetPlace);
}

TEST_CASE("a label with two candidates asks, at every station", "[stations]") {
    const Screen screen =
        GENERATE(Screen::Receive, Screen::Dispatch, Screen::Returns, Screen::Units, Screen::Add);
    Scan scan;
    scan.label.choices = {{"A1", "plain code"}, {"B2", "plain code"}};
    CHECK(at(screen, scan).action == Do::Choose);
}

TEST_CASE("a carton label is a box, never a unit, at every station", "[stations]") {
    const Screen screen =
        GENERATE(Screen::Receive, Screen::Dispatch, Screen::Returns, Screen::Units, Screen::Add);
    Scan scan;
    scan.label.sscc = "376130321109103420";
    const Decision decision = at(screen, scan);
    CHECK(decision.action == Do::Nothing);
    CHECK(decision.headline == "A box, not a unit");
}

TEST_CASE("dispatch: what can be sold is shown, what cannot is a red stop",
          "[stations][dispatch]") {
    for (const Status status : inventory::kStatuses) {
        CAPTURE(inventory::label(status));
        const bool sellable = inventory::next_status(status, inventory::Action::Sell).has_value();
        const Decision decision = at(Screen::Dispatch, known(status));
        CHECK(decision.action == Do::ShowRecord);
        CHECK((decision.tone != Tone::Stop) == sellable);
    }
}

TEST_CASE("dispatch: a unit in conflict is a red stop with the sentence, unless it may leave",
          "[stations][dispatch][conflict]") {
    Scan scan = known(Status::InStock);
    scan.unit->conflict = store::OpenConflict{"0a1b", journal::Severity::High, false, "Sold twice"};
    const Decision stop = at(Screen::Dispatch, scan);
    CHECK(stop.action == Do::ShowRecord);
    CHECK(stop.tone == Tone::Stop);
    CHECK_THAT(stop.detail, ContainsSubstring("Sold twice"));
    scan.unit->conflict->sellable = true;
    CHECK(at(Screen::Dispatch, scan).tone == Tone::Note);
}

TEST_CASE("conflicts: a scan opens the unit's conflict", "[stations][conflict]") {
    Scan scan = known(Status::InStock);
    CHECK(at(Screen::Conflicts, scan).action == Do::Nothing);
    CHECK(at(Screen::Conflicts, scan).headline == "Nothing to settle");
    scan.unit->conflict =
        store::OpenConflict{"0a1b", journal::Severity::Low, true, "Moved to two places"};
    CHECK(at(Screen::Conflicts, scan).action == Do::Settle);
    CHECK(at(Screen::Conflicts, plain("SN-9")).tone == Tone::Ask);
}

TEST_CASE("dispatch: a recalled unit and one on hold are a red stop with the reason",
          "[stations][dispatch]") {
    Scan scan = known(Status::InStock);
    scan.unit->unit.hold = "wet";
    CHECK(at(Screen::Dispatch, scan).headline == "On hold");
    scan.lot_expired = inventory::parse_date("2026-03-03");
    CHECK(at(Screen::Dispatch, scan).detail ==
          "SN-1 must not leave: its lot expired on 3 Mar 2026.");
    scan.unit->recall = "burns";
    const Decision decision = at(Screen::Dispatch, scan);
    CHECK(decision.tone == Tone::Stop);
    CHECK(decision.detail == "SN-1 must not leave: burns.");
}

TEST_CASE("dispatch: a unit reserved for another client asks", "[stations][dispatch]") {
    Scan scan = known(Status::Reserved);
    scan.unit->unit.client = "Client K";
    CHECK(at(Screen::Dispatch, scan, kReceive, {"Other", "", 0}).tone == Tone::Ask);
    CHECK(at(Screen::Dispatch, scan, kReceive, {"client  K", "", 0}).tone == Tone::Note);
}

TEST_CASE("dispatch and returns: an unknown serial is a red stop", "[stations]") {
    CHECK(at(Screen::Dispatch, plain("SN-9")).headline == "Not known here");
    CHECK(at(Screen::Returns, plain("SN-9")).headline == "Not ours");
    CHECK(at(Screen::Returns, plain("SN-9")).tone == Tone::Stop);
}

TEST_CASE("returns: the verdict says to whom, when, and the warranty", "[stations][returns]") {
    Scan scan = known(Status::Sold);
    scan.unit->unit.client = "Client K";
    scan.sold_on = "3 Feb 2026";
    scan.warranty = {inventory::WarrantyState::Covered, 463};
    const Decision decision = at(Screen::Returns, scan);
    CHECK(decision.headline == "Ours · sold 3 Feb 2026 to Client K");
    CHECK(decision.detail == "Warranty: 463 days left.");
}

TEST_CASE("returns: a unit that is not sold asks", "[stations][returns]") {
    CHECK(at(Screen::Returns, known(Status::InStock)).tone == Tone::Ask);
}

TEST_CASE("the form takes a new serial and refuses a known one", "[stations][form]") {
    CHECK(at(Screen::Add, plain("SN-1")).action == Do::FillForm);
    CHECK(at(Screen::Add, known(Status::Sold)).action == Do::Nothing);
}

TEST_CASE("dispatch: what lies in another warehouse is asked about", "[stations][dispatch]") {
    Scan scan = known(Status::InStock);
    scan.unit->unit.warehouse = "SHOP";
    const Decision decision = at(Screen::Dispatch, scan);
    CHECK(decision.action == Do::ShowRecord);
    CHECK(decision.tone == Tone::Ask);
    CHECK(decision.headline == "In another warehouse: SHOP");
    scan.unit->unit.warehouse = "main";
    CHECK(at(Screen::Dispatch, scan).tone == Tone::Note);
    // a station that is nowhere asks nothing
    scan.unit->unit.warehouse = "SHOP";
    CHECK(at(Screen::Dispatch, scan, ReceiveContext{}).tone == Tone::Note);
}

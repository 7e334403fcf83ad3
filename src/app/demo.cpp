#include "app/demo.hpp"

#include <cstdio>
#include <memory>
#include <optional>

#include "app/operations.hpp"
#include "inventory/gtin.hpp"

namespace app {
namespace {

using inventory::Action;

constexpr const char* kOperator = "Alex";
constexpr const char* kDevice = "Dock 1";

std::string gtin(const std::string& first_thirteen) {
    return first_thirteen + inventory::gtin_check_digit(first_thirteen);
}

struct DemoVariant {
    const char* sku;
    const char* name;
    const char* gtin_body;  // without its check digit
    int warranty_months;
    const char* prefix;  // of its serials
    const char* lot;     // "" = none
    int units;
};

// GTINs below 952 belong to nobody: GS1 keeps the prefix for examples.
constexpr DemoVariant kVariants[] = {
    {"ROUTER-X", "Router X", "0952000000101", 24, "SN-20260301-A", "L-22", 14},
    {"SWITCH-Y", "Switch Y", "0952000000202", 36, "SN-20260412-B", "L-07", 10},
    {"SENSOR-Z", "Sensor Z", "0952000000303", 12, "Z5-77-", "", 6},
};

struct DemoClient {
    const char* name;
    const char* order;
};
constexpr DemoClient kClients[] = {
    {"Nordlicht GmbH", "4711"}, {"Harbour Cafe", "4718"}, {"Studio Lind", "4725"}};

std::string serial(const DemoVariant& variant, int number) {
    char digits[16];
    std::snprintf(digits, sizeof digits, "%03d", number);
    return variant.prefix + std::string(digits);
}

// A clock that can stand in the past, where every act is a few hours after the one before.
struct DemoClock {
    base::Clock present;
    std::optional<base::Moment> past;

    [[nodiscard]] base::Moment now() const { return past ? *past : present(); }
    void pass(int minutes) { past->utc += std::chrono::minutes(minutes); }
};

class Filler {
 public:
    Filler(store::Store& store, DemoClock& clock) : store_(store), clock_(clock) {}

    Result<void> references() {
        keep(store_.put(inventory::Warehouse{"MAIN", "Main warehouse"}, store::Write::Add,
                        kOperator));
        keep(store_.put(inventory::Warehouse{"SHOP", "Shop"}, store::Write::Add, kOperator));
        for (const char* code : {"A-01", "A-02", "A-03", "BENCH"})
            keep(store_.put(inventory::Location{code, "MAIN"}, store::Write::Add, kOperator));
        keep(store_.put(inventory::Location{"SHELF", "SHOP"}, store::Write::Add, kOperator));
        for (const DemoVariant& v : kVariants) {
            variants_.push_back({v.sku, v.name, gtin(v.gtin_body), v.warranty_months});
            keep(store_.put(variants_.back(), store::Write::Add, kOperator));
            if (v.lot[0] != '\0')
                keep(store_.put(inventory::Lot{v.lot, v.sku, std::nullopt, "Acme Components"},
                                store::Write::Add, kOperator));
        }
        // Behind the serial its labels have a letter for the batch.
        keep(store_.put(
            inventory::LabelProfile{
                .variant = "SENSOR-Z", .symbology = "]C", .pattern = "^(Z5-77-\\d{3}) [A-Z]$"},
            kOperator));
        return first_failure_;
    }

    Result<void> units() {
        int count = 0;
        for (const DemoVariant& variant : kVariants)
            for (int number = 1; number <= variant.units; ++number) unit(variant, number, count++);
        return first_failure_;
    }

 private:
    void unit(const DemoVariant& variant, int number, int count) {
        const std::string sn = serial(variant, number);
        Receipt receipt;
        receipt.serial = sn;
        receipt.variant = variant.sku;
        if (variant.lot[0] != '\0') receipt.lot = variant.lot;
        const bool shop = count % 7 == 5;
        const Actor actor{count % 3 == 0 ? "Kim" : kOperator, shop ? "SHOP" : "MAIN",
                          shop             ? "SHELF"
                          : count % 2 == 0 ? "A-01"
                                           : "A-02"};
        clock_.pass(7 * 60);
        keep(receive(store_, receipt, actor, variants_, base::civil_date(clock_.now())));
        const DemoClient& client = kClients[count % 3];
        switch (count % 10) {
            case 2:
            case 6: move_on(Action::Sell, sn, client); break;
            case 3: move_on(Action::Reserve, sn, client); break;
            case 4:
                move_on(Action::Sell, sn, client);
                move_on(Action::Return, sn, client);
                break;
            case 8:
                move_on(Action::Sell, sn, client);
                move_on(Action::MarkDefective, sn, client);
                break;
            case 9:
                move_on(Action::Reserve, sn, client);
                move_on(Action::Sell, sn, client);
                break;
            default: break;
        }
    }

    void move_on(Action action, const std::string& sn, const DemoClient& client) {
        journal::Body fields;
        if (action == Action::Sell || action == Action::Reserve)
            fields = {{"client", client.name}, {"order", client.order}};
        if (action == Action::Return)
            fields = {{"rma", "RMA-1042"}, {"reason", "wrong item ordered"}};
        if (action == Action::MarkDefective) fields = {{"reason", "no power"}};
        clock_.pass(3 * 60);
        Actor actor{kOperator, "MAIN", "BENCH"};
        if (const auto unit = store_.find(sn); action == Action::Sell && unit && *unit)
            actor.warehouse = (*unit)->unit.warehouse.value_or("");  // a shop sells its own
        keep(act(store_, action, sn, std::move(fields), actor));
    }

    template <typename T>
    void keep(const Result<T>& result) {
        if (!result && first_failure_) first_failure_ = fail(result.error());
    }

    store::Store& store_;
    DemoClock& clock_;
    std::vector<inventory::Variant> variants_;
    Result<void> first_failure_;
};

Result<store::Store> make_store(const std::string& path, const base::Clock& now) {
    auto clock = std::make_shared<DemoClock>(DemoClock{now, now()});
    clock->pass(-20 * 24 * 60);
    auto store =
        store::Store::open(path, {.clock = [clock] { return clock->now(); }, .device = kDevice});
    if (!store) return store;
    Filler filler(*store, *clock);
    if (auto filled = filler.references(); !filled) return fail(filled.error());
    if (auto filled = filler.units(); !filled) return fail(filled.error());
    clock->past.reset();
    return store;
}

}  // namespace

Result<Application> make_demo_application(const std::string& path, const base::Clock& now) {
    auto store = make_store(path, now);
    if (!store) return fail(store.error());
    Application application(std::move(*store), {kOperator, "MAIN", "A-03"}, kDevice, now);
    application.handle(SetReceiveContext{"ROUTER-X", "L-22", "MAIN", "A-03"});
    application.handle(SetDispatchContext{kClients[0].name, "4733"});
    return application;
}

DemoLabels demo_labels() {
    const DemoVariant& router = kVariants[0];
    const DemoVariant& switch_y = kVariants[1];
    const std::string arriving = serial(router, 31), in_stock = serial(router, 1),
                      sold = serial(switch_y, 3);
    return {{scanner::Symbology::Code128, arriving, "Router X", arriving},
            {scanner::Symbology::QRCode, in_stock, "Router X", in_stock},
            {scanner::Symbology::DataMatrix, "(01)" + gtin(switch_y.gtin_body) + "(21)" + sold,
             "Switch Y", sold}};
}

}  // namespace app

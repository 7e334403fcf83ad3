// A small shop to test with: a database in memory (or a file), a clock that the test sets, two
// variants, two lots, two warehouses.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <utility>

#include "app/operations.hpp"
#include "base/clock.hpp"
#include "inventory/lifecycle.hpp"
#include "store/store.hpp"

struct Shop {
    // 2026-03-01, 10:00 UTC, in a zone one hour east.
    std::shared_ptr<base::Moment> now = std::make_shared<base::Moment>(base::Moment{
        std::chrono::sys_days(std::chrono::year(2026) / 3 / 1) + std::chrono::hours(10),
        std::chrono::minutes(60)});
    store::Store store;
    std::vector<inventory::Variant> variants;

    explicit Shop(const std::string& path = ":memory:") : store(open(path)) {
        using store::Write;
        must(store.put(inventory::Warehouse{"MAIN", "Main"}, Write::Add, ""));
        must(store.put(inventory::Warehouse{"SHOP", ""}, Write::Add, ""));
        must(store.put(inventory::Location{"A-03", "MAIN"}, Write::Add, ""));
        must(store.put(inventory::Location{"BENCH", "MAIN"}, Write::Add, ""));
        must(store.put(inventory::Location{"SHELF", "SHOP"}, Write::Add, ""));
        must(store.put(inventory::Variant{"ROUTER-X", "Router X", "9520123456788", 24}, Write::Add,
                       ""));
        must(store.put(inventory::Variant{"SWITCH-Y", "", std::nullopt, std::nullopt}, Write::Add,
                       ""));
        must(store.put(inventory::Lot{"L-22", "ROUTER-X", std::nullopt, ""}, Write::Add, ""));
        must(store.put(inventory::Lot{"L-07", "SWITCH-Y", std::nullopt, ""}, Write::Add, ""));
        variants = *store.variants();
    }

    store::Store open(const std::string& path) const {
        auto opened = store::Store::open(path, options());
        if (!opened) throw std::runtime_error(opened.error().message);
        return std::move(*opened);
    }

    store::Options options() const {
        store::Options options;
        options.device = "Dock 1";
        options.app_version = "test";
        options.clock = [moment = now] { return *moment; };
        return options;
    }

    Result<store::UnitRecord> receive(const std::string& serial) {
        app::Receipt receipt;
        receipt.serial = serial;
        receipt.variant = "ROUTER-X";
        return app::receive(store, receipt, {"Alex", "MAIN", "A-03"}, variants,
                            base::civil_date(*now));
    }

    // SN-10000, SN-10001 …, in one transaction.
    void receive_many(int count) {
        std::vector<store::Act> acts(static_cast<std::size_t>(count));
        for (int number = 10000; store::Act & act : acts) {
            act.kind = journal::Kind::Registered;
            act.serial = "SN-" + std::to_string(number++);
            act.body = {{"variant", "ROUTER-X"}};
        }
        must(store.act_all(acts, false));
    }

    Result<store::UnitRecord> act(inventory::Action action, const std::string& serial,
                                  journal::Body fields = {}) {
        return app::act(store, action, serial, std::move(fields), {"Alex", "MAIN", "BENCH"});
    }

    // Registers the unit and brings it into the status by lawful acts.
    void bring(const std::string& serial, inventory::Status status) {
        using inventory::Action;
        using inventory::Status;
        must(receive(serial));
        if (status == Status::Reserved) must(act(Action::Reserve, serial));
        if (status == Status::Sold || status == Status::Returned || status == Status::Defective)
            must(act(Action::Sell, serial, {{"client", "Client K"}, {"order", "4711"}}));
        if (status == Status::Returned) must(act(Action::Return, serial));
        if (status == Status::Defective) must(act(Action::MarkDefective, serial));
    }

    // A shop in a file, with these units.
    static void make(const std::string& path,
                     std::initializer_list<std::pair<const char*, inventory::Status>> units) {
        Shop shop(path);
        for (const auto& [serial, status] : units) shop.bring(serial, status);
    }

    template <typename T>
    static void must(const Result<T>& result) {
        if (!result) throw std::runtime_error(result.error().message);
    }
};

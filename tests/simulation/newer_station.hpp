// A station of a later version: it syncs by the same protocol, and what it does to units and to
// reference data this version does not know. It has the records that it wrote and what is at the
// hub, and never forgets.
#pragma once

#include <set>

#include "journal/record.hpp"
#include "simulation/station.hpp"
#include "support/memory_hub.hpp"
#include "sync/hub.hpp"

namespace simulation {

struct NewerStation {
    std::string device = "Newer device";
    base::SigningKey key = base::sha256({}, "newer device");
    base::RandomId writer{0xFE};
    std::vector<std::string> records;

    [[nodiscard]] std::int64_t seq() const { return static_cast<std::int64_t>(records.size()); }

    // One act on a unit at the hub, or on nothing that this version knows of.
    void act(const MemoryHub& hub, std::mt19937_64& random) {
        const std::vector<journal::Event> events = events_at(hub);
        std::vector<const journal::Event*> registered;
        for (const journal::Event& event : events)
            if (event.kind == Kind::Registered) registered.push_back(&event);
        journal::Event event;
        event.id = {writer, seq() + 1};
        event.kind_text = "calibrated";
        event.body = {{"result", "passed"}, {"warehouse", "OF ANOTHER MEANING"}};
        event.device = device;
        event.app_version = "9.0";
        event.serial = event.key = "pallets";
        if (!registered.empty() && random() % 5 != 0) {
            const journal::Event& unit = *registered[random() % registered.size()];
            event.serial = unit.serial;
            event.key = unit.key;
            event.root = unit.id;
            event.parents = tips_of(events, unit.id);
        }
        records.push_back(journal::to_record(event));
    }
    // Whatever the hub lacks; a call or reply that is lost is made up for by the next.
    void push(MemoryHub& hub, const std::function<Fault()>& fault) {
        WayToHub way(hub, device);
        way.fault = fault;
        if (!way.hello({writer, seq(), {}}, {}) || records.empty()) return;
        const auto there = hub.writers.find(writer);
        const auto has = there == hub.writers.end() ? std::size_t{0} : there->second.records.size();
        if (has == records.size()) return;
        store::Records all{writer, 1, {}, records};
        store::Records news{
            writer,
            static_cast<std::int64_t>(has) + 1,
            there == hub.writers.end() ? base::Sha256{} : there->second.hashes.back(),
            {records.begin() + static_cast<std::ptrdiff_t>(has), records.end()}};
        const std::string text = syncing::signed_text(hub.organization, syncing::head_after(all));
        way.push({std::move(news),
                  syncing::HeadSignature{base::public_key(key), base::sign(key, text)}});
    }

 private:
    static std::vector<journal::Event> events_at(const MemoryHub& hub) {
        std::vector<journal::Event> events;
        for (const auto& [id, writer] : hub.writers)
            for (const std::string& record : writer.records) {
                auto event = journal::parse_record(record);
                REQUIRE(event);
                events.push_back(std::move(*event));
            }
        return events;
    }
    // Of the registration's history as far as the hub knows it.
    static std::vector<journal::EventId> tips_of(const std::vector<journal::Event>& events,
                                                 const journal::EventId& root) {
        std::vector<journal::EventId> tips, seen;
        for (const journal::Event& event : events) {
            if (event.id != root && event.root != root) continue;
            tips.push_back(event.id);
            seen.insert(seen.end(), event.parents.begin(), event.parents.end());
        }
        std::erase_if(tips, [&](const journal::EventId& id) {
            return std::ranges::find(seen, id) != seen.end();
        });
        return tips;
    }
};

}  // namespace simulation

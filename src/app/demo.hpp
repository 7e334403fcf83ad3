// The throw-away data of the demo: three variants, two lots, two warehouses, some thirty units in
// every status, and the labels that the simulated camera shows.
#pragma once

#include <string>
#include <vector>

#include "app/operations.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "scanner/simulated.hpp"
#include "store/store.hpp"

namespace app {

// Makes a store at `path` (a new file) with the demo's history, as it would have been written in
// the months before `now`.
Result<store::Store> make_demo_store(const std::string& path, const base::Clock& now);

Actor demo_actor();  // the operator and the place of the demo's station
inline constexpr const char* kDemoDevice = "Dock 1";
ReceiveContext demo_receive_context();
DispatchContext demo_dispatch_context();

struct DemoLabels {
    scanner::SimulatedLabel arriving;  // Code 128: a unit that is not registered yet
    scanner::SimulatedLabel in_stock;  // QR: a unit that can be sold
    scanner::SimulatedLabel sold;      // GS1 DataMatrix: a unit that a client brings back
};
DemoLabels demo_labels();

}  // namespace app

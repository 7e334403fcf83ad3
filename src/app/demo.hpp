// The throw-away data of the demo: three variants, two lots, two warehouses, some thirty units in
// every status, and the labels that the simulated camera shows.
#pragma once

#include <string>

#include "app/application.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "scanner/simulated.hpp"

namespace app {

// The application of the demo's station on a new file at `path`, with the history that would have
// been written in the months before `now`, and with product, place, client and order set. Storage.
Result<Application> make_demo_application(const std::string& path, const base::Clock& now);

struct DemoLabels {
    scanner::SimulatedLabel arriving;  // Code 128: a unit that is not registered yet
    scanner::SimulatedLabel in_stock;  // QR: a unit that can be sold
    scanner::SimulatedLabel sold;      // GS1 DataMatrix: a unit that a client brings back
};
DemoLabels demo_labels();

}  // namespace app

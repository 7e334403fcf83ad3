// Plays the operator of the demo: a receiving, a sale and a return, each with the camera and one
// tap, told on the terminal and kept as pictures. A player for WindowOptions.
#pragma once

#include <functional>
#include <string>

#include "app/state.hpp"
#include "ui/window.hpp"

namespace ui {

struct TourOptions {
    std::string folder;                            // the pictures go here
    std::function<void(const std::string&)> tell;  // one line a step
    std::string arriving, in_stock, sold;          // the serials on the demo's three labels
};

std::function<Step(const app::State&)> make_tour(TourOptions options);

}  // namespace ui

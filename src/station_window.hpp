// Wiring only: a station's window with its store, application, scanner, sync and daily backup.
#pragma once

#include <functional>
#include <optional>

#include "base/result.hpp"
#include "cli/cli.hpp"
#include "scanner/source.hpp"
#include "ui/window.hpp"

// Instead of a person and a camera: who taps, and what is held before the lens.
struct Played {
    std::function<ui::Step(const app::State&)> player;
    scanner::SourceSpec camera;
};

// Runs it until it is closed; main thread. What the window, the database or the pictures of the
// tour came to when they could not be opened: Device, Storage.
Result<void> open_window(const cli::WindowRequest& request,
                         const std::optional<Played>& played = {});

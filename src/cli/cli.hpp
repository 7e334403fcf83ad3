// The command line. One program, one entry: run() parses the words, does the subcommand and says
// the exit status: 0 done, 1 refused or not found, 2 wrong usage or input, 3 database, disk or
// network.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "settings/settings.hpp"
#include "store/store.hpp"

namespace cli {

// The window with everything that was asked for on the command line.
struct WindowRequest {
    std::string db;       // the database file; "" with demo
    std::string camera;   // "" = the settings', else the first camera found
    std::string station;  // "receive", "dispatch", "returns", "list"; "" = receive
    bool kiosk = false;
    bool demo = false;
    std::string tour;  // folder for the pictures of the demo's tour; "" = no tour
    std::string operator_name;
    settings::Settings settings;
};

struct ScreenshotRequest {
    std::string db;  // the database file; "" with demo
    bool demo = false;
    std::string screen;  // one of screen_names(); "" = all, into the folder `out`
    int width = 1280, height = 800;
    std::string theme;  // "" = dark
    double scale = 1;
    std::string out;  // file, or folder when all
    std::string operator_name;
    settings::Settings settings;
};

// What the command line cannot do itself because it needs the window's code.
struct Frontends {
    std::function<Result<void>(const WindowRequest&)> window;
    std::function<Result<void>(const ScreenshotRequest&)> screenshot;
};

int run(int argc, char** argv, const Frontends& frontends);

int exit_status(ErrorKind kind);

// What the history calls the device: as the settings say, else as the hub that it is enrolled at
// does, else as the machine is called.
std::string device_name(const std::string& db, const settings::Settings& settings);

// Opens the database file, or makes it together with its folder. Storage.
Result<store::Store> open_store(const std::string& db, const settings::Settings& settings);

}  // namespace cli

// The settings of this station: one TOML file, $XDG_CONFIG_HOME/unitrail/unitrail.toml, documented
// in assets/unitrail.toml. A wrong value is named with its line and the default is used.
#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "scanner/symbol.hpp"

namespace settings {

struct Settings {
    std::string device;         // "" = its name at the hub, else the machine's
    std::string operator_name;  // default: none
    std::string camera;         // "" = the first camera found
    scanner::Wanted wanted;
    std::string warehouse, location;  // this station's place; "" = none
    std::string theme = "auto";       // auto, light, dark, high-contrast
    double scale = 0;                 // 0 = the display's own
    bool fullscreen = false;
    bool daily_backup = true;
    std::string sync_to;  // "folder:DIR", as `unitrail sync --to` takes it; "" = nowhere
};

struct Loaded {
    Settings settings;
    std::vector<std::string> warnings;  // one line each, with file and line
};

std::string machine_name();

// A missing file means the defaults and no warning.
Loaded load(const std::string& path);

// How the hardware scanner of this device once typed the test sheet, kept beside the settings; "" =
// it never did, or cannot be read.
std::string load_typed_sheet(const std::string& path);
Result<void> keep_typed_sheet(const std::string& path, const std::string& typed);

// Writes the documented file with all defaults, unless there is one.
void write_example(const std::string& path);

}  // namespace settings

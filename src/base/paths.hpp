// Where files belong on this machine (XDG Base Directory Specification 0.8).
#pragma once

#include <string>

namespace base {

std::string data_path(const std::string& file);    // $XDG_DATA_HOME/unitrail/FILE
std::string config_path(const std::string& file);  // $XDG_CONFIG_HOME/unitrail/FILE
std::string state_path(const std::string& file);   // $XDG_STATE_HOME/unitrail/FILE

// Makes the folder that a file lies in. False when that is not possible.
bool make_folder_of(const std::string& path);

}  // namespace base

// The log file: what the program did and what failed, for whoever has to find out later. Rotated at
// 1 MiB, three files kept. Any thread. Before log_to() nothing is written.
#pragma once

#include <string>

#include "base/result.hpp"

namespace base {

// Storage when the file cannot be written; the program goes on without a log.
Result<void> log_to(const std::string& path);

void log_info(const std::string& line);
void log_error(const std::string& line);

}  // namespace base

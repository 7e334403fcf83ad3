// What the kernel says of the cameras (V4L2), without opening a stream.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "scanner/camera_modes.hpp"

namespace scanner {

enum class CameraFault : std::uint8_t { None, Missing, Busy, Denied, NotACamera };

// The state of /dev/videoN now. Takes nothing and changes nothing.
CameraFault probe_camera(int number);

// Requests to /dev/videoN, beside whoever streams from it; nothing when it cannot be opened.
std::optional<AskCamera> ask_camera(int number);

// One line for the operator that says what to do; empty for None.
std::string words_for(CameraFault fault, int number);

}  // namespace scanner

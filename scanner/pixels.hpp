// Arithmetic on RGBA pixels that needs no library. Pure.
#pragma once

#include "scanner/frame.hpp"

namespace scanner {

// Transparent pixels become what they look like on white paper; every pixel is opaque afterwards.
void lay_over_white(Pixels& rgba);

// Brightness (ITU-R BT.601) of every pixel.
Pixels grey_of(const Pixels& rgba);

}  // namespace scanner

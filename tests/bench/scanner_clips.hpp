// The live scanner over time: clips and idle views.
#pragma once

#include <cstdint>
#include <vector>

#include "engines.hpp"

// Ours with all it remembers, and every engine frame by frame.
void measure_clips(const std::vector<Engine>& engines,
                   const std::vector<scanner::Symbology>& needed, int clips, std::uint64_t seed);

// Damaged labels before a camera, half a second each: every wrong text is printed.
void measure_damaged_clips(const std::vector<scanner::Symbology>& needed, int clips,
                           std::uint64_t seed);

// Views without a symbol, two seconds each.
void measure_idle(const std::vector<scanner::Symbology>& needed, int views, std::uint64_t seed);

// Whether memory grows while a camera runs on: so many frames of 640 × 360, labels and empty views.
void measure_memory(const std::vector<scanner::Symbology>& needed, int frames, std::uint64_t seed);

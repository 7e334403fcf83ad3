// The scanners that are measured side by side: a grey frame in, texts out.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "scanner/frame.hpp"
#include "scanner/symbol.hpp"

struct Engine {
    std::string name;
    std::function<std::vector<std::string>(const scanner::Frame&)> read;
};

// Plain ZXing with all formats and with those of `needed`, ZBar where it is installed, and ours:
// one live frame by itself, and a still picture's full effort.
std::vector<Engine> engines(const std::vector<scanner::Symbology>& needed);

#ifdef UNITRAIL_ZBAR
// In a file of its own: the names in its header clash with those of ZXing.
std::vector<std::string> read_by_zbar(const scanner::Frame& frame);
#endif

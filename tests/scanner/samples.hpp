// Where the scanner's tests take their pictures from, and small helpers to make more.
#pragma once

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "scanner/frame.hpp"
#include "support/temporary.hpp"

namespace samples {

inline std::string path(const std::string& name) {
    return std::string(UNITRAIL_SOURCE_DIR) + "/tests/samples/scanner/" + name;
}

inline scanner::Pixels bytes_of(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// A folder for one test into which pictures are written.
class Folder : public TemporaryFolder {
 public:
    std::string write(const std::string& name, const scanner::Pixels& bytes) const {
        std::ofstream out(file(name), std::ios::binary);
        out.write(reinterpret_cast<const char*>(bytes.data()),
                  static_cast<std::streamsize>(bytes.size()));
        return file(name);
    }
};

inline scanner::Pixels bytes(const std::string& text) { return {text.begin(), text.end()}; }

// A white frame; `number` also tells it from others.
inline scanner::Frame blank(std::uint64_t number, int width = 64, int height = 48) {
    scanner::Frame frame;
    frame.number = number;
    frame.width = width;
    frame.height = height;
    frame.grey = std::make_shared<const scanner::Pixels>(
        static_cast<std::size_t>(width) * static_cast<std::size_t>(height), std::uint8_t{255});
    frame.captured = std::chrono::steady_clock::now();
    return frame;
}

}  // namespace samples

// Where the scanner's tests take their pictures from, and small helpers to make more.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "scanner/frame.hpp"

namespace samples {

inline std::string path(const std::string& name) {
    return std::string(UNITRAIL_SOURCE_DIR) + "/tests/samples/scanner/" + name;
}

inline scanner::Pixels bytes_of(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// A folder of its own for one test, gone with it.
class Folder {
 public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "unitrail-XXXXXX").string();
        if (mkdtemp(name.data()) != nullptr) path_ = name;
    }
    ~Folder() {
        std::error_code ignored;  // what is left in the temporary folder harms nobody
        if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }
    std::string write(const std::string& name, const scanner::Pixels& bytes) const {
        std::string file = path_ + "/" + name;
        std::ofstream out(file, std::ios::binary);
        out.write(reinterpret_cast<const char*>(bytes.data()),
                  static_cast<std::streamsize>(bytes.size()));
        return file;
    }

 private:
    std::string path_;
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

// Goal: the house stays as ARCHITECTURE.md describes it.
// Method: reads the #includes and the sizes of all our files; an arrow that is not in the table, a
// library outside its room, or a file that has outgrown its shape fails.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "support/catch.hpp"

namespace fs = std::filesystem;

namespace {

using Rooms = std::set<std::string>;

// Room → the rooms it may include, besides itself.
const std::map<std::string, Rooms> kArrows = {
    {"base", {}},
    {"inventory", {"base"}},
    {"label", {"base", "inventory"}},
    {"journal", {"base", "inventory"}},
    {"store", {"base", "inventory", "journal"}},
    {"scanner", {"base"}},
    {"settings", {"base", "scanner"}},
    {"app", {"base", "inventory", "label", "journal", "store", "scanner"}},
    {"exchange", {"base", "inventory", "journal", "store"}},
    {"sync", {"base", "journal", "store"}},
    {"cli",
     {"exchange", "sync", "base", "inventory", "label", "journal", "store", "app", "settings",
      "scanner"}},
    {"ui", {"base", "inventory", "app", "scanner"}},
    {"main", {"base", "app", "cli", "scanner", "settings", "store", "sync", "ui", "inventory"}},
};

// Library header → the only rooms that may know it.
const std::vector<std::pair<std::regex, Rooms>> kLibraries = {
    {std::regex("sqlite3\\.h"), {"store"}},
    {std::regex("opencv2/.*"), {"scanner"}},
    {std::regex(
         "(ZXing/)?(ReadBarcode|BarcodeFormat|DecodeHints|ReaderOptions|Result|ZXVersion)\\.h"),
     {"scanner"}},
    {std::regex("zint\\.h"), {"scanner"}},
    {std::regex("(backends/)?imgui.*|GLFW/.*|EGL/.*|GL/.*"), {"ui"}},
    {std::regex("libpq-fe\\.h"), {"sync"}},
    {std::regex("CLI/.*"), {"cli"}},
    {std::regex("sodium\\.h|utf8proc\\.h|spdlog/.*"), {"base"}},
    {std::regex("re2/.*"), {"label"}},
    {std::regex("toml\\+\\+/.*"), {"settings"}},
    {std::regex("nlohmann/.*"), {"journal", "cli"}},
};

// The window may know these of the scanner's headers and no others.
const Rooms kScannerForUi = {"scanner/frame.hpp", "scanner/symbol.hpp", "scanner/pipeline.hpp"};

struct Source {
    std::string path;  // below the root
    std::string room;
    std::vector<std::string> lines;
};

std::string room_of(const std::string& path) {
    const std::size_t slash = path.find('/');
    const std::string top = path.substr(0, slash);
    if (top != "src") return top;
    const std::size_t next = path.find('/', slash + 1);
    return next == std::string::npos ? "main" : path.substr(slash + 1, next - slash - 1);
}

std::vector<Source> sources(const std::vector<std::string>& folders) {
    const fs::path root = UNITRAIL_SOURCE_DIR;
    std::vector<Source> all;
    for (const std::string& folder : folders) {
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            const std::string extension = entry.path().extension().string();
            if (extension != ".cpp" && extension != ".hpp") continue;
            Source source;
            source.path = fs::relative(entry.path(), root).string();
            source.room = room_of(source.path);
            std::ifstream file(entry.path());
            for (std::string line; std::getline(file, line);) source.lines.push_back(line);
            all.push_back(std::move(source));
        }
    }
    return all;
}

std::vector<std::string> includes(const Source& source) {
    static const std::regex kInclude("^\\s*#\\s*include\\s*[<\"]([^>\"]+)[>\"].*");
    std::vector<std::string> found;
    std::smatch match;
    for (const std::string& line : source.lines)
        if (std::regex_match(line, match, kInclude)) found.push_back(match[1]);
    return found;
}

}  // namespace

TEST_CASE("rooms include only the rooms below them", "[tidy]") {
    for (const Source& source : sources({"src", "scanner", "ui"})) {
        const auto allowed = kArrows.find(source.room);
        CAPTURE(source.path);
        REQUIRE(allowed != kArrows.end());
        for (const std::string& include : includes(source)) {
            const std::string room = include.substr(0, include.find('/'));
            if (room == include || !kArrows.contains(room) || room == source.room) continue;
            CAPTURE(include);
            CHECK(allowed->second.contains(room));
        }
    }
}

TEST_CASE("every library is known in its own room only", "[tidy]") {
    for (const Source& source : sources({"src", "scanner", "ui"})) {
        for (const std::string& include : includes(source)) {
            for (const auto& [library, rooms] : kLibraries) {
                if (!std::regex_match(include, library)) continue;
                CAPTURE(source.path, include);
                CHECK(rooms.contains(source.room));
            }
        }
    }
}

TEST_CASE("the window sees frames, symbols and the pipeline of the scanner, nothing else",
          "[tidy]") {
    for (const Source& source : sources({"ui"})) {
        for (const std::string& include : includes(source)) {
            if (!include.starts_with("scanner/")) continue;
            CAPTURE(source.path, include);
            CHECK(kScannerForUi.contains(include));
        }
    }
}

TEST_CASE("files and lines keep a size that a person can read", "[tidy]") {
    for (const Source& source : sources({"src", "scanner", "ui", "tests"})) {
        CAPTURE(source.path);
        const bool header = source.path.ends_with(".hpp");
        const bool test = source.path.starts_with("tests/");
        CHECK(source.lines.size() <= (header && !test ? 200U : test ? 600U : 400U));
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            CAPTURE(i + 1, source.lines[i]);
            // Bytes, so that a line of umlauts has a little less room; raw test data is let be.
            if (!test) REQUIRE(source.lines[i].size() <= 110);
        }
    }
}

TEST_CASE("names say what is in a file", "[tidy]") {
    static const std::regex kVague(".*(utils?|helpers?|manager|common|misc)\\.[ch]pp");
    static const std::regex kSnake("[a-z0-9_]+\\.[ch]pp");
    for (const Source& source : sources({"src", "scanner", "ui", "tests"})) {
        const std::string name = fs::path(source.path).filename().string();
        CAPTURE(source.path);
        CHECK_FALSE(std::regex_match(name, kVague));
        CHECK(std::regex_match(name, kSnake));
        CHECK((!source.path.ends_with(".hpp") ||
               std::ranges::count(source.lines, "#pragma once") == 1));
    }
}

TEST_CASE("SQL stays in the store and beside the hub", "[tidy]") {
    static const std::regex kSql("\"[^\"]*\\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\\b [^\"]*\"");
    for (const Source& source : sources({"src", "scanner", "ui"})) {
        if (source.room == "store" || source.path == "src/sync/postgres_hub.cpp" ||
            source.path == "src/sync/hub_admin.cpp")
            continue;
        for (const std::string& line : source.lines) {
            CAPTURE(source.path, line);
            CHECK_FALSE(std::regex_search(line, kSql));
        }
    }
}

TEST_CASE("nothing sleeps in a test", "[tidy]") {
    for (const Source& source : sources({"tests"})) {
        if (source.path.ends_with("tidy_test.cpp")) continue;
        for (const std::string& line : source.lines) {
            CAPTURE(source.path, line);
            CHECK(line.find("sleep_for") == std::string::npos);
        }
    }
}

// Goal: a picture on which the barcode library's own assertions fail costs that picture, not the
// program.
#undef NDEBUG
#include "scanner/assertions.hpp"

#include <cassert>
#include <cstdint>
#include <iterator>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "scanner/reader.hpp"
#include "support/catch.hpp"
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

using namespace scanner;

TEST_CASE("an assertion that does not hold ends the call, not the program", "[scanner][library]") {
    int steps = 0;
    CHECK(holds_assertions([&] { ++steps; }));
    CHECK_FALSE(holds_assertions([&] {
        ++steps;
        CHECK_FALSE(holds_assertions([&] {
            ++steps;
            assert(steps < 0);
        }));
        ++steps;
        assert(steps < 0);
    }));
    CHECK(steps == 4);
    CHECK_THROWS_AS(holds_assertions([] { throw std::runtime_error("as before"); }),
                    std::runtime_error);
    CHECK(holds_assertions([&] { ++steps; }));
}

TEST_CASE("a damaged QR code on which the library gives up does not end the program",
          "[scanner][library]") {
    // A finder pattern is gone. ZXing 1.4 asserts that its middle is dark ("cur.isBlack()").
    constexpr std::string_view kRows[] = {
        "#######.#.##..#######", "#.....#.##..#.#.....#", "#.###.#...###.#.###.#",
        "#.###.#.###.#.#.###.#", "#.###.#.#...#.#.###.#", "#.....#.#.##..#.....#",
        "#######.#.#.#.#######", ".....................", "##.............###.##",
        "#..#.#.........#.#.##", "#...#.#..#....###.##.", "....##.###....###.##.",
        "##.#...#..##.#.#.#.##", "...#.##.##..#..####.#", "##..#.#......#..###..",
        "..##.#.#.#.....#.#.#.", ".#.##.##...###....#.#", "#.###.##......###.###",
        "##..###.##.......#..#", "...##.##.#..#..####.#", "#####..###.#.##..##..",
    };
    constexpr int kModule = 4;
    constexpr int kQuiet = 4;
    constexpr int kSide = (static_cast<int>(std::size(kRows)) + 2 * kQuiet) * kModule;
    std::vector<std::uint8_t> picture(kSide * kSide, 255);
    for (int y = kQuiet * kModule; y < kSide - kQuiet * kModule; ++y)
        for (int x = kQuiet * kModule; x < kSide - kQuiet * kModule; ++x)
            if (kRows[y / kModule - kQuiet][static_cast<std::size_t>(x / kModule - kQuiet)] == '#')
                picture[static_cast<std::size_t>(y * kSide + x)] = 0;
#ifdef __SANITIZE_ADDRESS__
    const __lsan::ScopedDisabler lost;  // what the library had allocated is, by design
#endif
    CHECK(read_symbols({picture.data(), kSide, kSide, kSide},
                       {{Symbology::QRCode}, false, false, true})
              .empty());
}

// Goal: a picture on which the barcode library's own assertions fail costs that picture, not the
// program.
#undef NDEBUG
#include "scanner/assertions.hpp"

#include <cassert>
#include <stdexcept>

#include "support/catch.hpp"

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

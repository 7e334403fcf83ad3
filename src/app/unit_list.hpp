// The list of units as the window has it: a stretch of rows around what is visible, however long
// the list is.
#pragma once

#include <cstdint>

#include "app/state.hpp"
#include "base/result.hpp"
#include "store/store.hpp"

namespace app {

enum class ListPart : std::uint8_t {
    Start,   // the rows from the start, for its tab and search
    Before,  // the page before the first row, with as many rows given up at the other end
    Behind,  // the page behind the last row, likewise
    Again,   // the same stretch, after a write
};

struct ListRequest {
    std::uint64_t number = 0;  // the answer's, too: what was asked for later counts
    ListPart part = ListPart::Start;
    List list;  // as it is
};

// The list as it was asked for.
Result<List> read_list(store::Store& store, const ListRequest& request);

}  // namespace app

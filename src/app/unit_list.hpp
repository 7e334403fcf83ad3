// The list of units as the window has it: a stretch of rows around what is visible, however long
// the list is. Each function reads the store and gives the list as it is then; Storage.
#pragma once

#include "app/state.hpp"
#include "base/result.hpp"
#include "store/store.hpp"

namespace app {

// With the rows from the start, for its tab and search.
Result<List> read_list(store::Store& store, List list);

// The page behind the last row or before the first, with as many rows given up at the other end.
Result<List> read_list_on(store::Store& store, List list, store::Direction direction);

// The same stretch again, after a write.
Result<List> read_list_again(store::Store& store, List list);

}  // namespace app

// Tables that lie in a vector row by row.
#pragma once

#include <cstddef>

namespace scanner {

// Where the cell is, when a row has `columns`.
constexpr std::size_t cell_index(int row, int columns, int column) {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
           static_cast<std::size_t>(column);
}

}  // namespace scanner

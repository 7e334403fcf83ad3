// The list of serial numbers as data: its tabs and what it says when it is empty.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/state.hpp"
#include "ui/models/stations.hpp"

namespace ui {

struct StatusTab {
    std::optional<inventory::Status> status;  // nothing = All
    std::string words;                        // "In Stock"
    std::string count;                        // "12"
    bool chosen = false;
};

// All, then every status in the order of the lifecycle.
std::vector<StatusTab> make_tabs(const app::State& state);

struct EmptyList {
    Hint hint;
    std::string clear;  // words of the button that clears the filter; empty when there is none
};
// Meaningful only when the list has no rows.
EmptyList make_empty_list(const app::State& state);

// Takes over the list's rows: how many pixels it is to be scrolled down so that the row at the
// upper edge stays there, or the first one after it that is still in the list. Nothing: the rows
// are the same.
std::optional<float> follow_list(ListPlace& place, const app::List& list, float row_height);

const char* status_icon(inventory::Status status);

}  // namespace ui

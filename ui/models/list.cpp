#include "ui/models/list.hpp"

#include <algorithm>
#include <utility>

#include "ui/icons.hpp"

namespace ui {

std::vector<StatusTab> make_tabs(const app::State& state) {
    std::vector<StatusTab> tabs;
    tabs.push_back({std::nullopt, "All", std::to_string(state.counts.of(std::nullopt)),
                    !state.list.tab.has_value()});
    for (const inventory::Status status : inventory::kStatuses)
        tabs.push_back({status, std::string(inventory::label(status)),
                        std::to_string(state.counts.of(status)), state.list.tab == status});
    return tabs;
}

EmptyList make_empty_list(const app::State& state) {
    const bool searching = !state.list.search.empty();
    if (state.counts.all == 0)
        return {{icon::kBox, "No serial numbers yet",
                 "Receive units with the camera, or add one by hand.", app::Tone::None},
                ""};
    if (state.list_awaited) return {{icon::kWait, "Reading the list", "", app::Tone::None}, ""};
    const std::string tab =
        state.list.tab ? std::string(inventory::label(*state.list.tab)) : std::string("All");
    if (searching)
        return {{icon::kSearch, "Nothing found",
                 "No serial under " + tab + " contains \xE2\x80\x9C" + state.list.search +
                     "\xE2\x80\x9D. Fewer characters find more.",
                 app::Tone::None},
                "Clear the search"};
    return {{icon::kList, "None " + tab, "No unit has this status now.", app::Tone::None},
            "Show all"};
}

std::optional<float> follow_list(ListPlace& place, const app::List& list, float row_height) {
    const app::List before = std::exchange(place.list, list);
    if (before.rows == list.rows) return std::nullopt;
    place.asked = false;
    if (before.tab != list.tab || before.search != list.search) return 0.0F;
    const auto& rows = *list.rows;
    for (std::size_t i = place.top; i < before.rows->size(); ++i) {
        const auto found = std::ranges::find(rows, (*before.rows)[i].key, &app::ListRow::key);
        if (found == rows.end()) continue;
        const auto index = static_cast<float>(found - rows.begin());
        return index * row_height + (i == place.top ? place.hidden : 0);
    }
    return 0.0F;
}

const char* status_icon(inventory::Status status) {
    switch (status) {
        case inventory::Status::InStock: return icon::kBox;
        case inventory::Status::Reserved: return icon::kBookmark;
        case inventory::Status::Sold: return icon::kTruck;
        case inventory::Status::Returned: return icon::kReturn;
        case inventory::Status::Defective: return icon::kWarning;
    }
    return icon::kBox;
}

}  // namespace ui

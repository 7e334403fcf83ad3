// States rich enough to look real: what the screens are drawn with in tests and in pictures.
#pragma once

#include <string>
#include <vector>

#include "app/state.hpp"
#include "ui/window.hpp"

namespace fixtures {

struct NamedState {
    std::string name;
    app::State state;
};

// A warehouse in full work: three variants, two warehouses, thirty units, the camera live.
app::State working(app::Screen screen);
// The same with the record of a unit in `status` shown.
app::State with_record(app::Screen screen, inventory::Status status);
app::Record record_in(inventory::Status status);
// The list of a thousand serials, SN-0 to SN-999, with the rows from `first` on.
app::State with_rows(int first, int count);
// The inbox with a unit sold twice (HIGH), one registered twice (MED) and one sold against the
// rules (RULE, alone).
app::State with_conflicts();
// The label profiles of two products.
app::State with_profiles();
// Nothing but the program itself.
app::State first_start();

// Every state that has to look designed, by name; used by the drawing tests and the pictures.
std::vector<NamedState> all_states();

// A label held before the camera, with what was read off it.
ui::LiveView label_in_view();
ui::LiveView no_view();

}  // namespace fixtures

// What is only looked at: the feedback band, hints, the timeline, the warranty bar, notices.
#pragma once

#include "ui/canvas.hpp"
#include "ui/models/record_card.hpp"
#include "ui/models/stations.hpp"

namespace ui::widgets {

const char* tone_icon(app::Tone tone);

// How the last scan or act ended. During the flash it is filled with the tone's colour.
float feedback_height(const Canvas& canvas, float width, const app::Feedback& feedback);
void feedback_band(const Canvas& canvas, const Box& box, const app::Feedback& feedback,
                   double flash);

// The ground of a row that can be touched: under the pointer, chosen, or where the keys are.
void row_ground(const Canvas& canvas, const Box& box, const Touch& touched, bool chosen);

// A symbol, a headline and a sentence in the middle of an empty place.
void empty_state(const Canvas& canvas, const Box& box, const Hint& hint);
float empty_state_height(const Canvas& canvas, float width, const Hint& hint);

// Name over value; returns the height used.
float labelled_value(const Canvas& canvas, const Box& box, const CardField& field);

// Why the unit cannot leave or is to be looked at, across the card; returns the height used.
float stop_line(const Canvas& canvas, const Box& box, const CardStop& stop);

float warranty_bar(const Canvas& canvas, const Box& box, const WarrantyLine& line);

// The events of a unit, newest first; returns the height used.
float timeline(const Canvas& canvas, const Box& box,
               const std::vector<app::TimelineEntry>& entries);

// A line over the whole width that stays until its cause is gone.
float notice_height(const Canvas& canvas, float width, std::string_view words);
void notice(const Canvas& canvas, const Box& box, app::Tone tone, std::string_view words);

}  // namespace ui::widgets

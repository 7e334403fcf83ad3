// The life of one serial-numbered unit: the statuses it can be in and the actions that move it on.
// kTransitions is the whole rule; store, screens and command line ask it and never repeat it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace inventory {

// Both enums are stored by number in SQLite: append, never renumber.
enum class Status : std::uint8_t { InStock = 1, Reserved, Sold, Returned, Defective };
enum class Action : std::uint8_t { Sell = 1, Reserve, Restock, Return, MarkDefective };

inline constexpr Status kStatuses[] = {Status::InStock, Status::Reserved, Status::Sold,
                                       Status::Returned, Status::Defective};
inline constexpr Action kActions[] = {Action::Sell, Action::Reserve, Action::Restock,
                                      Action::Return, Action::MarkDefective};

inline constexpr Status kInitialStatus = Status::InStock;  // a unit is received into stock

struct Transition {
    Status from;
    Action action;
    Status to;
};

inline constexpr Transition kTransitions[] = {
    {Status::InStock, Action::Sell, Status::Sold},
    {Status::InStock, Action::Reserve, Status::Reserved},
    {Status::Reserved, Action::Sell, Status::Sold},
    {Status::Reserved, Action::Restock, Status::InStock},  // gives up the reservation
    {Status::Sold, Action::Return, Status::Returned},
    {Status::Sold, Action::MarkDefective, Status::Defective},
    {Status::Returned, Action::Restock, Status::InStock},
    {Status::Returned, Action::MarkDefective, Status::Defective},
    {Status::Defective, Action::Restock, Status::InStock},
};

// The status after `action`, or nothing when the lifecycle does not allow it.
constexpr std::optional<Status> next_status(Status from, Action action) {
    for (const Transition& t : kTransitions)
        if (t.from == from && t.action == action) return t.to;
    return std::nullopt;
}

// A second row for the same move would never be reached.
static_assert(std::ranges::all_of(kTransitions, [](const Transition& t) {
    return next_status(t.from, t.action) == t.to;
}));

// The actions a status allows, in the order of the table.
std::vector<Action> actions_of(Status status);

std::string_view label(Status status);                      // "In Stock"
std::string_view label(Action action);                      // "Mark as Sold"
std::string_view name(Status status);                       // "in_stock", as JSON has it
std::string_view name(Action action);                       // "sell"
std::optional<Status> status_named(std::string_view name);  // "in_stock", "In Stock", in any case

// Why `action` is refused in `status`, and what is allowed there:
// "is Sold, so Reserve is not possible; possible now: Mark as Returned or Mark as Defective".
std::string refusal(Status status, Action action);

}  // namespace inventory

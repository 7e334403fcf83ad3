#include "inventory/lifecycle.hpp"

#include "base/check.hpp"
#include "base/text.hpp"

namespace inventory {

std::vector<Action> actions_of(Status status) {
    std::vector<Action> actions;
    for (const Transition& t : kTransitions)
        if (t.from == status) actions.push_back(t.action);
    return actions;
}

std::string_view label(Status status) {
    switch (status) {
        case Status::InStock: return "In Stock";
        case Status::Reserved: return "Reserved";
        case Status::Sold: return "Sold";
        case Status::Returned: return "Returned";
        case Status::Defective: return "Defective";
    }
    CHECK(false);
}

std::string_view label(Action action) {
    switch (action) {
        case Action::Sell: return "Mark as Sold";
        case Action::Reserve: return "Reserve";
        case Action::Restock: return "Return to Stock";
        case Action::Return: return "Mark as Returned";
        case Action::MarkDefective: return "Mark as Defective";
    }
    CHECK(false);
}

std::string_view name(Status status) {
    switch (status) {
        case Status::InStock: return "in_stock";
        case Status::Reserved: return "reserved";
        case Status::Sold: return "sold";
        case Status::Returned: return "returned";
        case Status::Defective: return "defective";
    }
    CHECK(false);
}

std::string_view name(Action action) {
    switch (action) {
        case Action::Sell: return "sell";
        case Action::Reserve: return "reserve";
        case Action::Restock: return "restock";
        case Action::Return: return "return";
        case Action::MarkDefective: return "defect";
    }
    CHECK(false);
}

std::optional<Status> status_named(std::string_view text) {
    for (const Status status : kStatuses)
        if (text == name(status)) return status;  // as every record has it
    if (!base::is_utf8(text)) return std::nullopt;
    const std::string wanted = base::comparison_key(text);
    for (const Status status : kStatuses)
        if (wanted == name(status) || wanted == base::comparison_key(label(status))) return status;
    return std::nullopt;
}

std::string refusal(Status status, Action action) {
    std::string allowed;
    for (const Action lawful : actions_of(status)) {
        if (!allowed.empty()) allowed += " or ";
        allowed += label(lawful);
    }
    return "is " + std::string(label(status)) + ", so " + std::string(label(action)) +
           " is not possible; possible now: " + allowed;
}

}  // namespace inventory

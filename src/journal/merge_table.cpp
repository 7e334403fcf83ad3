#include "journal/merge_table.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "journal/fields.hpp"

namespace journal {
namespace {

using enum Severity;
using enum Condition;
constexpr Kind kAnyOther = Kind::Unknown;

constexpr MergeRule kTable[] = {
    {Kind::Registered, Kind::Registered, Foreseen, None, true,
     "Sold before it was known, {first} and {second}: registered by now"},
    {Kind::Registered, Kind::Registered, SameUnit, None, true,
     "Registered twice, {first} and {second}: counted once"},
    {Kind::Registered, Kind::Registered, OtherLocation, Low, true,
     "Seen in two places, {first} and {second}: one box or two?"},
    {Kind::Registered, Kind::Registered, OtherWarehouse, Medium, false,
     "Registered in two warehouses, {first} and {second}: one box or two?"},
    {Kind::Registered, Kind::Registered, Always, High, false,
     "One serial, two products: registered {first} and otherwise {second}"},

    {Kind::Sold, Kind::Sold, SameReference, None, false,
     "The same sale recorded twice, {first} and {second}"},
    {Kind::Sold, Kind::Sold, Always, High, false, "Sold twice, {first} and {second}"},
    {Kind::Sold, Kind::Reserved, Always, Medium, false,
     "Sold {first} while it was reserved {second}"},
    {Kind::Sold, Kind::ReturnedToStock, Always, Low, false,
     "Sold {first} while it was released {second}"},
    {Kind::Sold, Kind::Returned, Always, Medium, false,
     "Sold {first} while it was taken back {second}"},
    {Kind::Sold, Kind::MarkedDefective, Always, High, false,
     "Sold {first} while it was marked defective {second}"},

    {Kind::Reserved, Kind::Reserved, SameReference, None, false,
     "The same reservation recorded twice, {first} and {second}"},
    {Kind::Reserved, Kind::Reserved, Always, Medium, false, "Promised twice, {first} and {second}"},
    {Kind::Reserved, Kind::ReturnedToStock, Always, Low, false,
     "Reserved {first} while it was put back {second}"},
    {Kind::Reserved, Kind::Returned, Always, Medium, false,
     "Reserved {first} while it was taken back {second}"},
    {Kind::Reserved, Kind::MarkedDefective, Always, Medium, false,
     "Reserved {first} while it was marked defective {second}"},

    {Kind::ReturnedToStock, Kind::ReturnedToStock, Always, None, true,
     "Put back twice, {first} and {second}"},
    {Kind::ReturnedToStock, Kind::Returned, Always, Medium, false,
     "Put back {first} while it was taken back {second}"},
    {Kind::ReturnedToStock, Kind::MarkedDefective, Always, High, false,
     "Back on the shelf {first}, defective {second}: take it off the shelf"},

    {Kind::Returned, Kind::Returned, SameReference, None, false,
     "The same return recorded twice, {first} and {second}"},
    {Kind::Returned, Kind::Returned, Always, Medium, false,
     "Returned twice, {first} and {second}: two refunds?"},
    {Kind::Returned, Kind::MarkedDefective, Always, Medium, false,
     "Taken back {first}, marked defective {second}"},
    {Kind::MarkedDefective, Kind::MarkedDefective, Always, None, false,
     "Marked defective twice, {first} and {second}"},

    {Kind::Undone, Kind::Undone, Always, None, true, "Undone {first} and {second}"},
    {Kind::Undone, kAnyOther, StateUsed, Medium, false,
     "Undone {first} while it was used {second}"},
    {Kind::Undone, kAnyOther, Always, None, true, "Undone {first}"},

    {Kind::Resolved, Kind::Resolved, SameValues, None, true, "Settled alike {first} and {second}"},
    {Kind::Resolved, Kind::Resolved, Always, High, false,
     "Settled in two ways, {first} and {second}"},
    {Kind::Resolved, Kind::Edited, Always, None, true, "Settled {first}, edited {second}"},
    {Kind::Resolved, Kind::Moved, Always, None, true, "Settled {first}, moved {second}"},
    {Kind::Resolved, Kind::Registered, Always, None, true, "Settled {first}"},
    {Kind::Resolved, kAnyOther, Always, Medium, false,
     "New evidence arrived after this was settled {first}: an act {second}"},

    {Kind::Edited, Kind::Edited, SameValues, None, true, "Edited {first} and {second}"},
    {Kind::Edited, Kind::Edited, Always, Low, true, "Edited in two ways, {first} and {second}"},
    {Kind::Edited, Kind::Moved, SameValues, None, true, "Edited {first}, moved {second}"},
    {Kind::Edited, Kind::Moved, Always, Low, true, "Edited {first}, moved {second}: where is it?"},
    {Kind::Moved, Kind::Moved, SameValues, None, true, "Moved to one place {first} and {second}"},
    {Kind::Moved, Kind::Moved, Always, Low, true,
     "Moved to two places, {first} and {second}: where is it?"},
    {Kind::Moved, Kind::Sold, Always, Low, false, "Moved {first} after it was sold {second}?"},

    {Kind::Renamed, Kind::Renamed, SameValues, None, true,
     "Serial corrected alike {first} and {second}"},
    {Kind::Renamed, Kind::Renamed, Always, High, false,
     "Serial corrected in two ways, {first} and {second}"},
    {Kind::Renamed, Kind::Registered, Always, High, false,
     "Serial corrected {first} to one that was registered {second}"},

    {Kind::Held, Kind::Sold, Always, High, false, "Put on hold {first} while it was sold {second}"},
    {Kind::Held, Kind::Held, Always, None, false, "Put on hold {first} and {second}"},
    {Kind::Held, Kind::Released, Always, Medium, false, "Put on hold {first}, released {second}"},

    // What stands beside any other act without touching what it says.
    {Kind::Registered, kAnyOther, Always, None, true, "Registered {first}"},
    {Kind::Edited, kAnyOther, Always, None, true, "Edited {first}"},
    {Kind::Moved, kAnyOther, Always, None, true, "Moved {first}"},
    {Kind::Renamed, kAnyOther, Always, None, true,
     "Serial corrected {first}: the act moved with it"},
    {Kind::Held, kAnyOther, Always, None, false, "Put on hold {first}: the hold stands"},
    {Kind::Released, kAnyOther, Always, None, true, "Released {first}"},
};

// Two acts of which this version does not know what they mean together.
constexpr MergeRule kUnlisted = {
    Kind::Unknown, Kind::Unknown, Always, Medium, false, "Two acts met, {first} and {second}"};

bool same(const Event& a, const Event& b, std::string_view field) {
    return text_of(a.body, field) == text_of(b.body, field);
}

bool same_reference(const Event& a, const Event& b) {
    const std::string_view field = a.kind == Kind::Returned ? "rma" : "order";
    return !text_of(a.body, field).empty() && same(a, b, field);
}

bool same_product(const Event& a, const Event& b) {
    return std::ranges::all_of(
        std::initializer_list<std::string_view>{"variant", "lot", "purchase_date",
                                                "warranty_expiry"},
        [&](std::string_view field) { return same(a, b, field); });
}

bool same_values(const Event& a, const Event& b) {
    const auto of_b = writes_of(b);
    return std::ranges::all_of(writes_of(a), [&](const Write& write) {
        const auto other = std::ranges::find(of_b, write.field, &Write::field);
        return other == of_b.end() || other->value == write.value;
    });
}

bool holds(Condition condition, const Event& a, const Event& b, bool used) {
    switch (condition) {
        case Always: return true;
        case SameReference: return same_reference(a, b);
        case Foreseen: return (is_provisional(a) || is_provisional(b)) && same(a, b, "variant");
        case SameUnit:
            return same_product(a, b) && same(a, b, "warehouse") && same(a, b, "location");
        case OtherLocation: return same_product(a, b) && same(a, b, "warehouse");
        case OtherWarehouse: return same_product(a, b);
        case SameValues: return same_values(a, b);
        case StateUsed: return used;
    }
    CHECK(false);
}

bool names(const MergeRule& rule, Kind first, Kind second) {
    return rule.first == first && (rule.second == second || rule.second == kAnyOther);
}

void replace(std::string& text, std::string_view mark, const std::string& by) {
    if (const auto at = text.find(mark); at != std::string::npos) text.replace(at, mark.size(), by);
}

}  // namespace

std::string_view name(Severity severity) {
    switch (severity) {
        case None: return "NONE";
        case Info: return "INFO";
        case Low: return "LOW";
        case Rule: return "RULE";
        case Medium: return "MED";
        case High: return "HIGH";
    }
    CHECK(false);
}

std::span<const MergeRule> merge_table() { return kTable; }

Judgement judge(const Event& a, const Event& b, bool used) {
    for (const MergeRule& rule : kTable) {
        if (names(rule, a.kind, b.kind) && holds(rule.condition, a, b, used)) return {&rule, false};
        if (names(rule, b.kind, a.kind) && holds(rule.condition, b, a, used)) return {&rule, true};
    }
    return {&kUnlisted, false};
}

std::string in_words(const Judgement& judgement, const Event& a, const Event& b) {
    std::string words(judgement.rule->words);
    replace(words, "{first}", who_and_when(judgement.swapped ? b : a));
    replace(words, "{second}", who_and_when(judgement.swapped ? a : b));
    return words;
}

std::string who_and_when(const Event& event) {
    const std::string place = event.device.empty() ? "another station" : event.device;
    const std::string person = event.operator_name.empty() ? "" : event.operator_name + ", ";
    return "at " + place + " (" + person + base::to_words(event.at) + ")";
}

}  // namespace journal

// What two acts on one unit mean when neither author knew of the other's. The table is the whole
// rule; the fold asks it for every such pair, the inbox shows its words. Pure.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "journal/event.hpp"

namespace journal {

// How grave it is that two acts met. Stored by number: append, never renumber.
enum class Severity : std::uint8_t {
    None = 0,  // they agree, or the one does not touch the other: settled by itself
    Info,      // written by a newer version, which knows more
    Low,       // a look is enough
    Rule,      // an act that the rules did not allow where it was done
    Medium,    // somebody was promised something
    High,      // money, safety, or two boxes under one serial: to be settled with a reason
};
std::string_view name(Severity severity);  // "LOW"

// What a rule asks of the two events.
enum class Condition : std::uint8_t {
    Always,
    SameReference,   // the same order (of returns: the same RMA), and not an empty one
    Foreseen,        // …one was written provisionally, of the same variant
    SameUnit,        // of registrations: nothing differs
    OtherLocation,   // …only the location differs
    OtherWarehouse,  // …only the place differs
    SameValues,      // no field is set by both to different values
    StateUsed,       // the second act was done on the state that the first takes back
};

struct MergeRule {
    Kind first, second;  // in either order; Unknown as second stands for every other kind
    Condition condition = Condition::Always;
    Severity severity = Severity::None;
    bool sellable = true;    // may the unit leave while this is open?
    std::string_view words;  // "{first}" and "{second}" are who and when
};

// Of the rules that name a pair, the first whose condition holds counts.
std::span<const MergeRule> merge_table();

struct Judgement {
    const MergeRule* rule = nullptr;
    bool swapped = false;  // the rule's first act is the second event
};

// `used`: the later-named act was done on the state that the other, an Undone, takes back.
Judgement judge(const Event& a, const Event& b, bool used);

// The rule's sentence for a person.
std::string in_words(const Judgement& judgement, const Event& a, const Event& b);

// "at Dock 1 (Alex, 1 Mar 2026 10:02)"
std::string who_and_when(const Event& event);

}  // namespace journal

// What stations did to a unit apart and a person must settle, as the window shows it. Part of
// State.
#pragma once

#include <string>
#include <vector>

namespace app {

// What one person did.
struct ConflictSide {
    std::string what;         // "Sold to Client K, order 4711"
    std::string who, device;  // may be empty
    std::string at;           // "23 Nov 2026, 14:02"
    std::string clock;        // "right", "3 hours ahead"; empty: never compared with a hub's
};

struct ConflictChoice {
    std::string id;             // "a": the first side is right, "b": the second one
    std::string words;          // the whole of it, in one line
    bool needs_serial = false;  // the second box gets a serial of its own
};

struct Conflict {
    std::string id, serial;
    std::string severity;  // "HIGH"
    std::string sentence;
    bool sellable = true;  // may the unit leave while this is open?
    bool needs_reason = false;
    std::vector<ConflictSide> sides;      // two, or one act alone
    std::vector<ConflictChoice> choices;  // empty: a newer version has to settle it
};

// What a unit's record says of its conflict.
struct ToSettle {
    std::string id, sentence;
    bool sellable = true;
};

}  // namespace app

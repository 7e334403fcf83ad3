// What was typed into the window's forms, and what became of it. Part of State.
#pragma once

#include <cstdint>
#include <string>

namespace app {

// The Add Serial Number form as it was last sent, with what is wrong with it. The texts are those
// that were typed; empty = not given.
struct UnitDraft {
    std::string serial, variant, lot, warehouse, location, purchase_date, warranty_expiry;
};

struct AddForm {
    UnitDraft draft;           // what a fresh form begins with: the station's place and today
    std::string error;         // one line, empty when there is none
    std::uint64_t number = 0;  // grows when `draft` is to replace what stands in the fields
};

// The small forms that add reference data (variant, lot, warehouse, location).
struct ReferenceForm {
    std::string error;        // why the last one was refused; empty when it was added
    std::uint64_t added = 0;  // grows when one was added: the form may close
    std::string code;         // the code of the one added last, to select it
};

// The label profile that was written or tried last.
struct ProfileForm {
    std::string error = {};   // why it is none, or was not written; or empty
    bool tried = false;       // with a sample:
    std::string serial = {};  // what is read out of it; empty = no serial
    bool by_profile = false;  // and the profile it is that reads it
    std::string why = {};     // what reads it, and why the profile does not: sentences
    std::uint64_t put = 0;    // grows when one was written or removed
    // The code that was scanned to be tried, and how many were.
    std::string scanned = {};
    std::uint64_t scans = 0;
};

}  // namespace app

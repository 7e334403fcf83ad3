// Label profiles as data: the rows of the list, and the form with what trying it says.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/command.hpp"
#include "app/state.hpp"
#include "ui/view_state.hpp"

namespace ui {

struct ProfileRow {
    std::string sku;
    std::string product;  // its name
    std::string words;    // "Code 128, without S, ^\d{8}$"
};

// By the name of the product.
std::vector<ProfileRow> make_profile_rows(const app::Catalog& catalog);

// The kinds of barcode that a profile can be for; the first is any.
struct Symbology {
    const char* id;  // ISO/IEC 15424 without the modifier; "" = any
    const char* words;
};
std::span<const Symbology> profile_symbologies();

// The form of a product: what its profile says, or empty.
ProfileDraft make_profile_draft(const app::Catalog& catalog, const std::string& sku);
bool has_profile(const app::Catalog& catalog, const std::string& sku);

// What the form says. InvalidInput where a number is none.
Result<inventory::LabelProfile> profile_in(const ProfileDraft& draft);

// Asks what the form reads; a number that is none is told without asking.
std::optional<app::Command> try_profile(const ProfileDraft& draft);

// What trying the form said; of tone None before anything was typed.
app::Feedback make_trial(const ProfileDraft& draft, const app::ProfileForm& form);

}  // namespace ui

// Pickers and the small forms behind their "New …" entry, as data.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/command.hpp"
#include "app/state.hpp"
#include "ui/view_state.hpp"

namespace ui {

struct Choice {
    std::string code;    // "" = none
    std::string words;   // what is shown large: the name, or the code
    std::string detail;  // the code beside a name, the expiry of a lot; may be empty
};

// The words of a kind: "Product Variant", and of its button "New product variant".
std::string_view kind_words(ReferenceKind kind);
std::string_view new_words(ReferenceKind kind);

// What narrows a choice: lots belong to a variant, locations to a warehouse.
struct ChoiceContext {
    std::string variant, warehouse;
};

// Those that contain `search` in code or words (ASCII case does not matter). A lot or location may
// be none; that entry comes first and only without a search.
std::vector<Choice> make_choices(const app::Catalog& catalog, ReferenceKind kind,
                                 const ChoiceContext& context, const std::string& search);

// The name of a variant, or its SKU when it has none or is unknown.
std::string variant_words(const app::Catalog& catalog, const std::string& sku);
// What a picker shows for a chosen code; empty for none.
std::string chosen_words(const app::Catalog& catalog, ReferenceKind kind, const std::string& code);

struct FormField {
    const char* name;
    const char* hint;  // "optional", "e.g. 24"; shown while the field is empty
    bool required;
};
// The fields that are typed; what the context gives (a lot's variant) is not asked again.
std::vector<FormField> form_fields(ReferenceKind kind);

// The command that a filled form sends.
app::Command make_add_command(const Sheet& sheet, const ChoiceContext& context);

// Why the form cannot be opened or sent yet ("choose the variant first"); empty when it can.
std::string missing_words(const Sheet& sheet, const ChoiceContext& context);

// The receiving context after `code` was chosen: what no longer fits is taken out.
app::SetReceiveContext choose_in_context(const app::ReceiveContext& context, ReferenceKind kind,
                                         const std::string& code);
// The same for the Add Serial Number form.
void choose_in_draft(app::UnitDraft& draft, ReferenceKind kind, const std::string& code);

}  // namespace ui

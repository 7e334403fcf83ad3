#include "ui/models/profiles.hpp"

#include <algorithm>
#include <charconv>

#include "ui/models/reference.hpp"

namespace ui {
namespace {

constexpr Symbology kSymbologies[] = {
    {"", "Any"},          {"]C", "Code 128"}, {"]A", "Code 39"},   {"]G", "Code 93"},
    {"]I", "ITF"},        {"]F", "Codabar"},  {"]E", "EAN / UPC"}, {"]e", "DataBar"},
    {"]d", "DataMatrix"}, {"]Q", "QR Code"},  {"]z", "Aztec"},     {"]L", "PDF417"},
};

const inventory::LabelProfile* find(const app::Catalog& catalog, const std::string& sku) {
    const auto found = std::ranges::find(catalog.profiles, sku, &inventory::LabelProfile::variant);
    return found == catalog.profiles.end() ? nullptr : &*found;
}

std::string symbology_words(const std::string& id) {
    const auto* found = std::ranges::find(kSymbologies, id, &Symbology::id);
    return found == std::end(kSymbologies) ? id : found->words;
}

std::string words_of(const inventory::LabelProfile& profile) {
    std::string words =
        profile.symbology.empty() ? "Any barcode" : symbology_words(profile.symbology);
    if (!profile.strip.empty()) words += ", without " + profile.strip;
    if (profile.length > 0)
        words += ", " + std::to_string(profile.length) + " characters after " +
                 std::to_string(profile.from);
    if (!profile.pattern.empty()) words += ", " + profile.pattern;
    if (profile.is_express) words += ", express code";
    return words;
}

Result<int> number_in(const std::string& typed, const char* field) {
    if (typed.empty()) return 0;
    int value = 0;
    const char* end = typed.data() + typed.size();
    const auto [stop, error] = std::from_chars(typed.data(), end, value);
    if (error != std::errc() || stop != end)
        return fail(ErrorKind::InvalidInput,
                    std::string(field) + " is a number of characters, as 8");
    return value;
}

bool is_blank(const ProfileDraft& draft) {
    return draft.pattern.empty() && draft.skip.empty() && draft.take.empty() &&
           draft.strip.empty() && draft.symbology.empty() && !draft.is_express;
}

}  // namespace

std::span<const Symbology> profile_symbologies() { return kSymbologies; }

std::vector<ProfileRow> make_profile_rows(const app::Catalog& catalog) {
    std::vector<ProfileRow> rows;
    for (const inventory::LabelProfile& profile : catalog.profiles)
        rows.push_back(
            {profile.variant, variant_words(catalog, profile.variant), words_of(profile)});
    std::ranges::sort(rows, {}, &ProfileRow::product);
    return rows;
}

bool has_profile(const app::Catalog& catalog, const std::string& sku) {
    return find(catalog, sku) != nullptr;
}

ProfileDraft make_profile_draft(const app::Catalog& catalog, const std::string& sku) {
    ProfileDraft draft;
    draft.variant = sku;
    const inventory::LabelProfile* profile = find(catalog, sku);
    if (profile == nullptr) return draft;
    draft.pattern = profile->pattern;
    if (profile->from > 0) draft.skip = std::to_string(profile->from);
    if (profile->length > 0) draft.take = std::to_string(profile->length);
    draft.strip = profile->strip;
    draft.symbology = profile->symbology;
    draft.is_express = profile->is_express;
    return draft;
}

Result<inventory::LabelProfile> profile_in(const ProfileDraft& draft) {
    const auto skip = number_in(draft.skip, "Skip");
    if (!skip) return fail(skip.error());
    const auto take = number_in(draft.take, "Take");
    if (!take) return fail(take.error());
    return inventory::LabelProfile{draft.variant, draft.symbology, draft.strip,     draft.pattern,
                                   *skip,         *take,           draft.is_express};
}

std::optional<app::Command> try_profile(const ProfileDraft& draft) {
    const auto profile = profile_in(draft);
    if (!profile) return std::nullopt;
    return app::TryProfile{*profile, draft.sample};
}

app::Feedback make_trial(const ProfileDraft& draft, const app::ProfileForm& form) {
    using app::Tone;
    if (is_blank(draft)) return {};
    if (const auto profile = profile_in(draft); !profile)
        return {0, Tone::Stop, "Not a profile yet", profile.error().message};
    if (!form.error.empty()) return {0, Tone::Stop, "Not a profile yet", form.error};
    if (!form.tried) return {};
    return {0, form.by_profile ? Tone::Done : Tone::Ask,
            form.serial.empty() ? "No serial number" : form.serial, form.why};
}

}  // namespace ui
